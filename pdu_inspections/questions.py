"""The page of questions answered: one query each in analyses/, shown with its caveat and its result."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.markdown import cell, plain

FOLDER = "analyses"
FIELDS = ("Question", "Asked by", "Caveat")

_HEADER_LINE = re.compile(r"-- (?P<field>[A-Z][a-z ]+): (?P<text>.+)|--   (?P<more>.+)")
_FILE_NAME = re.compile(r"(?P<number>\d{3})_[a-z0-9_]+\.sql")
_CHAPTER_NAME = re.compile(r"(?P<number>\d)_(?P<title>[a-z0-9_]+)")
_MISSING = "–"


@dataclass(frozen=True)
class Analysis:
    """A question and the query that answers it, from one file of analyses/."""

    number: str
    chapter: str
    question: str
    asked_by: str
    caveat: str
    sql: str
    path: str


def read(root: Path) -> list[Analysis]:
    """Every analysis of a project, in the order of the page; InputError names every file that lacks something."""
    problems: list[Problem] = []
    analyses = []
    for path in sorted((root / FOLDER).glob("*/*.sql")):
        try:
            analyses.append(parse(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return analyses


def parse(path: str, text: str) -> Analysis:
    """An analysis from its path, analyses/<n>_<chapter>/<nnn>_<name>.sql, and its text: comment header, then SQL."""
    name = _FILE_NAME.fullmatch(Path(path).name)
    chapter = _CHAPTER_NAME.fullmatch(Path(path).parent.name)
    if name is None or chapter is None or not name["number"].startswith(chapter["number"]):
        raise InputError(
            Problem(
                file=path,
                message="the path does not say chapter and number",
                expected="analyses/<digit>_<chapter>/<the digit and two more>_<name>.sql",
                action="rename the file or its folder",
            )
        )
    lines = text.splitlines()
    header = _header(path, lines)
    missing = [field for field in FIELDS if field not in header]
    if missing:
        raise InputError(
            Problem(
                file=path,
                line=1,
                message=f"the header lacks {' and '.join(missing)}",
                expected="comment lines such as -- Question: …, continued by lines that begin with --   ",
                action="write them above the query",
            )
        )
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip()
    title = chapter["title"].replace("_", " ")
    return Analysis(
        number=name["number"],
        chapter=title[0].upper() + title[1:],
        question=header["Question"],
        asked_by=header["Asked by"],
        caveat=header["Caveat"],
        sql=sql,
        path=path,
    )


def _header(path: str, lines: Sequence[str]) -> dict[str, str]:
    header: dict[str, str] = {}
    field = ""
    for number, line in enumerate(lines, start=1):
        if not line.startswith("--"):
            break
        match = _HEADER_LINE.fullmatch(line)
        if match is None or (match["more"] and not field):
            raise InputError(
                Problem(
                    file=path,
                    line=number,
                    message="no line of a header",
                    found=line,
                    expected=", ".join(f"-- {name}: …" for name in FIELDS),
                    action="begin continued lines with two dashes and three spaces",
                )
            )
        if match["field"]:
            field = match["field"]
            header[field] = match["text"].strip()
        else:
            header[field] += " " + match["more"].strip()
    return header


def render(root: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """The page as Markdown, from a project's analyses and a database that holds the marts."""
    analyses = read(root)
    lines = [
        "# Questions answered",
        "",
        f"{len(analyses)} questions that people ask of these reports, each answered by one query on the published",
        "file, with what to know before repeating the answer. Written from `analyses/` and the file by `make docs`; do",
        "not edit. Every query runs as it stands in any DuckDB client that has the file open, or by `pdu query`.",
        "",
        "In every table percentages run from 0 to 100, `low_95` and `high_95` bound what chance alone leaves open",
        "(cases of one officer are alike, so the real uncertainty is larger), and – is a figure that is not there.",
        *_contents(analyses),
    ]
    chapter = None
    for analysis in analyses:
        if analysis.chapter != chapter:
            chapter = analysis.chapter
            lines += ["", f"## {chapter}"]
        lines += ["", *_answer(analysis, connection)]
    return "\n".join(lines) + "\n"


def _contents(analyses: Sequence[Analysis]) -> Iterator[str]:
    chapter = None
    for analysis in analyses:
        if analysis.chapter != chapter:
            chapter = analysis.chapter
            yield from ("", f"**{chapter}**", "")
        yield f"- [{analysis.number}](#q{analysis.number}) {plain(analysis.question)}"


def _answer(analysis: Analysis, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield from (
        f'<a id="q{analysis.number}"></a>',
        "",
        f"### {analysis.number}. {plain(analysis.question)}",
        "",
        f"*Asked by: {plain(analysis.asked_by[0].lower() + analysis.asked_by[1:])}.*",
        "",
        re.sub(r"question (\d{3})", r"question [\1](#q\1)", plain(analysis.caveat)),
        "",
    )
    yield from table(connection.execute(analysis.sql))
    yield from (
        "",
        f"<details><summary>Query (<code>{analysis.path}</code>)</summary>",
        "",
        "```sql",
        analysis.sql,
        "```",
        "",
        "</details>",
    )


def table(result: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The result of a query as a Markdown table; numbers are aligned to the right."""
    names = [str(column[0]) for column in result.description]
    rows = result.fetchall()
    yield f"| {' | '.join(names)} |"
    yield f"|{'|'.join('---:' if is_numeric(rows, index) else '---' for index in range(len(names)))}|"
    for row in rows:
        yield f"| {' | '.join(shown(value) for value in row)} |"


def is_numeric(rows: Sequence[Sequence[object]], index: int) -> bool:
    """Whether a column of a result holds numbers."""
    values = [row[index] for row in rows if row[index] is not None]
    return bool(values) and all(isinstance(v, (int, float, Decimal)) and not isinstance(v, bool) for v in values)


def shown(value: object) -> str:
    """A value for a Markdown table: text that Markdown leaves as it is."""
    return cell(text(value))


def text(value: object) -> str:
    """A value as a reader wants it: yes and no, numbers without idle zeros."""
    match value:
        case None:
            return _MISSING
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value}"
        case float() | Decimal():
            digits = f"{value:.2f}".rstrip("0").rstrip(".")
            return "0" if digits == "-0" else digits
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)
