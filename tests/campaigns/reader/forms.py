"""Invented reports in the forms in which reports come: page, DOCX, workbook, PDF, and text of several origins.

Nothing here is what the reader parses with: pages are written as text, DOCX by python-docx, workbooks by
openpyxl, PDFs by reportlab's platypus, by LibreOffice and by Chromium, text by pdftotext and pandoc.
"""

from __future__ import annotations

import html
import io
import random
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Paragraph as Flowed
from reportlab.platypus import SimpleDocTemplate, Spacer
from reportlab.platypus import Table as FlowedTable

from tests.campaigns.reader.invented import Block, Cell, Heading, Invented, Note, Paragraph, Table

_SECONDS = 120
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def grid(table: Table) -> list[list[Cell | None]]:
    """Rows of a table with a place for every column; None where a cell above or before covers it."""
    rows = [*table.head, *table.rows]
    width = max(sum(cell.columns for cell in row) for row in rows)
    places: list[list[Cell | None]] = [[None] * width for _ in rows]
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in covered:
                column += 1
            places[number][column] = cell
            covered |= {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            column += cell.columns
    return places


# ---------------------------------------------------------------------- text


def text(report: Invented, chance: random.Random, parted_by: str = "\t") -> str:
    """The report as text, cells parted by tabs, or in columns of spaces, or by bars."""
    lines: list[str] = []
    for block in _with_contents(report, chance):
        if isinstance(block, Heading):
            lines += ["", block.text, ""]
        elif isinstance(block, Paragraph):
            lines += [("- " if block.is_item else "") + block.text + block.mark.translate(_RAISED), ""]
        elif isinstance(block, Note):
            lines += [f"{block.mark.translate(_RAISED)} {block.text}", ""]
        else:
            rows = [[_marked(cell, "⁰") for cell in row] for row in grid(block)]
            lines += [*_text_rows(rows, parted_by), ""]
    return "\n".join(lines)


def _text_rows(rows: list[list[str]], parted_by: str) -> Iterable[str]:
    if parted_by == "\t":
        return ["\t".join(row) for row in rows]
    if parted_by == "|":
        return [f"| {' | '.join(row)} |" for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        row[0].ljust(widths[0])
        + "".join(cell.rjust(width + 5) for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    ]


def _marked(cell: Cell | None, form: str) -> str:
    if cell is None:
        return ""
    return cell.text + (cell.mark.translate(_RAISED) if form == "⁰" else cell.mark)


def _with_contents(report: Invented, chance: random.Random) -> list[Block]:
    """The blocks with a list of contents after the cover, in two of three reports."""
    blocks = list(report.blocks)
    if chance.random() < 0.34:
        return blocks
    at = next(number for number, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2)
    has_pages = chance.random() < 0.6
    entries = [Paragraph(f"{title}\t{page}" if has_pages else title) for page, title in enumerate(report.sections(), 3)]
    return [*blocks[:at], Paragraph("Contents"), *entries, *blocks[at:]]


# ---------------------------------------------------------------------- pages

PAGE_STYLES = ("plain", "nested", "definitions", "one line", "hidden")


def page(report: Invented, chance: random.Random, style: str = "plain") -> str:
    """The report as a web page. style: one of PAGE_STYLES."""
    parts = [
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Report</title><style>'
        "body{font-family:Arial;font-size:11pt} table{border-collapse:collapse;width:100%} td,th{padding:4px;"
        "border-bottom:1px solid #999;text-align:left} .visually-hidden{position:absolute;left:-9999px} "
        ".off{display:none} sup{font-size:smaller}</style></head><body>",
        '<a class="visually-hidden" href="#main">Skip to content</a><nav><ul><li>Home</li></ul></nav><main id="main">',
    ]
    back = ' <a class="top" href="#main">(Back to top)</a>' if chance.random() < 0.5 else ""
    wrap = style in ("nested", "definitions")
    pending: list[Block] = list(report.blocks)
    while pending:
        block = pending.pop(0)
        if isinstance(block, Heading):
            if wrap and block.level == 2:
                head = f"<h2>{html.escape(block.text)}{back}</h2>"
                parts.append(f'<section><div class="inner"><div>{head}</div></div></section>')
                continue
            parts.append(f"<h{block.level}>{html.escape(block.text)}{back if block.level > 1 else ''}</h{block.level}>")
        elif isinstance(block, Paragraph):
            parts.append(f"<p>{html.escape(block.text)}{_sup(block.mark)}</p>")
        elif isinstance(block, Note):
            parts.append(f"<p><sup>{block.mark}</sup> {html.escape(block.text)}</p>")
        elif (
            style == "definitions"
            and len(block.head) == 1
            and len(block.head[0]) == 2
            and block.head[0][1].text == "Rating"
        ):
            items = "".join(
                f"<div><dt>{html.escape(row[0].text)}</dt><dd><strong>{html.escape(row[1].text)}</strong></dd></div>"
                for row in block.rows
            )
            parts.append(f"<dl>{items}</dl>")
        else:
            made = _page_table(block, style)
            if wrap and chance.random() < 0.5:
                made = f"<details><summary>Show the table</summary><div><div>{made}</div></div></details>"
            parts.append(f'<div class="table-wrap">{made}</div>')
    parts.append("</main><footer><p>Crown copyright</p></footer></body></html>")
    return ("" if style == "one line" else "\n").join(parts)


def _page_table(table: Table, style: str) -> str:
    def cell(one: Cell, tag: str, scope: str = "") -> str:
        spans = (f' colspan="{one.columns}"' if one.columns > 1 else "") + (
            f' rowspan="{one.rows}"' if one.rows > 1 else ""
        )
        hidden = '<span class="off">99%</span>' if style == "hidden" and one.text.endswith("%") else ""
        inner = html.escape(one.text)
        inner = f"<div><p>{inner}{_sup(one.mark)}</p></div>" if style == "nested" else f"{inner}{_sup(one.mark)}"
        return f"<{tag}{spans}{scope}>{hidden}{inner}</{tag}>"

    of_column = ' scope="col"'
    head = "".join(f"<tr>{''.join(cell(c, 'th', of_column) for c in row)}</tr>" for row in table.head)
    rows = "".join(
        "<tr>"
        + cell(row[0], "th" if style != "one line" else "td", ' scope="row"' if style != "one line" else "")
        + "".join(cell(c, "td") for c in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _sup(mark: str) -> str:
    return f'<sup><a href="#n{mark}">{mark}</a></sup>' if mark else ""


# ---------------------------------------------------------------------- DOCX

DOCX_STYLES = ("plain", "controls", "tracked", "nested")


def document(report: Invented, chance: random.Random, style: str = "plain") -> bytes:
    """The report as a DOCX. style: one of DOCX_STYLES."""
    made = docx.Document()
    for block in _with_contents(report, chance):
        if isinstance(block, Heading):
            made.add_heading(block.text, {1: 0, 2: 1, 3: 2, 4: 3}[block.level])
        elif isinstance(block, Paragraph):
            paragraph = made.add_paragraph(block.text)
            if style == "controls" and block.text in ("Good", "Inadequate", "Outstanding", "Requires improvement"):
                _in_control(paragraph._p)
        elif isinstance(block, Note):
            paragraph = made.add_paragraph()
            paragraph.add_run(block.mark).font.superscript = True
            paragraph.add_run(f" {block.text}")
        else:
            parent: Any = made
            if style == "nested" and chance.random() < 0.5:
                parent = made.add_table(1, 1).cell(0, 0)
            _docx_table(parent, block, style, chance)
            made.add_paragraph()
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def _in_control(element: Any) -> None:
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    element.getparent().replace(element, control)
    control[1].append(element)


def _docx_table(parent: Any, block: Table, style: str, chance: random.Random) -> None:
    places = grid(block)
    made = parent.add_table(len(places), len(places[0]))
    for number, row in enumerate(places):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            target = made.cell(number, column)
            if cell.columns > 1 or cell.rows > 1:
                target = target.merge(made.cell(number + cell.rows - 1, column + cell.columns - 1))
            paragraph = target.paragraphs[0]
            paragraph.add_run(cell.text)
            if cell.mark:
                paragraph.add_run(cell.mark).font.superscript = True
            is_figure = cell.text[:1].isdigit() and number >= len(block.head)
            if style == "tracked" and is_figure and chance.random() < 0.3:
                _track(paragraph._p, cell.text)
            if style == "controls" and is_figure and chance.random() < 0.3:
                _in_control(paragraph._p)


def _track(element: Any, text: str) -> None:
    """A figure that was put in by a tracked change, in the place of another that was taken out."""
    run = next(element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"))
    inserted = parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="A"/>')
    deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="8" w:author="A"><w:r><w:delText>98%</w:delText></w:r></w:del>')
    run.addprevious(deleted)
    element.replace(run, inserted)
    inserted.append(run)


# ---------------------------------------------------------------------- workbooks


def workbook(report: Invented, chance: random.Random, style: str = "plain") -> bytes:
    """The tables of figures as a workbook: a cover, then a sheet for every section."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Cover"
    for block in report.blocks[:4]:
        if not isinstance(block, Table):
            sheet.append([getattr(block, "text", "")])
    fieldwork = next(b.text for b in report.blocks if isinstance(b, Paragraph) and b.text.startswith("Fieldwork"))
    sheet.append([fieldwork])
    number = 1
    for block in report.blocks[4:]:
        if isinstance(block, Heading) and block.level == 2:
            sheet = made.create_sheet(f"{number} " + "".join(c for c in block.text if c not in "[]:*?/\\")[:25])
            number += 1
        if isinstance(block, Table):
            _sheet_table(sheet, block, style, chance)
        elif not isinstance(block, Note):
            sheet.append([block.text])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def _sheet_table(sheet: Any, block: Table, style: str, chance: random.Random) -> None:
    top = sheet.max_row + 2
    for number, row in enumerate(grid(block)):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            at = sheet.cell(top + number, column + 1)
            value: Any = cell.text
            plain = cell.text.removesuffix("%")
            is_figure = number >= len(block.head) and plain.replace(".", "", 1).isdigit()
            if is_figure and cell.text.endswith("%"):
                value = float(plain) / 100
                at.number_format = "0.0%" if "." in plain else "0%"
            elif is_figure:
                value = float(plain)
                at.number_format = "0.0" if "." in plain else "0"
            at.value = value
            if cell.columns > 1 or cell.rows > 1:
                sheet.merge_cells(
                    start_row=top + number,
                    start_column=column + 1,
                    end_row=top + number + cell.rows - 1,
                    end_column=column + cell.columns,
                )
    if style == "hidden" and len(block.rows) > 2:
        sheet.append([block.rows[0][0].text, *(1 for _ in block.rows[0][1:])])
        sheet.row_dimensions[sheet.max_row].hidden = True


# ---------------------------------------------------------------------- PDF

PDF_STYLES = ("ruled", "open", "bands", "small")


def flowed_pdf(report: Invented, chance: random.Random, style: str = "ruled") -> bytes:
    """The report as a PDF by platypus. style: one of PDF_STYLES."""
    sheet = getSampleStyleSheet()
    size = {"ruled": 10, "open": 11, "bands": 9.5, "small": 8.5}[style]
    font = {"ruled": "Helvetica", "open": "Times-Roman", "bands": "Helvetica", "small": "Times-Roman"}[style]
    body = ParagraphStyle("b", sheet["BodyText"], fontName=font, fontSize=size, leading=size * 1.2)
    heads = {level: ParagraphStyle(f"h{level}", sheet[f"Heading{level}"]) for level in (1, 2, 3, 4)}
    flow: list[Any] = []
    for block in _with_contents(report, chance):
        if isinstance(block, Heading):
            flow.append(Flowed(html.escape(block.text), heads[block.level]))
        elif isinstance(block, Paragraph):
            flow.append(Flowed(html.escape(block.text.replace("\t", " ....... ")) + _super(block.mark), body))
        elif isinstance(block, Note):
            flow.append(Flowed(f"{_super(block.mark)} {html.escape(block.text)}", body))
        else:
            flow += [_flowed_table(block, style, body), Spacer(1, 8)]
    content = io.BytesIO()
    margin = {"ruled": 56, "open": 72, "bands": 50, "small": 64}[style]
    made = SimpleDocTemplate(content, pagesize=A4, leftMargin=margin, rightMargin=margin, invariant=1)
    made.build(flow, onLaterPages=_page_number, onFirstPage=lambda *given: None)
    return content.getvalue()


def _page_number(canvas: Any, made: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(540, 30, str(canvas.getPageNumber()))


def _super(mark: str) -> str:
    return f"<super size=6>{mark}</super>" if mark else ""


def _flowed_table(block: Table, style: str, body: ParagraphStyle) -> FlowedTable:
    places = grid(block)
    width = 470.0
    share = 0.55 if len(places[0]) > 2 else 0.75
    others = width * (1 - share) / max(len(places[0]) - 1, 1)
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), {"open": "BOTTOM", "bands": "MIDDLE"}.get(style, "TOP"))
    ]
    if style == "ruled":
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.grey))
    elif style == "bands":
        commands.append(("ROWBACKGROUNDS", (0, 0), (-1, -1), (colors.whitesmoke, colors.white)))
    elif style == "small":
        commands.append(("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.black))
    cells: list[list[Any]] = []
    right = ParagraphStyle("r", body, alignment={"ruled": 1, "open": 2}.get(style, 0))
    for number, row in enumerate(places):
        cells.append([])
        for column, cell in enumerate(row):
            if cell is not None and (cell.columns > 1 or cell.rows > 1):
                end = column + cell.columns - 1, number + cell.rows - 1
                commands.append(("SPAN", (column, number), end))
            text = "" if cell is None else html.escape(cell.text) + _super(cell.mark)
            text = f"<b>{text}</b>" if number < len(block.head) and text else text
            cells[-1].append(Flowed(text, right if column else body))
    repeated = len(block.head) if style in ("ruled", "bands") else 0
    return FlowedTable(cells, [width * share, *[others] * (len(places[0]) - 1)], repeatRows=repeated, style=commands)


def word_pdf(content: bytes) -> bytes:
    """A DOCX as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "report.docx"
        path.write_bytes(content)
        _run(
            "soffice",
            f"-env:UserInstallation=file://{directory}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            directory,
            str(path),
        )
        return path.with_suffix(".pdf").read_bytes()


def browser_pdf(content: str) -> bytes:
    """A page as Chromium prints it."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "report.html"
        path.write_text(content, encoding="utf-8")
        made = path.with_suffix(".pdf")
        _run(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={directory}/profile",
            f"--print-to-pdf={made}",
            str(path),
        )
        return made.read_bytes()


# ---------------------------------------------------------------------- converted text


def layout_text(content: bytes) -> str:
    """A PDF as `pdftotext -layout` gives it."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "report.pdf"
        path.write_bytes(content)
        return _run("pdftotext", "-layout", str(path), "-")


def pandoc_text(content: bytes, form: str, to: str) -> str:
    """A page or DOCX as pandoc writes it: plain, markdown or gfm."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / f"report.{form}"
        path.write_bytes(content)
        return _run("pandoc", "--standalone", "-t", to, str(path))


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-300:]}")
    return done.stdout.decode("utf-8")
