"""The spreadsheet of a release, by the UK government's guidance for statistics in spreadsheets.

Cover, contents, notes, what each column means, then one sheet per mart: title in A1, what one needs to know below it,
one marked-up table, no blank cell. Ids keep their place and get the names they stand for beside them. Sheets print on
landscape pages, as wide as the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pdu_inspections.release.exports.attribution import ATTRIBUTION, LICENCE, SOURCE
from pdu_inspections.release.marts import Mart
from pdu_inspections.release.records import BuildRecord
from pdu_inspections.sql import quoted, quoted_list

SPREADSHEET_NAME = "probation-inspection-figures.xlsx"

TITLE = "Figures printed in inspection reports of HM Inspectorate of Probation, England and Wales"
AUTHOR = "Probation inspections warehouse"

_LEFT_OUT = {"start_here", "dim_citation", "rpt_figure"}
"""Marts that say again what the other sheets hold, or speak of SQL."""

_PREFIXES = ("rpt", "fct", "bridge", "dim")
"""Sheets in this order; a wide rpt_ table stands for the fct_ table of its name."""

_NAMES = {
    "dim_citation": "{0}.locator",
    "dim_consistency_rule": "{0}.claim",
    "dim_criterion": "{0}.criterion_name",
    "dim_document": "{0}.title",
    "dim_framework": "{0}.framework_name",
    "dim_inspection": "concat({0}.organisation_name, ', ', {0}.inspection_year)",
    "dim_measure": "{0}.measure_name",
    "dim_organisation": "{0}.organisation_name",
    "dim_question": "{0}.question_text",
    "dim_standard": "{0}.standard_name",
}
"""What an id that refers to a table stands for."""

_ONE_TABLE = "This worksheet contains one table."
_NO_VALUE, _NOT_APPLICABLE = "[x]", "[z]"
_MOST_ROWS = 100_000
"""A mart with more rows is left to Parquet and CSV: no spreadsheet program works well with it."""
_LONGEST_TEXT = 32_767
_LONGEST_SHEET_NAME = 31
_NARROWEST, _WIDEST, _COVER_WIDTH = 10, 60, 100
_GROUPED_FROM = 1000
_A4 = 9
_FREEZE_NOTE = (
    "The rows down to the table's header stay in view when scrolling. To end that: View, then Freeze Panes or "
    "Freeze Rows and Columns."
)

_NOTES = (
    (
        f"Shorthand {_NO_VALUE}",
        "No value available. The report prints none, or none can be worked out from what it prints; where the table "
        "has a status column, that says which, and else the column's meaning in worksheet Columns does.",
    ),
    (
        f"Shorthand {_NOT_APPLICABLE}",
        "Not applicable. The measure does not apply to the body, or to the framework it was inspected under.",
    ),
    ("Percentages", "From 0 to 100, as printed; intervals are Wilson's and ignore how cases were sampled."),
    ("Averages", "Do not average percentages over inspections. Add the numbers of cases, and divide."),
    ("Frameworks", "The same code means different things in different frameworks; compare by conformed questions."),
    (
        "Prompts",
        "Do not take 100 less a prompt's percentage for the share judged insufficient: cases to which the prompt did "
        "not apply are in its base.",
    ),
    ("Sources", "Every row of figures says in which report, section and line its figure is printed."),
)


Value = str | int | float | Decimal | date


@dataclass(frozen=True)
class _SheetColumn:
    """A column of a sheet: what it selects, its heading, its name in the mart, its meaning, its status column."""

    sql: str
    heading: str
    name: str
    meaning: str
    status: str | None = None


@dataclass(frozen=True)
class _Table:
    """A table to write: headings, which columns hold digits that name rather than count, rows, its title and notes."""

    sheet: str
    title: str
    notes: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    ordinals: Sequence[bool] = ()


def write_spreadsheet(
    connection: duckdb.DuckDBPyConnection, database: str, path: Path, record: BuildRecord, marts: Sequence[Mart]
) -> None:
    """Write the spreadsheet of the marts in an attached database."""
    chosen = _choose_marts(marts)
    known = {mart.name for mart in marts}
    columns = {mart.name: _sheet_columns(mart, known) for mart in chosen}
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    try:
        with Workbook(str(path), options) as workbook:
            workbook.set_properties(
                {
                    "title": TITLE,
                    "author": AUTHOR,
                    "comments": ATTRIBUTION,
                    "keywords": "probation, inspection, HM Inspectorate of Probation, England and Wales, ratings",
                    "created": datetime.fromisoformat(record.built_at),
                }
            )
            writer = _Writer(workbook)
            writer.write_cover(record)
            writer.write_table(_contents(chosen), links_to_sheets=True)
            writer.write_table(_notes())
            writer.write_table(_dictionary(chosen, columns))
            for mart in chosen:
                writer.write_table(_read_mart(connection, database, mart, columns[mart.name]))
    except FileCreateError as error:
        # XlsxWriter hides what the system said in an exception of its own.
        raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error)) from None


class _Writer:
    """Writes sheets of one look into a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        font = {"font_name": "Arial", "font_size": 12, "valign": "top"}
        self._title = workbook.add_format({**font, "bold": True, "font_size": 16})
        self._subtitle = workbook.add_format({**font, "bold": True, "font_size": 14})
        self._line = workbook.add_format({**font, "text_wrap": True})
        self._note = workbook.add_format(font)
        self._header = workbook.add_format({**font, "bold": True, "text_wrap": True})
        self._cell = workbook.add_format({**font, "text_wrap": True})
        self._count = workbook.add_format({**font, "num_format": "#,##0"})
        self._date = workbook.add_format({**font, "num_format": "d mmmm yyyy"})
        self._link = workbook.add_format({**font, "underline": 1, "text_wrap": True})

    def write_cover(self, record: BuildRecord) -> None:
        """The first sheet: what this is, where it is from, how it may be used."""
        sheet = self._add_sheet("Cover")
        sheet.set_column(0, 0, _COVER_WIDTH, self._line)
        for row, (text, style, address) in enumerate(_cover_lines(record)):
            form = {"title": self._title, "subtitle": self._subtitle}.get(style, self._line)
            if address:
                sheet.write_url(row, 0, address, self._link, text)
            else:
                sheet.write_string(row, 0, text, form)

    def write_table(self, table: _Table, links_to_sheets: bool = False) -> None:
        """A sheet with a title, notes and one table, whose header stays in view and is repeated on every page."""
        sheet = self._add_sheet(table.sheet)
        sheet.write_string(0, 0, table.title, self._title)
        lines = [" ".join(line.split()) for line in (*table.notes, _FREEZE_NOTE) if line]
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line, self._note)
        first = len(lines) + 1
        for column, width in enumerate(_widths(table)):
            sheet.set_column(column, column, width, self._cell)
        if table.rows:
            sheet.add_table(
                first,
                0,
                first + len(table.rows),
                len(table.headings) - 1,
                {
                    "name": table.sheet,
                    "autofilter": False,
                    "style": "Table Style Light 1",
                    "columns": [{"header": heading, "header_format": self._header} for heading in table.headings],
                },
            )
        else:
            for column, heading in enumerate(table.headings):
                sheet.write_string(first, column, heading, self._header)
        ordinals = table.ordinals or [False] * len(table.headings)
        for row, values in enumerate(table.rows, start=first + 1):
            for column, value in enumerate(values):
                self._write_value(sheet, row, column, value, ordinals[column])
            if links_to_sheets:
                sheet.write_url(row, 0, f"internal:'{values[0]}'!A1", self._link, str(values[0]))
        sheet.freeze_panes(first + 1, 0)
        sheet.repeat_rows(first)

    def _add_sheet(self, name: str) -> Worksheet:
        sheet = self._workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _write_value(self, sheet: Worksheet, row: int, column: int, value: Value, is_ordinal: bool) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, _shorten(value), self._cell)
        elif isinstance(value, datetime):
            sheet.write_string(row, column, value.isoformat(sep=" "), self._cell)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._date)
        else:
            sheet.write_number(row, column, value, self._number_format(float(value), is_ordinal))

    def _number_format(self, value: float, is_ordinal: bool) -> Format:
        """Thousands are grouped in counts, and not in years, lines or pages."""
        is_grouped = not is_ordinal and value.is_integer() and abs(value) >= _GROUPED_FROM
        return self._count if is_grouped else self._cell


def _shorten(text: str) -> str:
    """A text as long as a cell may be, which says where it was cut."""
    end = "… (cut: too long for a cell)"
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - len(end)] + end


def _widths(table: _Table) -> list[int]:
    """Width of every column, in characters: that of its longest word or a comfortable line of its longest value."""
    widths = []
    for index, heading in enumerate(table.headings):
        longest = max((len(str(row[index])) for row in table.rows), default=0)
        word = max(len(word) for word in heading.split())
        widths.append(min(_WIDEST, max(_NARROWEST, word + 2, longest + 2)))
    return widths


def _choose_marts(marts: Sequence[Mart]) -> list[Mart]:
    """The marts that become sheets, in their order. A table without rows is none: it has nothing to show yet."""
    wide = {mart.name.replace("rpt_", "fct_", 1) for mart in marts if mart.name.startswith("rpt_")}
    kept = [mart for mart in marts if mart.rows_n and mart.name not in _LEFT_OUT | wide]
    return sorted(kept, key=lambda mart: (_PREFIXES.index(_split(mart)[0]), mart.name))


def _split(mart: Mart) -> tuple[str, str]:
    prefix, _, rest = mart.name.partition("_")
    return (prefix, rest) if prefix in _PREFIXES else (_PREFIXES[-1], mart.name)


def _label(mart: Mart) -> str:
    """The mart's name for people: Staffing for fct_staffing, Rating list for dim_rating."""
    prefix, rest = _split(mart)
    return _words(f"{rest}_list" if prefix == "dim" else rest)


def _sheet_name(mart: Mart) -> str:
    """The mart's sheet: the label, as long as spreadsheet programs allow."""
    return _label(mart).replace(" ", "_")[:_LONGEST_SHEET_NAME]


def _words(name: str) -> str:
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _heading(name: str) -> str:
    """A column's name for people, its unit in brackets: Yes low 95 (per cent) for yes_pct_low_95."""
    parts = name.split("_")
    unit = " (per cent)" if "pct" in parts else " (number)" if parts[-1] == "n" else ""
    return _words("_".join(part for part in parts if part not in {"pct", "n"}) or name) + unit


def _sheet_columns(mart: Mart, known: set[str]) -> list[_SheetColumn]:
    """The mart's columns, and after each id that refers to another table the name it stands for."""
    columns: list[_SheetColumn] = []
    taken = {_heading(name) for name in mart.column_names}
    for column in mart.columns:
        columns.append(
            _SheetColumn(
                f"t.{quoted(column.name)}",
                _heading(column.name),
                column.name,
                column.comment,
                _status_of(column.name, mart.column_names),
            )
        )
        table, key = mart.references.get(column.name, ("", ""))
        name = _words(column.name.removesuffix("_id"))
        if table in _NAMES and table in known and name not in taken:
            taken.add(name)
            wanted = f"{_NAMES[table].format('d')} from {{0}}.{table} as d where d.{key} = t.{quoted(column.name)}"
            columns.append(_SheetColumn(f"(select {wanted})", name, "", f"What {_heading(column.name)} stands for."))
    return columns


def _status_of(name: str, names: Sequence[str]) -> str | None:
    """The column that says why a column has no value: value_status for value and value_n, and so on."""
    stems = [other.removesuffix("_status") for other in names if other.endswith("_status")]
    matching = [stem for stem in stems if name == stem or name.startswith(f"{stem}_")]
    return f"{max(matching, key=len)}_status" if matching else None


def _read_mart(
    connection: duckdb.DuckDBPyConnection, database: str, mart: Mart, columns: Sequence[_SheetColumn]
) -> _Table:
    places = {column.name: place for place, column in enumerate(columns)}
    statuses = [None if column.status is None else places[column.status] for column in columns]
    notes = [
        mart.comment,
        f"{_ONE_TABLE} Cells without a value hold the shorthand {_NO_VALUE} or {_NOT_APPLICABLE}, explained in "
        "worksheet Notes. Worksheet Columns says what each column means.",
    ]
    rows: list[tuple[Any, ...]] = []
    if mart.rows_n > _MOST_ROWS:
        notes.insert(0, f"The table has {mart.rows_n:,} rows, too many for a worksheet: use its Parquet or CSV file.")
    else:
        selected = ", ".join(column.sql.format(f"{database}.main") for column in columns)
        rows = connection.execute(
            f"select {selected} from {database}.main.{quoted(mart.name)} as t order by {quoted_list(mart.order)}"
        ).fetchall()
    return _Table(
        _sheet_name(mart),
        f"{_label(mart)}: inspections of probation services, England and Wales",
        notes,
        [column.heading for column in columns],
        [_fill_row(row, statuses) for row in rows],
        [_is_ordinal(column.name) for column in columns],
    )


def _fill_row(row: tuple[Any, ...], statuses: Sequence[int | None]) -> list[Value]:
    """A row without blanks. statuses: for each value, where in the row it says why there is none."""
    return [
        _cell_value(value, None if place is None else row[place]) for value, place in zip(row, statuses, strict=True)
    ]


def _cell_value(value: Any, status: str | None) -> Value:
    """Shorthand for a missing value, words for a truth value."""
    if value is None or value == "":
        return _NOT_APPLICABLE if status == "not_applicable" else _NO_VALUE
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and not math.isfinite(value):
        return _NO_VALUE
    return value if isinstance(value, str | int | float | Decimal | date) else str(value)


def _is_ordinal(name: str) -> bool:
    """Whether digits name rather than count: years, lines, pages."""
    return name.endswith(("_year", "_number", "_order", "_from", "_to", "ordinal"))


def _cover_lines(record: BuildRecord) -> Iterator[tuple[str, str, str]]:
    """Lines of the cover: text, style, and the address that a line leads to."""
    yield TITLE, "title", ""
    yield "Ratings, percentages of cases, staffing, caseloads, outcomes and recommendations, as printed.", "", ""
    yield "Source", "subtitle", ""
    yield SOURCE["title"], "", SOURCE["path"]
    yield "Licence and attribution", "subtitle", ""
    yield LICENCE["title"], "", LICENCE["path"]
    yield ATTRIBUTION, "", ""
    yield "Published", "subtitle", ""
    yield f"Release {record.build_id} of {record.built_at[:10]}, from revision {record.revision[:12]}.", "", ""
    yield "How to read it", "subtitle", ""
    yield "Worksheet Contents lists the tables, Notes the shorthand and what not to do, Columns every column.", "", ""
    yield "The release holds the same tables as a DuckDB file, Parquet and CSV, by the names Contents gives.", "", ""
    yield "Nothing is said by colour alone, no cell is merged or blank, nothing is hidden.", "", ""


def _contents(marts: Sequence[Mart]) -> _Table:
    headings = ("Worksheet", "What it holds", "Rows (number)", "Name in the DuckDB, Parquet and CSV files")
    rows: list[list[Value]] = [[_sheet_name(mart), mart.comment or _NO_VALUE, mart.rows_n, mart.name] for mart in marts]
    return _Table("Contents", "Contents", [_ONE_TABLE], headings, rows)


def _notes() -> _Table:
    title = "Notes: shorthand, and what to know before using the figures"
    return _Table("Notes", title, [_ONE_TABLE], ("Subject", "Note"), _NOTES)


def _dictionary(marts: Sequence[Mart], columns: dict[str, list[_SheetColumn]]) -> _Table:
    rows: list[list[Value]] = [
        [_sheet_name(mart), column.heading, column.name or _NO_VALUE, column.meaning or _NO_VALUE]
        for mart in marts
        for column in columns[mart.name]
    ]
    return _Table(
        "Columns",
        "Columns: what each column of each table means",
        [f"{_ONE_TABLE} {_NO_VALUE} in Name: the column stands in this spreadsheet alone."],
        ("Worksheet", "Column", "Name in the DuckDB, Parquet and CSV files", "Meaning"),
        rows,
    )
