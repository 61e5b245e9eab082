"""The gate in SQL, for report tables that come as Parquet: the contract's rules, checked by DuckDB where they lie.

A table is read once to count what breaks each rule; only where something does are rows fetched, the first of each rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections.errors import Problem
from pdu_inspections.gate import rules
from pdu_inspections.gate.contract import REPORTS, SeedColumn, SeedContract, SeedTable, read_contract
from pdu_inspections.gate.report import GateReport
from pdu_inspections.gate.rules import KEY_SEPARATOR, NUMBER, ROW_COUNTS, Cell, Kind, Rule, regex_of
from pdu_inspections.gate.sheets import character_problems
from pdu_inspections.sql import literal, quoted

LISTED = 20
"""Problems of one rule and column that are told one by one; all are counted."""

_SUGGESTED_FROM = 2_000
_REFUSED_CHARACTER = r"[^\p{L}\p{M}\p{N}\p{P}\p{S} ]"
_FORMULA_START = r"^[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
_NUMBER_LIKE = r"[-+]?[0-9][0-9.,]*%?"
_EMPTY = Rule(
    "filled",
    "no empty text",
    Kind.PATTERN,
    None,
    (),
    "empty text",
    "NULL where there is no value",
    "write NULL",
)


@dataclass
class _Findings:
    problems: list[Problem] = field(default_factory=list)
    found_n: int = 0
    rows_n: int = 0
    values_n: int = 0
    checks: set[str] = field(default_factory=set)

    def add(self, problems: Sequence[Problem], found_n: int | None = None) -> None:
        self.problems += problems
        self.found_n += len(problems) if found_n is None else found_n


def check_parquet(directory: Path, seeds: Path) -> GateReport:
    """Check the Parquet of every table that grows, directory/<table>/*.parquet, against the contract.

    seeds: where the CSVs of the vocabularies are, which have a gate of their own.
    """
    findings = _Findings()
    contract = read_contract(seeds)
    tables = tuple(contract.values())
    with duckdb.connect() as connection:
        readable = [table for table in tables if table.grows and _opened(connection, directory, table, findings)]
        for table in tables:
            path = seeds / table.folder / f"{table.name}.csv"
            if not table.grows and path.is_file():
                source = f"read_csv({literal(path)}, all_varchar = true, header = true)"
                connection.execute(f"create view {quoted(table.name)} as select * from {source}")
        present = {table.name for table in readable} | {table.name for table in tables if not table.grows}
        for table in readable:
            _Checked(connection, table, findings, contract).run(present)
        if ROW_COUNTS in present:
            _row_counts(connection, readable, findings)
    return GateReport(
        findings.problems,
        len(readable),
        findings.rows_n,
        findings.values_n,
        sorted(findings.checks),
        findings.found_n - len(findings.problems),
    )


def _opened(connection: duckdb.DuckDBPyConnection, directory: Path, table: SeedTable, findings: _Findings) -> bool:
    """Whether the table's files could be opened as a view of its name, with the agreed columns, all of them text."""
    folder = directory / table.name
    if not any(folder.glob("*.parquet")):
        agreed = ", ".join(table.column_names)
        findings.add(
            [
                Problem(
                    str(folder),
                    "no Parquet files",
                    expected=f"files with the columns {agreed}",
                    action="write the table, without rows where there are none",
                )
            ]
        )
        return False
    source = f"read_parquet({literal(folder / '*.parquet')}, filename = true, file_row_number = true)"
    try:
        connection.execute(f"create view {quoted(table.name)} as select * from {source}")
        found = {
            str(name): str(kind)
            for name, kind, *_ in connection.execute(f"describe {quoted(table.name)}").fetchall()
            if name not in ("filename", "file_row_number")
        }
    except duckdb.Error as error:
        findings.add([Problem(str(folder), "cannot be read", found=str(error), action="write the files anew")])
        return False
    problems = [
        Problem(str(folder), "missing column", None, name, expected=", ".join(table.column_names), action="add it")
        for name in table.column_names
        if name not in found
    ]
    for name, kind in found.items():
        if name not in table.column_names:
            problems.append(Problem(str(folder), "unknown column", None, name, action="remove it, or correct its name"))
        elif kind != "VARCHAR":
            problems.append(
                Problem(str(folder), "column is not text", None, name, kind, "text, as printed", "write it as text")
            )
    findings.add(problems)
    return not problems


@dataclass(frozen=True)
class _Check:
    """A condition on one column that a row breaks, and what to say of the values that do."""

    column: SeedColumn
    broken: str
    rule: Rule | None


class _Checked:
    """One table under the rules."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: SeedTable, findings: _Findings, contract: SeedContract
    ) -> None:
        self.contract = contract
        self.connection = connection
        self.table = table
        self.findings = findings

    def run(self, present: set[str]) -> None:
        """Count and tell everything that breaks a rule; vocabularies only of tables that could be read."""
        checks = [check for column in self.table.columns for check in _checks(column)]
        counts = ", ".join(f"count(*) filter (where {check.broken})" for check in checks)
        filled = " + ".join(f"count({quoted(column.name)})" for column in self.table.columns)
        row = self._one(f"select count(*), {filled}, {counts} from {quoted(self.table.name)}")
        self.findings.rows_n += row[0]
        self.findings.values_n += row[1]
        for check, count in zip(checks, row[2:], strict=True):
            if count:
                self._tell(check, count)
        self._note(*(check.rule for check in checks))
        for column in self.table.columns:
            if column.references is not None and column.references[0] in present:
                self._vocabulary(column, *column.references)
        self._key()

    def _tell(self, check: _Check, count: int) -> None:
        condition = f"where {check.broken}"
        if check.rule is not None:
            self.findings.add([check.rule.problem(cell) for cell in self._cells(check.column, condition)], count)
            return
        problems = self._judged(check.column, condition, LISTED)
        if problems:
            self.findings.add(problems, max(count, len(problems)))
        else:
            self.findings.add(self._judged(check.column, condition, count))

    def _judged(self, column: SeedColumn, condition: str, limit: int) -> list[Problem]:
        """Problems of values as a CSV's are judged, whose alphabet may be newer or older than the engine's."""
        return [
            problem
            for cell in self._cells(column, condition, limit)
            for problem in character_problems(cell.found, column, cell.file, cell.line or 0)
        ]

    def _cells(self, column: SeedColumn, condition: str, limit: int = LISTED) -> list[Cell]:
        rows = self.connection.execute(
            f"select filename, file_row_number + 1, {quoted(column.name)} from {quoted(self.table.name)} as checked "
            f"{condition} order by 1, 2 limit {limit}"
        ).fetchall()
        return [Cell(str(file), int(line), column.name, text or "", text or "") for file, line, text in rows]

    def _vocabulary(self, column: SeedColumn, seed: str, name: str) -> None:
        source = self.contract.get(seed)
        listed = f"(select distinct {quoted(name)} as known from {quoted(seed)} where {quoted(name)} is not null)"
        condition = f"anti join {listed} on {quoted(column.name)} = known where {quoted(column.name)} is not null"
        count = self._one(f"select count(*) from {quoted(self.table.name)} as checked {condition}")[0]
        path = f"seeds/{source.folder}/{seed}.csv" if source and not source.grows else f"the table {seed}"
        values: frozenset[str] = frozenset()
        if count and self._one(f"select count(*) from {listed}")[0] <= _SUGGESTED_FROM:
            values = frozenset(value for (value,) in self.connection.execute(f"from {listed}").fetchall())
        rule = rules.known(name, seed, path, values, ())
        self._note(rule)
        if count:
            self.findings.add([rule.problem(cell) for cell in self._cells(column, condition)], count)

    def _key(self) -> None:
        key = ", ".join(quoted(name) for name in self.table.key)
        parts = ", ".join(f"coalesce({quoted(name)}, '')" for name in self.table.key)
        joined = f"concat_ws({literal(KEY_SEPARATOR)}, {parts})"
        twice = f"(select {key} from {quoted(self.table.name)} group by {key} having count(*) > 1)"
        self._note(rules.unique(self.table.name, ()))
        count = self._one(f"select count(*) from {twice}")[0]
        if not count:
            return
        rows = self.connection.execute(
            f"select filename, file_row_number + 1, {joined} from {quoted(self.table.name)} "
            f"where ({key}) in (select ({key}) from {twice} order by all limit {LISTED}) "
            f"order by 3, 1, 2 limit {2 * LISTED}"
        ).fetchall()
        label = " + ".join(self.table.key)
        cells = tuple(Cell(str(file), int(line), label, text, text) for file, line, text in rows)
        rule = rules.unique(self.table.name, cells)
        problems = [rule.problem(cell) for cell in cells]
        self.findings.add(problems, max(2 * count, len(problems)))

    def _note(self, *noted: Rule | None) -> None:
        self.findings.checks.update(f"{rule.suite}: {rule.name}" for rule in noted if rule is not None)

    def _one(self, query: str) -> tuple[Any, ...]:
        row = self.connection.execute(query).fetchone()
        assert row is not None
        return row


def _checks(column: SeedColumn) -> Iterator[_Check]:
    name = quoted(column.name)
    if column.required:
        yield _Check(column, f"{name} is null or {name} = ''", rules.filled(()))
    else:
        yield _Check(column, f"{name} = ''", _EMPTY)
    pattern = regex_of(column)
    if pattern is not None:
        yield _Check(
            column,
            f"{name} <> '' and not regexp_full_match({name}, {literal(pattern)})",
            rules.of_form(pattern, column.name, ()),
        )
    elif column.is_free_text:
        # what looks wrong here is judged by the same words as a CSV's values
        yield _Check(
            column,
            f"({name} <> trim({name}) or regexp_matches({name}, {literal(_REFUSED_CHARACTER)}) "
            f"or nfc_normalize({name}) <> {name} or (regexp_matches({name}, {literal(_FORMULA_START)}) "
            f"and not regexp_full_match({name}, {literal(_NUMBER_LIKE)})))",
            None,
        )
    if column.low is not None or column.high is not None:
        number = f"try_cast({name} as double)"
        bounds = [f"{number} < {column.low}"] if column.low is not None else []
        bounds += [f"{number} > {column.high}"] if column.high is not None else []
        yield _Check(
            column,
            f"regexp_full_match({name}, {literal(NUMBER)}) and ({' or '.join(bounds)})",
            rules.within(column.low, column.high, ()),
        )


def _row_counts(connection: duckdb.DuckDBPyConnection, tables: Sequence[SeedTable], findings: _Findings) -> None:
    """Rows per report and table against the expected ones."""
    counted = " union all ".join(
        f"select document_id, {literal(table.name)} as table_name, count(*) as found_n from {quoted(table.name)} "
        "group by document_id"
        for table in tables
        if table.folder == REPORTS and "document_id" in table.column_names
    )
    if not counted:
        return
    listed = ", ".join(literal(table.name) for table in tables)
    differing = (
        f"from (from {quoted(ROW_COUNTS)} where table_name in ({listed})) as expected "
        f"full join ({counted}) as counted using (document_id, table_name) "
        "where coalesce(try_cast(rows_n as bigint), -1) <> coalesce(found_n, 0)"
    )
    rule = rules.as_many(())
    findings.checks.add(f"{rule.suite}: {rule.name}")
    total = connection.execute(f"select count(*) {differing}").fetchone()
    rows = connection.execute(
        "select filename, file_row_number + 1, document_id, table_name, rows_n, coalesce(found_n, 0) "
        f"{differing} order by 3, 4 limit {LISTED}"
    ).fetchall()
    cells = []
    for file, line, document, table, expected, found in rows:
        wanted = "no number expected" if expected is None else f"expected {expected}"
        cells.append(Cell(file or ROW_COUNTS, line, "rows_n", "", f"{found} rows of {document} in {table}, {wanted}"))
    findings.add([rule.problem(cell) for cell in cells], int(total[0]) if total else 0)
