"""Shares: percentages, shares in words, x of y, x in y. Each reader returns how many numbers it used up, 0 for none."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pdu_inspections.reader.prose.bases import ARTICLES, OF_THEM, SAID
from pdu_inspections.reader.prose.sentence import Base, ProseFigure, Sentence
from pdu_inspections.reader.prose.tokens import Kind, Token
from pdu_inspections.reader.prose.units import OTHER, counted

SCORE = "score"

_ABOUT = r"(?:or\s+|about\s+|around\s+|nearly\s+|almost\s+|just\s+over\s+|just\s+under\s+)*"
_WORDS = r"(?:\s+[a-z][a-z'/-]*)"
_JOINING = r"(?:,?\s+(?!(?:and|but|or|while|which|who|was|were|had)\b)[a-z][a-z'/-]*)"
_OF = re.compile(
    rf"{_JOINING}{{0,4}}?,?\s+\(?(?:(?:out\s+)?of|from)\s+{ARTICLES}"
    rf"|{_JOINING}{{0,12}}?,?\s+(?:from|against)\s+an?\s+(?:planned|full|target)\s+{ARTICLES}"
)
_OF_ALL = re.compile(rf"\s+of\s+{ARTICLES}")
_IN = re.compile(r"\s+in\s+(?:every\s+)?")
_RANGE = re.compile(r"\s+(?:to|or)\s+|\s?-\s?")
_BETWEEN = re.compile(r"\bbetween\s+$")
_BETWEEN_RANGE = re.compile(r"\s+and\s+")
_THEN_SHARE = re.compile(rf"{_WORDS}{{0,8}}?\s*(?:\(|\s-\s|,?\s+or\s+){_ABOUT}")
_THEN_COUNT = re.compile(rf"{_WORDS}{{0,6}}?\s*(?:\(|,|\s-\s)\s*{_ABOUT}")
_IN_BRACKETS = re.compile(rf"\s*\({_ABOUT}")
_BRACKET_OF = re.compile(rf"\s?\)\s+(?:out\s+)?of\s+{ARTICLES}")
_CLOSING = re.compile(r"\s?\)")
_MEMBER = re.compile(r"\b(?:is|was|are|as|being|be|remains|became)\s+$")
_ALL_BUT = re.compile(r"\ball\s+but\s+$")
_SCORE = re.compile(r"\bscor(?:e|es|ed|ing)\b")
_FROM = re.compile(r"\bfrom\b(?!\s+an?\s+(?:planned|full|target)\b)")
_ROSE = re.compile(r"\b(?:ris|rose|increas|grow|grew|up|down|fall|fell|decreas|reduc|drop|mov|chang)[a-z]*\b[^.;,]*$")
_OF_RESPONDENTS = re.compile(r"\s+of\s+(?:the\s+|these\s+|those\s+|all\s+)?respondents\b")
_ASKED = re.compile(r"\b(?:interviewed|surveyed|consulted|asked|spoke|heard|responses|interviews)\b")

_NO_SHARE = re.compile(r"\s+(?:an?\s+(?:day|hour|mile|dozen|year)|days?|hours?|terms?|way|time|yearly|price)\b")
_CHANGE_AFTER = re.compile(
    r"\s+(?:(?:point|overall|further)\s+)?"
    r"(?:decrease|increase|reduction|rise|fall|drop|growth|uplift|improvement|decline)\b"
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:increase|decrease|reduction|rise|fall|drop|growth|decline)\s+in\s+[a-z\s]{1,40}:\s*$"
    r"|\b(?:increas|decreas|reduc|improv|declin|ris|fall|drop|grow|up|down|rose|fell|grew)[a-z]*\s+(?:of|by)\s+"
    r"(?:about\s+|around\s+|over\s+|almost\s+|nearly\s+|an?\s+|just\s+)*$"
)
_SURVEY_DESIGN = re.compile(r"confidence\s+(?:level|interval)|margin\s+of\s+error")
_TOOL = re.compile(r"workload\s+(?:management|measurement)\b|\bwmt\b")
_OF_STAFF = re.compile(r"\s+of\s+(?:[a-z]+\s+){0,2}(?:staff|practitioners|officers|pos|psos)\b")
_OF_CAPACITY = re.compile(r"(?:\s+of)?(?:\s+[a-z]+){0,3}\s+capacity\b")
_AT = re.compile(r"\b(?:at|is|are|was|were|averaged)\s+$")


def percentage(sentence: Sentence, position: int) -> int:
    """44 per cent; 34 per cent (10 of 29); 50 per cent of the 32 cases; 20 to 30 per cent."""
    token = sentence.tokens[position]
    end = token.per_cent_end
    if end is None:
        return _lower_end(sentence, position)
    figure = _share(sentence, token, end)
    following, third = sentence.after(position), sentence.after(position + 1)
    if figure.percent is not None and following is not None and following.is_whole:
        if third is not None and sentence.joined(_THEN_COUNT, end, following) and _is_of(sentence, following, third):
            closed = _closed(sentence, third.end)
            sentence.add(replace(figure, end=closed, numerator=following.value, denominator=third.value))
            return 3
        if _is_base(sentence, end, following):
            sentence.add(replace(figure, denominator=following.value))
            return 2
    sentence.add(figure)
    return 1


def fraction(sentence: Sentence, position: int) -> int:
    """Two thirds; half of the 32 cases; a third of cases (33 per cent), which are two figures."""
    token, following = sentence.tokens[position], sentence.after(position)
    if token.kind is not Kind.FRACTION:
        return 0
    if _NO_SHARE.match(sentence.low, token.end):
        sentence.skip(token, "span of time")
        return 1
    figure = ProseFigure(token.start, token.end, token.start, percent=token.value)
    if following is not None and _is_base(sentence, token.end, following):
        sentence.add(replace(figure, end=following.end, denominator=following.value))
        return 2
    percent_end = following.per_cent_end if following is not None else None
    if following is not None and percent_end is not None and sentence.joined(_THEN_SHARE, token.end, following):
        sentence.add(figure)
        sentence.add_exact(ProseFigure(following.start, percent_end, following.start, percent=following.value))
        return 2
    sentence.add(replace(figure, denominator=_base(sentence, token.end)))
    return 1


def part(sentence: Sentence, position: int) -> int:
    """9/13."""
    token = sentence.tokens[position]
    if token.kind is not Kind.PART:
        return 0
    if _SCORE.search(sentence.text):
        sentence.skip(token, SCORE)
    else:
        sentence.add(ProseFigure(token.start, token.end, token.start, numerator=token.value, denominator=token.of))
    return 1


def x_of_y(sentence: Sentence, position: int) -> int:
    """Nine of 13; 10 out of 29 cases (34 per cent); all but one of the 37; one of nine PDUs, which counts PDUs."""
    token, following = sentence.tokens[position], sentence.after(position)
    if following is None or not _is_of(sentence, token, following) or _SCORE.search(sentence.before(token, 20)):
        return 0
    noun = counted(sentence.low, following.end)
    if token.value == 1 and _MEMBER.search(sentence.before(token, 12)):
        unit = noun.unit if noun else OTHER
        sentence.add(ProseFigure(following.start, following.end, following.start, value=following.value, unit=unit))
        return 2
    numerator, start = token.value, token.start
    except_for = _ALL_BUT.search(sentence.low, max(sentence.start, start - 10), start)
    if except_for is not None:
        numerator, start = following.value - token.value, except_for.start()
    name = noun.noun if noun else ""
    sentence.shared = sentence.paragraph.shared = Base(following.value, name, following.start, following.end)
    sentence.paragraph.recent = Base(numerator, name, token.start, token.end)
    end = _closed(sentence, following.end) if "(" in sentence.low[start : following.end] else following.end
    figure = ProseFigure(start, end, token.start, numerator=numerator, denominator=following.value)
    third = sentence.after(position + 1)
    percent_end = third.per_cent_end if third is not None else None
    if third is not None and percent_end is not None and sentence.joined(_THEN_SHARE, following.end, third):
        sentence.add(replace(figure, end=_closed(sentence, percent_end), percent=third.value))
        return 3
    sentence.add(figure)
    return 2


def x_with_share_of_y(sentence: Sentence, position: int) -> int:
    """Seven (54 per cent) of the 13."""
    token, share, whole = sentence.tokens[position], sentence.after(position), sentence.after(position + 1)
    if share is None or whole is None or not (token.is_whole and whole.is_whole and token.value <= whole.value):
        return 0
    end = share.per_cent_end
    if end is None or not sentence.joined(_IN_BRACKETS, token.end, share):
        return 0
    if not sentence.joined(_BRACKET_OF, end, whole):
        return 0
    figure = ProseFigure(token.start, whole.end, token.start, numerator=token.value, denominator=whole.value)
    sentence.add(replace(figure, percent=share.value))
    return 3


def x_in_y(sentence: Sentence, position: int) -> int:
    """One in five, nine in ten: a share in words."""
    token, following = sentence.tokens[position], sentence.after(position)
    if following is None or not (token.is_whole and following.is_whole and 0 < token.value < following.value <= 10):
        return 0
    if not sentence.joined(_IN, token.end, following) or following.per_cent_end is not None:
        return 0
    percent = round(100 * token.value / following.value, 2)
    sentence.add(ProseFigure(token.start, following.end, token.start, percent=percent))
    return 2


def is_survey_design(text: str) -> bool:
    """Whether a text is about how sure a sample makes one."""
    return _SURVEY_DESIGN.search(text) is not None


def _lower_end(sentence: Sentence, position: int) -> int:
    """The 20 of 20 to 30 per cent, between 20 and 30 per cent."""
    token, following = sentence.tokens[position], sentence.after(position)
    if token.kind is not Kind.NUMBER or following is None or following.per_cent_end is None:
        return 0
    is_between = _BETWEEN.search(sentence.before(token, 12)) is not None
    if not sentence.joined(_BETWEEN_RANGE if is_between else _RANGE, token.end, following):
        return 0
    sentence.add(_share(sentence, token, token.end))
    return 1


def _share(sentence: Sentence, token: Token, end: int) -> ProseFigure:
    """A printed percentage: a share, or else a change, a workload or a margin, which are values."""
    figure = ProseFigure(token.start, end, token.start)
    if _is_workload(sentence, token, end):
        return replace(figure, value=token.value, unit="per_cent_of_capacity")
    is_change = _CHANGE_AFTER.match(sentence.low, end) or _CHANGE_BEFORE.search(sentence.before(token, 60))
    is_points = sentence.low.startswith("percentage", token.end + 1)
    if is_change or is_points or token.value > 100 or is_survey_design(sentence.text):
        return replace(figure, value=token.value, unit="per_cent")
    return replace(figure, percent=token.value, denominator=_base(sentence, end))


def _is_workload(sentence: Sentence, token: Token, end: int) -> bool:
    """Whether a percentage is workload against capacity, which goes beyond 100."""
    if _OF_CAPACITY.match(sentence.low, end):
        return True
    if _TOOL.search(sentence.text) and "vacan" not in sentence.text and not _OF_STAFF.match(sentence.low, end):
        return True
    if token.value > 100:
        return "workload" in sentence.text or sentence.is_about("per_cent_of_capacity")
    return _AT.search(sentence.before(token, 16)) is not None and sentence.is_about("per_cent_of_capacity")


def _base(sentence: Sentence, end: int) -> Decimal | None:
    """What the share that ends here is of: `of these`, `Of the 44 …, half`, `We interviewed 19 …; half said`."""
    paragraph = sentence.paragraph
    if OF_THEM.match(sentence.low, end) and paragraph.recent is not None:
        return paragraph.recent.number
    if _OF_RESPONDENTS.match(sentence.low, end) and paragraph.shared is not None:
        return paragraph.shared.number
    if sentence.base is not None:
        sentence.is_open = False
        return sentence.base.number
    last = sentence.counts[-1] if sentence.counts else None
    if last is not None and SAID.match(sentence.low, end) and _ASKED.search(sentence.low, sentence.start, last.start):
        return last.number
    return None


def _is_base(sentence: Sentence, end: int, token: Token) -> bool:
    """Whether the share that ends here is of the number that follows: of the 32 cases."""
    if not token.is_whole or token.value < 2 or token.per_cent_end is not None:
        return False
    return sentence.joined(_OF_ALL, end, token)


def _is_of(sentence: Sentence, left: Token, right: Token) -> bool:
    if not (left.is_whole and right.is_whole and left.value <= right.value and right.value > 1):
        return False
    if right.per_cent_end is not None or not sentence.joined(_OF, left.end, right):
        return False
    is_from = _FROM.search(sentence.low, left.end, right.start) is not None
    return not (is_from and _ROSE.search(sentence.before(left, 60)))


def _closed(sentence: Sentence, end: int) -> int:
    """The end with the closing bracket after it."""
    found = _CLOSING.match(sentence.low, end)
    return found.end() if found else end
