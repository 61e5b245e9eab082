"""The reference vocabularies the reader matches what is printed against."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.gate.contract import REPORTS, SeedContract, SeedTable, read_contract
from pdu_inspections.reader.text import normalise, similarity

SeedRow = dict[str, str]

ACCEPT_SCORE = 0.75
"""Least likeness at which a wording is taken for a known one."""
ACCEPT_MARGIN = 0.05
"""Least distance to the second best candidate."""


@dataclass(frozen=True, slots=True)
class Match:
    """The best known wording for a printed one. `accepted` is false where it would be a guess."""

    id: str
    wording: str
    score: float
    accepted: bool


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework: the type of the bodies inspected, its time of use, the maximum of its score where that is known."""

    framework_id: str
    organisation_type: str
    last_year: int | None
    in_use_from: str
    score_max: int | None

    def is_in_use(self, date: str, slack: int) -> bool:
        """Whether fieldwork of a date (2023, 2023-10 or a day) may be under it; the last inspections run on a while."""
        length = min(len(date), len(self.in_use_from))
        return self.in_use_from[:length] <= date[:length] and int(date[:4]) <= (self.last_year or 9999) + slack


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard of a framework. code: as printed, with its letter where the framework has one: P 1.1."""

    standard_id: str
    framework_id: str
    code: str
    name: str
    text: str
    is_rated: bool
    rating_basis: str

    @property
    def letter(self) -> str:
        """The letter before its code, or an empty string."""
        return self.code.split()[0] if " " in self.code else ""

    @property
    def digits(self) -> str:
        """Its code without the letter before it."""
        return self.code.split()[-1]


@dataclass(frozen=True, slots=True)
class Question:
    """A key question, a group of prompts, or a prompt."""

    question_id: str
    standard_id: str
    level: str
    parent_id: str
    text: str


def read_csv(project: Path, table: str) -> list[SeedRow]:
    """Rows of a seed CSV. Raises InputError where it is missing, not UTF-8, or has other columns than the contract."""
    contract = read_contract(project / "seeds")[table]
    try:
        content = (project / contract.path).read_bytes()
    except FileNotFoundError:
        raise InputError(
            Problem(contract.path, "is missing", action="run the command in the project's directory")
        ) from None
    return parse_csv(contract, content)


def parse_csv(contract: SeedTable, content: bytes) -> list[SeedRow]:
    """Rows of a seed CSV. Raises InputError where it is not UTF-8, or has other columns than the contract."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
        _check_header(contract, reader.fieldnames or ())
        return [_checked(contract, row, reader.line_num) for row in reader]
    except UnicodeDecodeError:
        raise InputError(Problem(contract.path, "is not UTF-8", action="save it as UTF-8")) from None
    except csv.Error as error:
        raise InputError(Problem(contract.path, "is no CSV", found=str(error), action="see pdu check")) from None


def _check_header(contract: SeedTable, names: Sequence[str]) -> None:
    """Columns may stand in another order, but none may lack and, where the reader writes, none be more."""
    missing = [name for name in contract.column_names if name not in names]
    if missing:
        raise InputError(
            Problem(contract.path, "lacks columns", line=1, expected=", ".join(missing), action="restore them")
        )
    unknown = [name for name in names if name not in contract.column_names]
    if unknown and contract.folder == REPORTS:
        raise InputError(
            Problem(
                contract.path,
                "has columns the contract does not have",
                line=1,
                found=", ".join(unknown),
                action="take them out, or put them into the contract: writing the file would lose them",
            )
        )


def _checked(contract: SeedTable, row: dict[str | None, str | None], line: int) -> SeedRow:
    if None in row or None in row.values():
        raise InputError(
            Problem(
                contract.path,
                "has a row with another number of cells than the header",
                line=line,
                expected=f"{len(contract.column_names)} cells",
                action="quote cells that hold commas or line breaks",
            )
        )
    return {name: row[name] or "" for name in contract.column_names}


def best_match(wording: str, known: Iterable[tuple[str, str]]) -> Match | None:
    """The known (id, wording) most like a printed wording; both are compared by `key`."""
    printed = normalise(wording)
    keyed = [(normalise(text), identifier, text) for identifier, text in known]
    exact = next((one for one in keyed if one[0] == printed), None)
    if exact is not None:
        return Match(exact[1], exact[2], 1.0, True)
    scored = sorted(
        ((similarity(printed, text_key), identifier, text) for text_key, identifier, text in keyed), reverse=True
    )
    if not scored:
        return None
    score, identifier, text = scored[0]
    runner_up = next((other for other, other_id, _ in scored[1:] if other_id != identifier), 0.0)
    return Match(identifier, text, score, score >= ACCEPT_SCORE and score - runner_up >= ACCEPT_MARGIN)


class Vocabulary:
    """Reference vocabularies of a project, read once."""

    def __init__(self, project: Path) -> None:
        self.project = project

    @cached_property
    def contract(self) -> SeedContract:
        """Columns and keys of the seeds."""
        return read_contract(self.project / "seeds")

    def _rows(self, table: str) -> list[SeedRow]:
        return read_csv(self.project, table)

    @cached_property
    def frameworks(self) -> dict[str, Framework]:
        """Frameworks by id."""
        return {
            row["framework_id"]: Framework(
                row["framework_id"],
                row["organisation_type"],
                int(row["last_year"]) if row["last_year"] else None,
                row["in_use_from"],
                int(row["score_max"]) if row["score_max"] else None,
            )
            for row in self._rows("frameworks")
        }

    @cached_property
    def standards(self) -> dict[str, Standard]:
        """Standards by id, in order."""
        return {
            row["standard_id"]: Standard(
                row["standard_id"],
                row["framework_id"],
                row["standard_code"],
                row["standard_name"],
                row["standard_text"],
                row["is_rated"] == "true",
                row["rating_basis"],
            )
            for row in sorted(self._rows("standards"), key=lambda row: int(row["standard_order"]))
        }

    def framework_standards(self, framework_id: str) -> list[Standard]:
        """Standards of a framework in order, overall left out."""
        return [standard for standard in self.standards.values() if standard.framework_id == framework_id]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Key questions, groups and prompts by id."""
        return {
            row["question_id"]: Question(
                row["question_id"],
                row["standard_id"],
                row["question_level"],
                row["parent_question_id"],
                row["question_text"],
            )
            for row in self._rows("questions")
        }

    @cached_property
    def question_bases(self) -> list[SeedRow]:
        """Which count of cases the percentages of a standard or question are shares of."""
        return self._rows("question_bases")

    @cached_property
    def points(self) -> dict[str, int]:
        """Points of each rating."""
        return {row["rating_id"]: int(row["points"]) for row in self._rows("rating_scale")}

    @cached_property
    def ratings(self) -> dict[str, str]:
        """Rating by comparison key of its name."""
        return {normalise(row["rating_name"]): row["rating_id"] for row in self._rows("rating_scale")}

    @cached_property
    def rating_pattern(self) -> str:
        """Regular expression of rating names."""
        names = (row["rating_name"] for row in self._rows("rating_scale"))
        return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)

    @cached_property
    def progress(self) -> dict[str, str]:
        """Judgement of progress by comparison key of its name."""
        return {normalise(row["progress_name"]): row["progress_id"] for row in self._rows("progress_scale")}

    @cached_property
    def progress_pattern(self) -> str:
        """Regular expression of judgements of progress."""
        names = (row["progress_name"] for row in self._rows("progress_scale"))
        return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)

    @cached_property
    def spellings(self) -> list[tuple[str, str]]:
        """Organisations with their names and their other spellings."""
        names = [(row["organisation_id"], row["organisation_name"]) for row in self._rows("organisations")]
        return names + [(row["organisation_id"], row["alias"]) for row in self._rows("organisation_aliases")]

    @cached_property
    def organisations(self) -> dict[str, str]:
        """Organisation by comparison key of its name and of its other spellings."""
        return {normalise(spelling): organisation_id for organisation_id, spelling in self.spellings}

    @cached_property
    def measures(self) -> dict[str, SeedRow]:
        """Measures by id."""
        return {row["measure_id"]: row for row in self._rows("measures")}

    @cached_property
    def measure_labels(self) -> list[SeedRow]:
        """Printed row labels with the measure and grade they stand for."""
        return self._rows("measure_labels")

    @cached_property
    def label_keys(self) -> dict[str, SeedRow]:
        """SeedRow labels of measures by comparison key."""
        return {normalise(row["label"]): row for row in self.measure_labels}

    @cached_property
    def criteria(self) -> dict[str, SeedRow]:
        """Criterion by its printed code."""
        return {row["criterion_code"]: row for row in self._rows("criteria")}

    @cached_property
    def addressees(self) -> dict[str, str]:
        """Name of each kind of addressee."""
        return {row["addressee_id"]: row["addressee_name"] for row in self._rows("addressees")}

    @cached_property
    def grades(self) -> set[str]:
        """Staff grades."""
        return {row["grade_id"] for row in self._rows("staff_grades")}
