"""What the child process does with a workbook (XLSX, ODS) or a DOCX: checks of the archive, then its reader."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BufferedReader

from pdu_inspections.reader.formats.docx import job as docx
from pdu_inspections.reader.formats.workbook import ods, xlsx
from pdu_inspections.reader.formats.workbook.sheet import workbook_records
from pdu_inspections.reader.sandbox.job import Record, Refused

_MOST_BYTES = 200_000_000
_MOST_FILES = 2_000
_EXPECTED = "a report in DOCX, or a data workbook in XLSX or ODS"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DOCTYPE = 4_096
_OTHERS = (
    ("ppt/presentation.xml", "a presentation (PPTX)", "save the report itself as PDF or DOCX"),
    ("xl/workbook.bin", "a binary workbook (XLSB)", "save it as XLSX"),
    ("word/document.bin", "a document of an unknown kind", "save it as DOCX"),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": ("an OpenDocument text (ODT)", "save it as DOCX"),
    b"application/vnd.oasis.opendocument.presentation": ("a presentation (ODP)", "save the report as PDF"),
    b"application/epub+zip": ("an e-book (EPUB)", "save the report as PDF or as a web page"),
}


def lines(file: BufferedReader, most_sheets: int) -> Iterator[Record]:
    """Lines of what the archive holds. Raises Refused where it is encrypted, too large, empty or of another kind."""
    if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused(
            "is encrypted, or a document of an old kind (XLS, DOC)",
            expected=_EXPECTED,
            action="save it in the newer form without a password",
        )
    archive = zipfile.ZipFile(file)
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    size = sum(entry.file_size for entry in entries)
    if size > _MOST_BYTES or len(entries) > _MOST_FILES:
        raise Refused(
            "is too large once unpacked",
            found=f"{size:,} bytes in {len(entries):,} files",
            expected=f"at most {_MOST_BYTES:,} bytes in {_MOST_FILES:,} files",
        )
    if any(entry.flag_bits & 1 for entry in entries) or _is_encrypted(archive, names):
        raise Refused("is encrypted and needs a password", action="save it without a password")
    if "word/document.xml" in names:
        yield from docx.lines(archive)
    elif "xl/workbook.xml" in names:
        yield {"format": "xlsx"}
        yield from workbook_records(xlsx.sheets(file), most_sheets)
    elif {"mimetype", "content.xml"} <= names and archive.read("mimetype").strip() == _ODS:
        with archive.open("content.xml") as content:
            if b"<!DOCTYPE" in content.read(_DOCTYPE):
                raise Refused("is malformed", found="a document type of its own in content.xml")
        yield {"format": "ods"}
        yield from workbook_records(ods.sheets(archive.open("content.xml")), most_sheets)
    else:
        raise _other_kind(archive, names)


def _is_encrypted(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in archive.read(manifest)


def _other_kind(archive: zipfile.ZipFile, names: set[str]) -> Refused:
    for part, kind, action in _OTHERS:
        if part in names:
            return Refused(f"is {kind}", expected=_EXPECTED, action=action)
    if "mimetype" in names:
        kind, action = _OPEN_DOCUMENTS.get(archive.read("mimetype").strip(), ("", ""))
        if kind:
            return Refused(f"is {kind}", expected=_EXPECTED, action=action)
    return Refused(
        "is an archive, but neither a document nor a workbook",
        found=", ".join(sorted(names)[:3]) or "an empty archive",
        expected=_EXPECTED,
        action="unpack it and read the file inside",
    )
