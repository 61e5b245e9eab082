"""Figures of others beside the body's own: all units inspected, the region, a target, a previous inspection."""

from __future__ import annotations

from pdu_inspections.reader.report import Report
from pdu_inspections.reader.table_rows import LabelledRow

TABLE = "comparators"


def add_comparators(
    report: Report, row: LabelledRow, figure_table: str, unit: str, table_name: str, row_number: int, **subject: str
) -> None:
    """Adds the comparators of a row. figure_table: the table of the body's own figure; subject: its question, or its
    measure and grade."""
    for comparator_id, (cell, figure) in ((one, (found.cell, found.figure)) for one, found in row.comparators):
        report.add(
            TABLE,
            cell.place(figure.start, figure.end),
            table_name=table_name,
            row_number=row_number,
            figure_table=figure_table,
            comparator_id=comparator_id,
            value=figure.value,
            unit=figure.unit or unit,
            value_status=figure.status,
            **subject,
        )
