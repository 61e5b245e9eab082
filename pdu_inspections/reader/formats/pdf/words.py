"""Putting lines that were broken for width together again, and what the wording says about where a row ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]$")
_JOINING = re.compile(r"\S[-\u2010\u2011\u2013]$")
_LEAST_BREAKS = 3
_INDENT = 30.0
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]*⁰¹²³⁴⁵⁶⁷⁸⁹\s]*$")
_QUESTION_END = re.compile(r"[?][\s*⁰¹²³⁴⁵⁶⁷⁸⁹]*$|\*\s*$|%$")
_OPEN_END = re.compile(
    r"(?:[,(/\u2013-]|\b(?:a|an|and|any|are|as|at|by|can|do|does|for|from|has|have|in|into|is|its|may|not|of|on|or|"
    r"other|s|such|than|that|the|their|this|to|was|were|where|which|who|will|with))$"
)
_CODE = re.compile(r"^\W*(?:(?:[A-Z]\s?)?\d\.\d|[A-D]\d\b|[A-Z]{3,} [A-Z]\b)")
_ONLY_FLAGS = re.compile(r"^[\s*⁰¹²³⁴⁵⁶⁷⁸⁹.,?;:)\]”’\"']+$")
_RATING = re.compile(r"^(?:outstanding|good|requires improvement|inadequate)[\s☆⁰¹²³⁴⁵⁶⁷⁸⁹]*$", re.IGNORECASE)
_FIGURE = re.compile(
    r"^[<>~≥≤£]?\d[\d,.]*\s?(?:%|per(?:\s?cent)?|days?|weeks?|months?|years?)?[\s⁰¹²³⁴⁵⁶⁷⁸⁹]*$|^(?:not \w+|n/?a)\W*$",
    re.IGNORECASE,
)


class Lexicon:
    """Words of a document, to tell a hyphen that breaks a word from one that belongs to it."""

    def __init__(self, lines: Iterable[Sequence[tuple[float, str]]]) -> None:
        """lines: for each printed line, where its pieces begin and what they say."""
        self._known: Counter[str] = Counter()
        breaks: list[tuple[str, str]] = []
        broken: list[tuple[float, str]] = []
        for line in lines:
            ended: list[tuple[float, str]] = []
            for x0, text in line:
                found = _WORD.findall(text.casefold())
                above = next((word for at, word in broken if abs(at - x0) <= _INDENT), None)
                if above is not None and found and text[:1].islower():
                    breaks.append((above, found.pop(0)))
                if found and _HYPHEN.search(text):
                    ended.append((x0, found.pop()))
                self._known.update(found)
            broken = ended
        votes = [self._is_broken(*pair) for pair in breaks]
        self._is_hyphenated = votes.count(True) > max(_LEAST_BREAKS, votes.count(False))

    def _is_broken(self, first: str, second: str) -> bool | None:
        """Whether two parts make one word without a hyphen; None where the document does not tell."""
        whole, text_lines_left = self._known[first.rpartition("-")[2] + second], self._known[f"{first}-{second}"]
        return None if whole == text_lines_left else whole > text_lines_left

    def join(self, before: str, after: str) -> str:
        """Two parts of a text, the second from the next line, as one."""
        if not before or not after:
            return before + after
        if not _JOINING.search(before):
            return f"{before} {after}"
        first, second = _WORD.findall(before.casefold())[-1:], _WORD.findall(after.casefold())[:1]
        if not (_HYPHEN.search(before) and first and second and after[:1].islower()):
            return before + after
        is_broken = self._is_broken(first[0], second[0])
        if is_broken is None:
            are_words = self._known[first[0]] > 0 and self._known[second[0]] > 0
            is_broken = self._is_hyphenated and not are_words
        return before[:-1] + after if is_broken else before + after


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, or words that stand for one."""
    return _FIGURE.match(text.strip()) is not None


def is_value(text: str) -> bool:
    """Whether a cell holds a figure or a rating."""
    return is_figure(text) or _RATING.match(text.strip()) is not None


def is_terminal(text: str) -> bool:
    """Whether a text ends as a sentence or a lead-in does."""
    return _TERMINAL.search(text) is not None


def ends_question(text: str) -> bool:
    """Whether a label ends as questions and their flags do."""
    return _QUESTION_END.search(text) is not None


def is_left_open(text: str) -> bool:
    """Whether a text breaks off: after a comma, a hyphen, or a word that never ends a label."""
    return _OPEN_END.search(text) is not None


def begins_lower(text: str) -> bool:
    """Whether the first letter of a text is a small one, with nothing but quotes before it."""
    return text.lstrip("'\"‘“(")[:1].islower()


def begins_coded(text: str) -> bool:
    """Whether a text begins with a number of a standard or the code of a criterion."""
    return _CODE.match(text) is not None


def is_only_flags(text: str) -> bool:
    """Whether a text is nothing but flags, footnote marks or the punctuation that ends a label."""
    return _ONLY_FLAGS.match(text) is not None
