"""Sheets of an ODS file: its cells hold the text they show."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import IO
from xml.etree import ElementTree

from pdu_inspections.reader.formats.workbook.sheet import WorkbookSheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_COLUMNS = 16_384
_MOST_REPEATED = 64
"""Most times a cell or row with text is written out again."""


def sheets(content: IO[bytes]) -> Iterator[WorkbookSheet]:
    """Visible sheets of a content.xml in order, and one notice of each that is hidden."""
    hidden: set[str] = set()
    sheet = WorkbookSheet("")
    row = 1
    hidden_columns: set[int] = set()
    column = 1
    for event, element in ElementTree.iterparse(content, events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            sheet, row = WorkbookSheet(element.get(f"{_TABLE}name", "")), 1
            hidden_columns, column = set(), 1
        elif event == "end" and element.tag == f"{_TABLE}table-column":
            repeated = min(_count(element, "number-columns-repeated"), _MOST_COLUMNS)
            if element.get(f"{_TABLE}visibility", "visible") != "visible":
                hidden_columns.update(range(column, column + repeated))
            column += repeated
        elif event == "end" and element.tag == f"{_STYLE}style":
            if any(part.get(f"{_TABLE}display") == "false" for part in element.iter(f"{_STYLE}table-properties")):
                hidden.add(element.get(f"{_STYLE}name", ""))
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            row += _read_row(sheet, row, element, hidden_columns)
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            if element.get(f"{_TABLE}style-name", "") in hidden:
                sheet = WorkbookSheet(sheet.title, notices=[f"sheet {sheet.title!r} is hidden: nothing in it was read"])
            yield sheet
            element.clear()


def _read_row(sheet: WorkbookSheet, row: int, element: ElementTree.Element, hidden_columns: Collection[int]) -> int:
    """Adds the cells of a row; returns how many rows it stands for."""
    repeated = _count(element, "number-rows-repeated")
    is_hidden = element.get(f"{_TABLE}visibility", "visible") != "visible"
    cells: list[tuple[int, str, int, int]] = []
    column = 1
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        times = _count(cell, "number-columns-repeated")
        text = " ".join(filter(None, (_shown(part) for part in cell.iterfind(f"{_TEXT}p"))))
        spans = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if text and (is_hidden or column in hidden_columns):
            sheet.hide("in rows that are hidden" if is_hidden else "in columns that are hidden", text)
        elif text:
            cells += [(column + number, text, *spans) for number in range(min(times, _MOST_REPEATED))]
        formula = cell.get(f"{_TABLE}formula", "")
        if formula and not text:
            sheet.add_notice(row, column, "is a formula without a stored value: nothing was read")
        elif "file:" in formula or "://" in formula:
            sheet.add_notice(row, column, "is taken from another file; its last stored value was read")
        column += times
    for number in range(min(repeated, _MOST_REPEATED) if cells else 0):
        for cell_place in cells:
            sheet.add(row + number, *cell_place)
    return repeated


def _count(element: ElementTree.Element, name: str) -> int:
    found = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(found)) if found.isdigit() and len(found) < 9 else 1


def _shown(paragraph: ElementTree.Element) -> str:
    """Text of a paragraph; spaces and line breaks are elements of their own."""
    parts = [paragraph.text or ""]
    for part in paragraph:
        parts += [" " if part.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break") else _shown(part)]
        parts.append(part.tail or "")
    return "".join(parts)
