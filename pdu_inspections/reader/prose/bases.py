"""Bases that a text gives once for the counts after them: of the 13 staff who …; nine of 13 respondents …, and one …"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pdu_inspections.reader.prose.hedges import hedge_before
from pdu_inspections.reader.prose.sentence import Base, ProseFigure, Sentence
from pdu_inspections.reader.prose.tokens import Token
from pdu_inspections.reader.prose.units import SPANS_OF_TIME, Counted, counted

ARTICLES = (
    r"(?:(?:an?|the|our|its|their|these|those|all|total|sample|cohort|planned|full|target|possible|complement|compliment"
    r"|establishment|of|only|just|inspected|relevant|further|about|around|approximately|nearly|almost|over|some|[a-z]+'s?)\s+)*"
)
"""WordsAround between `of` and the number it leads to."""
_NOT_PRONOUN = r"(?!\s+(?:who|that|with|in|for|we|whose|where|interviewed|surveyed)\b)"
OF_THEM = re.compile(rf"\s+(?:cases\s+|people\s+)?(?:out\s+)?of\s+(?:them|these|those|whom|which)\b{_NOT_PRONOUN}")
SAID = re.compile(
    r"\s+(?:also\s+|only\s+|further\s+|strongly\s+)*(?:said|told|felt|thought|reported|stated|agreed|disagreed|described"
    r"|believed|rated|responded|indicated|considered|did|had|have|were|was|would|could|completed|received|noted|commented"
    r"|identified|required|needed|showed|scored)\b"
)
"""A verb right after a number that stands for people or cases named before."""
_OPENS = re.compile(
    r"(?:^\W*|[,;:(]\s*|\s-\s|\b(?:and|but|while|whilst|although|however|that)[,\s]\s*)"
    rf"(?:(?:out\s+)?of|among|amongst|from(?=\s+(?:the|our|these|a\s+total)\s))\s+{ARTICLES}$"
)
_OF_THESE = re.compile(rf"\W*of\s+(?:these|those|them)\b{_NOT_PRONOUN}")
_OF_WHICH = re.compile(r"\bof\s+(?:which|whom|these|those|them),?\s+(?:only\s+|just\s+|about\s+|around\s+|some\s+)*$")
_ALL = re.compile(r"(?<!almost\s)(?<!nearly\s)(?<!not\s)(?<!virtually\s)\ball\s+(?:of\s+)?(?:the\s+|our\s+|these\s+)?$")
_NONE = re.compile(r"\bno\s+([a-z-]+)\s+(?:were|was|had|have|has|showed|could|did)\b")
_THEN_SHARE = re.compile(
    r"(?:\s+[a-z][a-z'/-]*){0,5}?\s*\((?:or\s+|about\s+|around\s+|just\s+over\s+|just\s+under\s+)*"
)
_INCLUDING = re.compile(r"\bincluding\s+(?:only\s+|just\s+)?$")
_DONE_IN = re.compile(r"\b(?:in|for|by)\s+(?:only\s+|just\s+)?$")
_ENDS = re.compile(r"\s*(?:[.,;)]|$)")
_LIMITS = re.compile(r"\W*(?:in|for|of|out\s+of)\s+(?:the\s+|these\s+|all\s+)?")
_ANSWERED = frozenset({"respondent", "staff", "people", "practitioner", "officer", "individual", "member", ""})
_SAMPLED = frozenset({"respondent", "case", "report", "participant"})
_INSTANCES = frozenset({"instance", "occasion"})
_SHARED_UNITS = frozenset({"people", "cases", "reports"})
_MOST_WORDS = 11
"""A base further than so many words from its numerator is a figure of its own."""
_LARGEST_SAMPLE = 1000
"""Parts of more than this are parts of a caseload, printed as counts of their own."""


def apply_earlier_base(sentence: Sentence) -> None:
    """Of these, 53 per cent …: the count before is the base of the whole sentence."""
    recent = sentence.paragraph.recent
    if recent is not None and recent.number < _LARGEST_SAMPLE and _OF_THESE.match(sentence.text):
        sentence.base = sentence.paragraph.shared = recent


def start_base(sentence: Sentence, position: int) -> int:
    """Of the 46 people surveyed, …: what the numbers after it are shares of. Returns how many numbers it used up."""
    token = sentence.tokens[position]
    if not token.is_whole or token.value < 2 or token.per_cent_end is not None:
        return 0
    before = sentence.before(token, 60)
    if not any(word in before for word in ("of ", "among", "from ")) or not _OPENS.search(before):
        return 0
    noun = counted(sentence.low, token.end)
    if noun is not None and noun.unit in SPANS_OF_TIME:
        return 0
    end_base(sentence)
    sentence.base = Base(token.value, noun.noun if noun else "", token.start, token.end)
    sentence.is_open = True
    sentence.paragraph.recent = sentence.base
    return 1


def end_base(sentence: Sentence) -> None:
    """A base that no number close by took up is a count of its own."""
    base = sentence.base
    if base is None or not sentence.is_open:
        return
    sentence.is_open = False
    noun = counted(sentence.low, base.end)
    if noun is not None:
        sentence.add(ProseFigure(base.start, base.end, base.start, value=base.number, unit=noun.unit))


def end_last_base(sentence: Sentence) -> None:
    """Of the nine cases where …, no improvements were seen: a base that no number took up at all may have none."""
    base = sentence.base
    if base is None or not sentence.is_open:
        return
    end_base(sentence)
    none = _NONE.search(sentence.low, base.end, sentence.end)
    if none is not None:
        share = ProseFigure(none.start(), none.end(1), none.start(), numerator=Decimal(0), denominator=base.number)
        sentence.add_exact(share)


def base_for(sentence: Sentence, token: Token, noun: Counted | None) -> Base | None:
    """The base that a count which names none is a share of, if there is one."""
    if not token.is_whole:
        return None
    if _is_all(sentence, token, noun):
        return Base(token.value, noun.noun if noun else "", token.start, token.end)
    is_span = noun is not None and noun.unit in SPANS_OF_TIME
    is_pronoun = noun is None and token.value == 1 and token.is_word and not _stands_for_one(sentence, token)
    recent = sentence.paragraph.recent
    if _may_be_part(token, recent) and _names_recent(sentence, token):
        return recent
    if _may_be_part(token, sentence.base) and not (is_span or is_pronoun):
        return sentence.base
    return _base_of_answers(sentence, token, noun) or _base_among_counts(sentence, token, noun)


def add_numerator(sentence: Sentence, position: int, base: Base, noun: Counted | None) -> int:
    """Adds a count as a share of a base; the two are one figure where they stand close together.

    Returns how many numbers it used up: a percentage in brackets after it belongs to it.
    """
    token = sentence.tokens[position]
    start = token.start
    is_close = len(sentence.low[base.start : token.end].split()) <= _MOST_WORDS
    if base is sentence.base and sentence.is_open:
        if is_close:
            start, sentence.is_open = base.start, False
        else:
            end_base(sentence)
    elif noun is None and is_close and base in sentence.counts and SAID.match(sentence.low, token.end):
        sentence.drop_count(base)
        start = base.start
    sentence.paragraph.recent = Base(token.value, base.noun, token.start, token.end)
    sentence.shared = sentence.paragraph.shared = base
    figure = ProseFigure(start, token.end, token.start, numerator=token.value, denominator=base.number)
    share = sentence.after(position)
    end = share.per_cent_end if share is not None else None
    if share is None or end is None or not sentence.joined(_THEN_SHARE, token.end, share):
        sentence.add(figure)
        return 1
    sentence.add(replace(figure, end=end + sentence.low.startswith(")", end), percent=share.value))
    return 2


def _may_be_part(token: Token, base: Base | None) -> bool:
    return base is not None and token.value <= base.number < _LARGEST_SAMPLE


def _names_recent(sentence: Sentence, token: Token) -> bool:
    """Eight of them; 29 cases, of which 14."""
    before = sentence.before(token, 40)
    return bool(OF_THEM.match(sentence.low, token.end) or ("of " in before and _OF_WHICH.search(before)))


def _stands_for_one(sentence: Sentence, token: Token) -> bool:
    return bool(SAID.match(sentence.low, token.end) or hedge_before(sentence.low, token.start))


def _is_all(sentence: Sentence, token: Token, noun: Counted | None) -> bool:
    """All seven respondents, all five standards."""
    is_sampled = noun is None or noun.unit in _SHARED_UNITS or (noun.is_framework and noun.noun != "question")
    before = sentence.before(token, 30)
    return is_sampled and token.value > 1 and "all " in before and _ALL.search(before) is not None


def _base_of_answers(sentence: Sentence, token: Token, noun: Counted | None) -> Base | None:
    """Ten of 13 respondents agreed, and one did not know; however, only three respondents …"""
    if noun is None:
        shared = sentence.shared
        is_answer = SAID.match(sentence.low, token.end) is not None
    else:
        shared = sentence.paragraph.shared
        is_answer = noun.noun == "respondent" and shared is not None and shared.noun in _ANSWERED
    return shared if is_answer and _may_be_part(token, shared) else None


def _base_among_counts(sentence: Sentence, token: Token, noun: Counted | None) -> Base | None:
    """50 individuals, including two women; 15 women started and 14 completed; four cases …, in only one instance."""
    last = sentence.counts[-1] if sentence.counts else None
    if last is None or not _may_be_part(token, last):
        return None
    if _INCLUDING.search(sentence.before(token, 20)):
        return last
    if noun is None:
        is_done_in = _DONE_IN.search(sentence.before(token, 16)) and _ENDS.match(sentence.low, token.end)
        return last if is_done_in or SAID.match(sentence.low, token.end) else None
    is_alike = noun.noun in _INSTANCES or (noun.noun == last.noun and noun.noun in _SAMPLED)
    is_only = hedge_before(sentence.low, token.start) == "only"
    return last if is_alike and (is_only or _LIMITS.fullmatch(sentence.low, sentence.start, last.start)) else None
