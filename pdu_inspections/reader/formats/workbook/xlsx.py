"""Sheets of an XLSX file: values by way of openpyxl, and what a sheet hides or merges from its own XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Any

from lxml import etree

from pdu_inspections.reader.formats.workbook.formats import displayed_value
from pdu_inspections.reader.formats.workbook.sheet import MOST_CELLS, WorkbookSheet, column_name

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MOST_COLUMNS = 16_384
_MOST_MERGED = 5_000
_MOST_COVERED = 2_000


@dataclass
class _Layout:
    """Rows and columns that a sheet hides, spans of merged cells by their first cell, the cells these cover, and the
    sheet's last row."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0


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
            _read(sheet, worksheet, formulas.worksheets[number], _layout(values, worksheet))
        yield sheet


def _layout(workbook: Any, worksheet: Any) -> _Layout:
    from openpyxl.utils.cell import range_boundaries

    found = _Layout()
    with workbook._archive.open(worksheet._worksheet_path) as part:
        tags = tuple(f"{_MAIN}{name}" for name in ("col", "row", "mergeCell"))
        for _, element in etree.iterparse(part, events=("end",), tag=tags, resolve_entities=False, no_network=True):
            is_hidden = element.get("hidden") in ("1", "true")
            if element.tag == f"{_MAIN}col" and (is_hidden or element.get("width") == "0"):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                found.columns.update(range(first, min(last, _MOST_COLUMNS) + 1))
            elif element.tag == f"{_MAIN}row":
                row = int(element.get("r") or found.last_row + 1)
                found.last_row = row
                if is_hidden or element.get("ht") == "0":
                    found.rows.add(row)
            elif element.tag == f"{_MAIN}mergeCell" and len(found.spans) < _MOST_MERGED:
                first, top, last, bottom = (bound or 1 for bound in range_boundaries(element.get("ref", "A1")))
                found.spans[top, first] = (last - first + 1, bottom - top + 1)
                if (last - first + 1) * (bottom - top + 1) <= _MOST_COVERED:
                    cells = {(row, column) for row in range(top, bottom + 1) for column in range(first, last + 1)}
                    found.covered |= cells - {(top, first)}
            element.clear()
    return found


def _read(sheet: WorkbookSheet, values: Any, formulas: Any, layout: _Layout) -> None:
    for one in (values, formulas):
        one.reset_dimensions()
    looks: dict[Any, str] = {}
    for row, own in zip(values.iter_rows(max_row=MOST_CELLS), formulas.iter_rows(max_row=MOST_CELLS), strict=False):
        for cell, source in zip(row, own, strict=False):
            if source.value is None:
                continue
            if cell.value is None:
                sheet.add_notice(source.row, source.column, "is a formula without a stored value: nothing was read")
                continue
            text = displayed_value(cell.value, cell.number_format or "")
            why = _why_hidden(cell, layout, looks)
            if why:
                sheet.hide(why, text)
                continue
            if cell.data_type == "e":
                sheet.add_notice(cell.row, cell.column, f"is an error, {cell.value}")
            if source.data_type == "f" and "[" in str(source.value):
                sheet.add_notice(
                    cell.row, cell.column, "is taken from another workbook; its last stored value was read"
                )
            sheet.add(cell.row, cell.column, text, *layout.spans.get((cell.row, cell.column), (1, 1)))
    if layout.last_row > MOST_CELLS:
        sheet.notices.append(
            f"sheet {sheet.title!r} has {layout.last_row:,} rows: those after {MOST_CELLS:,} were not read"
        )


def _why_hidden(cell: Any, layout: _Layout, looks: dict[Any, str]) -> str:
    """Why a person does not see a cell, in words; empty where they do. looks: reasons by style, filled on the way."""
    if cell.column in layout.columns:
        return f"in column {column_name(cell.column)}, which is hidden"
    if (cell.row, cell.column) in layout.covered:
        return "covered by a merged cell"
    if cell.row in layout.rows:
        return "in rows that are hidden"
    if cell._style_id not in looks:
        looks[cell._style_id] = _why_unseen(cell)
    return looks[cell._style_id]


def _why_unseen(cell: Any) -> str:
    if cell.font is not None and cell.font.strike:
        return "struck out"
    if (cell.number_format or "").strip() == ";;;":
        return "with a number format that shows nothing"
    color = cell.font.color if cell.font is not None else None
    is_white = color is not None and color.type == "rgb" and str(color.rgb).upper() in ("FFFFFFFF", "00FFFFFF")
    return "in white on white" if is_white and (cell.fill is None or cell.fill.fill_type is None) else ""
