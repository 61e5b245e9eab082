"""Decisions saved in the CSVs: the draft, the row it becomes, and the count of rows, all in one step or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.gate.contract import SeedContract, SeedTable, read_contract
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.seeds import csv_text
from pdu_inspections.reader.vocabulary import SeedRow, parse_csv
from pdu_inspections.review.copies import read_lines
from pdu_inspections.review.drafts import (
    DRAFTS,
    EXPLANATIONS,
    FIGURES,
    ROW_COUNTS,
    Decision,
    Draft,
    DraftKind,
    Key,
    decide,
    draft_reading,
    from_row,
    in_order,
    to_row,
    undecided,
)
from pdu_inspections.review.row_check import find_row_problems
from pdu_inspections.seed_files import SeedFiles, load_seed_files, replace_seed_files

_ATTEMPTS = 20
"""Times a change is made anew because somebody else saved one meanwhile."""

_COUNTED_BY_READER = "Counted by the reader and confirmed in review."
_COUNTED_IN_REVIEW = "Figures of running text accepted in review."
_READ_TABLES = (FIGURES, "recommendation_titles", "progress_titles", ROW_COUNTS)


class RowError(Exception):
    """A row that does not fit the seed contract: what is wrong, by column."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))


@dataclass
class _Loaded:
    """Seed tables at one moment, to be changed and saved together."""

    contract: SeedContract
    files: SeedFiles
    tables: dict[str, list[SeedRow]] = field(default_factory=dict)
    saved: dict[str, bytes] = field(default_factory=dict)

    def drafts(self) -> list[Draft]:
        """Every draft. Raises InputError at one that is spoilt."""
        return [self.draft(row) for row in self.tables[DRAFTS]]

    def put_drafts(self, drafts: Iterable[Draft]) -> None:
        """Take these for all drafts there are, in their order."""
        self.tables[DRAFTS] = [to_row(draft) for draft in in_order(drafts)]

    def draft(self, row: SeedRow) -> Draft:
        """The draft of a row. Raises InputError where it is spoilt."""
        try:
            return from_row(row)
        except (ValueError, TypeError):
            table = self.contract[DRAFTS]
            key = " ".join(_key(table, row))
            raise InputError(
                Problem(table.path, "holds a draft that cannot be read", found=key, action="see pdu check")
            ) from None

    def save(self, names: Sequence[str], others: SeedFiles | None, changes: Mapping[str, bytes]) -> list[str]:
        """Save tables, and changes of other seeds with them; paths that changed."""
        self.saved = {name: csv_text(self.contract[name], self.tables[name]).encode() for name in names}
        contents = {self.contract[name].path: content for name, content in self.saved.items()}
        loaded = {**(others.loaded if others is not None else {}), **self.files.loaded}
        return replace_seed_files(SeedFiles(self.files.root, loaded), {**changes, **contents})


class ReviewStore:
    """The drafts of a project and what becomes of them. Every method may raise InputError."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contract = read_contract(root / "seeds")
        self._parsed: dict[str, tuple[bytes, list[SeedRow]]] = {}
        self._drafts: tuple[list[SeedRow], list[Draft]] = ([], [])

    def drafts(self, document_id: str | None = None) -> list[Draft]:
        """All drafts, or those of one report, in the order in which they are printed."""
        loaded = self._load([DRAFTS])
        rows = self._parsed[DRAFTS][1] if loaded.tables[DRAFTS] else []
        if self._drafts[0] is not rows:
            known = {id(row): draft for row, draft in zip(*self._drafts, strict=True)}
            self._drafts = rows, [known.get(id(row)) or loaded.draft(row) for row in rows]
        return [draft for draft in self._drafts[1] if document_id in (None, draft.document_id)]

    def rows(self, table: str) -> list[SeedRow]:
        """The rows of a seed; none where it has no CSV."""
        return self._load([table]).tables[table]

    def record_reading(
        self, *readings: Reading, files: SeedFiles | None = None, changes: Mapping[str, bytes] | None = None
    ) -> list[str]:
        """Put down the drafts of reports that were read, together with changes of other seeds; paths that changed.

        files, changes: the other seeds as they were loaded, and the new bytes of those that change.
        """

        def change(loaded: _Loaded) -> list[str]:
            drafts = loaded.drafts()
            for reading in readings:
                drafts = draft_reading(reading, drafts, loaded.tables)
            loaded.put_drafts(drafts)
            return [DRAFTS]

        return self._change([DRAFTS, "measures", "questions", *_READ_TABLES], change, files, changes)

    def waiting(self, document_id: str) -> list[Draft]:
        """Drafts of a report that wait for a decision."""
        return [draft for draft in self.drafts(document_id) if draft.decision is None]

    def record_findings(self, found: Iterable[Draft]) -> int:
        """Put down findings that wait for an explanation and have none yet; how many."""
        findings = list(found)
        new: list[Draft] = []

        def change(loaded: _Loaded) -> list[str]:
            known = {draft.key: draft for draft in loaded.drafts()}
            explained = {_key(loaded.contract[EXPLANATIONS], row) for row in loaded.tables[EXPLANATIONS]}
            inspections = {row["document_id"]: row["inspection_id"] for row in loaded.tables["documents"]}
            new[:] = [
                replace(draft, inspection_id=inspections.get(draft.document_id, draft.inspection_id))
                for draft in findings
                if draft.key not in known and _key(loaded.contract[EXPLANATIONS], draft.row) not in explained
            ]
            loaded.put_drafts([*known.values(), *new])
            return [DRAFTS] if new else []

        self._change([DRAFTS, EXPLANATIONS, "documents"], change)
        return len(new)

    def add_figure(self, document_id: str, line_number: int, as_printed: str, by: str, column: str = "") -> Draft:
        """Put down a figure that the reader missed, as a draft; its section and pages are those of the draft before it.

        column: where the line prints it, from 1; by default the first place that no draft has. Raises InputError where
        the line does not print it, or a figure waits or stands there already.
        """
        lines = read_lines(self.root, document_id)
        line = lines[line_number - 1] if 1 <= line_number <= len(lines) else ""
        of_report = [draft for draft in self.drafts(document_id) if draft.kind is DraftKind.FIGURE]
        taken = {draft.item for draft in of_report if draft.decision is not Decision.REJECTED}
        places = [str(at + 1) for at in range(len(line)) if as_printed and line.startswith(as_printed, at)]
        free = [one for one in places if f"L{line_number}:C{one}" not in taken and column in ("", one)]
        if not free or not of_report:
            raise InputError(
                Problem(
                    "review",
                    "the line prints no such figure that is not there already",
                    line=line_number,
                    found=as_printed,
                    expected="the figure as printed, capitals and spaces included",
                )
            )
        before = [draft for draft in of_report if draft.line_number <= line_number] or of_report[:1]
        place = {**before[-1].place, "line_number": str(line_number), "column_number": free[0]}
        added = Draft(
            document_id,
            before[-1].inspection_id,
            DraftKind.FIGURE,
            FIGURES,
            f"L{line_number}:C{free[0]}",
            {**place, "as_printed": as_printed},
            {"inspection_id": before[-1].inspection_id},
            evidence=f"added in review by {by}",
        )

        def change(loaded: _Loaded) -> list[str]:
            known = {draft.key: draft for draft in loaded.drafts()} | {added.key: added}
            loaded.put_drafts(known.values())
            return [DRAFTS]

        self._change([DRAFTS], change)
        return added

    def decide(
        self, key: Key, decision: Decision, by: str, values: Mapping[str, str] | None = None, reason: str = ""
    ) -> Draft:
        """Save a decision. Raises RowError where an accepted row does not fit the contract."""
        today = datetime.date.today().isoformat()

        def change(loaded: _Loaded, draft: Draft) -> tuple[Draft, list[str]]:
            changed = _take_back(loaded, draft) if draft.decision not in (None, Decision.REJECTED) else []
            decided = decide(draft, decision, draft.row if values is None else values, reason, by, today)
            problems = find_row_problems(loaded.contract[DRAFTS], to_row(decided), {})
            if problems:
                raise RowError(problems)
            if decided.decision is not Decision.REJECTED:
                changed = [*changed, *self._put(loaded, decided)]
            return decided, changed

        return self._change_draft(key, change)

    def undo(self, key: Key) -> Draft:
        """Take a decision back: the draft waits again, and its row is gone."""

        def change(loaded: _Loaded, draft: Draft) -> tuple[Draft, list[str]]:
            changed = _take_back(loaded, draft) if draft.decision not in (None, Decision.REJECTED) else []
            return undecided(draft), changed

        return self._change_draft(key, change)

    def find_problems(self, draft: Draft, values: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with the row that a draft would become, by column."""
        if draft.kind is DraftKind.ROW_COUNTS:
            return {}
        table = self.contract[draft.target_table]
        problems = find_row_problems(table, _target_row(draft, table, values), self.choices(table))
        if draft.kind is DraftKind.FINDING and not (values.get("explanation") or values.get("same_as")):
            problems["explanation"] = "a value is needed"
        return problems

    def choices(self, table: SeedTable) -> dict[tuple[str, str], frozenset[str]]:
        """Values that the table's columns may refer to."""
        referred = {column.references for column in table.columns if column.references is not None}
        rows = self._load(sorted({seed for seed, _ in referred})).tables
        return {(seed, name): frozenset(row[name] for row in rows[seed]) for seed, name in referred}

    def _put(self, loaded: _Loaded, draft: Draft) -> list[str]:
        """Put the row of an accepted draft into its seed; the seeds that changed."""
        if draft.kind is DraftKind.ROW_COUNTS:
            for name, rows_n in draft.row.items():
                _set_count(loaded, draft.document_id, name, rows_n, _COUNTED_BY_READER)
            return [ROW_COUNTS]
        problems = self.find_problems(draft, draft.row)
        if problems:
            raise RowError(problems)
        table = loaded.contract[draft.target_table]
        row = _target_row(draft, table, draft.row)
        rows = loaded.tables[table.name]
        if any(_key(table, other) == _key(table, row) for other in rows):
            raise InputError(
                Problem(
                    table.path,
                    "a row of this key is there already",
                    found=" ".join(_key(table, row)),
                    action="reject the draft, or remove the row",
                )
            )
        rows.insert(_position(rows, row), row)
        return [table.name, *_count_figures(loaded, draft)]

    def _change_draft(self, key: Key, change: Callable[[_Loaded, Draft], tuple[Draft, list[str]]]) -> Draft:
        changed: list[Draft] = []

        def change_all(loaded: _Loaded) -> list[str]:
            rows = loaded.tables[DRAFTS]
            at = next((n for n, row in enumerate(rows) if _key(loaded.contract[DRAFTS], row) == key), None)
            if at is None:
                raise InputError(
                    Problem("review", "no such draft", found=" ".join(key), action="open the report again")
                )
            draft, names = change(loaded, loaded.draft(rows[at]))
            rows[at] = to_row(draft)
            changed.append(draft)
            return [DRAFTS, *names]

        target = next((draft.target_table for draft in self.drafts(key[0]) if draft.key == key), DRAFTS)
        self._change(sorted({DRAFTS, ROW_COUNTS, target}), change_all)
        return changed[-1]

    def _change(
        self,
        names: Sequence[str],
        change: Callable[[_Loaded], list[str]],
        others: SeedFiles | None = None,
        changes: Mapping[str, bytes] | None = None,
    ) -> list[str]:
        """Make a change on what is there now; again where somebody else saved one in between. Paths that changed."""
        for attempt in range(_ATTEMPTS):
            loaded = self._load(names)
            changed = sorted(set(change(loaded)))
            try:
                paths = loaded.save(changed, others, changes or {})
            except InputError:
                current = load_seed_files(self.root, list(loaded.files.loaded))
                if attempt + 1 == _ATTEMPTS or current.loaded == loaded.files.loaded:
                    raise
            else:
                self._parsed |= {name: (content, loaded.tables[name]) for name, content in loaded.saved.items()}
                return paths
        return []

    def _load(self, names: Sequence[str]) -> _Loaded:
        files = load_seed_files(self.root, [self.contract[name].path for name in names])
        loaded = _Loaded(self.contract, files)
        for name in names:
            content = files.loaded[self.contract[name].path]
            loaded.tables[name] = list(self._parse(name, content)) if content else []
        return loaded

    def _parse(self, name: str, content: bytes) -> list[SeedRow]:
        """Rows of a CSV; parsed once for as long as it does not change, for every page asks for the same ones."""
        known = self._parsed.get(name)
        if known is None or known[0] != content:
            self._parsed[name] = known = (content, parse_csv(self.contract[name], content))
        return known[1]


def _target_row(draft: Draft, table: SeedTable, values: Mapping[str, str]) -> SeedRow:
    """The row that a draft becomes, every column of its seed."""
    row = {"inspection_id": draft.inspection_id, "document_id": draft.document_id, **draft.place, **values}
    return {name: row.get(name, "") for name in table.column_names}


def _take_back(loaded: _Loaded, draft: Draft) -> list[str]:
    """Remove the row that an accepted draft became; the seeds that changed."""
    if draft.kind is DraftKind.ROW_COUNTS:
        loaded.tables[ROW_COUNTS] = [
            row
            for row in loaded.tables[ROW_COUNTS]
            if (row["document_id"], row["reason"]) != (draft.document_id, _COUNTED_BY_READER)
        ]
        return [ROW_COUNTS]
    table = loaded.contract[draft.target_table]
    key = _key(table, _target_row(draft, table, draft.row))
    loaded.tables[table.name] = [row for row in loaded.tables[table.name] if _key(table, row) != key]
    return [table.name, *_count_figures(loaded, draft)]


def _count_figures(loaded: _Loaded, draft: Draft) -> list[str]:
    """Keep the expected number of figures of running text in step with the decisions."""
    if draft.kind is not DraftKind.FIGURE:
        return []
    count = sum(1 for row in loaded.tables[FIGURES] if row["document_id"] == draft.document_id)
    _set_count(loaded, draft.document_id, FIGURES, str(count), _COUNTED_IN_REVIEW)
    return [ROW_COUNTS]


def _set_count(loaded: _Loaded, document_id: str, table: str, rows_n: str, reason: str) -> None:
    rows = loaded.tables[ROW_COUNTS]
    row = {"document_id": document_id, "table_name": table, "rows_n": rows_n, "reason": reason}
    for index, other in enumerate(rows):
        if (other["document_id"], other["table_name"]) == (document_id, table):
            rows[index] = row if other["rows_n"] != rows_n else other
            return
    if rows_n != "0":
        rows.insert(_position(rows, row), row)


def _key(table: SeedTable, row: SeedRow) -> tuple[str, ...]:
    return tuple(row[name] for name in table.key)


def _position(rows: Sequence[SeedRow], row: SeedRow) -> int:
    """Where a row goes: among the rows of its report in the order they are printed, else at the end."""
    alike = [i for i, other in enumerate(rows) if _group(other) == _group(row)]
    after = [i for i in alike if _rank(rows[i]) > _rank(row)]
    return after[0] if after else alike[-1] + 1 if alike else len(rows)


def _group(row: SeedRow) -> str:
    return row.get("document_id") or row.get("inspection_id") or row.get("rule_id", "")


def _rank(row: SeedRow) -> tuple[int, int, int, str]:
    numbers = [row.get(name, "") for name in ("line_number", "column_number")]
    item = row.get("recommendation_number") or row.get("progress_number") or ""
    line, column, number = (int(text[:18]) if text.isdecimal() else 0 for text in (*numbers, item))
    return line, column, number, row.get("table_name", "")
