"""Questions answered: one file in analyses/ each, with the query, the answer's sentence and its caveat.

A file opens with a comment that is YAML (question, asked_by, answer, caveat, chart, columns), and the query follows.
The sentence is a Jinja template over the rows of the result, with [[ … ]] and [% … %] in place of braces, which dbt
would read as its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pdu_inspections.errors import InputError, Problem

FOLDER = "analyses"
REQUIRED = ("question", "asked_by", "answer", "caveat")
OPTIONAL = ("chart", "columns")

_FILE = re.compile(r"/\*\n(?P<header>.*?)\n\*/\n(?P<sql>.*)", flags=re.DOTALL)
_FILE_NAME = re.compile(r"(?P<number>\d{3})_[a-z0-9_]+\.sql")
_FOLDER_NAME = re.compile(r"(?P<number>\d)_(?P<title>[a-z0-9_]+)")


@dataclass(frozen=True)
class Question:
    """A question, the query that answers it, and how the answer is worded and shown."""

    number: str
    chapter: str
    question: str
    asked_by: str
    answer: str
    caveat: str
    chart: Mapping[str, Any] | None
    columns: Mapping[str, Any]
    sql: str
    path: str

    @property
    def chapter_slug(self) -> str:
        """Name of the chapter's page: the folder without its number."""
        return Path(self.path).parent.name[2:]


def read(root: Path) -> list[Question]:
    """Every question of a project, in the order of their numbers; InputError names every file that cannot be used."""
    problems: list[Problem] = []
    questions = []
    for path in sorted((root / FOLDER).glob("*/*.sql")):
        try:
            questions.append(parse(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return questions


def parse(path: str, text: str) -> Question:
    """A question from its path, analyses/<n>_<chapter>/<nnn>_<name>.sql, and the text of the file."""
    name = _FILE_NAME.fullmatch(Path(path).name)
    folder = _FOLDER_NAME.fullmatch(Path(path).parent.name)
    if name is None or folder is None or not name["number"].startswith(folder["number"]):
        raise InputError(
            Problem(
                file=path,
                message="the path does not say chapter and number",
                expected="analyses/<digit>_<chapter>/<the digit and two more>_<name>.sql",
                action="rename the file or its folder",
            )
        )
    parts = _FILE.fullmatch(text)
    header = None if parts is None else _header(path, parts["header"])
    if parts is None or header is None:
        raise InputError(
            Problem(
                file=path,
                line=1,
                message="the file does not begin with its header",
                expected="/* on a line of its own, YAML, */ on a line of its own, then the query",
                action="write the header as the other files of analyses/ have it",
            )
        )
    title = folder["title"].replace("_", " ")
    return Question(
        number=name["number"],
        chapter=title[0].upper() + title[1:],
        **{field: " ".join(str(header[field]).split()) for field in REQUIRED},
        chart=header.get("chart"),
        columns=header.get("columns") or {},
        sql=parts["sql"].strip(),
        path=path,
    )


def _header(path: str, text: str) -> dict[str, Any] | None:
    """The header's fields; None where it is no mapping."""
    try:
        header = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            Problem(
                file=path,
                line=None if mark is None else mark.line + 2,
                message=f"the header is not YAML: {getattr(error, 'problem', error)}",
                action="quote the text, or fold it with >-",
            )
        ) from error
    if not isinstance(header, dict):
        return None
    missing = [field for field in REQUIRED if not header.get(field)]
    unknown = [str(field) for field in header if field not in REQUIRED + OPTIONAL]
    if missing or unknown:
        raise InputError(
            Problem(
                file=path,
                line=1,
                message=f"the header lacks {' and '.join(missing)}" if missing else "the header has unknown fields",
                found=", ".join(unknown) or None,
                expected=f"{', '.join(REQUIRED)}, and if wanted {', '.join(OPTIONAL)}",
                action="complete the header above the query",
            )
        )
    return header
