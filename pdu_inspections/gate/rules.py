"""What the contract demands of values, as rules: each rule lists the cells it looks at. Pure; no files, no engine."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pdu_inspections.errors import Problem
from pdu_inspections.gate.contract import REPORTS, SeedColumn, SeedTable
from pdu_inspections.gate.sheets import Row, Sheet

NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
ROW_COUNTS = "expected_row_counts"
KEY_SEPARATOR = " | "


class Kind(StrEnum):
    """How a rule looks at its cells."""

    PATTERN = "pattern"
    VOCABULARY = "vocabulary"
    RANGE = "range"
    UNIQUE = "unique"


@dataclass(frozen=True)
class Cell:
    """A value under a rule. value is what is checked, found what the person is shown."""

    file: str
    line: int | None
    column: str | None
    value: str | float
    found: str


@dataclass(frozen=True)
class Rule:
    """One claim about many cells: argument is the pattern, the vocabulary or the bounds; none for unique."""

    suite: str
    name: str
    kind: Kind
    argument: Any
    cells: tuple[Cell, ...]
    message: str
    expected: str
    action: str

    def problem(self, cell: Cell) -> Problem:
        """What to tell the person about a cell that breaks the rule."""
        expected = self.expected
        if self.kind is Kind.VOCABULARY:
            close = difflib.get_close_matches(cell.found, sorted(self.argument), 1)
            expected += f", perhaps {close[0]!r}" if close else ""
        if self.kind is Kind.UNIQUE:
            lines = [str(other.line) for other in self.cells if other.value == cell.value and other.line != cell.line]
            expected += f"; also in line {', '.join(lines)}"
        return Problem(cell.file, self.message, cell.line, cell.column, cell.found, expected, self.action)


def filled(cells: tuple[Cell, ...]) -> Rule:
    """Required columns have a value in every row."""
    return Rule(
        "filled",
        "required values",
        Kind.PATTERN,
        "(?s:.+)",
        cells,
        "empty value",
        "a value in every row of this column",
        "fill it in",
    )


def of_form(pattern: str, columns: str, cells: tuple[Cell, ...]) -> Rule:
    """Values are of the agreed form."""
    return Rule(
        "patterns",
        f"{columns}: {pattern}",
        Kind.PATTERN,
        pattern,
        cells,
        "value is not of the agreed form",
        f"the form {pattern}",
        "correct the value; no thousands separators, units, signs or leading zeros beyond the form",
    )


def known(column: str, table: str, path: str, values: frozenset[str], cells: tuple[Cell, ...]) -> Rule:
    """Values stand in a column of a vocabulary."""
    return Rule(
        "vocabularies",
        f"{column} of {table}",
        Kind.VOCABULARY,
        values,
        cells,
        "unknown value",
        f"a {column} of {path}",
        f"correct the value, or add a row to {path}",
    )


def within(low: float | None, high: float | None, cells: tuple[Cell, ...]) -> Rule:
    """Numbers lie in the agreed range."""
    return Rule(
        "ranges",
        f"from {_bound(low)} to {_bound(high)}",
        Kind.RANGE,
        (low, high),
        cells,
        "value out of range",
        f"a number from {_bound(low)} to {_bound(high)}",
        "compare with the report and correct the value",
    )


def unique(table: str, cells: tuple[Cell, ...]) -> Rule:
    """No key occurs twice."""
    return Rule(
        "keys",
        table,
        Kind.UNIQUE,
        None,
        cells,
        "duplicate key",
        "each key once",
        "remove the row that is wrong, or correct its key",
    )


def as_many(cells: tuple[Cell, ...]) -> Rule:
    """Every report gives every table the expected number of rows."""
    return Rule(
        "row counts",
        "rows found less rows expected",
        Kind.RANGE,
        (0.0, 0.0),
        cells,
        "row count differs",
        "the number of rows that expected_row_counts.csv gives",
        "find the row that is missing or too many; change the expected number only with its reason",
    )


def rules(sheets: Mapping[str, Sheet], tables: Sequence[SeedTable]) -> list[Rule]:
    """Every rule of the contract over the sheets that could be read, vocabularies of unreadable sheets left out."""
    found = [*_filled(sheets), *_patterns(sheets), *_vocabularies(sheets), *_ranges(sheets), *_keys(sheets)]
    return [rule for rule in [*found, *_row_counts(sheets, tables)] if rule.cells]


def regex_of(column: SeedColumn) -> str | None:
    """The regular expression for a column's values; none where any text may stand there."""
    if column.values:
        return "|".join(re.escape(value) for value in column.values)
    return None if column.pattern is None else column.pattern.regex


def _cells(sheet: Sheet, index: int) -> Iterator[Cell]:
    """The filled cells of a column."""
    column = sheet.table.columns[index]
    for row in sheet.rows:
        if row.values[index]:
            yield Cell(sheet.table.path, row.line, column.name, row.values[index], row.values[index])


def _columns(sheets: Mapping[str, Sheet]) -> Iterator[tuple[Sheet, int, SeedColumn]]:
    for sheet in sheets.values():
        for index, column in enumerate(sheet.table.columns):
            yield sheet, index, column


def _filled(sheets: Mapping[str, Sheet]) -> Iterator[Rule]:
    cells = tuple(
        Cell(sheet.table.path, row.line, column.name, row.values[index], row.values[index])
        for sheet, index, column in _columns(sheets)
        if column.required
        for row in sheet.rows
    )
    yield filled(cells)


def _patterns(sheets: Mapping[str, Sheet]) -> Iterator[Rule]:
    by_pattern: defaultdict[str, list[Cell]] = defaultdict(list)
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for sheet, index, column in _columns(sheets):
        pattern = regex_of(column)
        if pattern is not None:
            by_pattern[pattern].extend(_cells(sheet, index))
            names[pattern][column.name] = None
    for pattern, cells in by_pattern.items():
        yield of_form(pattern, ", ".join(names[pattern]), tuple(cells))


def _vocabularies(sheets: Mapping[str, Sheet]) -> Iterator[Rule]:
    by_vocabulary: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
    for sheet, index, column in _columns(sheets):
        if column.references is not None and column.references[0] in sheets:
            by_vocabulary[column.references].extend(_cells(sheet, index))
    for (seed, name), cells in by_vocabulary.items():
        source = sheets[seed]
        index = source.table.column_names.index(name)
        values = frozenset(row.values[index] for row in source.rows)
        yield known(name, seed, source.table.path, values, tuple(cells))


def _ranges(sheets: Mapping[str, Sheet]) -> Iterator[Rule]:
    by_range: defaultdict[tuple[float | None, float | None], list[Cell]] = defaultdict(list)
    for sheet, index, column in _columns(sheets):
        if column.low is not None or column.high is not None:
            for cell in _cells(sheet, index):
                if _is_number(cell.found):
                    by_range[column.low, column.high].append(
                        Cell(cell.file, cell.line, cell.column, float(cell.found), cell.found)
                    )
    for (low, high), cells in by_range.items():
        yield within(low, high, tuple(cells))


def _keys(sheets: Mapping[str, Sheet]) -> Iterator[Rule]:
    for sheet in sheets.values():
        indexes = [sheet.table.column_names.index(name) for name in sheet.table.key]
        label = " + ".join(sheet.table.key)
        cells = tuple(
            Cell(sheet.table.path, row.line, label, key, key) for row in sheet.rows for key in [_key(row, indexes)]
        )
        yield unique(sheet.table.name, cells)


def _key(row: Row, indexes: Sequence[int]) -> str:
    return KEY_SEPARATOR.join(row.values[index] for index in indexes)


def _row_counts(sheets: Mapping[str, Sheet], tables: Sequence[SeedTable]) -> Iterator[Rule]:
    """Rows per report and table against the expected ones; a table that a report fills must have an expectation."""
    expectations = sheets.get(ROW_COUNTS)
    if expectations is None:
        return
    names = expectations.table.column_names
    document, table_name, rows_n = (names.index(name) for name in ("document_id", "table_name", "rows_n"))
    counts = _rows_per_report(sheets)
    unread = {table.name for table in tables if table.folder == REPORTS} - sheets.keys()
    cells = []
    expected_keys = set()
    for row in expectations.rows:
        key = (row.values[document], row.values[table_name])
        expected_keys.add(key)
        if key[1] not in unread and row.values[rows_n].isdecimal():
            difference = counts[key] - int(row.values[rows_n])
            found = f"{counts[key]} rows of {key[0]} in seeds/{REPORTS}/{key[1]}.csv, expected {row.values[rows_n]}"
            cells.append(Cell(expectations.table.path, row.line, "rows_n", float(difference), found))
    for key, count in sorted(counts.items()):
        if key not in expected_keys:
            found = f"{count} rows of {key[0]} in seeds/{REPORTS}/{key[1]}.csv, no number expected"
            cells.append(Cell(expectations.table.path, None, "rows_n", float(count), found))
    yield as_many(tuple(cells))


def _rows_per_report(sheets: Mapping[str, Sheet]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for sheet in sheets.values():
        if sheet.table.folder == REPORTS and "document_id" in sheet.table.column_names:
            index = sheet.table.column_names.index("document_id")
            counts.update((row.values[index], sheet.table.name) for row in sheet.rows)
    return counts


def _is_number(text: str) -> bool:
    return re.fullmatch(NUMBER, text) is not None


def _bound(value: float | None) -> str:
    return "any" if value is None else f"{value:g}"
