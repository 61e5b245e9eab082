"""Staffing figures of the short form, which stand in the bullets of its chapter on organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdu_inspections.reader.figures import NUMBER, PER_CENT, plain_number
from pdu_inspections.reader.footnotes import NOT_STATED, supplier
from pdu_inspections.reader.passages import Passage, sentences
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.tables.measures import grades_in, population_of

_DIGIT = re.compile(r"\d")
_SHARE = re.compile(rf"(?P<n>{NUMBER}){PER_CENT}", re.I)
_DAYS = re.compile(rf"(?P<n>{NUMBER})(?: (?:working )?days\b)?", re.I)
_ETHNIC = re.compile(r"black|asian|minority ethnic|ethnic minorit", re.I)
_FEMALE = re.compile(r"\bfemales?\b|\bwomen\b", re.I)
_STAFF = re.compile(r"\bworkforce\b|\bstaff(?:ing)?\b", re.I)
_CASELOAD = re.compile(r"\bcaseload\b|people on probation", re.I)
_IN_REGION = re.compile(r"[^.,;\d]{0,20}\b(?:across|in|for) the (?:[A-Z][\w ]+ )?region\b", re.I)
_REGIONAL = re.compile(r"\bregion(?:al|'s)?\b", re.I)


@dataclass(frozen=True, slots=True)
class _StaffingFigure:
    """A figure of a measure found in a sentence."""

    measure_id: str
    grade_id: str
    population_id: str
    passage: Passage
    start: int
    end: int
    value: str


def read_staffing_bullets(report: Report) -> None:
    """Vacancies, workload, sickness and make-up of the workforce, each at the first bullet that prints it."""
    suppliers = report.suppliers
    for passage in report.passages(report.chapter("organisational", "delivery")):
        if not _DIGIT.search(passage.text) and "per cent" not in passage.text:
            continue
        for start, end in sentences(passage.text):
            for found in _figures_in(passage, start, end):
                place = passage.place(found.start, found.end)
                measure = report.vocabulary.measures[found.measure_id]
                if report.has(
                    "staffing", measure_id=found.measure_id, grade_id=found.grade_id, population_id=found.population_id
                ):
                    continue
                report.add(
                    "staffing",
                    place,
                    measure_id=found.measure_id,
                    grade_id=found.grade_id,
                    population_id=found.population_id,
                    value=found.value,
                    unit=measure["unit"],
                    value_status="reported",
                    supplied_by=supplier(suppliers, passage.marks(found.start, end)) or NOT_STATED,
                )


def _figures_in(passage: Passage, start: int, end: int) -> Iterator[_StaffingFigure]:
    text = passage.text[start:end]
    folded = text.casefold()
    if re.search(r"\bvacanc", folded):
        yield from _by_grade("vacancy_rate", passage, start, text)
    elif re.search(r"\bworkload\s+(?:management|measurement)\s+tool|\bwmt\b", folded):
        yield from _by_grade("workload_measurement_average", passage, start, text)
    elif "workload" in folded and re.search(r"\b(?:un|not\s+(?:be\s+)?)manageable\b", folded):
        yield from _by_grade("workload_unmanageable", passage, start, text)
    elif re.search(r"\battrition\b|\bstaff\s+turnover\b", folded):
        yield from _by_grade("attrition_rate", passage, start, text)
    elif "days" in folded and re.search(r"\bsickness\b|\bdays\s+lost\b", folded):
        yield from _sickness(passage, start, text)
    else:
        yield from _make_up(passage, start, text)


def _by_grade(measure_id: str, passage: Passage, start: int, text: str) -> Iterator[_StaffingFigure]:
    """Percentages of a sentence, each with the grade named after it, or else before it."""
    shares = list(_SHARE.finditer(text))
    grades = list(grades_in(text))
    for number, share in enumerate(shares):
        until = shares[number + 1].start() if number + 1 < len(shares) else len(text)
        since = shares[number - 1].end() if number else 0
        grade = _grade_near(text, grades, (since, share.start()), (share.end(), until))
        yield _StaffingFigure(
            measure_id,
            grade,
            population_of(measure_id),
            passage,
            start + share.start(),
            start + share.end(),
            plain_number(share["n"]),
        )


def _grade_near(
    text: str, grades: Sequence[tuple[int, int, str]], before: tuple[int, int], after: tuple[int, int]
) -> str:
    """Grade a percentage belongs to: for/of/among … after it, else the last one named before it, else all staff."""
    following = [grade for grade in grades if after[0] <= grade[0] < after[1]]
    if following and re.fullmatch(
        r"\W*(?:for|of|in|among|amongst|at|across)\W+(?:the\s+|all\s+)?", text[after[0] : following[0][0]], re.I
    ):
        return following[0][2]
    preceding = [grade for grade in grades if before[0] <= grade[0] < before[1]]
    if preceding:
        return preceding[-1][2]
    return following[0][2] if following else "all"


def _sickness(passage: Passage, start: int, text: str) -> Iterator[_StaffingFigure]:
    """Days lost: the first figure is the body's own, one after 'regional' the region's."""
    own_found = False
    previous = 0
    for found in _DAYS.finditer(text):
        if re.match(PER_CENT, text[found.end("n") :]) or re.match(r"\s*(?:months?|weeks?)\b", text[found.end("n") :]):
            continue
        is_regional = bool(_REGIONAL.search(text[previous : found.start()]) or _IN_REGION.match(text[found.end() :]))
        previous = found.end()
        if not is_regional and own_found:
            continue
        own_found = own_found or not is_regional
        population = "region" if is_regional else "workforce"
        yield _StaffingFigure(
            "sickness_absence_days",
            "all",
            population,
            passage,
            start + found.start("n"),
            start + found.end("n"),
            plain_number(found["n"]),
        )


def _make_up(passage: Passage, start: int, text: str) -> Iterator[_StaffingFigure]:
    """Shares of the workforce that are women, or from an ethnic minority."""
    if not _STAFF.search(text):
        return
    measure_id = (
        "workforce_ethnic_minority" if _ETHNIC.search(text) else "workforce_female" if _FEMALE.search(text) else ""
    )
    shares = list(_SHARE.finditer(text))
    for number, share in enumerate(shares):
        until = shares[number + 1].start() if number + 1 < len(shares) else len(text)
        about = text[share.end() : until]
        staff, caseload = _STAFF.search(about), _CASELOAD.search(about)
        is_staff = staff is not None and not (caseload and caseload.start() < staff.start())
        is_staff = is_staff or re.search(r"\bof the (?:workforce|staff), $", text[: share.start()], re.I) is not None
        if measure_id and is_staff:
            yield _StaffingFigure(
                measure_id,
                "all",
                "workforce",
                passage,
                start + share.start(),
                start + share.end(),
                plain_number(share["n"]),
            )
            return
