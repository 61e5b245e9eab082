"""Seed CSVs read strictly: bytes, encoding, line ends, quoting, header, record lengths.

The dialect is the part of RFC 4180 on which every CSV parser agrees, so that what the gate saw is what dbt loads:
UTF-8 without byte order mark, one record per line ended by a line feed, comma separated, quoted only by whole fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pdu_inspections.errors import Problem
from pdu_inspections.gate.contract import SeedTable

MAX_BYTES = 64 * 1024 * 1024

_FIELD = re.compile(r'(?:"((?:[^"]|"")+)"|([^",]*))(,|$)')
_FOREIGN_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
CONVERTED_LINE_ENDS = "carriage return before every line feed"
_SAVE_AS = "save the file as UTF-8 without byte order mark, with line feeds as line ends"


@dataclass(frozen=True)
class Record:
    """One record: its line in the file, from 1 (the header is line 1), and its values in the header's order."""

    line: int
    values: tuple[str, ...]


def read_records(path: Path, table: SeedTable, folder: Path) -> tuple[list[Record] | None, list[Problem]]:
    """The CSV's records and everything wrong with its form; no records where they cannot be read for certain.

    Records of the wrong length are left out. path must lie in folder once links are followed: a seed that points
    elsewhere is refused.
    """
    problem = _access_problem(path, table, folder)
    if problem is not None:
        return None, [problem]
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [
            Problem(table.path, "CSV cannot be read", found=error.strerror, action="give the right to read it")
        ]
    lines, problems = _split_lines(data, table.path)
    if not lines:
        return None, problems
    header_problems = _header_problems(lines[0], table)
    if header_problems:
        return None, problems + header_problems
    records = []
    for number, line in enumerate(lines[1:], start=2):
        record, problem = _read_record(line, number, table)
        if problem is not None:
            problems.append(problem)
        if record is not None:
            records.append(record)
    return records, problems


def find_unknown_files(seeds: Path, tables: Sequence[SeedTable]) -> Iterator[Problem]:
    """A problem for every CSV below seeds/ that the contract does not know: dbt would load it unchecked."""
    known = {table.path for table in tables}
    for path in sorted(seeds.rglob("*")):
        shown = f"seeds/{path.relative_to(seeds).as_posix()}"
        if path.suffix.lower() == ".csv" and shown not in known:
            yield Problem(
                shown,
                "CSV that the seed contract does not know",
                expected="only files that the YAML beside them describes",
                action="remove or rename the file, or describe it in seeds/**/_*.yml",
            )


def _access_problem(path: Path, table: SeedTable, folder: Path) -> Problem | None:
    if not path.exists():
        return Problem(
            table.path,
            "CSV is missing",
            expected=f"a file with the columns {', '.join(table.column_names)}",
            action="restore it from version control, or run pdu read to make it",
        )
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return Problem(
            table.path,
            "not a file of the seeds folder",
            found=str(path.resolve()) if path.is_symlink() else "no regular file",
            expected="a regular file inside seeds/",
            action="replace it by the file itself",
        )
    size = path.stat().st_size
    if size > MAX_BYTES:
        return Problem(
            table.path,
            "CSV too large for a seed",
            found=f"{size:,} bytes",
            expected=f"at most {MAX_BYTES:,} bytes",
            action="bring large inputs in as Parquet beside the seeds",
        )
    return None


def _split_lines(data: bytes, file: str) -> tuple[list[str], list[Problem]]:
    """The file's lines as text; none where bytes make the text uncertain."""
    if not data:
        return [], [Problem(file, "file is empty", expected="a header line", action="restore it from version control")]
    if data.startswith(_BYTE_ORDER_MARK):
        return [], [Problem(file, "byte order mark before the header", 1, action=_SAVE_AS)]
    if data.startswith(_FOREIGN_BYTE_ORDER_MARKS):
        return [], [Problem(file, "file is UTF-16", 1, expected="UTF-8", action=_SAVE_AS)]
    problems = []
    raw_lines = data.split(b"\n")
    last = raw_lines.pop()
    if last:
        problems.append(
            Problem(
                file,
                "last line is not ended by a line feed",
                len(raw_lines) + 1,
                found=last[-40:].decode("utf-8", "replace"),
                expected="a complete last record",
                action="see that the file was not cut off; then end its last line",
            )
        )
    problems += _line_end_problems(raw_lines, file)
    lines = []
    for number, raw in enumerate(raw_lines, start=1):
        try:
            lines.append(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            problems.append(
                Problem(
                    file,
                    f"byte {error.start + 1} of the line is not UTF-8",
                    number,
                    found=raw.decode("utf-8", "backslashreplace"),
                    expected="UTF-8",
                    action=_SAVE_AS,
                )
            )
        if b"\0" in raw:
            problems.append(Problem(file, "NUL byte", number, action="restore the line from version control"))
    return ([] if problems else lines), problems


def _line_end_problems(raw_lines: list[bytes], file: str) -> Iterator[Problem]:
    returns = [number for number, raw in enumerate(raw_lines, start=1) if b"\r" in raw]
    if returns:
        is_converted = all(raw.endswith(b"\r") and raw.count(b"\r") == 1 for raw in raw_lines)
        yield Problem(
            file,
            CONVERTED_LINE_ENDS if is_converted else f"carriage return in {len(returns)} of {len(raw_lines)} lines",
            returns[0],
            expected="line feeds alone as line ends",
            action=_SAVE_AS,
        )


def merge_converted_line_ends(problems: Sequence[Problem]) -> list[Problem]:
    """One problem instead of one for every file, where the line ends of several files were converted."""
    converted = [problem for problem in problems if problem.message == CONVERTED_LINE_ENDS]
    if len(converted) < 2:
        return list(problems)
    merged = replace(
        converted[0],
        found=f"{len(converted)} files with such line ends",
        action="git converts line ends where core.autocrlf is true: set `git config core.autocrlf false`, then restore "
        "the files with `git rm -q --cached -r seeds` and `git checkout HEAD -- seeds` (edits not committed are lost)",
    )
    return [merged, *(problem for problem in problems if problem.message != CONVERTED_LINE_ENDS)]


def _header_problems(line: str, table: SeedTable) -> list[Problem]:
    """What is wrong with the column names: missing, unknown, twice, or in another order."""
    fields, stray = _split_fields(line)
    if stray is not None:
        return [_stray_quote(table.path, 1, line, stray)]
    agreed = table.column_names
    problems = []
    for name in dict.fromkeys(fields):
        if fields.count(name) > 1:
            problems.append(
                _header_problem(table, name, f"column stands {fields.count(name)} times", "remove all but one")
            )
        if name not in agreed:
            problems.append(_header_problem(table, name, "unknown column", "remove it, or correct its name"))
    for name in agreed:
        if name not in fields:
            problems.append(_header_problem(table, name, "missing column", "add the column"))
    if not problems and tuple(fields) != agreed:
        problems.append(
            Problem(
                table.path,
                "columns in another order",
                1,
                found=",".join(fields),
                expected=",".join(agreed),
                action="put the columns in order",
            )
        )
    return problems


def _header_problem(table: SeedTable, name: str, message: str, action: str) -> Problem:
    return Problem(table.path, message, 1, name, expected=f"the columns {','.join(table.column_names)}", action=action)


def _read_record(line: str, number: int, table: SeedTable) -> tuple[Record | None, Problem | None]:
    if not line:
        return None, Problem(table.path, "blank line", number, action="remove the line")
    values, stray = _split_fields(line)
    if stray is not None:
        return None, _stray_quote(table.path, number, line, stray)
    if len(values) != len(table.columns):
        return None, Problem(
            table.path,
            f"record has {len(values)} fields",
            number,
            found=line,
            expected=f"{len(table.columns)} fields",
            action="quote values that hold a comma; see that no field is missing",
        )
    return Record(number, tuple(values)), None


def _split_fields(line: str) -> tuple[list[str], int | None]:
    """The line's fields, or the position (from 1) of the first character that is no well-formed field."""
    fields: list[str] = []
    position = 0
    while True:
        match = _FIELD.match(line, position)
        if match is None:
            return fields, position + 1
        quoted, plain, end = match.groups()
        fields.append(plain if quoted is None else quoted.replace('""', '"'))
        if not end:
            return fields, None
        position = match.end()


def _stray_quote(file: str, number: int, line: str, position: int) -> Problem:
    return Problem(
        file,
        f"the field from character {position} on is not well quoted",
        number,
        found=line[position - 1 :],
        expected='a plain value without quotation marks, or "a whole value in them, inner ones ""doubled"""',
        action="quote the whole value, double the marks in it; leave empty values empty; one line per record",
    )
