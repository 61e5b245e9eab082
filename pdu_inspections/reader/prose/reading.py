"""Reads the prose of a report, paragraph by paragraph and sentence by sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

from pdu_inspections.reader.passages import Passage, join_lines
from pdu_inspections.reader.prose.bases import apply_earlier_base, end_last_base, start_base
from pdu_inspections.reader.prose.context import Surroundings, WordsAround
from pdu_inspections.reader.prose.counts import FRAMEWORK, LIST_MARK, PRONOUN, TIME, ratio_or_money, read_count
from pdu_inspections.reader.prose.implicit_figures import figures_without_numbers, has_span_of_time
from pdu_inspections.reader.prose.paragraphs import (
    IMPRINT,
    QUOTATION,
    RATING_RULE,
    ProseParagraph,
    exemption,
    is_rating_rule,
    prose,
    quotations,
    sentence_spans,
)
from pdu_inspections.reader.prose.results import Candidate, CandidateWords, ProseReading, UnusedNumber
from pdu_inspections.reader.prose.sentence import ParagraphReading, ProseFigure, RejectedNumber, Sentence
from pdu_inspections.reader.prose.shares import SCORE, fraction, part, percentage, x_in_y, x_of_y, x_with_share_of_y
from pdu_inspections.reader.prose.subjects import Subject, clause, subject
from pdu_inspections.reader.prose.tokens import NOT_FIGURES, Token, find_non_figures, lower, numbers
from pdu_inspections.reader.reading import Notice
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.sections import COVER
from pdu_inspections.reader.vocabulary import read_csv

Spans = Sequence[tuple[int, int]]

_NO_FIGURES = NOT_FIGURES | {LIST_MARK, FRAMEWORK, PRONOUN, TIME, IMPRINT, SCORE}
_SHORTEST_CELL = 12
_MOST_NUMBERS = 400
_LONGEST_PARAGRAPH = 20_000
"""A longer paragraph, or one of more numbers, is none that a person wrote: its figures would take ever longer each."""
_READERS = (ratio_or_money, part, percentage, fraction, x_of_y, x_with_share_of_y, x_in_y, start_base, read_count)


def find_figures(report: Report) -> ProseReading:
    """Figures in the running text of a report whose tables and facts have been read."""
    in_tables = {
        int(row["line_number"]) - 1 for rows in report.reading.rows.values() for row in rows if row.get("table_name")
    }
    passages = sorted([*report.prose(), *_cells(report, in_tables)], key=lambda passage: passage.index)
    has_sections = len(report.sections.sections) > 1  # without headings all of it would count as cover
    return read_prose(
        passages, lambda index: report.sections.at(index).title if has_sections else "", in_tables, _sizes(report)
    )


def read_prose(
    passages: Iterable[Passage],
    section_at: Callable[[int], str],
    in_tables: Container[int] = (),
    sizes: Mapping[str, int] | None = None,
) -> ProseReading:
    """Candidates among the paragraphs of a report.

    section_at: title of the section a line stands in, by its index from 0. in_tables: indexes of lines that were read
    as rows of tables. sizes: how many cases, reports and people the inspection looked at, by population.
    """
    reading = ProseReading()
    place = Surroundings("", "", "", "", "", sizes=sizes or {})
    for paragraph in prose(passages):
        if any(piece.line.number - 1 in in_tables for piece in paragraph.passage.pieces):
            continue
        low = lower(paragraph.passage)
        if len(low) > _LONGEST_PARAGRAPH:
            reading.notices.append(_too_long(paragraph, f"{len(low):,} characters", f"{_LONGEST_PARAGRAPH:,}"))
            continue
        tokens = numbers(low)
        if len(tokens) > _MOST_NUMBERS:
            reading.notices.append(_too_long(paragraph, f"{len(tokens):,} numbers", str(_MOST_NUMBERS)))
            continue
        if tokens or has_span_of_time(low):
            section = section_at(paragraph.passage.index)
            if section != COVER:
                place = _next_surroundings(place, paragraph, low, section)
                _read_paragraph(paragraph, section, tokens, place, reading)
    return reading


def _too_long(paragraph: ProseParagraph, found: str, most: str) -> Notice:
    return Notice(
        paragraph.passage.index + 1,
        f"a paragraph of {found} begins here; its figures were not read, for a paragraph has at most {most}",
    )


def _cells(report: Report, in_tables: Container[int]) -> Iterator[Passage]:
    """Cells of tables that hold sentences: explanations in a glossary, progress against recommendations."""
    for index in range(report.sections.contents.stop, len(report.lines)):
        if "\t" not in report.lines[index].text or index in in_tables:
            continue
        row = report.row(index)
        for cell in row.cells if row is not None and row.figure is None else ():
            if len(cell.text.split()) > _SHORTEST_CELL:
                yield join_lines((cell,))


def _sizes(report: Report) -> dict[str, int]:
    """How many each population counts, by the facts that were read."""
    facts = {
        row["fact"]: int(row["value"])
        for row in report.reading.rows.get("inspection_facts", [])
        if row["value"].isdigit()
    }
    bases = read_csv(report.vocabulary.project, "population_bases") if facts else []
    return {
        row["population_id"]: facts[row["fact"]]
        for row in bases
        if row["case_group_id"] == "all" and row["fact"] in facts
    }


def _next_surroundings(place: Surroundings, paragraph: ProseParagraph, low: str, section: str) -> Surroundings:
    """The place of the next paragraph; who was asked holds as long as the heading does."""
    asked = place.asked if place.heading == paragraph.heading else ""
    return Surroundings(low, "", paragraph.heading, paragraph.chapter, section.lower(), asked=asked, sizes=place.sizes)


def _read_paragraph(
    paragraph: ProseParagraph, section: str, tokens: Sequence[Token], place: Surroundings, reading: ProseReading
) -> None:
    passage = paragraph.passage
    read = ParagraphReading(place.paragraph)
    exemption_reason = exemption(paragraph, section)
    possible = _possible_figures(passage.text, exemption_reason, tokens, read)
    spans = list(sentence_spans(passage.text))
    position = 0
    for start, end in spans:
        begun = position
        while position < len(possible) and possible[position].start < end:
            position += 1
        if begun == position:
            continue
        if is_rating_rule(read.low[start:end]):
            read.rejected += [RejectedNumber(token.start, token.end, RATING_RULE) for token in possible[begun:position]]
        else:
            _read_sentence(Sentence(read, start, end, possible[begun:position]))
    if not exemption_reason:
        read.figures += figures_without_numbers(read.low, read.figures)
    read.figures.sort(key=lambda figure: figure.start)
    for figure, about, words in _subjects(place, read.figures, spans):
        at = passage.place(figure.start, figure.end)
        reading.candidates.append(
            Candidate(at.index + 1, at.column, at.as_printed, section, figure, about, words, passage)
        )
    rejected = sorted(read.rejected, key=lambda one: one.start)
    reading.rejected += [_number(passage, one) for one in rejected if one.reason not in _NO_FIGURES]


def _possible_figures(text: str, exemption_reason: str, tokens: Sequence[Token], read: ParagraphReading) -> list[Token]:
    """Numbers that may be figures; those that are none where they stand are noted with the reason."""
    none = find_non_figures(text, read.low, tokens)
    quoted = quotations(text)
    possible = []
    for number, token in enumerate(tokens):
        is_quoted = any(start <= token.start < end for start, end in quoted)
        reason = none.get(number) or exemption_reason or (QUOTATION if is_quoted else "")
        if reason:
            read.rejected.append(RejectedNumber(token.start, token.end, reason))
        else:
            possible.append(token)
    return possible


def _read_sentence(sentence: Sentence) -> None:
    apply_earlier_base(sentence)
    position = 0
    while position < len(sentence.tokens):
        position += next(used for reader in _READERS if (used := reader(sentence, position)))
    end_last_base(sentence)


def _subjects(
    place: Surroundings, figures: Sequence[ProseFigure], spans: Spans
) -> Iterator[tuple[ProseFigure, Subject, CandidateWords]]:
    """What each figure of a paragraph is about, from the words between it and the figures beside it; these words."""
    low = place.paragraph
    starts = [start for start, _ in spans]
    sentence = -1
    for number, figure in enumerate(figures):
        within = max(0, bisect_right(starts, figure.at) - 1)
        start, end = spans[within]
        if within != sentence:
            sentence = within
            place.sentence = low[start:end]
        left = max(start, figures[number - 1].end) if number else start
        right = min(end, figures[number + 1].start) if number + 1 < len(figures) else end
        words = WordsAround(
            low[start : figure.at],
            low[figure.end : end],
            low[left : figure.start],
            low[figure.start : figure.end],
            low[figure.end : right],
        )
        about = subject(figure, words, place)
        near = CandidateWords(
            place.heading, place.sentence, clause(words), words.near_before, words.near, words.near_after
        )
        yield figure, about, near


def _number(passage: Passage, one: RejectedNumber) -> UnusedNumber:
    at = passage.place(one.start, one.end)
    line = next(piece.line for piece in passage.pieces if piece.line.number == at.index + 1)
    return UnusedNumber(at.index + 1, at.column, at.as_printed, one.reason, line.text.strip())
