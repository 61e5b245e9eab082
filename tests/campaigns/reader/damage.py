"""Reports with lines lost, doubled, cut, joined, swapped and sprinkled with signs; no figure may change in silence."""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from pdu_inspections.errors import InputError
from pdu_inspections.reader.document import Document, Line
from pdu_inspections.reader.figures import cell_figure
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import SeedRow, Vocabulary
from tests.campaigns.reader.truth import TABLES, Key, figure_key, plain_value

MOST_SECONDS = 60
_JUNK = (*'\t%\u00a09"(²|<\\', "**", "<sup>", "</b>", "100%", "Not provided", "2.2", "&amp;")


@dataclass(frozen=True)
class Damaged:
    """Lines of a damaged report, each with the numbers of the lines it was made of."""

    lines: tuple[str, ...]
    origins: tuple[frozenset[int], ...]


@dataclass
class Ends:
    """How the readings ended."""

    counts: Counter[str] = field(default_factory=Counter)
    changed: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)


def damaged(text: str, chance: random.Random) -> Damaged:
    """A text with up to thirty lines harmed."""
    lines = text.split("\n")
    origins = [frozenset([number]) for number in range(len(lines))]
    for _ in range(chance.choice([1, 3, 10, 30])):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        cut = chance.randrange(len(lines[at]) + 1)
        match chance.randrange(6):
            case 0:
                del lines[at], origins[at]
            case 1:
                lines.insert(at, lines[other])
                origins.insert(at, origins[other])
            case 2:
                lines[at] = lines[at][:cut]
            case 3:
                lines[at] = lines[at][:cut] + chance.choice(_JUNK) + lines[at][cut:]
            case 4:
                lines[at], lines[other] = lines[other], lines[at]
                origins[at], origins[other] = origins[other], origins[at]
            case _:
                lines[at] += lines[other]
                origins[at] |= origins[other]
    return Damaged(tuple(lines), tuple(origins))


def run(texts: Sequence[tuple[str, str]], rounds: int, vocabulary: Vocabulary) -> Ends:
    """Reads damaged copies of reports in turn; texts are names and texts."""
    ends = Ends()
    whole = {name: read(text.split("\n"), vocabulary) for name, text in texts}
    for number in range(rounds):
        name, text = texts[number % len(texts)]
        copy = damaged(text, random.Random(f"{name} {number}"))
        ends.counts["reports"] += 1
        try:
            with _deadline():
                reading = read(copy.lines, vocabulary)
        except InputError:
            ends.counts["refused with a message"] += 1
        except TimeoutError:
            ends.counts["hung"] += 1
        except Exception as error:
            ends.counts["crashed"] += 1
            ends.crashes.append(f"{name} {number}: {type(error).__name__}: {error}")
        else:
            ends.counts["read"] += 1
            silent = list(_changed(whole[name], text.split("\n"), reading, copy, ends.counts))
            ends.counts["with a figure changed in silence"] += bool(silent)
            ends.changed += [f"{name} {number}: {one}" for one in silent]
    return ends


def read(lines: Sequence[str], vocabulary: Vocabulary) -> Reading:
    """A reading of lines that are no file."""
    numbered = tuple(Line(number, line) for number, line in enumerate(lines, 1))
    return read_report(Document("report.txt", "report", "0" * 64, "text", numbered), vocabulary)


@contextmanager
def _deadline() -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _figures(reading: Reading) -> dict[Key, tuple[str, str, SeedRow]]:
    own = reading.rows["inspections"][0]["inspection_id"]
    return {
        figure_key(table, row, own): (table, plain_value(table, row), row)
        for table in TABLES
        for row in reading.rows.get(table, [])
    }


def _changed(
    whole: Reading, lines: Sequence[str], reading: Reading, copy: Damaged, counts: Counter[str]
) -> Iterator[str]:
    """Figures that came out otherwise than they are printed, without a notice about their line or themselves.

    Where the damage hit the very line a figure is printed on, or moved a line that is nothing but a figure, what is
    printed has changed, and reading it is right.
    """
    before = _figures(whole)
    in_any_place = {(_without_place(key, row), value) for key, (_, value, row) in before.items()}
    noticed = {notice.line for notice in reading.notices}
    messages = " ".join(notice.message for notice in reading.notices)
    for key, (_, value, row) in _figures(reading).items():
        counts["figures read"] += 1
        known = before.get(key)
        if (_without_place(key, row), value) in in_any_place:
            continue
        at = int(row["line_number"]) - 1
        is_hit = len(copy.origins[at]) > 1 or copy.lines[at] != lines[min(copy.origins[at])]
        if is_hit or _is_only_a_figure(copy.lines[at], row["as_printed"]):
            counts["figures whose own line was harmed"] += 1
        elif at + 1 in noticed or any(part in messages for part in key[2:] if "." in part):
            counts["figures changed with a notice"] += 1
        else:
            yield f"{'/'.join(key)}: {known[1] if known else 'nothing'} became {value}"


def _without_place(key: Key, row: SeedRow) -> Key:
    """What a figure is of, wherever in the report it is printed: a heading lost moves it to another part."""
    return tuple(part for part in key if part != row.get("place"))


def _is_only_a_figure(line: str, printed: str) -> bool:
    bare = line.strip(" \t*|#.").removeprefix("Rating").strip()
    return bare.startswith(printed) and (cell_figure(bare) is not None or bare == printed)
