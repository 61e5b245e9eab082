"""Web pages and DOCX files made from the text form of a report, with the marks of headings, lists and tables.

The reader parses with lxml; these are written as text (pages) and by python-docx, which the reader does not use.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

import docx

Block = tuple[str, list[str]]
_HEADING = re.compile(r"(?:\d\.(?:\d\.?)? [A-Z][\w ,]+|Annexe [a-z]+ .*|Foreword|Ratings|Background|Recommendations)$")
_RAISED = {digit: str(number) for number, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def blocks(text: str) -> Iterator[Block]:
    """Blocks of a text form: heading, list, table, or a paragraph whose lines are broken as printed."""

    def kind(line: str) -> str:
        if not line.strip():
            return ""
        if "\t" in line:
            return "table"
        if line.startswith("- "):
            return "list"
        return "heading" if _HEADING.match(line) else "paragraph"

    for name, lines in groupby(text.split("\n"), key=kind):
        if name:
            yield name, list(lines)


def page(text: str, *, on_one_line: bool = False) -> bytes:
    """The report as a web page, as a browser saves it."""
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report</title>'
        "<style>.screen-reader{display:none}</style><script>var secret = '63%';</script></head><body>",
        '<a href="#main">Skip to content</a><nav><ul><li>Home</li><li>Reports</li></ul></nav><main id="main">',
    ]
    for kind, lines in blocks(text):
        if kind == "table":
            rows = "".join(
                "<tr>" + "".join(f"<td>\n  {_inline(cell)}\n</td>" for cell in line.split("\t")) + "</tr>"
                for line in lines
            )
            parts.append(f"<table><tbody>{rows}</tbody></table>")
        elif kind == "list":
            parts.append("<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>")
        elif kind == "heading":
            parts += [f'<h2>{_inline(line)} <a href="#top">(Back to top)</a></h2>' for line in lines]
        else:
            parts.append("<p>" + "<br>".join(map(_inline, lines)) + "</p>")
    parts.append("</main></body></html>")
    return ("" if on_one_line else "\n").join(parts).encode()


def document(text: str) -> bytes:
    """The report as a DOCX."""
    made = docx.Document()
    for kind, lines in blocks(text):
        if kind == "table":
            cells = [line.split("\t") for line in lines]
            table = made.add_table(len(cells), max(map(len, cells)))
            for row, texts in enumerate(cells):
                for column, cell in enumerate(texts):
                    _add_runs(table.cell(row, column).paragraphs[0], cell)
        elif kind == "list":
            for line in lines:
                _add_runs(made.add_paragraph(style="List Bullet"), line[2:])
        elif kind == "heading":
            for line in lines:
                made.add_heading(line, 2)
        else:
            paragraph = made.add_paragraph()
            for number, line in enumerate(lines):
                if number:
                    paragraph.add_run().add_break()
                _add_runs(paragraph, line)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _inline(text: str) -> str:
    return _MARK.sub(lambda mark: f"<sup>{_digits(mark[0])}</sup>", html.escape(text, quote=False))


def _add_runs(paragraph: docx.text.paragraph.Paragraph, text: str) -> None:
    at = 0
    for mark in _MARK.finditer(text):
        paragraph.add_run(text[at : mark.start()])
        paragraph.add_run(_digits(mark[0])).font.superscript = True
        at = mark.end()
    paragraph.add_run(text[at:])


def _digits(raised: str) -> str:
    return "".join(_RAISED[digit] for digit in raised)
