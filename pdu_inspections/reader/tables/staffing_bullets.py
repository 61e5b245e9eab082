"""Staffing figures of the short form, which stand in the bullets of its chapter on organisation."""

from __future__ import annotations

from pdu_inspections.reader.footnotes import NOT_STATED, supplier
from pdu_inspections.reader.passages import sentences
from pdu_inspections.reader.prose import Candidate, ProseReading
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.tables.measures import population_of

_MEASURES = frozenset(
    {
        "vacancy_rate",
        "workload_measurement_average",
        "workload_unmanageable",
        "attrition_rate",
        "sickness_absence_days",
        "workforce_ethnic_minority",
        "workforce_female",
    }
)


def read_staffing_bullets(report: Report, figures: ProseReading) -> None:
    """Vacancies, workload, sickness and make-up of the workforce, each at the first bullet that prints it.

    figures: those of the report's running text. One with a hedge or a base of its own waits for a person instead.
    """
    bullets = report.chapter("organisational", "delivery")
    for candidate in figures.candidates:
        about, figure = candidate.subject, candidate.figure
        is_plain = not figure.hedge and figure.numerator is None and figure.denominator is None
        if not is_plain or about.measure_id not in _MEASURES or candidate.line_number - 1 not in bullets:
            continue
        is_regional = about.measure_id == "sickness_absence_days" and about.population_id == "region"
        key = {
            "measure_id": about.measure_id,
            "grade_id": about.grade_id,
            "population_id": "region" if is_regional else population_of(about.measure_id),
        }
        if not report.has("staffing", **key):
            report.add(
                "staffing",
                candidate.passage.place(figure.start, figure.end),
                table_name="",
                row_number=None,
                value=f"{figure.percent if figure.value is None else figure.value:f}",
                unit=report.vocabulary.measures[about.measure_id]["unit"],
                value_status="reported",
                supplied_by=_supplier(report, candidate),
                **key,
            )


def _supplier(report: Report, candidate: Candidate) -> str:
    """By the first footnote mark from the figure to the end of its sentence."""
    passage, start = candidate.passage, candidate.figure.start
    end = next(end for begin, end in sentences(passage.text) if begin <= start < end)
    return supplier(report.suppliers, passage.marks(start, end)) or NOT_STATED
