"""What a workbook does not show is told and not read; cells keep their columns, whatever stands beside them.

The workbooks are written by XlsxWriter, which the reader does not use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats import open_report

Write = Callable[[Workbook, Worksheet], None]
ROWS = (("Question", "Old", "% Yes"), ("Does assessment focus on engaging the person?", 0.63, 0.53))


def made(directory: Path, write: Write, rows: Sequence[Sequence[object]] = ROWS) -> Document:
    path = directory / "data.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Data")
        percent = workbook.add_format({"num_format": "0%"})
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                sheet.write(row, column, value, percent if isinstance(value, float) else None)
        write(workbook, sheet)
    return open_report(path)


def hidden_column(_workbook: Workbook, sheet: Worksheet) -> None:
    sheet.set_column(1, 1, None, None, {"hidden": True})


def hidden_row(workbook: Workbook, sheet: Worksheet) -> None:
    sheet.write(2, 0, "An old row")
    sheet.write(2, 1, 0.63, workbook.add_format({"num_format": "0%"}))
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.write(1, 1, "n/a")


def struck_out(workbook: Workbook, sheet: Worksheet) -> None:
    sheet.write(1, 1, 0.63, workbook.add_format({"num_format": "0%", "font_strikeout": True}))


def white(workbook: Workbook, sheet: Worksheet) -> None:
    sheet.write(1, 1, 0.63, workbook.add_format({"num_format": "0%", "font_color": "#FFFFFF"}))


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (hidden_column, "in column B, which is hidden"),
        (hidden_row, "in rows that are hidden"),
        (struck_out, "struck out"),
        (white, "in white on white"),
    ],
)
def test_what_a_sheet_does_not_show_is_told_and_not_read(write: Write, why: str, tmp_path: Path) -> None:
    document = made(tmp_path, write)
    text = "\n".join(line.text for line in document.lines)
    assert "53%" in text
    assert "63%" not in text
    assert any(why in notice and "63%" in notice for notice in document.notices)


def test_a_number_format_that_shows_nothing_is_told(tmp_path: Path) -> None:
    document = made(
        tmp_path, lambda workbook, sheet: sheet.write(1, 1, 0.63, workbook.add_format({"num_format": ";;;"}))
    )
    assert any("shows nothing" in notice for notice in document.notices)
    assert "53%" in document.lines[-2].text


def test_cells_keep_their_columns_beside_empty_ones(tmp_path: Path) -> None:
    document = made(tmp_path, lambda *_: None, (ROWS[0], (ROWS[1][0], "", 0.53)))
    rows = [line for line in document.lines if line.cells]
    assert [[cell.column for cell in line.cells] for line in rows] == [[0, 1, 2], [0, 2]]


def test_merged_heads_cover_their_columns(tmp_path: Path) -> None:
    document = made(tmp_path, lambda _workbook, sheet: sheet.merge_range(0, 1, 0, 2, "This PDU"))
    head = next(line for line in document.lines if line.cells)
    assert [(cell.column, cell.column_span) for cell in head.cells] == [(0, 1), (1, 2)]
    assert any("covered by a merged cell" in notice and "% Yes" in notice for notice in document.notices)
