"""Caseloads and staffing that reports state in sentences, by the figures of their running text."""

from __future__ import annotations

import re

from pdu_inspections.reader.footnotes import NOT_STATED, supplier
from pdu_inspections.reader.frameworks import PDU_SHORT
from pdu_inspections.reader.passages import sentences
from pdu_inspections.reader.prose import Candidate, ProseReading
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.tables.measures import population_of

_ADD_UP = ("caseload_community", "caseload_licence", "caseload_custody")
_OF_BACKGROUND = frozenset(
    {
        *_ADD_UP,
        "caseload_total",
        "caseload_share_of_wider",
        "caseload_custody_offender_management",
        "caseload_women",
        "caseload_ethnic_minority",
    }
)
"""Taken from the background section alone: elsewhere a count may be of another group."""
_ANYWHERE = frozenset({"caseload_share_ethnic_minority", "caseload_share_women", "caseload_unpaid_work"})
_OUTSTANDING = "unpaid_work_outstanding_12_months"
_STAFFING = frozenset(
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
"""What the short form prints in the bullets of its chapter on organisation, having no table of it."""
_GOES_ON = re.compile(r"of th(?:ese|is|ose)\b", re.I)


def read_stated_measures(report: Report, figures: ProseReading) -> None:
    """Caseloads, their parts and shares, and the staffing of the short form: each where it is stated first."""
    background = report.span("background")
    bullets = report.chapter("organisational", "delivery") if report.layout == PDU_SHORT else range(0)
    for candidate in figures.candidates:
        about, index = candidate.subject, candidate.line_number - 1
        if candidate.figure.hedge:
            continue
        if about.measure_id in _STAFFING and index in bullets:
            is_regional = about.measure_id == "sickness_absence_days" and about.population_id == "region"
            population = "region" if is_regional else population_of(about.measure_id)
            _add(report, candidate, "staffing", {"grade_id": about.grade_id, "population_id": population})
        elif about.measure_id == _OUTSTANDING:
            _add(report, candidate, "case_characteristics", {})
        elif about.measure_id in _ANYWHERE or (about.measure_id in _OF_BACKGROUND and index in background):
            population = "region" if about.population_id == "region" else "caseload"
            _add(report, candidate, "caseloads", {"population_id": population})
    _check_sum(report)


def _add(report: Report, candidate: Candidate, table: str, about: dict[str, str]) -> None:
    measure_id, figure = candidate.subject.measure_id, candidate.figure
    if report.has(table, measure_id=measure_id, **about):
        return
    value = figure.percent if figure.value is None else figure.value
    status = {} if table == "caseloads" else {"value_status": "reported"}
    report.add(
        table,
        candidate.passage.place(figure.start, figure.end),
        measure_id=measure_id,
        value=f"{value:f}",
        unit=report.vocabulary.measures[measure_id]["unit"],
        supplied_by=_supplier(report, candidate),
        **about,
        **status,
    )


def _supplier(report: Report, candidate: Candidate) -> str:
    """By the figure's own footnote, else by that at the end of its sentence or of the one it goes on from."""
    passage, figure = candidate.passage, candidate.figure
    source = None
    for start, end in sentences(passage.text):
        goes_on = _GOES_ON.match(passage.text, start) is not None
        source = supplier(report.suppliers, passage.marks(end - 1, end)) or (source if goes_on else None)
        if start <= figure.start < end:
            break
    return supplier(report.suppliers, passage.marks(figure.start, figure.end)) or source or NOT_STATED


def _check_sum(report: Report) -> None:
    """A notice where the parts of a caseload do not sum to it."""
    own = {
        row["measure_id"]: row for row in report.reading.rows.get("caseloads", []) if row["population_id"] == "caseload"
    }
    if not {"caseload_total", *_ADD_UP} <= own.keys():
        return
    parts = sum(int(own[measure]["value"]) for measure in _ADD_UP)
    if parts != int(own["caseload_total"]["value"]):
        index = int(own["caseload_total"]["line_number"]) - 1
        report.notice(index, f"the parts of the caseload sum to {parts}, not to {own['caseload_total']['as_printed']}")
