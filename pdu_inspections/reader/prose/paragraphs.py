"""Which paragraphs are the report's own prose, and which of their numbers are somebody else's.

Headings, quotations, practice examples and the rules of rating hold numbers too; they are no figures about the
inspected body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pdu_inspections.reader.passages import Passage

IMPRINT = "imprint"
QUOTATION = "quotation"
PRACTICE_EXAMPLE = "practice example"
FIGURE_PAGE = "page of figures"
RATING_RULE = "rule of rating"

_BULLET = re.compile(r"\s*(?:[-•▪●*▣]\s+|\([a-z\d]{1,3}\)\s+)+")
_NUMBERED = re.compile(r"\s*\(?\d{1,2}[.)]\s+")
_AFTER_SENTENCE = " \t*_\"')]0123456789"
_SENTENCE_ENDS = frozenset(".!;:,")
_BOX = re.compile(
    r"\W*(?:(?:(?:good|poor|effective|best|notable|positive|promising|innovative)\s+)?practice\s+(?:example|illustration)s?\b"
    r"|(?:good|effective|notable|poor|best)\s+practice\W*$|case\s+(?:study|studies|example|illustration)s?\b"
    r"|examples?\s+of\s+(?:good|effective|poor|notable)\s+practice\b)"
)
_SHARE = re.compile(r"\d\s?%|\b(?:per cent|half of|out of)\b", re.IGNORECASE)
_OWN_VOICE = re.compile(
    r"\d\s?%|\bper\s+cent\b|\bcases\s+we\b|\binspected\s+cases\b|\b\w+\s+(?:out\s+)?of\s+(?:the\s+)?\d+\b"
)
_QUOTATION = re.compile(r"\"[^\"]*(?:\"|$)|(?:(?<=[\s(:])|^)'(?=\w)(?:[^'\n]|'(?=\w)){25,}?[.!?,]'(?!\w)")
_RATING_RULE = re.compile(
    r"\bjudged\s+to\s+be\s+sufficient\b|\bto\s+score\s+an?\s+\W?outstanding|\bkey\s+question\s+level\b"
    r"|\bthen\s+(?:the\s+rating|a\s+rating|we\s+rate)\b|\bdecision\s+rule\b"
)
_IMPRINT = re.compile(r"\bISBN\b|\b[A-Z]{1,2}\d[\dA-Z]?\s+\d[A-Z]{2}\b|©")
_SENTENCE = re.compile(r"[.!?](?P<gap>[*_\"')\]]*\s+)(?=[*_(\[]*[A-Z\d\"'•])")
_FIGURE_PAGES = frozenset({"contextual facts", "key facts", "summary of ratings", "ratings"})
_LONGEST_HEADING = 12
_LONGEST_BOX = 3
_CHAPTER = re.compile(r"[#*_\s]*\d\.\s?(?:\d\.?)?\s*\S|[#*_\s]*annexe?\b")
_SHORTEST_QUOTATION = 25
_LONGEST_IMPRINT = 400
_SHORTEST_LEAD = 10


@dataclass(frozen=True, slots=True)
class ProseParagraph:
    """A paragraph of prose, and whether it is a practice example; the heading and the numbered heading it stands under,
    both in lower case."""

    passage: Passage
    heading: str
    chapter: str
    is_example: bool


def prose(passages: Iterable[Passage]) -> Iterator[ProseParagraph]:
    """The paragraphs that are sentences, in order."""
    heading = chapter = ""
    boxed = 0
    for passage in passages:
        if is_heading(passage.text):
            heading = passage.folded
            chapter = heading if _CHAPTER.match(heading) else chapter
            boxed = _LONGEST_BOX if _BOX.match(heading) else 0
            continue
        if boxed and _OWN_VOICE.search(passage.folded):
            boxed = 0
        yield ProseParagraph(passage, heading, chapter, boxed > 0)
        boxed -= boxed > 0


def is_heading(text: str) -> bool:
    """Whether a paragraph is a heading, a label or a line of a table rather than sentences."""
    stripped = text.strip()
    if stripped.startswith(("#", "|")):
        return True
    if len(stripped.split(maxsplit=_LONGEST_HEADING)) > _LONGEST_HEADING:
        return False
    ends_sentence = stripped.rstrip(_AFTER_SENTENCE)[-1:] in _SENTENCE_ENDS
    return not (ends_sentence or _BULLET.match(stripped) or _SHARE.search(stripped, _SHORTEST_LEAD))


def exemption(paragraph: ProseParagraph, section: str) -> str:
    """Why none of a paragraph's numbers is a figure; empty where some may be."""
    text = paragraph.passage.text
    if paragraph.is_example:
        return PRACTICE_EXAMPLE
    if section.lower().strip() in _FIGURE_PAGES:
        return FIGURE_PAGE
    if len(text) < _LONGEST_IMPRINT and _IMPRINT.search(text):
        return IMPRINT
    is_opened = text.lstrip(" *_>-")[:1] in ("'", '"')
    return QUOTATION if is_opened and 2 * sum(end - start for start, end in quotations(text)) > len(text) else ""


def is_rating_rule(low: str) -> bool:
    """Whether a sentence (in lower case) says how ratings are made."""
    return _RATING_RULE.search(low) is not None


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans of what somebody else is quoted as saying; quoted words and titles are too short for it."""
    if '"' not in text and "'" not in text:
        return []
    return [found.span() for found in _QUOTATION.finditer(text) if found.end() - found.start() > _SHORTEST_QUOTATION]


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, the mark of a list left out; a sentence may begin with a number."""
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    numbered = _NUMBERED.match(text, start)
    start = numbered.end() if numbered else start
    for found in _SENTENCE.finditer(text, start):
        yield start, found.start("gap")
        start = found.end()
    yield start, len(text)
