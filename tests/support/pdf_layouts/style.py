"""How a PDF of a report looks, and a line of it that is ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

Colour = tuple[float, float, float]
INK: Colour = (0.1, 0.1, 0.1)


@dataclass(frozen=True)
class Fonts:
    """Names of a family's fonts; a family in files is registered on first use."""

    regular: str
    bold: str
    italic: str
    embedded: bool = False

    def register(self) -> None:
        if self.embedded and self.regular not in pdfmetrics.getRegisteredFontNames():
            folder = Path(reportlab.__file__).parent / "fonts"
            for name in (self.regular, self.bold, self.italic):
                pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))


HELVETICA = Fonts("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
TIMES = Fonts("Times-Roman", "Times-Bold", "Times-Italic")
COURIER = Fonts("Courier", "Courier-Bold", "Courier-Oblique")
VERA = Fonts("Vera", "VeraBd", "VeraIt", embedded=True)


@dataclass(frozen=True)
class TableStyle:
    """How a table is drawn.

    rules: none, head, rows, grid or bands. value_align: left, right or centre of the value's column.
    valign: top, middle or bottom, of a value beside a wrapped label. share: width of the table in the text's width.
    """

    rules: str = "grid"
    value_align: str = "right"
    valign: str = "top"
    label_share: float = 0.8
    share: float = 1.0
    padding: tuple[float, float] = (6, 3)
    size: float = 10
    leading: float = 1.2
    repeats_head: bool = False
    splits_rows: bool = False
    bold_groups: bool = True
    gap_before: float = 6


@dataclass(frozen=True)
class Layout:
    """Everything in which two PDFs of one report differ."""

    name: str
    page: tuple[float, float] = (595.3, 841.9)
    margins: tuple[float, float, float, float] = (62, 62, 72, 62)
    fonts: Fonts = HELVETICA
    heading_fonts: Fonts = HELVETICA
    size: float = 11
    leading: float = 1.25
    justify: bool = False
    hyphenate: bool = False
    columns: int = 1
    gutter: float = 22
    paragraph_gap: float = 7
    first_line_indent: float = 0
    running_head: str = ""
    page_number: str = "right"
    table: TableStyle = TableStyle()
    rating: str = "below"
    bullet: str = "•"
    note_rule: bool = True
    leaders: bool = True
    raised_by: str = "rise"
    facts: str = "stack"
    order: str = "reading"
    centre_headings: bool = False
    new_page_per_chapter: bool = True


@dataclass
class Line:
    """One line to be drawn: pieces of (x, text, font, size, rise, colour), its height, and what it brings along."""

    height: float
    pieces: list[tuple[float, str, str, float, float, Colour]]
    ascent: float
    marks: tuple[str, ...] = ()
    width: float = 0
    rects: list[tuple[float, float, float, float, Colour]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    keep: bool = False
    head: list[Line] = field(default_factory=list)
    full_width: bool = False
    breaks: bool = False
    space: bool = False
