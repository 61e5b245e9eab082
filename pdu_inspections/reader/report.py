"""One report while it is being read: its lines, sections and vocabulary, and what has been found so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.figures import CellFigure, cell_figure, is_column_head, trailing_figure
from pdu_inspections.reader.running_lines import find_running_lines
from pdu_inspections.reader.sections import Sections, find_sections, is_rule, sheet_sections
from pdu_inspections.reader.text import SUPERSCRIPTS, CleanText, clean_text, normalise, plain_punctuation
from pdu_inspections.reader.vocabulary import Match, SeedRow, Vocabulary

_ITEM = re.compile(rf"\s*(?:[-\u2010\u2011–•▪●◦■*▣]\s|\d{{1,2}}[.)]\s|#|<sup>|[{SUPERSCRIPTS}])")
_PIPE = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_TAG_CELL = re.compile(r"<t[dh](?:\s[^<>]*)?>(.*?)(?=</t[dh]>|<t[dh][\s>]|</tr>|$)", re.I)
_ONLY_TAGS = re.compile(r"\s*(?:</?[A-Za-z][^<>]*>\s*)+$")
_FULL_LINE = 60
_LONGEST_TABLE = 80
_LONGEST_HEAD = 120
_CLOSING = " \u00a0*_)\"'”’"
_SENTENCE_ENDS = frozenset(".!?:;")
_SENTENCE = re.compile(r"[.!?;](?P<gap>\s+)(?=[A-Z•‘'\"“])|(?P<line>\n)")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should look at; line counts from 1, 0 where there is none."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording no vocabulary knows, proposed as a row for a person to accept."""

    vocabulary: str
    proposed_id: str
    wording: str
    line: int
    closest_id: str = ""
    closest_wording: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class UnplacedLine:
    """A line that looks like part of a table, or holds a figure beside one, and went nowhere."""

    line: int
    text: str
    has_figure: bool


@dataclass
class Reading:
    """What was found in one report."""

    document_id: str
    name: str
    layout: str
    rows: dict[str, list[SeedRow]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    unplaced_lines: list[UnplacedLine] = field(default_factory=list)
    candidates: list[SeedRow] = field(default_factory=list)
    """Figures of running text, proposed as rows of reported_figures."""
    places: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    """Places on the page of the figures of a PDF, or cells of those of a workbook, by line and column number."""
    unplaced_numbers: list[UnplacedLine] = field(default_factory=list)
    """Lines of running text with a number that is neither in a row nor a candidate."""

    def counts(self) -> dict[str, int]:
        """Rows found by table."""
        return {table: len(rows) for table, rows in self.rows.items() if rows}


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A line as a row: its label, and the figure in its last cell where there is one.

    is_separated: by a tab, a bar or several spaces; is_tabbed: by a tab or a bar, which no sentence has.
    """

    index: int
    label: str
    cells: tuple[CleanText, ...]
    figure: CellFigure | None
    value: CleanText | None
    is_separated: bool
    is_tabbed: bool

    @property
    def is_bare(self) -> bool:
        """Whether the row has a value cell with nothing in it: a heading, not a zero."""
        return self.is_separated and not self.cells[-1].text.strip()


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A figure found in running text: its line index, column and the text printed there."""

    index: int
    column: int
    as_printed: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: wrapped lines put together, with the way back to each line.

    text is to match patterns on: dashes are hyphens and quotes are straight; folded is that in lower case. printed is
    the same as it is printed.
    """

    text: str
    folded: str
    printed: str
    starts: tuple[int, ...]
    pieces: tuple[CleanText, ...]

    @property
    def index(self) -> int:
        """Index of its first line."""
        return self.pieces[0].line.number - 1

    def place(self, start: int, end: int) -> PrintedPlace:
        """Where the characters from start to end are printed; what runs over a line break is cut at the break."""
        number = max(i for i, at in enumerate(self.starts) if at <= start)
        piece, at = self.pieces[number], self.starts[number]
        column, printed = piece.printed(start - at, min(end - at, len(piece.text)))
        return PrintedPlace(piece.line.number - 1, column, printed.rstrip())

    def marks(self, start: int, end: int) -> list[str]:
        """Footnote marks that stick to the characters from start to end, the mark right after the end included."""
        return [
            mark.number
            for at, piece in zip(self.starts, self.pieces, strict=True)
            for mark in piece.marks
            if start < at + mark.at <= end
        ]


class Report:
    """Lines, sections and vocabulary of the report being read, and the reading being made."""

    def __init__(self, source: Document, vocabulary: Vocabulary, layout: str, framework_id: str) -> None:
        self.source = source
        self.lines = source.lines
        self.vocabulary = vocabulary
        self.layout = layout
        self.framework_id = framework_id
        self.reading = Reading(source.document_id, source.name, layout)
        self.used: set[int] = set()
        self.inspection_id = ""
        self.body_names: tuple[str, ...] = ()
        self._cleaned: dict[int, CleanText] = {}
        self._rows: dict[int, LabelledRow | None] = {}
        self.suppliers: dict[str, str] | None = None
        self._prose: list[Passage] | None = None
        self._keys: dict[str, dict[tuple[str, ...], SeedRow]] = {}

    # ------------------------------------------------------------------ what is printed

    @cached_property
    def sections(self) -> Sections:
        """Sections by the contents list; the sheets of a workbook."""
        return sheet_sections(self.source.sheets) if self.is_workbook else find_sections(self.lines)

    @property
    def is_workbook(self) -> bool:
        """Whether this is a data workbook: tables of results without the chapters of a report."""
        return bool(self.source.sheets)

    def clean(self, index: int) -> CleanText:
        """The line at index without markup."""
        if index not in self._cleaned:
            self._cleaned[index] = clean_text(self.lines[index])
        return self._cleaned[index]

    def is_blank(self, index: int) -> bool:
        """Whether the line at index is empty, only drawn, or a running head."""
        return self._blank[index]

    @cached_property
    def _blank(self) -> list[bool]:
        return [
            index in self.running_lines or is_rule(line.text) or (line.text[-1:] == ">" and _is_only_tags(line.text))
            for index, line in enumerate(self.lines)
        ]

    @cached_property
    def running_lines(self) -> frozenset[int]:
        """Indexes of running heads and page numbers."""
        return find_running_lines(self.lines)

    def span(self, *words: str) -> range:
        """Lines of the first section whose title has all of these words; empty where there is none."""
        sections = self.sections.sections
        for number, section in enumerate(sections):
            if set(words) <= set(normalise(section.title).split()):
                end = sections[number + 1].start if number + 1 < len(sections) else len(self.lines)
                return range(section.start, end)
        return range(0)

    def chapter(self, *words: str) -> range:
        """Like span, with the sections numbered below it (1. and 1.1., 1.2., …) included."""
        span = self.span(*words)
        if not span:
            return span
        title = normalise(self.sections.at(span.start).title)
        number = title.split()[0]
        if not number.isdigit():
            return span
        end = span.stop
        for section in self.sections.sections:
            if section.start >= end and normalise(section.title).startswith(f"{number} "):
                end = self.section_end(section.start)
        return range(span.start, end)

    def section_end(self, index: int) -> int:
        """Index of the first line after the section a line stands in."""
        return next((s.start for s in self.sections.sections if s.start > index), len(self.lines))

    def place(self, index: int) -> str:
        """Where in the report a rating or key question stands: summary, chapter or results."""
        title = normalise(self.sections.at(index).title)
        if title.startswith(("annex ", "annexe ", "appendix ")):
            return "results"
        if "ratings" in title.split():
            return "summary"
        return "results" if self.is_workbook else "chapter"

    def row(self, index: int) -> LabelledRow | None:
        """The line as a table row, or None where it looks like none."""
        if index not in self._rows:
            self._rows[index] = self._as_row(index)
        return self._rows[index]

    def _as_row(self, index: int) -> LabelledRow | None:
        line = self.lines[index]
        text = line.text
        if is_rule(text):
            return None
        bounds = cell_bounds(text)
        if len(bounds) < 2:
            return self._untabbed_row(index)
        cells = tuple(clean_text(line, start, end) for start, end in bounds)
        figures = _last_figures(cells)
        at = self._value_column(index, figures)
        labels = cells[: min(figures)] if at is not None else cells
        label = " ".join(" ".join(cell.text for cell in labels).split())
        figure, value = (figures[at], cells[at]) if at is not None else (None, None)
        return LabelledRow(index, label, cells, figure, value, True, True)

    def _value_column(self, index: int, figures: dict[int, CellFigure]) -> int | None:
        """Which of a row's figures is its value: the only one, the only percentage, or the one below 'Yes'."""
        if len(figures) < 2:
            return next(iter(figures), None)
        shares = [at for at, figure in figures.items() if figure.unit == "per_cent"]
        if len(shares) == 1:
            return shares[0]
        at = self._yes_column(index)
        return at if at in figures else None

    def _yes_column(self, index: int) -> int | None:
        """The cell that heads a column of percentages, in the nearest line above that has one."""
        for above in range(index - 1, max(index - _LONGEST_TABLE, -1), -1):
            text = self.lines[above].text
            if not text or len(text) > _LONGEST_HEAD:
                continue
            cells = [clean_text(self.lines[above], start, end).text for start, end in cell_bounds(text)]
            heads = [at for at, cell in enumerate(cells) if at and is_column_head(cell)]
            if heads:
                return heads[0] if len(heads) == 1 else None
        return None

    def _untabbed_row(self, index: int) -> LabelledRow | None:
        text = self.lines[index].text
        if len(text) > 400 or (not text.rstrip(" .;*>")[-1:].isalnum() and not text.rstrip(" .;*>").endswith("%")):
            return None
        cleaned = self.clean(index)
        start = trailing_figure(cleaned.text)
        if start is None:
            return None
        raw = cleaned.raw_at(start)
        value = clean_text(self.lines[index], raw)
        figure = cell_figure(value.text)
        lead = cleaned.text[:start].rstrip(" .·…_")
        label = " ".join(lead.split())
        gap = text[:raw][len(text[:raw].rstrip(" \u00a0.·…_")) :]
        is_set_off = bool(lead) and (gap.strip(".") != " " if len(gap) > 1 else gap == "…")
        return (
            LabelledRow(index, label, (clean_text(self.lines[index], 0, raw), value), figure, value, is_set_off, False)
            if figure
            else None
        )

    def passages(self, lines: range) -> Iterator[Passage]:
        """Paragraphs among these lines; list items stand alone, rows of tables are left out.

        A paragraph goes on after a page break where its last line ends no sentence and the next begins none.
        """
        block: list[int] = []
        breaks: list[int] = []
        for index in lines:
            if self.is_blank(index):
                breaks.append(index)
                continue
            text = self.lines[index].text
            is_row = "\t" in text
            if block and (is_row or _begins_item(text) or (breaks and not self._continues(block[-1], breaks, text))):
                yield as_passage(tuple(self.clean(i) for i in block))
                block = []
            breaks = []
            if not is_row:
                block.append(index)
        if block:
            yield as_passage(tuple(self.clean(i) for i in block))

    def _continues(self, last: int, breaks: list[int], text: str) -> bool:
        """Whether a paragraph goes on after a break: in mid-sentence, or in a full line before a running head."""
        is_page_break = not self.running_lines.isdisjoint(breaks) and len(self.lines[last].text) >= _FULL_LINE
        if not is_page_break and not text.lstrip()[:1].islower():
            return False
        return self.clean(last).text.rstrip(_CLOSING)[-1:] not in _SENTENCE_ENDS

    def prose(self) -> list[Passage]:
        """Every paragraph of the report after its contents list."""
        if self._prose is None:
            self._prose = list(self.passages(range(self.sections.contents.stop, len(self.lines))))
        return self._prose

    # ------------------------------------------------------------------ what is found

    def add(
        self,
        table: str,
        index: int,
        column: int,
        as_printed: str,
        *,
        table_name: str = "",
        row_number: int | None = None,
        inspection_id: str = "",
        **values: str,
    ) -> bool:
        """Adds a row with its provenance; the first place wins where one fact is printed twice.

        Returns whether the row is new. A second place that prints another value is reported.
        """
        line = self.lines[index]
        section = self.sections.at(index)
        page = str(line.page) if line.page else ""
        row = {
            "inspection_id": inspection_id or self.inspection_id,
            "document_id": self.source.document_id,
            "section": section.title,
            "page_from": page or section.page_from,
            "page_to": page or section.page_to,
            "table_name": table_name,
            "row_number": str(row_number) if row_number else "",
            "line_number": str(line.number),
            "column_number": str(column),
            **values,
            "as_printed": as_printed,
        }
        contract = self.vocabulary.contract[table]
        row = {name: row.get(name, "") for name in contract.column_names}
        self.used.add(index)
        identity = tuple(row[name] for name in contract.key)
        known = self._keys.setdefault(table, {}).get(identity)
        if known is not None:
            self._compare(table, known, row)
            return False
        self._keys[table][identity] = row
        if (place := line.place_of(column)) is not None:
            self.reading.places[row["line_number"], row["column_number"]] = place
        self.reading.rows.setdefault(table, []).append(row)
        return True

    def _compare(self, table: str, known: SeedRow, row: SeedRow) -> None:
        if printed_value(known) != printed_value(row):
            self.notice(
                int(row["line_number"]) - 1,
                f"{table}: {row['as_printed']!r} differs from {known['as_printed']!r} in line {known['line_number']}, "
                f"which stands for the same figure and was kept",
            )

    def has(self, table: str, **values: str) -> bool:
        """Whether a row with these values was found."""
        return any(
            all(row[name] == value for name, value in values.items()) for row in self.reading.rows.get(table, [])
        )

    def notice(self, index: int | None, message: str) -> None:
        """Tells the person who reads something about a line, or about the report."""
        self.reading.notices.append(Notice(0 if index is None else self.lines[index].number, message))

    def propose(
        self, vocabulary: str, proposed_id: str, wording: str, index: int, closest: Match | None = None
    ) -> None:
        """Proposes a row of a vocabulary for a wording it does not have."""
        number = self.lines[index].number
        known = (closest.id, closest.wording, round(closest.score, 2)) if closest else ("", "", 0.0)
        self.reading.proposals.append(Proposal(vocabulary, proposed_id, wording, number, *known))


def as_passage(pieces: tuple[CleanText, ...]) -> Passage:
    """Pieces of lines put together, a space between them."""
    texts = [piece.text.rstrip() for piece in pieces]
    printed = " ".join(texts)
    lengths = (len(text) + 1 for text in texts[:-1])
    text = plain_punctuation(printed)
    return Passage(text, text.lower(), printed, tuple(accumulate(lengths, initial=0)), pieces)


def printed_value(row: SeedRow) -> str:
    """What a row says, free of where and in which form it is printed."""
    return (
        row.get("value")
        or row.get("rating_id")
        or row.get("organisation_id")
        or normalise(row["as_printed"]).removesuffix("%").strip()
    )


def slug(wording: str, most_words: int = 8) -> str:
    """An id made of the first words of a wording."""
    return "_".join(normalise(wording).split()[:most_words])


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a paragraph."""
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, found.start(found.lastgroup or 0)
        start = found.end()
    yield start, len(text)


def _is_only_tags(text: str) -> bool:
    return _ONLY_TAGS.match(text) is not None


def _last_figures(cells: tuple[CleanText, ...]) -> dict[int, CellFigure]:
    """The figures a row ends in, by cell; the first cell is its label."""
    found: dict[int, CellFigure] = {}
    for at in range(len(cells) - 1, 0, -1):
        figure = cell_figure(cells[at].text)
        if figure is not None:
            found[at] = figure
        elif cells[at].text.strip():
            break
    return dict(sorted(found.items()))


def _begins_item(text: str) -> bool:
    return _ITEM.match(text) is not None


def cell_bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of a line's cells: between tabs, tags, bars, or runs of three spaces or more."""
    start, end = 0, len(text)
    if "<t" in text and len(cells := [found.span(1) for found in _TAG_CELL.finditer(text)]) > 1:
        return cells
    if "\t" in text:
        breaks = [(at, at + 1) for at, char in enumerate(text) if char == "\t"]
    elif text.lstrip().startswith("|") or " | " in text:
        start, end = len(text) - len(text.lstrip(" |")), len(text.rstrip())
        end -= text[:end].endswith("|")
        breaks = [found.span() for found in _PIPE.finditer(text) if start <= found.start() < end]
    elif "   " in text:
        breaks = [found.span() for found in _GAP.finditer(text)]
    else:
        return [(start, end)]
    starts, ends = [start, *(after for _, after in breaks)], [*(before for before, _ in breaks), end]
    return list(zip(starts, ends, strict=True))
