"""What the child process does with a workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BufferedReader

from pdu_inspections.reader.formats.workbook import ods, xlsx
from pdu_inspections.reader.formats.workbook.sheet import WorkbookSheet, sheet_records
from pdu_inspections.reader.sandbox.job import Record, Refused

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_BYTES = 200_000_000
_MOST_FILES = 2_000
_DOCTYPE = 4_096


def lines(file: BufferedReader, most_sheets: int) -> Iterator[Record]:
    """Lines of a workbook's sheets. Raises Refused where it is encrypted, no workbook, too large, or empty."""
    source_format, found = _sheets(file)
    yield {"format": source_format}
    has_text = False
    for number, sheet in enumerate(found, 1):
        if number > most_sheets:
            raise Refused("has too many sheets", expected=f"at most {most_sheets}")
        has_text = has_text or bool(sheet.cells)
        yield from sheet_records(number, sheet)
    if not has_text:
        raise Refused("holds no text", expected="a data workbook", action="check that it is the workbook")


def _sheets(file: BufferedReader) -> tuple[str, Iterator[WorkbookSheet]]:
    if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused(
            "is encrypted, or a workbook of an old kind (XLS)",
            expected="an XLSX or ODS file",
            action="save it as XLSX or ODS without a password",
        )
    archive = zipfile.ZipFile(file)
    names = {entry.filename for entry in archive.infolist()}
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _MOST_BYTES or len(names) > _MOST_FILES:
        raise Refused(
            "is too large once unpacked",
            found=f"{size:,} bytes in {len(names):,} files",
            expected=f"at most {_MOST_BYTES:,} bytes in {_MOST_FILES:,} files",
        )
    if any(entry.flag_bits & 1 for entry in archive.infolist()) or _is_encrypted(archive, names):
        raise Refused("is encrypted and needs a password", action="save it without a password")
    if "xl/workbook.xml" in names:
        return "xlsx", xlsx.sheets(file)
    if "mimetype" in names and "content.xml" in names and archive.read("mimetype").strip() == _ODS:
        with archive.open("content.xml") as content:
            if b"<!DOCTYPE" in content.read(_DOCTYPE):
                raise Refused("is malformed", found="a document type of its own in content.xml")
        return "ods", ods.sheets(archive.open("content.xml"))
    raise Refused("is an archive, but no workbook", expected="an XLSX or ODS file")


def _is_encrypted(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in archive.read(manifest)
