"""What the child process does with a workbook, once its archive has been checked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BufferedReader

from pdu_inspections.reader.formats.workbook import ods, xlsx
from pdu_inspections.reader.formats.workbook.sheet import WorkbookSheet, sheet_records, tables_of
from pdu_inspections.reader.sandbox.job import Record, Refused

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DOCTYPE = 4_096


def is_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether an archive is an OpenDocument workbook."""
    return {"mimetype", "content.xml"} <= names and archive.read("mimetype").strip() == _ODS


def xlsx_lines(file: BufferedReader, most_sheets: int) -> Iterator[Record]:
    """Lines of an XLSX file's sheets. Raises Refused where there are too many, or no text."""
    yield {"format": "xlsx"}
    yield from _lines(xlsx.sheets(file), most_sheets)


def ods_lines(archive: zipfile.ZipFile, most_sheets: int) -> Iterator[Record]:
    """Lines of an ODS file's sheets. Raises Refused where there are too many, or no text."""
    with archive.open("content.xml") as content:
        if b"<!DOCTYPE" in content.read(_DOCTYPE):
            raise Refused("is malformed", found="a document type of its own in content.xml")
    yield {"format": "ods"}
    yield from _lines(ods.sheets(archive.open("content.xml")), most_sheets)


def _lines(sheets: Iterator[WorkbookSheet], most_sheets: int) -> Iterator[Record]:
    has_text, tables_n = False, 0
    for number, sheet in enumerate(sheets, 1):
        if number > most_sheets:
            raise Refused("has too many sheets", expected=f"at most {most_sheets}")
        has_text = has_text or bool(sheet.cells)
        yield from sheet_records(number, sheet, tables_n)
        tables_n += tables_of(sheet)
    if not has_text:
        raise Refused("holds no text", expected="a data workbook", action="check that it is the workbook")
