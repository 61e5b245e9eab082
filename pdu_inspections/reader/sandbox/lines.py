"""Lines of a text form as records between child and parent, each with the places its pieces stand at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.sandbox.job import Record

_LONGEST_LINE = 200_000


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line as it stands in the file: where it begins in the line's text, its page, and its place there.

    x, y: points from the left and from the top of a PDF's page; column and row from 1 of a workbook's sheet.
    """

    at: int
    page: int
    x: float
    y: float


def line_record(text: str, fragments: Iterable[Fragment]) -> Record:
    """A line as a record."""
    return {"text": text, "at": [[one.at, one.page, one.x, one.y] for one in fragments]}


def lines_of(path: Path, records: Iterable[Record]) -> Iterator[tuple[str, tuple[Fragment, ...]]]:
    """Lines of a child's records, each checked. Raises InputError where one is not what a job writes."""
    for record in records:
        text, places = record.get("text"), record.get("at")
        if not isinstance(text, str) or len(text) > _LONGEST_LINE or not isinstance(places, list):
            raise _broken(path)
        if any(not char.isprintable() and char != "\t" for char in text) and not _is_harmless(text):
            raise _broken(path)
        yield text, tuple(_fragment(path, place, len(text)) for place in places)


def _is_harmless(text: str) -> bool:
    """Whether what does not print in a text is no control character."""
    return all(char.isprintable() or char == "\t" or ord(char) > 0x9F for char in text)


def _fragment(path: Path, place: object, length: int) -> Fragment:
    if not isinstance(place, list) or len(place) != 4 or not all(isinstance(part, (int, float)) for part in place):
        raise _broken(path)
    at, page, x, y = place
    if not (isinstance(at, int) and isinstance(page, int) and 0 <= at <= length and 1 <= page < 10_000):
        raise _broken(path)
    return Fragment(at, page, float(x), float(y))


def _broken(path: Path) -> InputError:
    return InputError(Problem(str(path), "cannot be parsed", found="the parser's output is not what it should be"))
