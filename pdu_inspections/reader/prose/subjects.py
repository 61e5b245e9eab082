"""What a figure is about: the population, the part of it, the measure, the staff grade, and whether it is good news."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pdu_inspections.reader.prose.context import Cues, Surroundings, WordsAround, cue, first
from pdu_inspections.reader.prose.measures import FAILURES, grade, measure
from pdu_inspections.reader.prose.populations import ASKED, population
from pdu_inspections.reader.prose.sentence import ProseFigure


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about, by ids of the vocabularies; empty where the text does not say."""

    population_id: str
    case_group_id: str
    measure_id: str
    grade_id: str
    polarity: str


_GROUPS: Cues = (
    cue("sexual_offence", r"convicted\s+of\s+(?:a\s+)?sexual|sexual\s+offence"),
    cue("training_applicable", r"\bapplicable\b.*\btraining|\btraining\b.*\b(?:applicable|needs)\b"),
    cue("reasonable_adjustment", r"reasonable\s+adjustments?\s+(?:be|had|was|were|needed|required)"),
    cue("pqip", r"\bpqip\s+(?:learners?|cases|staff|trainees)|\bstudying\s+for\s+the\s+pqip"),
    cue("ethnic_minority", r"black,?\s+asian|ethnic\s+minorit|minority\s+ethnic"),
    cue("disabled", r"\bthose\s+with\s+a\s+disability|\bdisabled\s+(?:people|staff)|\bdeclared\s+disability"),
    cue("women", r"\bwomen\b|\bfemales?\b"),
    cue("men", r"\bmen\b|\bmales?\b"),
    cue(
        "post_release",
        r"\bpost-release|\bpre-release|\bcustodial\s+cases|\blicence\s+cases|\b(?:before|prior\s+to)\s+(?:being\s+|they\s+were\s+)?release",
    ),
    cue("community", r"\bcommunity\s+(?:sentences?|cases|orders)"),
    cue("accommodation", r"\baccommodation\s+was\s+linked"),
    cue("finance", r"\bfinance\b[^.]*\blinked"),
    cue("drug_misuse", r"\bdrug\s+(?:use|misuse)"),
    cue("alcohol_misuse", r"\balcohol\s+(?:use|misuse)"),
    cue("high_risk", r"\bhigh\s*(?:/\s*very\s+high\s+|(?:or|and)\s+very\s+high\s+|\s)(?:risk|roh)"),
    cue("unpaid_work", r"\bunpaid\s+work\b"),
)
_RELEVANT = re.compile(
    r"\brelevant\b|\bwhere\s+(?:it|this|they|these|there)\s+(?:was|were|should|is|are|had|been)\b"
    r"|\bwhen\s+(?:it|this|we)\s+(?:was|were|deemed)\b|\bwhere\s+[a-z\s]{3,25}\b(?:needed|required|necessary)"
)
_OF_THEM = re.compile(r"(?:\s?%|\s+per\s+cent)?\s+of\s+(?:these|them|those)\b")
_PREDICATE = re.compile(r"\s(?:is|are|was|were|had|has|have|said|felt|represented?|compared|did|do)\s|[,;:(]")
_DENYING_WORDS = (
    "not no unmanageable unsupported unsafe unhappy unable unclear little waiting excessive outstanding without missed "
    "deficit deficits nothing none"
)
_DENYING = frozenset(_DENYING_WORDS.split())
_DENYING_STEMS = ("insufficient", "inadequate", "fail", "lack", "struggl")
_WORD = re.compile(r"[a-z']+")
_PARTS = {
    "caseload_community": "community",
    "caseload_licence": "post_release",
    "caseload_women": "women",
    "caseload_ethnic_minority": "ethnic_minority",
    "caseload_custody": "other_group",
    "caseload_custody_offender_management": "other_group",
    "caseload_unpaid_work": "unpaid_work",
    "caseload_total": "all",
}
_WHOLE = ("caseload_share", "workforce_")
_INSPECTED = frozenset({"inspected_cases", "court_reports", "unpaid_work_cases", "through_the_gate_cases"})


def subject(figure: ProseFigure, words: WordsAround, place: Surroundings) -> Subject:
    """What a figure is about; place remembers it for the figures after it."""
    measure_id = measure(figure, words, place)
    population_id = population(figure, words, place, measure_id)
    place.population, place.measure = population_id, measure_id or place.measure
    if population_id in ASKED:
        place.asked = population_id
    return Subject(
        population_id,
        _group(figure, words, place, measure_id, population_id),
        measure_id,
        grade(words, measure_id, population_id),
        _polarity(figure, words, measure_id, population_id),
    )


def _group(figure: ProseFigure, words: WordsAround, place: Surroundings, measure_id: str, population_id: str) -> str:
    """The part of a population a figure is about: of a share, the part its base is limited to."""
    if measure_id in _PARTS:
        return _PARTS[measure_id]
    if measure_id.startswith(_WHOLE):
        return "all"
    if not figure.is_share:
        near = words.near_after[:60]
        return first(_GROUPS, near) or ("relevant" if _RELEVANT.search(near) else "all")
    if _OF_THEM.match(words.after):
        return "relevant"
    predicate = _PREDICATE.search(words.after)
    base = words.after[: predicate.start()] if predicate else words.after
    group = first(_GROUPS, base) or first(_GROUPS, words.near_before)
    if group:
        return group
    size = place.sizes.get(population_id)
    is_smaller = size is not None and figure.denominator is not None and figure.denominator < size
    is_limited = is_smaller and population_id in _INSPECTED
    return "relevant" if is_limited or _RELEVANT.search(words.near) else "all"


def _polarity(figure: ProseFigure, words: WordsAround, measure_id: str, population_id: str) -> str:
    """A guess: shares of judged work and of answers are successes unless the words near them deny."""
    if measure_id in FAILURES:
        return "failure"
    if not figure.is_share or population_id not in _INSPECTED | ASKED:
        return "neutral"
    if figure.hedge == "only":
        return "success"
    near = _WORD.findall(words.near)
    denies = any(word in _DENYING or word.startswith(_DENYING_STEMS) or word.endswith("n't") for word in near)
    return "failure" if denies else "success"
