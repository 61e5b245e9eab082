"""WordsAround around a figure that move it: almost, over, only, or more."""

from __future__ import annotations

import re

_BEFORE = {
    "almost": "almost, nearly, just under, close to, slightly under, slightly less than, a little under, "
    "a little less than, slightly fewer than, just below, just less than, just short of, virtually, approaching",
    "less_than": "less than, fewer than, under, below, lower than, not even",
    "just_over": "just over, a little over, slightly more than, slightly over, a little more than, marginally over, "
    "just above, just more than, slightly above, little more than",
    "over": "over, more than, above, in excess of, greater than, exceeding, upwards of, higher than, well over",
    "at_least": "at least, no fewer than, no less than, not less than, a minimum of, minimum of",
    "up_to": "up to, at most, no more than, not more than, a maximum of, maximum of, as many as",
    "about": "about, around, approximately, roughly, circa, approx, some, in the region of, an estimated, estimated, "
    "broadly",
    "only": "only, just, merely, a mere, as few as, as little as, limited to",
}
_HEDGES = {phrase: hedge for hedge, phrases in _BEFORE.items() for phrase in phrases.split(", ")}
_LAST_WORDS = frozenset(phrase.rpartition(" ")[2] for phrase in _HEDGES)
_LONGEST = max(len(phrase.split()) for phrase in _HEDGES)
_DURING = frozenset({"over", "some"})
_FILLERS = frozenset({"a", "an", "the", "in", "for", "by", "at"})
_BREAK = re.compile(r".*(?:[.;:,()!?]|\s-\s)", re.DOTALL)
_WORD = re.compile(r"[a-z]+")
_DISTANT_ONLY = re.compile(r"\b(?:only|just)\s+(?:[a-z]+\s+){1,3}(?:in|by|for|at|with)\s+(?:the\s+)?$")
_AFTER = re.compile(
    r"(?:\s+[a-z]+){0,2}?(?:"
    r"(?P<at_least>\s+or\s+(?:more|over|above|higher|longer|greater)\b|\s+and\s+(?:over|above)\b|\s?\+)"
    r"|(?P<up_to>\s+or\s+(?:less|fewer|under|lower)\b|\s+at\s+most\b|\s+maximum\b)"
    r"|(?P<about>\s+or\s+(?:so|thereabouts)\b))"
)
_LOOK_BACK = 60


def hedge_before(low: str, at: int, is_span_of_time: bool = False) -> str:
    """Hedge of the words right before a figure (text in lower case), or an empty string.

    `over` before a span of time mostly means during, so it is no hedge there.
    """
    start = max(0, at - _LOOK_BACK)
    broken = _BREAK.match(low, start, at)
    clause = low[broken.end() if broken else start : at]
    words = _WORD.findall(clause)
    while words:
        if words[-1] in _LAST_WORDS:
            for length in range(min(_LONGEST, len(words)), 0, -1):
                hedge = _HEDGES.get(" ".join(words[-length:]))
                if hedge:
                    return "" if is_span_of_time and length == 1 and words[-1] in _DURING else hedge
        if words[-1] not in _FILLERS:
            break
        words.pop()
    return "only" if _DISTANT_ONLY.search(clause) else ""


def hedge_after(low: str, at: int) -> str:
    """Hedge of the words right after a figure (or more, or so), or an empty string."""
    found = _AFTER.match(low, at)
    return found.lastgroup or "" if found else ""
