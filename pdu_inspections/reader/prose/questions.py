"""Which standard and question a figure of running text speaks of, and whether it counts what is wanted.

A share of inspected cases is held against every result that the report's tables print: against its value, or what that
leaves of a hundred, and against the words of its question. Where cases to which a question does not apply are left out,
the shares of yes and no do not make a hundred: such a result fits less well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from pdu_inspections.reader.prose.results import Candidate
from pdu_inspections.reader.prose.sentence import ProseFigure
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.standard_headings import Heading
from pdu_inspections.reader.text import normalise

_SAMPLES = {"court": "court_reports", "unpaid work": "unpaid_work_cases", "through the gate": "through_the_gate_cases"}
"""Samples of their own, by what the standard they are inspected for is called."""
JUDGED = frozenset({"inspected_cases", *_SAMPLES.values()})
"""Populations of which inspectors answer questions."""

_STOP_WORDS = (
    "a an and any are as at be by do does did for from has have in into is it its of on or that the their "
    "there they this to was were which with we our not been had sufficient sufficiently appropriate "
    "appropriately effective effectively cases case person people probation individual service user focus per "
    "cent all where"
)
_STOPS = frozenset(_STOP_WORDS.split())
_ENDINGS = (
    "ations",
    "ation",
    "ating",
    "ated",
    "ate",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ed",
    "es",
    "s",
    "ly",
    "e",
    "y",
)
_SHORTEST_STEM = 4
_PERCENT = re.compile(r"(?P<number>\d{1,3})\s*%")
_SAME_SUBJECT = (
    "harm risk safe safety protect victim keep",
    "reoffend reoffending desist desistance offend offending rehabilitation",
    "engage engaging engagement involve involved meaningfully",
    "agencies agency partners partner other involve",
    "contact seen appointments frequency level",
    "enforcement enforce breach recall",
    "visit visits home",
    "release pre-release resettlement custody",
    "planning plans plan planned",
    "assessment assessments assess",
    "reviewing reviews review reviewed written",
    "implementation delivery services delivered deliver service",
    "improvement improvements improved reduction reduced",
    "analysed analyse sources information",
)
"""Words of reports and of questions that speak of the same thing."""
_OPPOSED = frozenset(f"={alike}" for alike in _SAME_SUBJECT[:2])
_WEIGHT_OF_SENTENCE, _WEIGHT_OF_WORDS_NEAR, _WEIGHT_OF_STANDARD = 1.3, 0.9, 0.5
_WEIGHT_OF_POLARITY, _WEIGHT_OF_VALUE, _WEIGHT_OF_KEY_QUESTION, _WEIGHT_OF_SOLE = 0.6, 0.45, 0.1, 0.6
"""Tuned on the reports that the campaign of running text does not hold out."""
_LEAST_OF_NUMBERS, _LEAST_OF_WORDS = 2.0, 1.2
"""What a question must score where the share is printed as a number, and where it is printed in words."""
_LEAST_LIKE_KEY_QUESTION = 0.65
"""Share of a key question's words that the sentence must hold: its share alone is found by chance."""
_GROUPS_OF_QUESTIONS = frozenset({"all", "relevant", "community", "post_release"})
"""Parts of the cases for which reports repeat a question; shares of smaller ones are of something of their own."""
_CLEAR = 2.4
_CLEAR_LEAD = 0.3
_LEFT_OUT = 30.0
"""Most points that cases to which a question does not apply take from its shares."""
_ROUNDING = {"number": 0.5, "count": 0.75, "words": 1.5}
_HEDGED = {
    "almost": (-8.5, 0.0),
    "less_than": (-25.0, 0.0),
    "over": (0.0, 25.0),
    "just_over": (0.0, 8.5),
    "at_least": (0.0, 15.0),
    "up_to": (-15.0, 0.0),
    "about": (-5.0, 5.0),
}
"""How far from a printed share the exact one may lie, in points: hedges.csv, with an end for open ones."""


@dataclass(frozen=True, slots=True)
class Result:
    """A question, the share answered yes where a table prints it, and how rare each word of the question's text is.

    standard_words: of its standard's name, which go without saying under that standard's heading. population_id: the
    sample of which it was answered.
    """

    question_id: str
    standard_id: str
    yes_pct: float | None
    weights: Mapping[str, float]
    standard_words: frozenset[str]
    population_id: str

    @property
    def is_key_question(self) -> bool:
        """Whether it is a key question rather than a prompt."""
        return self.question_id.partition(".")[2].count(".") == 2


@dataclass(frozen=True, slots=True)
class Match:
    """The question of a figure, whether the figure counts its yes, and whether no other question comes near."""

    result: Result
    is_yes: bool
    is_clear: bool
    evidence: str


def known_results(report: Report) -> list[Result]:
    """Every question of the report's framework, with the result its tables print, if any."""
    printed = {
        row["question_id"]: float(found["number"])
        for table in ("prompts", "key_questions")
        for row in report.reading.rows.get(table, [])
        if (found := _PERCENT.search(row["as_printed"])) is not None
    }
    standards = report.vocabulary.framework_standards(report.framework_id)
    names = {standard.standard_id: normalise(standard.name) for standard in standards}
    samples = {
        standard: next((sample for word, sample in _SAMPLES.items() if word in name), "inspected_cases")
        for standard, name in names.items()
    }
    questions = [q for q in report.vocabulary.questions.values() if q.standard_id in names]
    words = {question.question_id: stems(question.text) for question in questions}
    seen = Counter(word for found in words.values() for word in found)
    return [
        Result(
            question.question_id,
            question.standard_id,
            printed.get(question.question_id),
            {word: log(1 + len(questions) / seen[word]) for word in words[question.question_id]},
            stems(names[question.standard_id]),
            samples[question.standard_id],
        )
        for question in questions
    ]


def match_question(
    candidate: Candidate, population_id: str, standard_id: str, results: Sequence[Result]
) -> Match | None:
    """The question whose result a figure repeats, by its value, its words and the standard it is printed under."""
    figure = candidate.figure
    results = [result for result in results if result.population_id == population_id]
    if not figure.is_share or not results or candidate.subject.case_group_id not in _GROUPS_OF_QUESTIONS:
        return None
    # A percentage under a standard's heading that is the result of one key question alone needs few words to tell it.
    own = [r for r in results if r.is_key_question and (r.standard_id == standard_id or not standard_id)]
    seen = Counter(result.yes_pct for result in own)
    sole = {result.question_id for result in own if seen[result.yes_pct] == 1}
    sentence, near = stems(candidate.words.sentence), stems(candidate.words.clause)
    by_words = candidate.subject.polarity != "failure"
    is_number = _printed_as(figure, candidate.as_printed) != "words"
    is_plain = _printed_as(figure, candidate.as_printed) == "number"
    found = []
    for result in results:
        is_own = result.standard_id == standard_id
        known = result.standard_words if is_own else frozenset()
        likeness = _likeness(result, sentence | known)
        if _are_opposed(result, near):
            continue
        for is_yes in (True, False):
            is_exact = _fits(candidate, result, is_yes)
            is_sole = is_plain and is_yes and is_exact is True and result.question_id in sole and (is_own or by_words)
            is_unlike = result.is_key_question and likeness < _LEAST_LIKE_KEY_QUESTION and not is_sole
            if is_exact is None or is_unlike:
                continue
            score = (
                _WEIGHT_OF_SENTENCE * likeness
                + _WEIGHT_OF_WORDS_NEAR * _likeness(result, near | known)
                + _WEIGHT_OF_STANDARD * is_own
                + _WEIGHT_OF_POLARITY * (is_yes == by_words)
                + _WEIGHT_OF_VALUE * (is_exact and (is_number or is_own))
                + _WEIGHT_OF_KEY_QUESTION * result.is_key_question
                + _WEIGHT_OF_SOLE * is_sole
            )
            found.append((score, is_yes, is_exact, result))
    found.sort(key=lambda one: -one[0])
    if not found or found[0][0] < (_LEAST_OF_NUMBERS if is_number else _LEAST_OF_WORDS):
        return None
    score, is_yes, is_exact, result = found[0]
    rival = next((one[0] for one in found[1:] if one[3] is not result), 0.0)
    is_clear = is_number and is_exact and score >= _CLEAR and score - rival >= _CLEAR_LEAD
    value = "its share" if is_exact else "a share that leaves room for it"
    lead = "clearly" if is_clear else "perhaps"
    return Match(result, is_yes, is_clear, f"{lead} the question with {value} and its words")


def heading_standard(report: Report, headings: Sequence[Heading], index: int) -> str:
    """The standard under whose heading a line stands, within its section; empty under none."""
    before = bisect_right([heading.index for heading in headings], index) - 1
    if before < 0 or headings[before].index < report.sections.at(index).start:
        return ""
    return headings[before].standard.standard_id


def stems(text: str) -> frozenset[str]:
    """Stems of the words that tell something, with the subjects they speak of."""
    words = {_stem(word) for word in normalise(text).split() if word not in _STOPS and not word.isdigit()}
    return frozenset(words | {subject for word in words for subject in _SUBJECTS.get(word, ())})


def _fits(candidate: Candidate, result: Result, is_yes: bool) -> bool | None:
    """Whether a figure is exactly the share of yes or no, or at least leaves room for it; None where it is another.

    Prose that repeats no key question's share speaks of a prompt.
    """
    figure = candidate.figure
    if result.yes_pct is None:
        return None if result.is_key_question else False
    share = result.yes_pct if is_yes else 100 - result.yes_pct
    if figure.percent is not None:
        percent = float(figure.percent)
    elif figure.numerator is not None and figure.denominator:
        percent = float(100 * figure.numerator / figure.denominator)
    else:
        return None
    rounding = _ROUNDING[_printed_as(figure, candidate.as_printed)]
    low, high = _HEDGED.get(figure.hedge, (-rounding, rounding))
    difference = share - percent
    if low <= difference <= high:
        return True
    has_room = low - _LEFT_OUT <= difference <= high + _LEFT_OUT
    return False if has_room and not result.is_key_question else None


def _are_opposed(result: Result, words: frozenset[str]) -> bool:
    """Whether a question is about harm where the words are about reoffending, or the other way round."""
    of_words, of_question = _OPPOSED & words, _OPPOSED & result.weights.keys()
    return len(of_words) == len(of_question) == 1 and of_words != of_question


def _printed_as(figure: ProseFigure, printed: str) -> str:
    if figure.percent is None:
        return "count"
    return "number" if "cent" in printed.lower() or "%" in printed else "words"


def _likeness(result: Result, words: frozenset[str]) -> float:
    """Share of a question's words, the rare ones weighing more, that a text holds."""
    total = sum(result.weights.values())
    return sum(weight for word, weight in result.weights.items() if word in words) / total if total else 0.0


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _subjects() -> dict[str, set[str]]:
    subjects: dict[str, set[str]] = {}
    for alike in _SAME_SUBJECT:
        for word in alike.split():
            subjects.setdefault(_stem(word), set()).add(f"={alike}")
    return subjects


_SUBJECTS = _subjects()
