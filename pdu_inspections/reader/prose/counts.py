"""Counts and measurements: cases, staff, days, averages. What cannot be placed is noted with the reason."""

from __future__ import annotations

import re

from pdu_inspections.reader.prose.bases import ARTICLES, OF_THEM, SAID, add_numerator, base_for
from pdu_inspections.reader.prose.hedges import hedge_before
from pdu_inspections.reader.prose.sentence import Base, ProseFigure, Sentence
from pdu_inspections.reader.prose.shares import is_survey_design
from pdu_inspections.reader.prose.tokens import Kind, Token
from pdu_inspections.reader.prose.units import OTHER, SPANS_OF_TIME, Counted, counted, unit_of_noun

LIST_MARK = "mark of a list"
FRAMEWORK = "part of the framework"
PRONOUN = "one as a pronoun"
EXAMPLE = "one as an example"
SPAN_OF_TIME = "span of time"
TIME = "time"
UNKNOWN = "neither unit nor base found"

_ABOUT = r"(?:about\s+|around\s+|only\s+|just\s+|over\s+)?"
_RANGE = re.compile(
    rf"(?:\s+(?:days?|weeks?|months?|years?|hours?|cases|people))?(?:-?\s+(?:to|or|and)\s+|\s?-\s?){_ABOUT}"
)
_AND_MORE = re.compile(r"(?:\s+(?!(?:and|or|of|in|for|to)\b)[a-z][a-z/-]*){1,4}\s+(?:and|or)\s+")
_OF_WHAT = re.compile(rf"\s+of\s+{ARTICLES}(?:own\s+)?")
_PARALLEL = re.compile(r"\b(?:and|but)\s+(?:only\s+|just\s+|a\s+further\s+)?$")
_PARTICIPLE = re.compile(r"\s+(?:[a-z]+ly\s+)?[a-z]+ed\b|\s+(?:were|had|was)\b")
_ALL_BUT = re.compile(r"\ball\s+but\s+$")

_LAST = re.compile(
    r"\b(?:last|past|previous|next|following|preceding|first|recent|coming|initial|subsequent|beyond|longer\s+than)\s+"
    r"(?:about\s+)?$"
)
_THE = re.compile(r"\bthe\s+$")
_LASTING = re.compile(r"\b(?:period\s+of|every|within|lasting)\s+$")
_SINCE = re.compile(r"\s+(?:following|since|to|up\s+to|before|prior)\b(?!\s+(?:release|start))")
_LAW = re.compile(
    r"\bact\s+(?:19|20)\d\d|\bsentenced\s+to\b|\bimprisonment\b"
    r"|\ball\s+(?:those|individuals)\s+(?:sentenced|released)\b"
)

_EXAMPLE = re.compile(r"(?:^\W*|\b(?:for\s+example|for\s+instance),?\s+)(?:in\s+)?$")
_TOLD = re.compile(r"\s*:|\s+(?:said|told|commented|noted|described|explained)\b")
_THERE_IS = re.compile(r"\b(?:is|was|has|had|have|and|including|plus)\s+$")

_SICKNESS = re.compile(r"sickness|absence|days\s+lost")
_RATE = re.compile(r"\baverage|\brate\b|\brolling\b|\btarget\b|\bpeak\b")
_PER_OFFICER = re.compile(
    r"\bcaseload\s+threshold|\baverage\b.*\bcaseload|\baverag(?:e|ing)\s+(?:of\s+)?$"
    r"|\b(?:officers?|practitioners?)\b.{0,40}\b(?:manag|hold|handl|carry)[a-z]*\s+(?:[a-z]+\s+){0,3}$"
)
_AVERAGE = re.compile(r"\baverage|\bthreshold|\bper\s+(?:officer|practitioner)")
_CAPACITY = re.compile(r"workload\s+(?:management|measurement)\b|\bwmt\b")
_COMPARES = re.compile(r"\b(?:compar|averag|region|national|target|higher|lower|previous|against|than)")
_MEASURED = re.compile(r"\b(?:averag|rate|fte|staff|posts|officers|ratio|days|per\s)")
_RATES = ("cases_per_officer", "days_per_person", "per_cent_of_capacity", "posts")

_WE_INTERVIEWED = re.compile(r"\b(?:we\s+(?:also\s+)?interviewed|interviews\s+with)\s+(?:[a-z]+\s+)?$")
_NUMBER_OF = re.compile(r"\b(?:number|total|backlog)\s+of\s")
_VARYING = re.compile(
    r"\b(?:var(?:y|ied|ies|ying)|rang(?:e|ed|es|ing))\b[a-z\s]*\b(?:from|between)\s+(?:[\w.]+\s+(?:to|and)\s+)?$"
)
_GROUP_OF = re.compile(rf"\b(?:(?P<bodies>group|cluster)|team|cohort|pool|complement|workforce|panel)\s+of\s+{_ABOUT}$")
_BRACKETED = re.compile(r"([a-z]+)\s+\($")
_CLOSES = re.compile(r"\s?\)")


def ratio_or_money(sentence: Sentence, position: int) -> int:
    """2:1 where the sentence speaks of a ratio; £1m. Returns how many numbers it used up."""
    token = sentence.tokens[position]
    if token.kind is Kind.MONEY or (token.kind is Kind.RATIO and "ratio" in sentence.text):
        _add(sentence, token, "pounds" if token.kind is Kind.MONEY else "ratio")
        return 1
    if token.kind is Kind.RATIO or _is_list_mark(sentence, token):
        sentence.skip(token, LIST_MARK if token.kind is Kind.NUMBER else TIME)
        return 1
    return 0


def read_count(sentence: Sentence, position: int) -> int:
    """Adds the count at a position, as a share where the text gives its base, or notes why it is none.

    Returns how many numbers it used up.
    """
    token = sentence.tokens[position]
    is_one = token.value == 1 and token.is_word
    noun = counted(sentence.low, token.end, is_one)
    ranged = _noun_of_range(sentence, position) if noun is None else None
    after_of = None if noun or ranged else _noun_after_of(sentence, token, is_one)
    noun = noun or ranged or after_of
    base = base_for(sentence, token, noun) if ranged is None else None
    if base is not None:
        return add_numerator(sentence, position, base, noun)
    if noun is None:
        _read_bare(sentence, token)
    elif noun.is_framework:
        _remember(sentence, token, noun)
        sentence.skip(token, FRAMEWORK)
    elif noun.unit in SPANS_OF_TIME:
        _read_span_of_time(sentence, token, noun, is_one)
    elif is_one and not (ranged or after_of) and not _counts(sentence, token, noun):
        sentence.skip(token, EXAMPLE)
    else:
        _add_count(sentence, token, noun)
    return 1


def _add(sentence: Sentence, token: Token, unit: str, start: int | None = None) -> None:
    sentence.add(
        ProseFigure(token.start if start is None else start, token.end, token.start, value=token.value, unit=unit)
    )


def _remember(sentence: Sentence, token: Token, noun: Counted) -> None:
    count = Base(token.value, noun.noun, token.start, token.end)
    sentence.counts.append(count)
    sentence.paragraph.recent = count


def _add_count(sentence: Sentence, token: Token, noun: Counted) -> None:
    _remember(sentence, token, noun)
    unit = noun.unit
    if unit == "cases" and _is_per_officer(sentence, token):
        unit = "cases_per_officer"
    elif unit == "people" and not token.is_whole:
        unit = "people_fte"
    elif unit == "people" and _WE_INTERVIEWED.search(sentence.before(token, 30)):
        unit = "interviews"
    except_for = _ALL_BUT.search(sentence.low, max(sentence.start, token.start - 10), token.start)
    _add(sentence, token, unit, except_for.start() if except_for else None)


def _is_per_officer(sentence: Sentence, token: Token) -> bool:
    before = sentence.before(token, 200)
    may_be = any(word in before for word in ("caseload", "averag", "officer", "practitioner"))
    return may_be and _PER_OFFICER.search(before) is not None


def _noun_of_range(sentence: Sentence, position: int) -> Counted | None:
    """40 to 50 cases, 37 community and 13 post-release cases: the noun stands after the second number."""
    token, following = sentence.tokens[position], sentence.after(position)
    if following is None or following.kind is not Kind.NUMBER or following.per_cent_end is not None:
        return None
    if not any(sentence.joined(pattern, token.end, following) for pattern in (_RANGE, _AND_MORE)):
        return None
    return counted(sentence.low, following.end)


def _noun_after_of(sentence: Sentence, token: Token, is_one: bool) -> Counted | None:
    """Two of the report's recommendations, one of the cases: what is counted stands after `of`."""
    found = _OF_WHAT.match(sentence.low, token.end)
    if found is None or OF_THEM.match(sentence.low, token.end):
        return None
    noun = counted(sentence.low, found.end() - 1)
    return None if noun is None or (is_one and noun.unit not in ("cases", "people", "reports")) else noun


def _read_span_of_time(sentence: Sentence, token: Token, noun: Counted, is_one: bool) -> None:
    """Spans of time are figures unless they only say when: the last 12 months, orders of more than a year."""
    hedge = hedge_before(sentence.low, token.start)
    is_year = (noun.unit == "months" and token.value == 12) or (noun.unit == "years" and is_one)
    if (
        (is_one and hedge in ("", "only") and not _LASTING.search(sentence.before(token, 16)))
        or (is_year and hedge in ("over", "at_least"))
        or _LAST.search(sentence.before(token, 24))
        or (_THE.search(sentence.before(token, 8)) and _SINCE.match(sentence.low, noun.end))
        or _LAW.search(sentence.text)
    ):
        sentence.skip(token, SPAN_OF_TIME)
    else:
        _add(sentence, token, "days_per_person" if noun.unit == "days" and _is_of_sickness(sentence) else noun.unit)


def _is_of_sickness(sentence: Sentence) -> bool:
    if _SICKNESS.search(sentence.text):
        return True
    return "sickness" in sentence.low and _RATE.search(sentence.text) is not None


def _counts(sentence: Sentence, token: Token, noun: Counted) -> bool:
    """Whether `one` counts; at the head of a sentence it mostly begins an example, before `said` an account."""
    before = sentence.before(token, 40)
    if _ALL_BUT.search(before) or hedge_before(sentence.low, token.start):
        return True
    is_example = _EXAMPLE.search(before) or _TOLD.match(sentence.low, noun.end)
    return not is_example and (noun.unit not in (OTHER, "organisations") or _THERE_IS.search(before) is not None)


def _read_bare(sentence: Sentence, token: Token) -> None:
    """A number without a noun, where the sentence says of what: average caseloads are 43.9, the caseload was 1,449."""
    unit = next((unit for find in _UNIT_FINDERS if (unit := find(sentence, token))), "")
    if unit:
        _add(sentence, token, unit)
    elif token.value:
        sentence.skip(token, PRONOUN if token.is_word and token.value == 1 else UNKNOWN)


def _unit_of_caseload(sentence: Sentence, token: Token) -> str:
    before = sentence.low[sentence.start : token.start]
    if is_survey_design(before):
        return "per_cent"
    if "caseload" in before and token.value > 10 and (_AVERAGE.search(sentence.text) or token.value < 150):
        return "cases_per_officer"
    if "case" in before and token.value >= 100:
        return "cases"
    number_of = _NUMBER_OF.search(before)
    noun = counted(before, number_of.end() - 1) if number_of is not None else None
    return "" if noun is None or noun.is_framework or noun.unit in SPANS_OF_TIME else noun.unit


def _unit_of_rate(sentence: Sentence, token: Token) -> str:
    """Rates name their unit once: 14.2 days, against a regional average of 11.1."""
    if token.is_word:
        return ""
    is_compared = not token.is_whole or _COMPARES.search(sentence.text) is not None
    known = next((unit for unit in _RATES if is_compared and sentence.is_about(unit)), "")
    if known:
        return known
    before = sentence.low[sentence.start : token.start]
    if token.value < 100 and (_SICKNESS.search(before) or _is_of_sickness(sentence)):
        return "days_per_person"
    if "vacanc" in before:
        return "posts"
    if _CAPACITY.search(before):
        return "per_cent_of_capacity"
    is_measured = not token.is_whole and (token.value >= 10 or _MEASURED.search(sentence.text) is not None)
    return OTHER if is_measured or token.value >= 1000 else ""


def _unit_of_parallel(sentence: Sentence, token: Token) -> str:
    """Three cases were charged and four convicted: the second number counts what the first does."""
    last = sentence.counts[-1] if sentence.counts else None
    if last is None or not _PARALLEL.search(sentence.before(token, 20)):
        return ""
    if not _PARTICIPLE.match(sentence.low, token.end):
        return ""
    return next((figure.unit for figure in sentence.paragraph.figures if figure.at == last.start), "")


def _unit_by_place(sentence: Sentence, token: Token) -> str:
    """A team of 12; officers (32); a small sample (seven); teams varying from 11 to 19."""
    before = sentence.before(token, 60)
    if _VARYING.search(before):
        return "people" if "team" in before else OTHER
    group = _GROUP_OF.search(before)
    if group is not None:
        return "organisations" if group["bodies"] else "people"
    bracketed = _BRACKETED.search(before) if _CLOSES.match(sentence.low, token.end) else None
    if bracketed is None:
        return ""
    noun = counted(f" {bracketed[1]}", 0)
    if noun is None or noun.unit == OTHER or noun.is_framework:
        return "cases" if "sample" in before else ""
    return noun.unit


def _unit_of_subject(sentence: Sentence, token: Token) -> str:
    """Five were absent; only one had: what is counted was named before, or goes without saying."""
    if not SAID.match(sentence.low, token.end) or (token.value == 1 and not hedge_before(sentence.low, token.start)):
        return ""
    recent = sentence.paragraph.recent
    return (unit_of_noun(recent.noun) if recent is not None else "") or OTHER


_UNIT_FINDERS = (_unit_of_caseload, _unit_of_rate, _unit_of_parallel, _unit_by_place, _unit_of_subject)


def _is_list_mark(sentence: Sentence, token: Token) -> bool:
    is_first = sentence.low[: token.start].strip("-•▪▣*# \t(") == ""
    return is_first and not token.is_word and sentence.low[token.end : token.end + 1] in (".", ")")
