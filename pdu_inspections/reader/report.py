"""One report while it is being read: its lines, sections and vocabulary, and what has been found so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pdu_inspections.reader.columns import Body
from pdu_inspections.reader.document import Document, LineKind
from pdu_inspections.reader.footnotes import find_note_marks, find_sunken_marks, find_suppliers
from pdu_inspections.reader.passages import Passage, begins_item, join_lines
from pdu_inspections.reader.reading import Notice, Proposal, Reading, printed_value
from pdu_inspections.reader.running_lines import find_running_lines
from pdu_inspections.reader.sections import Sections, find_sections, is_rule, may_be_standard_heading, sheet_sections
from pdu_inspections.reader.table_rows import LabelledRow, TableRows, without_mark
from pdu_inspections.reader.text import CleanText, PrintedPlace, clean_text, normalise
from pdu_inspections.reader.vocabulary import Match, SeedRow, Vocabulary

_ONLY_TAGS = re.compile(r"\s*(?:</?[A-Za-z][^<>]*>\s*)+")
_FULL_LINE = 60
_CLOSING = " \u00a0*_)\"'”’"
_SENTENCE_ENDS = frozenset(".!?:;")


class Report:
    """Lines, sections and vocabulary of the report being read, and the reading being made."""

    def __init__(self, source: Document, vocabulary: Vocabulary, layout: str = "", framework_id: str = "") -> None:
        self.source = source
        self.lines = source.lines
        self.vocabulary = vocabulary
        self.layout = layout
        self.framework_id = framework_id
        self.reading = Reading(source.document_id, source.name, layout)
        self.used: set[int] = set()
        self.inspection_id = ""
        self.body = Body()
        self._cleaned: dict[int, CleanText] = {}
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

    def label_text(self, index: int) -> str:
        """The line at index as a label, without a footnote mark that ends it."""
        return without_mark(self.clean(index).text, self.note_marks)

    def is_blank(self, index: int) -> bool:
        """Whether the line at index is empty, only drawn, or a running head."""
        return self._blank[index]

    @cached_property
    def _blank(self) -> list[bool]:
        return [
            index in self.running_lines
            or is_rule(line.text)
            or (line.text[-1:] == ">" and _ONLY_TAGS.fullmatch(line.text) is not None)
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

    @cached_property
    def table_rows(self) -> TableRows:
        """Rows of the tables, their columns settled."""
        sunken = find_sunken_marks(self.lines)
        return TableRows(self.lines, self.is_blank, self._ends_table, self.body, self.note_marks, sunken)

    def row(self, index: int) -> LabelledRow | None:
        """The line as a table row, or None where it looks like none."""
        return self.table_rows.row(index)

    def _ends_table(self, index: int) -> bool:
        """Whether a section or a standard begins at a line, so that no table goes on across it."""
        line = self.lines[index]
        is_heading = line.kind is LineKind.HEADING or line.text.startswith("#")
        return is_heading or index in self._section_starts or may_be_standard_heading(line.text)

    @cached_property
    def _section_starts(self) -> frozenset[int]:
        return frozenset(section.start for section in self.sections.sections)

    @cached_property
    def suppliers(self) -> dict[str, str]:
        """Supplier by the mark of each footnote that names one."""
        return find_suppliers(self.lines)

    @cached_property
    def note_marks(self) -> frozenset[str]:
        """Marks of the report's footnotes."""
        return find_note_marks(self.lines)

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
            if block and (is_row or begins_item(text) or (breaks and not self._continues(block[-1], breaks, text))):
                yield join_lines(tuple(self.clean(i) for i in block))
                block = []
            breaks = []
            if not is_row:
                block.append(index)
        if block:
            yield join_lines(tuple(self.clean(i) for i in block))

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
        at: PrintedPlace,
        /,
        *,
        table_name: str = "",
        row_number: int | None = None,
        inspection_id: str = "",
        **values: str,
    ) -> bool:
        """Adds a row with its provenance; the first place wins where one fact is printed twice.

        Returns whether the row is new. A second place that prints another value is reported.
        """
        line = self.lines[at.index]
        section = self.sections.at(at.index)
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
            "column_number": str(at.column),
            **values,
            "as_printed": at.as_printed,
        }
        contract = self.vocabulary.contract[table]
        row = {name: row.get(name, "") for name in contract.column_names}
        self.used.add(at.index)
        identity = tuple(row[name] for name in contract.key)
        known = self._keys.setdefault(table, {}).get(identity)
        if known is not None:
            self._compare(table, known, row)
            return False
        self._keys[table][identity] = row
        if (position := line.place_of(at.column)) is not None:
            self.reading.positions[row["line_number"], row["column_number"]] = position
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
