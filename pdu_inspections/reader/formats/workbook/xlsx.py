"""Sheets of an XLSX file, by way of openpyxl; the only module that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from pdu_inspections.reader.formats.workbook.formats import displayed_value
from pdu_inspections.reader.formats.workbook.sheet import MOST_CELLS, WorkbookSheet


def sheets(file: BufferedReader) -> Iterator[WorkbookSheet]:
    """Visible sheets in order, and one notice of each that is hidden."""
    from openpyxl import load_workbook

    values = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    for number, worksheet in enumerate(values.worksheets):
        sheet = WorkbookSheet(str(worksheet.title))
        if worksheet.sheet_state != "visible":
            sheet.notices.append(f"sheet {sheet.title!r} is hidden: nothing in it was read")
        else:
            _read(sheet, worksheet, formulas.worksheets[number])
        yield sheet


def _read(sheet: WorkbookSheet, values: Any, formulas: Any) -> None:
    for one in (values, formulas):
        one.reset_dimensions()
    for row, own in zip(values.iter_rows(max_row=MOST_CELLS), formulas.iter_rows(max_row=MOST_CELLS), strict=False):
        for cell, source in zip(row, own, strict=False):
            if source.value is None:
                continue
            if cell.value is None:
                sheet.add_notice(source.row, source.column, "is a formula without a stored value: nothing was read")
                continue
            if cell.data_type == "e":
                sheet.add_notice(cell.row, cell.column, f"is an error, {cell.value}")
            if source.data_type == "f" and "[" in str(source.value):
                sheet.add_notice(
                    cell.row, cell.column, "is taken from another workbook; its last stored value was read"
                )
            sheet.add(cell.row, cell.column, displayed_value(cell.value, cell.number_format or ""))
