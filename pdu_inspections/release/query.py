"""The command `pdu query`."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn, TextIO

import click
import duckdb

from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.project import DATABASE_NAME, current_project
from pdu_inspections.release.audit import open_for_reading
from pdu_inspections.release.releases import Releases

Rows = Sequence[tuple[Any, ...]]


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("sql", required=False)
@click.option(
    "--file",
    type=click.File("r", encoding="utf-8"),
    help="Read the query from a file; - for standard input.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "csv", "json", "markdown"]),
    default="table",
    show_default=True,
)
def query(sql: str | None, file: TextIO | None, output_format: str) -> None:
    """Run a query on the current release, for reading only: SQL, or what --file or standard input holds.

    Prints every row and every value in full.
    """
    text = _read_sql(sql, file)
    current = Releases(current_project().warehouse).current()
    if current is None:
        _refuse("nothing is published yet; make a release with pdu build")
    try:
        with open_for_reading(current.path / DATABASE_NAME) as connection:
            if not connection.extract_statements(text):
                _refuse("there is no query: give SQL as an argument, by --file, or on standard input")
            cursor = connection.execute(text)
            names = [column[0] for column in cursor.description or []]
            rows = cursor.fetchall() if names else []
    except duckdb.Error as error:
        _refuse(str(error))
    click.echo(_FORMATS[output_format](names, rows), nl=False)


def _read_sql(sql: str | None, file: TextIO | None) -> str:
    if sql is not None and file is not None:
        raise click.UsageError("give the query as an argument or by --file, not both")
    try:
        if file is not None:
            return file.read()
        if sql is not None and sql != "-":
            return sql
        if sql is None and sys.stdin.isatty():
            raise click.UsageError("give a query as an argument, by --file, or on standard input")
        return sys.stdin.read()
    except UnicodeDecodeError:
        _refuse("the query is not UTF-8 text")


def _format_csv(names: Sequence[str], rows: Rows) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return output.getvalue()


def _format_json(names: Sequence[str], rows: Rows) -> str:
    """A list of objects, one a row; numbers as numbers, dates and times as text."""
    content = [dict(zip(names, map(_json_value, row), strict=True)) for row in rows]
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _json_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _json_value(item) for key, item in value.items()}
    return str(value)


def _format_markdown(names: Sequence[str], rows: Rows) -> str:
    lines = [[_escape_cell(name) for name in names], ["---"] * len(names)]
    lines += [[_escape_cell(_text(value)) for value in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _escape_cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def format_table(names: Sequence[str], rows: Rows) -> str:
    """Columns as wide as their longest value; numbers to the right."""
    cells = [list(names), *([_text(value).replace("\n", " ") for value in row] for row in rows)]
    widths = [max(len(row[index]) for row in cells) for index in range(len(names))]
    is_number = [
        any(row[index] is not None for row in rows)
        and all(isinstance(row[index], int | float | Decimal | None) for row in rows)
        for index in range(len(names))
    ]
    lines = [_pad(row, widths, is_number) for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    count = f"({len(rows):,} row{'' if len(rows) == 1 else 's'})"
    return "\n".join([*(line.rstrip() for line in lines), count, ""])


def _pad(cells: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> str:
    return "  ".join(
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, is_number, strict=True)
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


_FORMATS: dict[str, Callable[[Sequence[str], Rows], str]] = {
    "table": format_table,
    "csv": _format_csv,
    "json": _format_json,
    "markdown": _format_markdown,
}


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(ExitCode.BAD_INPUT)
