"""The measure and the staff grade a figure gives, where the wording is plain."""

from __future__ import annotations

import re

from pdu_inspections.reader.prose.context import Cues, Surroundings, WordsAround, cue, first
from pdu_inspections.reader.prose.sentence import ProseFigure
from pdu_inspections.reader.tables.measures import grades_in

_STAFFING = frozenset(
    {
        "vacancy_rate",
        "vacant_posts",
        "sickness_absence_days",
        "attrition_rate",
        "average_caseload",
        "workload_measurement_average",
        "workload_unmanageable",
    }
)
_WOMEN = re.compile(r"\bwomen\b|\bfemales?\b")
_ETHNIC = re.compile(r"\bblack\b|\basian\b|ethnic\s+minorit|minority\s+ethnic")
_SHARES: Cues = (
    cue("vacancy_rate", r"\bvacan|\b(?:deficit|shortfall)\s+(?:of|in)\b|\bunfilled\b|\bunderstaff"),
    cue("attrition_rate", r"\battrition\b|\bstaff\s+turnover\b"),
    cue("workload_unmanageable", r"\bworkloads?\b.*\b(?:not\s+(?:be\s+)?|un)manageable"),
    cue("unpaid_work_outstanding_12_months", r"\bunpaid\s+work\b.*\boutstanding\b.*\b12\s+months"),
    cue("improvement_in_factors", r"\bimprovements?\s+in\s+(?:those\s+|the\s+)?factors\b.*\boffending"),
    cue(
        "reduction_in_risk_of_harm",
        r"\breduction\s+in\s+(?:those\s+|the\s+)?factors\b.*\brisk\s+of\s+(?:serious\s+)?harm",
    ),
    cue("reduction_in_offending", r"\breduction\s+in\s+(?:re)?offending\b"),
    cue("reasonable_progress", r"\bearly\s+outcomes\b.*\b(?:reasonable|sufficient)\s+progress"),
)
_BY_ID = {share.identifier: share.pattern for share in _SHARES}
_OUTCOMES = frozenset(
    {"improvement_in_factors", "reduction_in_risk_of_harm", "reduction_in_offending", "reasonable_progress"}
)
_OF = r"\)?(?:\s?%|\s+per\s+cent)?\s+of\s+(?:the\s+|all\s+|its\s+)*"
_OF_STAFF = re.compile(rf"{_OF}(?:female\s+|women\s+)?(?:staff|workforce)\b")
_OF_STAFF_BEFORE = re.compile(r"\bof\s+the\s+(?:workforce|staff),\s+$")
_OF_CASELOAD = re.compile(rf"{_OF}(?:overall\s+|total\s+)?(?:caseload|people\s+on\s+probation)\b")
_OF_WIDER = re.compile(rf"{_OF}(?:region|nation)[a-z']*\s+(?:total\s+)?(?:caseload|cases)")
_VALUES = {"days_per_person": "sickness_absence_days", "per_cent_of_capacity": "workload_measurement_average"}
_CASELOAD_PARTS: Cues = (
    cue(
        "caseload_community", r"^\s+(?:were\s+|are\s+)?(?:on\s+)?community\s+(?:sentence\s+)?(?:cases|orders|sentences)"
    ),
    cue("caseload_licence", r"^\s+(?:were\s+|are\s+)?(?:on\s+)?(?:post-release\s+)?(?:licen[cs]e|post-release)\b"),
    cue("caseload_custody_offender_management", r"^\s+custody\s+cases\b.*\b(?:prison\s+offender\s+manager|omic)\b"),
    cue("caseload_custody", r"^\s+(?:were\s+|are\s+)?(?:held\s+)?(?:in\s+)?custody\b"),
    cue("caseload_women", r"^\s+women\s+(?:on\s+probation|in\s+the\s+caseload)"),
    cue("caseload_ethnic_minority", r"^\s+(?:people\s+(?:who\s+are\s+|from\s+)?)?(?:a\s+)?black,?\s+asian"),
)
_TOTAL = re.compile(r"\bcaseload\b[^.;]{0,40}$|\bmanages\s+$|\bsupervises\s+$")
_GRADE_FOLLOWS = re.compile(
    r"\W*(?:(?:days|cases|vacancies|posts|fte|rate|deficit|shortfall|vacancy)\W+)*(?:per\s+|each\s+)?"
    r"(?:(?:for|of|in|among|amongst|at|across)\W+)?(?:an?\s+|the\s+|all\s+)?"
)
_NAMES_GRADE = 40
_INSPECTED = re.compile(r"\b(?:inspected|examined|reviewed)\b")
_IN_BRACKETS = re.compile(r"\s*\(\s*")


def measure(figure: ProseFigure, words: WordsAround, place: Surroundings) -> str:
    """Measure of a figure, or an empty string."""
    return _of_share(figure, words, place) if figure.is_share else _of_value(figure, words, place)


def grade(words: WordsAround, measure_id: str, place: Surroundings) -> str:
    """Grade of the staff a measure is of: the one named right after its figure, else before it, else all."""
    if measure_id not in _STAFFING and not measure_id.startswith("workforce_"):
        return ""
    if _IN_BRACKETS.fullmatch(words.near_before) and place.grade:
        return place.grade
    after = words.near_after[:60]
    following = [(start, name) for start, _, name in grades_in(after)]
    if following and _GRADE_FOLLOWS.fullmatch(after[: following[0][0]]):
        return following[0][1]
    preceding = [name for _, _, name in grades_in(words.near_before)]
    return preceding[-1] if preceding else following[0][1] if following else "all"


def _of_share(figure: ProseFigure, words: WordsAround, place: Surroundings) -> str:
    if _OF_WIDER.match(words.after):
        return "caseload_share_of_wider"
    of_staff = bool(_OF_STAFF.match(words.after) or _OF_STAFF_BEFORE.search(words.before))
    if of_staff or _OF_CASELOAD.match(words.after):
        return _of_make_up(of_staff, place)
    known = place.first(_SHARES)
    if figure.percent is None and known not in _OUTCOMES:
        return ""
    if not known:
        return "vacancy_rate" if _continues_vacancies(words, place) else ""
    if _BY_ID[known].search(f"{words.near} {words.before[-80:]}"):
        return known
    # Two-thirds of practitioners (65 per cent): both are of the one measure.
    is_again = known == place.measure and words.near_before.endswith("(")
    return known if is_again or (known in _STAFFING and grades_in(words.near_after[:_NAMES_GRADE])) else ""


def _continues_vacancies(words: WordsAround, place: Surroundings) -> bool:
    """There are 14 vacancies …; for the others this is 15 (17 per cent): a rate beside vacant posts."""
    return place.measure in ("vacant_posts", "vacancy_rate") and words.near_before.strip() == "("


def _of_make_up(of_staff: bool, place: Surroundings) -> str:
    """Shares of staff or of the caseload that are women, or of an ethnic minority."""
    if _WOMEN.search(place.sentence):
        return "workforce_female" if of_staff else "caseload_share_women"
    if _ETHNIC.search(place.sentence):
        return "workforce_ethnic_minority" if of_staff else "caseload_share_ethnic_minority"
    return ""


def _of_value(figure: ProseFigure, words: WordsAround, place: Surroundings) -> str:
    if figure.unit in _VALUES:
        return _VALUES[figure.unit]
    if figure.unit == "cases_per_officer":
        return "average_caseload" if "average" in place.paragraph and "threshold" not in place.sentence else ""
    if figure.unit in ("posts", "people_fte"):
        return (
            "vacant_posts" if "vacan" in words.near_after or place.measure in ("vacant_posts", "vacancy_rate") else ""
        )
    is_count = figure.unit in ("cases", "people", "other_count") and not _INSPECTED.search(place.sentence)
    if not is_count or ("caseload" not in place.paragraph and "on probation" not in place.paragraph):
        return "caseload_total" if is_count and _TOTAL.search(words.before) else ""
    part = first(_CASELOAD_PARTS, words.after)
    if part or not _TOTAL.search(words.before):
        return part
    return "caseload_unpaid_work" if "unpaid work" in place.paragraph else "caseload_total"
