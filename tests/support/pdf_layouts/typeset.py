"""A small typesetter: blocks of a report onto pages of a PDF, in a given layout."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.support.pdf_layouts.blocks import Block, Run, Text, is_head, plain

_WORDS_OF_SHORT_CELL = 4
_INK = (0.1, 0.1, 0.1)
_SHADE = (0.88, 0.91, 0.95)
_BADGE = (0.2, 0.35, 0.55)


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
    """Everything that tells one PDF of a report from another."""

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
    pieces: list[tuple[float, str, str, float, float, tuple[float, float, float]]]
    ascent: float
    marks: tuple[str, ...] = ()
    width: float = 0
    rects: list[tuple[float, float, float, float, tuple[float, float, float]]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    keep: bool = False
    head: list[Line] = field(default_factory=list)
    full_width: bool = False
    breaks: bool = False
    space: bool = False


class Typesetter:
    """Sets blocks in a layout; `render` gives the bytes of the PDF."""

    def __init__(self, layout: Layout, title: str) -> None:
        self.layout = layout
        self.title = title
        layout.fonts.register()
        layout.heading_fonts.register()
        left, right, top, bottom = layout.margins
        self.left, self.top = left, layout.page[1] - top
        self.bottom = bottom
        self.text_width = layout.page[0] - left - right
        self.column_width = (self.text_width - layout.gutter * (layout.columns - 1)) / layout.columns

    # ------------------------------------------------------------------ blocks to lines

    def render(self, found: Sequence[Block]) -> bytes:
        notes = {}
        lines: list[Line] = []
        for number, block in enumerate(found):
            if block.kind == "note":
                notes[block.label] = self._note(block)
                continue
            following = next((b for b in found[number + 1 :] if b.kind != "note"), None)
            if (
                block.kind == "rating"
                and number
                and found[number - 1].label == "rated"
                and self.layout.rating != "below"
            ):
                continue
            lines += self._lines(block, following)
        return _Pages(self, lines, notes).pdf()

    def _lines(self, block: Block, following: Block | None) -> list[Line]:
        layout = self.layout
        if block.kind == "heading":
            return self._heading(block, following)
        if block.kind == "rating":
            return self._badge(block.text, 0)
        if block.kind in ("bullet", "number"):
            mark = layout.bullet if block.kind == "bullet" else block.label
            label_width = pdfmetrics.stringWidth(mark, layout.fonts.regular, layout.size)
            indent = max(18.0, label_width + 6) + 16 * block.level
            set_lines = self._paragraph(block.text, layout.size, indent=indent, width=self.column_width)
            set_lines[0].pieces.insert(0, (indent - label_width - 5, mark, layout.fonts.regular, layout.size, 0, _INK))
            return [*set_lines, self._space(layout.paragraph_gap / 2)]
        if block.kind == "line":
            return self._paragraph(block.text, layout.size, width=self.column_width)
        if block.kind == "contents":
            return [*self._contents(block), self._space(layout.paragraph_gap)]
        if block.kind == "fact":
            return self._fact(block)
        if block.kind == "table":
            return _Table(self, block).lines()
        first = layout.first_line_indent
        return [
            *self._paragraph(
                block.text, layout.size, width=self.column_width, first_indent=first, justify=layout.justify
            ),
            self._space(layout.paragraph_gap),
        ]

    def _heading(self, block: Block, following: Block | None) -> list[Line]:
        layout = self.layout
        size = {1: 1.7, 2: 1.3, 3: 1.1}[block.level or 3] * layout.size
        bold = tuple(replace(run, bold=True) for run in block.text)
        is_rated = block.label == "rated" and following is not None and layout.rating != "below"
        room = self.column_width * (0.66 if is_rated else 1)
        lines = self._paragraph(bold, size, width=room, fonts=layout.heading_fonts, colour=(0.15, 0.2, 0.4))
        if layout.centre_headings and not is_rated:
            for line in lines:
                shift = (self.column_width - line.width) / 2
                line.pieces = [(x + shift, *rest) for x, *rest in line.pieces]  # type: ignore[misc]
        if is_rated and following is not None:
            narrow = layout.rating == "wrapped"
            badge = self._badge(following.text, self.column_width * 0.7, 70 if narrow else 0)
            lines[-1].pieces += badge[0].pieces
            for extra in badge[1:]:
                lines.append(extra)
        for line in lines:
            line.keep = True
        starts_page = block.level == 1 and layout.new_page_per_chapter and layout.columns == 1
        return [
            Line(0, [], 0, breaks=starts_page),
            self._space(layout.size * 0.8),
            *lines,
            self._space(layout.size * 0.3),
        ]

    def _badge(self, text: Text, x: float, width: float = 0) -> list[Line]:
        size = self.layout.size
        bold = tuple(replace(run, bold=True) for run in text)
        lines = self._paragraph(bold, size, width=width or self.column_width - x, colour=_BADGE)
        for line in lines:
            line.pieces = [(piece_x + x, *rest) for piece_x, *rest in line.pieces]  # type: ignore[misc]
        return [*lines, self._space(self.layout.paragraph_gap)] if not x else lines

    def _contents(self, block: Block) -> list[Line]:
        layout = self.layout
        lines = []
        for cells in block.rows:
            set_lines = self._paragraph(cells[0], layout.size, width=self.column_width - 40)
            page = plain(cells[-1]) if len(cells) > 1 else ""
            width = pdfmetrics.stringWidth(page, layout.fonts.regular, layout.size)
            last = set_lines[-1]
            if page:
                last.pieces.append((self.column_width - width, page, layout.fonts.regular, layout.size, 0, _INK))
            if layout.leaders and page:
                dot = pdfmetrics.stringWidth(".", layout.fonts.regular, layout.size)
                room = self.column_width - width - last.width - 3 * dot
                dots = "." * max(int(room / dot), 0)
                last.pieces.append((last.width + 2 * dot, dots, layout.fonts.regular, layout.size, 0, _INK))
            lines += set_lines
        return lines

    def _fact(self, block: Block) -> list[Line]:
        layout = self.layout
        figure = tuple(replace(run, bold=True) for run in block.rows[0][0])
        big = self._paragraph(figure, layout.size * 1.6, width=self.column_width)
        if layout.facts == "stack":
            caption = self._paragraph(block.rows[0][1], layout.size, width=self.column_width)
            return [*big, *caption, self._space(layout.paragraph_gap * 1.5)]
        indent = max(self.column_width * 0.25, big[0].width + 1.5 * layout.size)
        caption = self._paragraph(block.rows[0][1], layout.size, width=self.column_width, indent=indent)
        caption[0].pieces = big[0].pieces + caption[0].pieces
        caption[0].height = big[0].height
        caption[0].ascent = big[0].ascent
        return [*caption, self._space(layout.paragraph_gap * 1.5)]

    def _note(self, block: Block) -> list[Line]:
        size = self.layout.size * 0.8
        text = (Run(block.label, mark=True), Run(" "), *block.text)
        return self._paragraph(text, size, width=self.column_width)

    def _space(self, height: float) -> Line:
        return Line(height, [], 0, space=True)

    # ------------------------------------------------------------------ text to lines

    def _font(self, run: Run, fonts: Fonts) -> str:
        return fonts.bold if run.bold else fonts.italic if run.italic else fonts.regular

    def _paragraph(
        self,
        text: Text,
        size: float,
        *,
        width: float,
        indent: float = 0,
        first_indent: float = 0,
        justify: bool = False,
        fonts: Fonts | None = None,
        colour: tuple[float, float, float] = _INK,
        leading: float = 0,
    ) -> list[Line]:
        fonts = fonts or self.layout.fonts
        lines: list[Line] = []
        words = list(_words(text))
        space = pdfmetrics.stringWidth(" ", fonts.regular, size)
        room = width - indent
        current: list[tuple[Run, ...]] = []
        used = first_indent
        position = 0
        while position < len(words):
            word = words[position]
            needed = self._width(word, size, fonts)
            if needed > room and len(word) == 1 and "/" in word[0].text[8:-1]:
                cut = max(word[0].text.rfind("/", 0, len(word[0].text) // 2 + 1) + 1, word[0].text.index("/", 8) + 1)
                words[position : position + 1] = [
                    (replace(word[0], text=word[0].text[:cut]),),
                    (replace(word[0], text=word[0].text[cut:]),),
                ]
                continue
            if current and used + space + needed > room:
                hyphenates = self.layout.hyphenate and len(words) > _WORDS_OF_SHORT_CELL
                cut = self._hyphenated(word, size, fonts, room - used - space) if hyphenates else None
                if cut:
                    current.append(cut[0])
                    words[position] = cut[1]
                lines.append(
                    self._line(
                        current, size, indent, room, first_indent if not lines else 0, justify, fonts, colour, leading
                    )
                )
                current, used = [], 0
                continue
            used += (space if current else 0) + needed
            current.append(word)
            position += 1
        if current or not lines:
            lines.append(
                self._line(current, size, indent, room, first_indent if not lines else 0, False, fonts, colour, leading)
            )
        return lines

    def _width(self, word: Sequence[Run], size: float, fonts: Fonts) -> float:
        return sum(
            pdfmetrics.stringWidth(run.text, self._font(run, fonts), size * 0.62 if run.mark else size) for run in word
        )

    def _hyphenated(
        self, word: tuple[Run, ...], size: float, fonts: Fonts, room: float
    ) -> tuple[tuple[Run, ...], tuple[Run, ...]] | None:
        if len(word) != 1 or not re.fullmatch(r"[a-z]{8,}[.,]?", word[0].text):
            return None
        text = word[0].text
        for cut in range(len(text.rstrip(".,")) - 3, 3, -1):
            head = replace(word[0], text=text[:cut] + "-")
            if self._width((head,), size, fonts) <= room:
                return (head,), (replace(word[0], text=text[cut:]),)
        return None

    def _line(
        self,
        words: list[tuple[Run, ...]],
        size: float,
        indent: float,
        room: float,
        first_indent: float,
        justify: bool,
        fonts: Fonts,
        colour: tuple[float, float, float],
        leading: float,
    ) -> Line:
        space = pdfmetrics.stringWidth(" ", fonts.regular, size)
        natural = sum(self._width(word, size, fonts) for word in words) + space * max(len(words) - 1, 0)
        if justify and len(words) > 1:
            space += (room - first_indent - natural) / (len(words) - 1)
        x = indent + first_indent
        pieces = []
        marks: list[str] = []
        for number, word in enumerate(words):
            for run in word:
                font = self._font(run, fonts)
                if run.mark:
                    pieces.append((x, run.text, font, size * 0.62, size * 0.36, colour))
                    marks.append(run.text)
                    x += pdfmetrics.stringWidth(run.text, font, size * 0.62)
                else:
                    pieces.append((x, run.text, font, size, 0.0, colour))
                    x += pdfmetrics.stringWidth(run.text, font, size)
            if number + 1 < len(words):
                x += space
        return Line(size * (leading or self.layout.leading), pieces, size * 0.95, tuple(marks), x)


def _words(text: Text) -> Iterator[tuple[Run, ...]]:
    """Words of a text, each as its runs; a mark sticks to the word before it."""
    word: list[Run] = []
    for run in text:
        if run.mark:
            word.append(run)
            continue
        for part in re.split(r"(\s+)", run.text):
            if not part:
                continue
            if part.isspace():
                if word:
                    yield tuple(word)
                word = []
            else:
                word.append(replace(run, text=part))
    if word:
        yield tuple(word)


class _Table:
    """Rows of a table as lines."""

    def __init__(self, setter: Typesetter, block: Block) -> None:
        self.setter = setter
        self.style = setter.layout.table
        self.rows = block.rows
        self.count = max(len(row) for row in block.rows)
        self.full_width = setter.layout.columns > 1 and (self.count > 2 or len(self.rows) > 6)
        width = (setter.text_width if self.full_width else setter.column_width) * self.style.share
        self.widths = self._widths(width)

    def _widths(self, width: float) -> list[float]:
        longest = [max((len(plain(row[i])) for row in self.rows if i < len(row)), default=1) for i in range(self.count)]
        if self.count == 2 and longest[1] <= 30:
            value = max(width * (1 - self.style.label_share), self._widest_word(1) + 2 * self.style.padding[0] + 1)
            return [width - value, value]
        shares = [min(max(length, 8), 60) ** 0.7 for length in longest]
        return [width * share / sum(shares) for share in shares]

    def _widest_word(self, column: int) -> float:
        bold = self.setter.layout.fonts.bold
        found = (word for row in self.rows if column < len(row) for word in plain(row[column]).split())
        return max((pdfmetrics.stringWidth(word, bold, self.style.size) for word in found), default=0.0)

    def lines(self) -> list[Line]:
        setter, style = self.setter, self.style
        head: list[Line] = []
        found: list[Line] = [setter._space(style.gap_before)]
        for number, row in enumerate(self.rows):
            is_first_head = number == 0 and self.count > 1 and is_head(row)
            lines = self._row(row, number, is_first_head)
            if is_first_head and style.repeats_head:
                head = lines
            for line in lines:
                line.full_width = self.full_width
                line.head = head if line is lines[0] and not is_first_head else []
            found += lines
        end = setter._space(setter.layout.paragraph_gap)
        return [*found, end]

    def _row(self, row: list[Text], number: int, is_first_head: bool) -> list[Line]:
        setter, style = self.setter, self.style
        across, down = style.padding
        is_group = not any(plain(cell).strip() for cell in row[1:])
        columns: list[list[Line]] = []
        for i, width in enumerate(self.widths):
            text = row[i] if i < len(row) else ()
            bold = is_first_head or (is_group and style.bold_groups)
            text = tuple(replace(run, bold=run.bold or bold) for run in text)
            columns.append(
                setter._paragraph(text, style.size, width=width - 2 * across, leading=style.leading) if text else []
            )
        height = max(sum(line.height for line in column) for column in columns)
        step = style.size * style.leading
        count = max(len(column) for column in columns)
        out = [Line(step, [], style.size * 0.95) for _ in range(count)]
        left = 0.0
        extra: list[Line] = []
        for i, column in enumerate(columns):
            spare = count - len(column)
            place = style.valign if i or style.valign == "middle" else "top"
            shift = {"top": 0, "bottom": spare, "middle": spare // 2 if style.splits_rows else spare / 2}[place]
            for k, line in enumerate(column):
                at = left + across + self._offset(i, line.width, self.widths[i] - 2 * across, plain(row[i]))
                down_by = (k + shift - int(k + shift)) * step
                target = out[int(k + shift)]
                target.pieces += [
                    (x + at, text, font, size, rise - down_by, colour)
                    for x, text, font, size, rise, colour in line.pieces
                ]
                target.marks += line.marks
            left += self.widths[i]
        _ = height
        self._dress(out, number, is_first_head, down)
        for line in out[:-1]:
            line.keep = not style.splits_rows
        return [*out, *extra]

    def _offset(self, column: int, used: float, room: float, text: str) -> float:
        is_short = len(text) <= 30 and (column == self.count - 1 or re.match(r"[\d,.]+\s?%?$", text) is not None)
        align = self.style.value_align if column and is_short else "left"
        return {"left": 0.0, "right": room - used, "centre": (room - used) / 2}[align]

    def _dress(self, out: list[Line], number: int, is_first_head: bool, down: float) -> None:
        """Padding above and below a row, and its rules or shade."""
        style = self.style
        width = sum(self.widths)
        out[0].height += down
        out[0].ascent += down
        out[-1].height += down
        shaded = (style.rules == "bands" and number % 2 == 1) or (style.rules in ("head", "bands") and is_first_head)
        for line in out:
            if shaded:
                line.rects.append((0, 0, width, line.height, _SHADE))
            if style.rules == "grid":
                x = 0.0
                for column in [0.0, *self.widths]:
                    x += column
                    line.rules.append((x, 0, x, line.height))
        if style.rules in ("grid", "rows"):
            out[0].rules.append((0, 0, width, 0))
            out[-1].rules.append((0, out[-1].height, width, out[-1].height))
        elif style.rules == "head" and is_first_head:
            out[-1].rules.append((0, out[-1].height, width, out[-1].height))


class _Pages:
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
        self.queue: list[tuple[float, float, str, str, float, tuple[float, float, float]]] = []
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

    def _text(self, x: float, y: float, text: str, font: str, size: float, colour: tuple[float, float, float]) -> None:
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
            self.queue.append((x, height - 38, text, font, size, _INK))
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
            self.queue.append((x, 30, label, font, size, _INK))
