"""Reads one report from its lines to rows."""

from __future__ import annotations

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.cover import read_document, read_inspection, read_original_inspection
from pdu_inspections.reader.document import Document
from pdu_inspections.reader.frameworks import CRC, PDU_SHORT, check_is_report, layout_of, settle_framework
from pdu_inspections.reader.inspected_body import find_cover
from pdu_inspections.reader.prose import TABLE, ProseReading, candidate_rows, figure_lines, find_figures
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.standard_headings import standard_headings
from pdu_inspections.reader.tables.caseloads import read_caseloads
from pdu_inspections.reader.tables.checks import check_figures, check_score
from pdu_inspections.reader.tables.contextual_facts import read_contextual_facts
from pdu_inspections.reader.tables.criteria import CriterionScores
from pdu_inspections.reader.tables.inspection_facts import (
    fieldwork_phrases,
    fieldwork_year,
    publication_year,
    read_counts,
    read_dates,
)
from pdu_inspections.reader.tables.measures import MeasureTables
from pdu_inspections.reader.tables.questions import QuestionTables
from pdu_inspections.reader.tables.ratings import read_bands, read_discretions, read_ratings
from pdu_inspections.reader.tables.recommendations import read_progress, read_recommendations
from pdu_inspections.reader.tables.staffing_bullets import read_staffing_bullets
from pdu_inspections.reader.unplaced_lines import find_unplaced_lines
from pdu_inspections.reader.vocabulary import Vocabulary


def read_report(source: Document, vocabulary: Vocabulary, framework: str | None = None) -> Reading:
    """Everything found in a report. framework: the one a person names, where the report leaves several open.

    Raises InputError where it is no report, names no body, or does not tell its framework.
    """
    check_is_report(source)
    report = Report(source, vocabulary)
    cover = find_cover(report)
    fieldwork = fieldwork_phrases(report)
    year = fieldwork_year(fieldwork) or publication_year(report)
    if year is None:
        raise InputError(
            Problem(
                source.name,
                "prints no date of fieldwork or publication",
                expected="a month and year on the cover (of a workbook: on its first sheet)",
                action="check that the cover is in the file",
            )
        )
    settled = settle_framework(report, cover, str(fieldwork[0][0].date) if fieldwork else str(year), framework)
    report.framework_id, report.layout = settled.framework_id, layout_of(report, settled, cover)
    report.reading.layout = report.layout
    for notice in source.notices:
        report.notice(None, notice)
    for title in report.sections.missing:
        report.notice(None, f"the contents list {title!r}, but no such heading was found")
    read_inspection(report, cover, year)
    read_document(report, cover)
    read_dates(report, fieldwork)
    read_counts(report)
    if cover.is_follow_up:
        original_id = read_original_inspection(report)
        CriterionScores(report, original_id).read()
        if original_id is not None:
            read_recommendations(report, original_id)
    else:
        _read_standards_report(report)
    figures = ProseReading() if report.is_workbook else find_figures(report)
    if report.layout == PDU_SHORT:
        read_staffing_bullets(report, figures)
    check_figures(report)
    report.reading.unplaced_lines = find_unplaced_lines(report)
    _propose_figures(report, figures)
    for rows in report.reading.rows.values():
        rows.sort(key=lambda row: (int(row["line_number"]), int(row["column_number"])))
    return report.reading


def _propose_figures(report: Report, found: ProseReading) -> None:
    """Figures of running text: what is proposed as a row, and what is not."""
    reading = report.reading
    reading.notices += found.notices
    reading.candidates, reading.evidence = candidate_rows(report, found)
    placed = {unplaced.line for unplaced in reading.unplaced_lines}
    lines = figure_lines(found, {**reading.rows, TABLE: reading.candidates})
    reading.unplaced_numbers = [line for line in lines if line.line not in placed]


def _read_standards_report(report: Report) -> None:
    """Reports that rate standards: PDU and CRC."""
    headings = standard_headings(report)
    read_ratings(report, headings)
    check_score(report)
    read_discretions(report)
    read_bands(report)
    QuestionTables(report, headings).read()
    if report.is_workbook:
        MeasureTables(report).read()
        return
    read_recommendations(report)
    if report.span("contextual", "facts") or report.layout == CRC:
        read_contextual_facts(report, headings)
        return
    MeasureTables(report).read()
    read_caseloads(report)
    read_progress(report)
