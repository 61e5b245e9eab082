"""Lines onto pages of a PDF, with footnotes, running heads and page numbers."""

from __future__ import annotations

import io
import random

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.support.pdf_layouts.style import INK, Colour, Line
from tests.support.pdf_layouts.typeset import Typesetter


class Pages:
    """Puts lines on pages, footnotes at their foot."""

    def __init__(self, setter: Typesetter, lines: list[Line], notes: dict[str, list[Line]]) -> None:
        self.setter = setter
        self.layout = setter.layout
        self.lines = lines
        self.notes = notes
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=self.layout.page, pageCompression=1, invariant=1)
        self.random = random.Random(1)
        self.number = 0
        self.shown: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self.number += 1
        self.queue: list[tuple[float, float, str, str, float, Colour]] = []
        self.column = 0
        self.y = self.setter.top
        self.column_top = self.setter.top
        self.deepest = self.setter.top
        self.feet: list[list[Line]] = [[] for _ in range(self.layout.columns)]
        self.is_fresh = True

    def _foot_height(self, column: int) -> float:
        foot = self.feet[column]
        return sum(line.height for line in foot) + (12 if foot else 0)

    def pdf(self) -> bytes:
        position = 0
        while position < len(self.lines):
            block = self._kept(position)
            self._place(block)
            position += len(block)
        self._finish()
        self.canvas.save()
        return self.file.getvalue()

    def _kept(self, position: int) -> list[Line]:
        """The line at position with those that must stay with it."""
        end = position
        while (
            end + 1 < len(self.lines)
            and end - position < 12
            and (self.lines[end].keep or (self.lines[end].space and end > position and self.lines[end - 1].keep))
        ):
            end += 1
        return self.lines[position : end + 1]

    def _place(self, block: list[Line]) -> None:
        first = block[0]
        if first.breaks:
            if not self.is_fresh:
                self._finish()
                self._begin()
            return
        if len(block) == 1 and first.space:
            self.y -= first.height if not self.is_fresh else 0
            return
        is_wide = any(line.full_width for line in block)
        if is_wide:
            self._leave_columns()
        new = [m for line in block for m in line.marks if m in self.notes and m not in self.shown]
        notes = [line for mark in dict.fromkeys(new) for line in self.notes[mark]]
        height = sum(line.height for line in block)
        note_height = sum(line.height for line in notes) + (12 if notes and not self.feet[self.column] else 0)
        columns = range(self.layout.columns) if is_wide else (self.column,)
        foot_height = max(self._foot_height(column) for column in columns)
        if self.y - height < self.setter.bottom + foot_height + note_height and not self.is_fresh:
            self.column = self.layout.columns if is_wide else self.column
            is_new_page = self._next()
            if is_new_page and first.head:
                for line in first.head:
                    self._draw(line)
        self.shown.update(new)
        self.feet[self.column] += notes
        for line in block:
            self._draw(line)

    def _leave_columns(self) -> None:
        if self.layout.columns > 1 and (self.column or self.y < self.column_top):
            self.y = min(self.y, self.deepest)
            self.column = 0
            self.column_top = self.deepest = self.y

    def _next(self) -> bool:
        """Goes on in the next column or page; whether it is a page."""
        self.deepest = min(self.deepest, self.y)
        if self.column + 1 < self.layout.columns:
            self.column += 1
            self.y = self.column_top
            return False
        self._finish()
        self._begin()
        return True

    def _draw(self, line: Line) -> None:
        left = self.setter.left
        if not line.full_width:
            left += self.column * (self.setter.column_width + self.layout.gutter)
        for x, y, width, height, colour in line.rects:
            self.canvas.setFillColorRGB(*colour)
            self.canvas.rect(left + x, self.y - y - height, width, height, stroke=0, fill=1)
        self.canvas.setStrokeColorRGB(0.5, 0.5, 0.5)
        self.canvas.setLineWidth(0.5)
        for x0, y0, x1, y1 in line.rules:
            self.canvas.line(left + x0, self.y - y0, left + x1, self.y - y1)
        baseline = self.y - line.ascent
        for x, text, font, size, rise, colour in line.pieces:
            self.queue.append((left + x, baseline + rise, text, font, size, colour))
        self.y -= line.height
        self.is_fresh = self.is_fresh and not line.pieces
        self.deepest = min(self.deepest, self.y)
        if line.full_width:
            self.column_top = self.deepest = self.y

    def _finish(self) -> None:
        for column, foot in enumerate(self.feet):
            left = self.setter.left + column * (self.setter.column_width + self.layout.gutter)
            y = self.setter.bottom + self._foot_height(column) - 12
            if foot and self.layout.note_rule:
                self.canvas.line(left, y + 8, left + 90, y + 8)
            for line in foot:
                for x, text, font, size, rise, colour in line.pieces:
                    self.queue.append((left + x, y - line.ascent + rise, text, font, size, colour))
                y -= line.height
        self._running()
        if self.layout.order == "shuffled":
            self.random.shuffle(self.queue)
        for piece in self.queue:
            self._text(*piece)
        self.canvas.showPage()

    def _text(self, x: float, y: float, text: str, font: str, size: float, colour: Colour) -> None:
        self.canvas.setFillColorRGB(*colour)
        self.canvas.setFont(font, size)
        text = text if pdfmetrics.getFont(font).__class__ is TTFont else text.replace("☆", "").replace("▣", "•")
        self.canvas.drawString(x, y, text)
        if self.layout.order == "overprinted" and "Bold" in font:
            self.canvas.drawString(x + 0.3, y, text)

    def _running(self) -> None:
        layout, setter = self.layout, self.setter
        font, size = layout.fonts.regular, layout.size * 0.75
        width, height = layout.page
        number = str(self.number)
        if self.number > 1 and layout.running_head:
            text = (
                self.setter.title
                if layout.running_head == "title" or self.number % 2
                else "HM Inspectorate of Probation"
            )
            x = (
                setter.left
                if self.number % 2 or layout.running_head == "title"
                else width - setter.left - pdfmetrics.stringWidth(text, font, size)
            )
            self.queue.append((x, height - 38, text, font, size, INK))
        label = {"of": f"Page {number} of 45", "dash": f"– {number} –"}.get(layout.page_number, number)
        used = pdfmetrics.stringWidth(label, font, size)
        is_left = layout.page_number == "outer" and self.number % 2 == 0
        x = {
            "right": width - setter.left - used,
            "centre": (width - used) / 2,
            "of": (width - used) / 2,
            "dash": (width - used) / 2,
        }.get(layout.page_number, setter.left if is_left else width - setter.left - used)
        if self.number > 1 and layout.page_number != "none":
            self.queue.append((x, 30, label, font, size, INK))
