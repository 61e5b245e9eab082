"""Data workbooks made from the text form of a report: a sheet for each part that holds figures."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

Sheets = dict[str, list[list[str]]]
_SHARE = re.compile(r"(\d+)(\.\d+)?%$")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(\.\d+)?$")
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def sheets_of(text: str) -> Sheets:
    """Cover, staffing data and inspection data of a long report, as a workbook would hold them."""
    cover = text[: text.index("Contents")]
    found = {"Cover": cover, "Data workbook": "Overall rating and key question data of this PDU"}
    for title, words in (("Staffing", "Annexe two"), ("Case data", "Annexe three")):
        start = text.index(f"\n{words}", text.index("Foreword\n\n"))
        found[title] = text[start : text.index("\nAnnexe ", start + 2)]
    return {title: [line.split("\t") for line in part.split("\n")] for title, part in found.items()}


def xlsx(sheets: Sheets) -> bytes:
    """An XLSX file whose figures are numbers with a number format."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                value, number_format = _stored(text) if column > 1 else (text, "General")
                cell = sheet.cell(number, column, value)
                cell.number_format = number_format
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """A workbook as a file."""
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _stored(text: str) -> tuple[str | float, str]:
    """A figure as a spreadsheet stores it, and its number format."""
    share, number = _SHARE.match(text), _NUMBER.match(text)
    if share:
        decimals = len(share[2] or ".") - 1
        return round(float(text[:-1]) / 100, 2 + decimals), f"0{'.' * bool(decimals)}{'0' * decimals}%"
    if number:
        decimals = len(number[1] or ".") - 1
        return float(text.replace(",", "")), f"#,##0{'.' * bool(decimals)}{'0' * decimals}"
    return text, "General"


def ods(sheets: Sheets, content: str = "") -> bytes:
    """An ODS file whose cells hold the text they show."""
    tables = "".join(
        f"<table:table table:name={quoteattr(title)}>{''.join(map(_row, rows))}</table:table>"
        for title, rows in sheets.items()
    )
    body = content or f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS)
        archive.writestr("content.xml", f"<office:document-content {_NAMES}>{body}</office:document-content>")
    return file.getvalue()


def _row(texts: list[str]) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
        if text
        else '<table:table-cell table:number-columns-repeated="1"/>'
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"
