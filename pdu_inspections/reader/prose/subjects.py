"""What a figure is about: the population, the part of it, the measure, the staff grade, and whether it is good news."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pdu_inspections.reader.prose.context import Cues, Surroundings, WordsAround, cue, first
from pdu_inspections.reader.prose.measures import grade, measure
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
    population_evidence: str
    polarity_evidence: str


_GROUPS: Cues = (
    cue("domestic_abuse", r"\bdomestic\s+abuse\s+concerns?|\bconcerns?\s+(?:about|of)\s+domestic\s+abuse"),
    cue("safeguarding", r"\bsafeguarding\s+concerns?|\bconcerns?\s+(?:about|of)\s+(?:child\s+)?safeguarding"),
    cue("sexual_offence", r"convicted\s+of\s+(?:a\s+)?sexual|sexual\s+offence"),
    cue(
        "training_applicable",
        r"\bpre-?qualifying\s+training|\bapplicable\b.*\btraining|\btraining\b.*\b(?:applicable|needs)\b",
    ),
    cue(
        "reasonable_adjustment",
        r"reasonable\s+adjustments?\s+(?:be|had|was|were|needed|required)|required\s+reasonable\s+adj",
    ),
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
_GROUPS_OF_ASKED: Cues = tuple(
    one for one in _GROUPS if one.identifier in ("training_applicable", "reasonable_adjustment")
)
_RELEVANT = re.compile(
    r"\brelevant\b|\bwhere\s+(?:it|this|they|these|there)\s+(?:was|were|should|is|are|had|been)\b"
    r"|\bwhen\s+(?:it|this|we)\s+(?:was|were|deemed)\b|\bwhere\s+[a-z\s]{3,25}\b(?:needed|required|necessary)"
)
_OF_THEM = re.compile(r"(?:\s?%|\s+per\s+cent)?\s+of\s+(?:these|them|those)\b")
_PREDICATE = re.compile(r"\s(?:is|are|was|were|had|has|have|said|felt|represented?|compared|did|do)\s|[,;:(]")
_DENYING_WORDS = (
    "not no unmanageable unsupported unsafe unhappy unable unclear little waiting excessive outstanding without missed "
    "deficit deficits nothing none nor neither escalating never dissatisfied ineffective poor poorly too"
)
_DENYING = frozenset(_DENYING_WORDS.split())
_CLAUSE = re.compile(
    r";|,\s+(?=(?:(?:and\s+)?(?:this|in)|but|although|though|while|which|for\s+others|with|despite|however|it)\b)|\s-\s"
)
_SAYS_THAT = re.compile(r"\bthat\b|\balthough\b|\bdespite\b")
_NOT_OFFENDED = re.compile(
    r"\b(?:no|not)\s+(?:evidence\s+of\s+)?(?:been\s+)?(?:further\s+)?(?:charge|convict|offen|reoffen)"
)
_MAKE_UP = re.compile(
    r"\b(?:involved\s+(?:[a-z]+\s+)?(?:violen[a-z]*|factors|white)|(?:had|with)\s+a\s+disability|being\s+supervised\s+by|paid\s+work"
    r"|posed\s+a\b|need\s+to\s+manage|did\s+not\s+know|didn't\s+know|unsure|not\s+sure|were\s+neutral|white\s+british|caseloads?\s+(?:of|up)"
    r"|expected\s+to\s+see|presented\s+orally|were\s+(?:women|men|female|male|licence|community|short[\s-]format|orally?|delivered\s+orally))\b"
)
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
_INSPECTED = frozenset({"inspected_cases", "court_reports", "unpaid_work_cases", "through_the_gate_cases"})


def subject(figure: ProseFigure, words: WordsAround, place: Surroundings) -> Subject:
    """What a figure is about; place remembers it for the figures after it."""
    measure_id = measure(figure, words, place)
    population_id, population_evidence = population(figure, words, place, measure_id)
    place.population, place.measure = population_id, measure_id or place.measure
    if population_id in ASKED:
        place.asked = population_id
    polarity, polarity_evidence = _polarity(figure, words, population_id)
    place.grade = grade(words, measure_id, place)
    return Subject(
        population_id,
        _group(figure, words, place, measure_id, population_id),
        measure_id,
        place.grade,
        polarity,
        population_evidence,
        polarity_evidence,
    )


def _group(figure: ProseFigure, words: WordsAround, place: Surroundings, measure_id: str, population_id: str) -> str:
    """The part of a population a figure is about: of a share, the part its base is limited to."""
    if measure_id in _PARTS:
        return _PARTS[measure_id]
    if not figure.is_share or population_id not in _INSPECTED | ASKED:
        return "all"
    if population_id in ASKED:
        return first(_GROUPS_OF_ASKED, words.near) or "all"
    if _OF_THEM.match(words.after):
        return "relevant"
    predicate = _PREDICATE.search(words.after)
    base = words.after[: predicate.start()] if predicate else words.after
    group = first(_GROUPS, base) or first(_GROUPS, words.near_before)
    if group:
        return group
    size = place.sizes.get(population_id)
    is_limited = size is not None and figure.denominator is not None and figure.denominator < size
    return "relevant" if is_limited or _RELEVANT.search(words.near) else "all"


def _polarity(figure: ProseFigure, words: WordsAround, population_id: str) -> tuple[str, str]:
    """A guess, and what it rests on: judged work and answers are successes unless the words near them deny."""
    if not figure.is_share or population_id not in _INSPECTED | ASKED:
        return "neutral", "what is counted"
    if figure.numerator == 0:
        return "success", "what is counted"
    if words.near_before.rstrip().endswith("including"):
        return "neutral", "words of make-up"
    near = clause(words)
    if _NOT_OFFENDED.search(near):
        return "success", "words that deny"
    if _MAKE_UP.search(near):
        return "neutral", "words of make-up"
    if figure.hedge == "only":
        return "success", "only"
    found = _WORD.findall(near)
    denies = any(word in _DENYING or word.startswith(_DENYING_STEMS) or word.endswith("n't") for word in found)
    return ("failure", "words that deny") if denies else ("success", "no word that denies")


def clause(words: WordsAround) -> str:
    """The clause a figure stands in, as far as the figures beside it."""
    before = _SAYS_THAT.split(_CLAUSE.split(words.near_before)[-1])[-1].replace("a little", "")
    after = _CLAUSE.split(words.near_after)[0]
    return f"{before}{words.printed}{after}"
