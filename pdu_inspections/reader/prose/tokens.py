"""Numbers in running text, in digits or words, and the ones that are no figures: dates, ages, codes, times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pdu_inspections.reader.dates import MONTH
from pdu_inspections.reader.figures import DIGITS, PER_CENT, WORD_NUMBER, plain_number
from pdu_inspections.reader.passages import Passage

_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES["dozen"] = 12
_ROUND_WORDS = {"none": 0, "dozen": 12, "hundred": 100}
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred dozen none"
)


def _any_of(words: Iterable[str]) -> str:
    """A pattern of these words that looks at each character once."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    branches = [head + (_any_of(rest) if any(rest) else "") for head, rest in sorted(tails.items()) if head]
    pattern = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{pattern})?" if "" in tails else pattern


_WORDS = "|".join([*_NUMBER_WORDS.split(), *_PARTS, *(f"{part}s" for part in _PARTS if part[0] != "h")])
_ATOM = re.compile(rf"(?<![a-z0-9])(?:[0-9]|(?:{_WORDS})\b)")
_NUMBER = re.compile(
    r"(?P<ratio>\d{1,3}:\d{1,3}(?![\d:]))|(?P<part_of>\d{1,3}/\d{1,3}(?![\d/]))"
    rf"|(?P<digits>{DIGITS})(?:\s?(?P<digit_scale>million|billion|thousand|bn|m|k)\b)?(?!\w|[.,:/]\d)(?P<half_after_digits>\s+and\s+a\s+half\b)?"
    r"|(?P<fraction>(?:(?P<count>one|two|three|four|five|six|seven|eight|nine)[\s-]+)?(?P<part>halves|half"
    r"|(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?))\b(?!-)"
    rf"|(?P<words>{WORD_NUMBER}|hundred|dozen|none)(?:\s+(?P<word_scale>hundred|thousand|million|dozen))?\b"
    rf"(?:(?<=hundred)\s+and\s+(?P<rest>{WORD_NUMBER})\b)?(?P<half_after_words>\s+and\s+a\s+half\b)?"
)
_ARTICLE = re.compile(r"\b(?:an?|another)[\s-]+$")
_AFTER_PART = re.compile(
    r"\s*(?:[.,;:()?!']|$)"
    r"|\s+(?:of|the|all|our|these|those|their|its|as|in|on|at|to|who|that|which|more|less|fewer|not|and|or|than|because|but|with"
    r"|ha[ds]|have|was|were|is|are|being|did|do|does|would|could|should|said|say|told|thought|think|felt|feel|believed|reported"
    r"|stated|agreed|described|found|considered|responded|received|needed|showed|lacked|came|come|took|take|made|make|left|held|saw"
    r"|do|does|may|might|still|now|also|either|neither|never|only|just|rated|did|want|wanted|[a-z]+ed)\b"
)
_HEDGED = re.compile(r"\b(?:over|than|under|nearly|almost|about|around|approximately|roughly|just|only|some)\s+$")
_MONTH = re.compile(rf"\s+(?:of\s+)?{MONTH}")
_AFTER_MONTH = re.compile(rf"\b{MONTH}\s+$")
_AFTER = re.compile(
    r"(?P<age>[\s-]+(?:years?|months?)[\s-]+(?:olds?\b|of\s+age\b))"
    r"|(?P<time>\s?(?:[ap]m\b|[ap]\.m\.|o'clock))"
    r"|(?P<compound>-(?!\s|(?:day|week|month|year|mile|bed)s?\b|\d)|'s\b)"
)
_JOIN = re.compile(r"\s*(?:,|,?\s(?:and|or|to)\s|&|[-])\s*")
_CODED = (
    "annex annexe annexes appendix table tables figure figures chart charts chapter chapters section sections "
    "page pages paragraph paragraphs standard standards question questions level levels tier tiers domain domains "
    "part parts stage stages phase phases step steps tranche wave version volume recommendation recommendations "
    "priority priorities objective objectives criterion criteria article articles rule rules regulation "
    "regulations schedule schedules clause clauses pillar pillars band bands pathway room floor unit number type "
    "grade category metric layer module week day month year top act pp p no nos para paras"
)
_CODES = frozenset(_CODED.split())
_ABBREVIATED = frozenset({"pp", "p", "no", "nos", "para", "paras"})
_AGES = frozenset({"age", "aged", "ages"})
_BOUNDS = frozenset({"of", "between", "over", "under", "from"})
_NOT_ONE = frozenset({"any", "every", "each", "this", "which", "another", "such", "no"})
_NOT_HALF = frozenset({"first", "second", "latter", "other", "each", "every"})
_COUNTED = re.compile(r"\s+(?:cases|people|individuals|referrals|orders|hours|staff|women|men)\b")
_PER_CENT = re.compile(rf"{PER_CENT}|\s+percentage\s+points?\b")
_LOOK_BACK = 30

NOT_FIGURES = frozenset({"date", "code", "age", "time", "compound", "idiom"})
"""What a number can be that is no figure."""


class Kind(Enum):
    """What a number in running text is printed as."""

    NUMBER = "number"
    FRACTION = "fraction"
    RATIO = "ratio"
    PART = "part"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Token:
    """A number of a text: its span and value (of a fraction: its share in per cent; of a part such as 9/13: the 9).

    is_whole: whether it can count things. per_cent_end: where the words `per cent` end that follow it, if they do.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal
    is_word: bool
    of: Decimal | None = None
    is_whole: bool = False
    per_cent_end: int | None = None


def lower(passage: Passage) -> str:
    """A paragraph in lower case, character for character: what grows in lower case stays as it is."""
    text, low = passage.text, passage.folded
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def numbers(low: str) -> list[Token]:
    """Every number of a text (in lower case) in order, whatever it stands for."""
    tokens: list[Token] = []
    end = 0
    for atom in _ATOM.finditer(low):
        if atom.start() < end:
            continue
        found = _NUMBER.match(low, atom.start())
        if found is None:
            end = _end_of_run(low, atom.start())
            continue
        end = found.end()
        if _is_inside_word(low, found):
            end = _end_of_run(low, atom.start())
            continue
        token = _fraction(low, found) if found["fraction"] else _number(low, found)
        if token is not None:
            tokens.append(token)
    return tokens


def find_non_figures(text: str, low: str, tokens: Sequence[Token]) -> dict[int, str]:
    """Which of the tokens (by position) are no figures for certain, and what they are instead."""
    reasons = {number: reason for number, token in enumerate(tokens) if (reason := _reason(text, low, token))}
    for number in range(len(tokens) - 2, -1, -1):  # 01 and 07 November, aged 18 to 25: what is joined to a date is one
        reason = reasons.get(number + 1)
        if reason in ("date", "age") and number not in reasons and _joined(low, tokens[number], tokens[number + 1]):
            are_days = _is_day(tokens[number]) and _is_day(tokens[number + 1])
            if are_days or reason == "age":
                reasons[number] = reason
    for number in range(1, len(tokens)):  # levels 2 and 3, 2018-19, aged 18 to 25
        reason = reasons.get(number - 1)
        if (
            reason in ("date", "code", "age")
            and number not in reasons
            and _joined(low, tokens[number - 1], tokens[number])
        ):
            is_short_year = tokens[number - 1].value >= 1800 and tokens[number].end - tokens[number].start == 2
            if is_short_year if reason == "date" else tokens[number].per_cent_end is None:
                reasons[number] = reason
    return reasons


def _end_of_run(low: str, start: int) -> int:
    """Where the characters end that stick to a number that is none: a code, a part of an address."""
    end = start
    while end < len(low) and not low[end].isspace():
        end += 1
    return end


def _is_inside_word(low: str, found: re.Match[str]) -> bool:
    """Whether a number is a part of something longer: Covid-19, M3, 2.2.3, one-to-one, www.site.org/5."""
    before = low[max(0, found.start() - 2) : found.start()]
    if not before:
        return False
    if before[-1] in "_./:,#@=&" and not (before[-1] in ",:" and before[:1].isspace()):
        return True
    return before[-1] == "-" and before[:1].isalpha()


def _number(low: str, found: re.Match[str]) -> Token | None:
    start, end = found.span()
    if found["ratio"]:
        left, right = found["ratio"].split(":")
        return Token(start, end, Kind.RATIO, Decimal(left) / Decimal(right), False) if int(right) else None
    if found["part_of"]:
        part, whole = map(Decimal, found["part_of"].split("/"))
        return Token(start, end, Kind.PART, part, False, whole) if 0 < part <= whole else None
    printed = found["digits"] or found["words"]
    value = Decimal(_ROUND_WORDS[printed] if printed in _ROUND_WORDS else plain_number(printed))
    scale = found["digit_scale"] or found["word_scale"]
    if scale:
        value *= _SCALES[scale]
        value = value.to_integral_value() if value == value.to_integral_value() else value
    if found["rest"]:
        value += Decimal(plain_number(found["rest"]))
    if found["half_after_digits"] or found["half_after_words"]:
        value += Decimal("0.5")
    if printed in ("dozen", "hundred"):
        start = _with_article(low, start)
    if start and low[start - 1] == "£":
        return Token(start - 1, end, Kind.MONEY, value, False)
    per_cent = _PER_CENT.match(low, end)
    is_whole = value == value.to_integral_value()
    per_cent_end = per_cent.end() if per_cent else None
    return Token(start, end, Kind.NUMBER, value, not found["digits"], None, is_whole, per_cent_end)


def _fraction(low: str, found: re.Match[str]) -> Token | None:
    """A share in words; third, quarter … alone are ordinals or times of the year."""
    part, start, end = found["part"], found.start(), found.end()
    is_half = part in ("half", "halves")
    if not found["count"]:
        start = _with_article(low, start)
    if start == found.start("part") and not is_half:
        return None
    is_certain = is_half or found["count"] or _HEDGED.search(low, max(0, start - 15), start)
    if not is_certain and not _AFTER_PART.match(low, end):
        return None
    many = int(plain_number(found["count"])) if found["count"] else 1
    into = _PARTS[part] if is_half else _PARTS[part.removesuffix("s")]
    if many >= into:
        return None
    return Token(start, end, Kind.FRACTION, round(Decimal(100 * many) / into, 2), True)


def _with_article(low: str, start: int) -> int:
    article = _ARTICLE.search(low, max(0, start - 10), start)
    return article.start() if article else start


def _reason(text: str, low: str, token: Token) -> str | None:
    after = _AFTER.match(low, token.end)
    if after is not None:
        return after.lastgroup
    if _is_date(text, low, token):
        return "date"
    return None if token.per_cent_end is not None else _reason_before(low, token)


def _reason_before(low: str, token: Token) -> str | None:
    """What the word before a number makes of it: annexe one, aged between 18, another half."""
    before = low[max(0, token.start - _LOOK_BACK) : token.start].rstrip(" -")
    is_abbreviated = before.endswith(".")
    words = before.rstrip(".").split()
    while words and words[-1] in _BOUNDS:
        words.pop()
        if words and words[-1] in _AGES:
            return "age"
    word = words[-1].lstrip("(['\"*_") if words else ""
    if word in _CODES:
        return "code" if not is_abbreviated or word in _ABBREVIATED else None
    if word in _AGES:
        return "age"
    is_idiom = word in (_NOT_HALF if token.kind is Kind.FRACTION else _NOT_ONE if token.value == 1 else ())
    return "idiom" if is_idiom and not is_abbreviated else None


def _is_date(text: str, low: str, token: Token) -> bool:
    if token.is_word:
        return False
    if low[token.start : token.end].isdigit() and 1800 <= token.value < 2100 and token.end - token.start == 4:
        return not _COUNTED.match(low, token.end)
    if token.value > 31 or not token.is_whole:
        return False
    if _MONTH.match(text, token.end):
        return True
    is_after_month = _AFTER_MONTH.search(text, max(0, token.start - _LOOK_BACK), token.start) is not None
    return is_after_month and re.match(r"\s*[,.;)]|\s+\d{4}\b", low[token.end : token.end + 6]) is not None


def _is_day(token: Token) -> bool:
    return not token.is_word and token.is_whole and token.value <= 31


def _joined(low: str, left: Token, right: Token) -> bool:
    return _JOIN.fullmatch(low, left.end, right.start) is not None
