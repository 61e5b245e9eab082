"""What every chart is made of: marks on a canvas, panels with a description, figures with files to download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup, escape

WIDTH = 320
"""Width of a panel in pixels: with the page's margins it fits a phone of 360."""

INK = "#1b1f24"
QUIET = "#5a6470"
PALE = "#d5d9de"
TINTS = ("#f4dcd3", "#f7ecd2", "#dfeaef", "#c9dde8")
"""Behind the bands of ratings, lowest first; the stylesheet has the same."""
SOURCE = "Source: inspection reports of HM Inspectorate of Probation (OGL v3.0); probation inspections warehouse"

_FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"
_NARROW = frozenset("iljtfrI.,;:'|!()[]- ")
_WIDE = frozenset("mwMW%@—")
_MARGIN = 16


def text_width(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is in a sans-serif font, rather too wide than too narrow."""
    ems = sum(
        0.34 if character in _NARROW else 0.9 if character in _WIDE else 0.7 if character.isupper() else 0.57
        for character in text
    )
    return ems * size * (1.05 if bold else 1.0)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Text in lines that are no wider than a width in pixels."""
    return wrap(text, max(8, int(width / (size * 0.59))), break_long_words=False) or [""]


@dataclass(frozen=True)
class Panel:
    """One drawn chart: its heading, what it shows in words, and its SVG."""

    chart_id: str
    title: str
    description: str
    height: float
    marks: Markup
    width: int = WIDTH

    @property
    def svg(self) -> Markup:
        """For a page, named for screen readers."""
        return Markup(
            '<svg class="chart" role="img" aria-labelledby="{0}-title {0}-desc" viewBox="0 0 {1} {2:.0f}" width="{1}"'
            ' height="{2:.0f}"><title id="{0}-title">{3}</title><desc id="{0}-desc">{4}</desc>{5}</svg>'
        ).format(self.chart_id, self.width, self.height, self.title or "Chart", self.description, self.marks)


@dataclass(frozen=True)
class Figure:
    """Panels under one title that says what they show; name is that of its files."""

    name: str
    title: str
    panels: Sequence[Panel]
    note: str = ""

    def file(self) -> str:
        """The whole figure as an SVG that stands alone, with title and source."""
        across = 1 if len(self.panels) == 1 else 2
        width = across * (self.panels[0].width + _MARGIN) + _MARGIN
        canvas = Canvas()
        top = _MARGIN + 6.0
        for line in wrapped(self.title, width - 2 * _MARGIN, 16):
            canvas.text(_MARGIN, top + 10, line, size=16, bold=True)
            top += 20
        top += 4
        for first in range(0, len(self.panels), across):
            row = self.panels[first : first + across]
            for index, panel in enumerate(row):
                left = _MARGIN + index * (panel.width + _MARGIN)
                if len(self.panels) > 1:
                    canvas.text(left, top + 12, panel.title, size=13, bold=True)
                canvas.markup(
                    Markup('<g transform="translate({:.0f} {:.0f})">{}</g>').format(left, top + 20, panel.marks)
                )
            top += max(panel.height for panel in row) + 32
        for note in filter(None, (self.note, SOURCE)):
            for line in wrapped(note, width - 2 * _MARGIN, 10):
                canvas.text(_MARGIN, top + 4, line, size=10, color=QUIET)
                top += 13
        return str(
            Markup(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1:.0f}" width="{0}" height="{1:.0f}"'
                ' font-family="{2}"><title>{3}</title><rect width="100%" height="100%" fill="#fff"/>{4}</svg>\n'
            ).format(width, top + _MARGIN, _FONT, self.title, canvas.marks)
        )


class Canvas:
    """Marks in the order in which they are drawn; all lengths in pixels, from the top left."""

    def __init__(self) -> None:
        self._marks: list[Markup] = []

    @property
    def marks(self) -> Markup:
        """Everything drawn."""
        return Markup("").join(self._marks)

    def markup(self, mark: Markup) -> None:
        """Take over what is drawn already."""
        self._marks.append(mark)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 12,
        anchor: str = "start",
        bold: bool = False,
        color: str = INK,
    ) -> None:
        """Write with the base line at y."""
        weight = Markup(' font-weight="600"') if bold else Markup("")
        self._marks.append(
            Markup('<text x="{:.1f}" y="{:.1f}" font-size="{:g}" text-anchor="{}" fill="{}"{}>{}</text>').format(
                x, y, size, anchor, color, weight, escape(text)
            )
        )

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> None:
        """Fill a rectangle."""
        self._marks.append(
            Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}"/>').format(
                x, y, max(0.0, width), height, fill, stroke
            )
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, width: float = 1, color: str = INK, dash: str = ""
    ) -> None:
        """Draw a straight line; dash as in SVG."""
        dashed = Markup(' stroke-dasharray="{}"').format(dash) if dash else Markup("")
        self._marks.append(
            Markup('<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="{}" stroke-width="{:g}"{}/>').format(
                x1, y1, x2, y2, color, width, dashed
            )
        )

    def point(self, x: float, y: float, shape: str = "circle", fill: str = INK) -> None:
        """Mark a value by a circle, diamond or square; its edge keeps it apart from lines."""
        edge = "#fff" if fill == INK else INK
        if shape == "circle":
            mark = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="5.5" fill="{}" stroke="{}" stroke-width="1.5"/>')
            self._marks.append(mark.format(x, y, fill, edge))
            return
        path = "M{0:.1f} {1:.1f}l7 7l-7 7l-7 -7Z" if shape == "diamond" else "M{0:.1f} {1:.1f}m-5.5 1.5h11v11h-11Z"
        mark = Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="1.5"/>')
        self._marks.append(mark.format(path.format(x, y - 7), fill, edge))
