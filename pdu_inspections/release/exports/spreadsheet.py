"""The spreadsheet of a release, by the UK government's guidance for statistics in spreadsheets.

Cover, contents, notes, what each column means, then one sheet per mart: title in A1, what one needs to know below it,
one marked-up table, no blank cell. Ids keep their place and get the names they stand for beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections.release.exports.attribution import ATTRIBUTION, LICENCE, SOURCE
from pdu_inspections.release.exports.ods import Column, Line, Link, Properties, Sheet, Table, Value, write
from pdu_inspections.release.marts import Mart
from pdu_inspections.release.records import BuildRecord
from pdu_inspections.sql import quoted, quoted_list

SPREADSHEET_NAME = "probation-inspection-figures.ods"

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


@dataclass(frozen=True)
class _Shown:
    """A column of a sheet: what it selects, its heading, its name in the mart, its meaning, its status column."""

    sql: str
    heading: str
    name: str
    meaning: str
    status: str | None = None


def write_spreadsheet(
    connection: duckdb.DuckDBPyConnection, database: str, path: Path, record: BuildRecord, marts: Sequence[Mart]
) -> None:
    """Write the spreadsheet of the marts in an attached database."""
    chosen = _chosen(marts)
    sheets = {mart.name: _columns(mart, {other.name for other in marts}) for mart in chosen}
    tables = [_mart_sheet(connection, database, mart, sheets[mart.name]) for mart in chosen]
    front = [_cover(record), _contents(chosen, tables), _notes(), _dictionary(chosen, sheets)]
    properties = Properties(
        TITLE,
        AUTHOR,
        ATTRIBUTION,
        ("probation", "inspection", "HM Inspectorate of Probation", "England and Wales", "ratings"),
        record.built_at,
    )
    write(path, [*front, *tables], properties)


def _chosen(marts: Sequence[Mart]) -> list[Mart]:
    """The marts that become sheets, in their order."""
    wide = {mart.name.replace("rpt_", "fct_", 1) for mart in marts if mart.name.startswith("rpt_")}
    kept = [mart for mart in marts if mart.name not in _LEFT_OUT | wide]
    return sorted(kept, key=lambda mart: (_PREFIXES.index(_split(mart)[0]), mart.name))


def _split(mart: Mart) -> tuple[str, str]:
    prefix, _, rest = mart.name.partition("_")
    return (prefix, rest) if prefix in _PREFIXES else (_PREFIXES[-1], mart.name)


def _label(mart: Mart) -> str:
    """The mart's name for people: Staffing for fct_staffing, Rating list for dim_rating."""
    prefix, rest = _split(mart)
    return _words(f"{rest}_list" if prefix == "dim" else rest)


def _sheet_name(mart: Mart) -> str:
    return _label(mart).replace(" ", "_")


def _words(name: str) -> str:
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _heading(name: str) -> str:
    """A column's name for people, its unit in brackets: Yes low 95 (per cent) for yes_pct_low_95."""
    parts = name.split("_")
    unit = " (per cent)" if "pct" in parts else " (number)" if parts[-1] == "n" else ""
    return _words("_".join(part for part in parts if part not in {"pct", "n"}) or name) + unit


def _columns(mart: Mart, known: set[str]) -> list[_Shown]:
    """The mart's columns, and after each id that refers to another table the name it stands for."""
    shown: list[_Shown] = []
    taken = {_heading(name) for name in mart.column_names}
    for column in mart.columns:
        shown.append(
            _Shown(
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
            shown.append(_Shown(f"(select {wanted})", name, "", f"What {_heading(column.name)} stands for."))
    return shown


def _status_of(name: str, names: Sequence[str]) -> str | None:
    """The column that says why a column has no value: value_status for value and value_n, and so on."""
    stems = [other.removesuffix("_status") for other in names if other.endswith("_status")]
    matching = [stem for stem in stems if name == stem or name.startswith(f"{stem}_")]
    return f"{max(matching, key=len)}_status" if matching else None


def _mart_sheet(connection: duckdb.DuckDBPyConnection, database: str, mart: Mart, columns: Sequence[_Shown]) -> Sheet:
    selected = ", ".join(column.sql.format(f"{database}.main") for column in columns)
    rows = connection.execute(
        f"select {selected} from {database}.main.{quoted(mart.name)} as t order by {quoted_list(mart.order)}"
    ).fetchall()
    places = {column.name: place for place, column in enumerate(columns)}
    statuses = [None if column.status is None else places[column.status] for column in columns]
    table = Table(
        _sheet_name(mart),
        tuple(Column(column.heading, _is_number(column.name)) for column in columns),
        [_filled(row, statuses) for row in rows],
    )
    return _with_lines(
        _sheet_name(mart),
        f"{_label(mart)}: inspections of probation services, England and Wales",
        (
            mart.comment,
            f"{_ONE_TABLE} Cells without a value hold the shorthand {_NO_VALUE} or "
            f"{_NOT_APPLICABLE}, explained in worksheet Notes. Worksheet Columns says what each column means.",
        ),
        table,
    )


def _filled(row: tuple[Any, ...], statuses: Sequence[int | None]) -> list[Value]:
    """A row without blanks. statuses: for each value, where in the row it says why there is none."""
    return [_value(value, None if place is None else row[place]) for value, place in zip(row, statuses, strict=True)]


def _value(value: Any, status: str | None) -> Value:
    """Shorthand for a missing value, words for a truth value."""
    if value is None or value == "":
        return _NOT_APPLICABLE if status == "not_applicable" else _NO_VALUE
    if isinstance(value, bool):
        return "Yes" if value else "No"
    shown: Value = value
    return shown


def _is_number(name: str) -> bool:
    """Whether digits name rather than count: years, lines, pages."""
    return name.endswith(("_year", "_number", "_order", "_from", "_to", "ordinal"))


def _with_lines(name: str, title: str, lines: Sequence[str], table: Table) -> Sheet:
    """A sheet whose header row stays in view, and says so, since that can hide where a sheet begins."""
    freeze = (
        "The rows down to the table's header stay in view when scrolling. To end that: View, then Freeze Panes or "
        "Freeze Rows and Columns."
    )
    told = [Line(" ".join(line.split())) for line in (*lines, freeze) if line]
    return Sheet(name, (Line(title, 1), *told), table)


def _cover(record: BuildRecord) -> Sheet:
    return Sheet(
        "Cover",
        (
            Line(TITLE, 1),
            Line("Ratings, percentages of cases, staffing, caseloads, outcomes and recommendations, as printed."),
            Line("Source", 2),
            Line(Link(SOURCE["title"], SOURCE["path"])),
            Line("Licence and attribution", 2),
            Line(Link(LICENCE["title"], LICENCE["path"])),
            Line(ATTRIBUTION),
            Line("Published", 2),
            Line(f"Release {record.build_id} of {record.built_at[:10]}, from revision {record.revision[:12]}."),
            Line("How to read it", 2),
            Line("Worksheet Contents lists the tables, Notes the shorthand and what not to do, Columns every column."),
            Line("The release holds the same tables as a DuckDB file, Parquet and CSV, by the names Contents gives."),
            Line("Nothing is said by colour alone, no cell is merged or blank, nothing is hidden."),
        ),
    )


def _contents(marts: Sequence[Mart], sheets: Sequence[Sheet]) -> Sheet:
    rows: list[list[Value]] = [
        [Link(sheet.name, sheet=sheet.name), mart.comment or _NO_VALUE, mart.rows_n, mart.name]
        for mart, sheet in zip(marts, sheets, strict=True)
    ]
    columns = ("Worksheet", "What it holds", "Rows (number)", "Name in the DuckDB, Parquet and CSV files")
    return _with_lines("Contents", "Contents", [_ONE_TABLE], _table("Contents", columns, rows))


def _notes() -> Sheet:
    return _with_lines(
        "Notes",
        "Notes: shorthand, and what to know before using the figures",
        [_ONE_TABLE],
        _table("Notes", ("Subject", "Note"), [list(note) for note in _NOTES]),
    )


def _dictionary(marts: Sequence[Mart], columns: dict[str, list[_Shown]]) -> Sheet:
    return _with_lines(
        "Columns",
        "Columns: what each column of each table means",
        [f"{_ONE_TABLE} {_NO_VALUE} in Name: the column stands in this spreadsheet alone."],
        _table(
            "Columns",
            ("Worksheet", "Column", "Name in the DuckDB, Parquet and CSV files", "Meaning"),
            list(_entries(marts, columns)),
        ),
    )


def _entries(marts: Sequence[Mart], columns: dict[str, list[_Shown]]) -> Iterator[list[Value]]:
    for mart in marts:
        for column in columns[mart.name]:
            yield [_sheet_name(mart), column.heading, column.name or _NO_VALUE, column.meaning or _NO_VALUE]


def _table(name: str, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> Table:
    return Table(name, tuple(Column(heading) for heading in headings), rows)
