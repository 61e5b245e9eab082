"""A small typesetter: blocks of a report as lines, in a given layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.pdfbase import pdfmetrics

from tests.support.pdf_layouts.blocks import Block, Run, Text, is_head, plain
from tests.support.pdf_layouts.style import INK, Colour, Fonts, Layout, Line

_WORDS_OF_SHORT_CELL = 4
_SHADE = (0.88, 0.91, 0.95)
_BADGE = (0.2, 0.35, 0.55)


class Typesetter:
    """Sets blocks in a layout as lines, which `Pages` puts onto pages."""

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

    def set_blocks(self, found: Sequence[Block]) -> tuple[list[Line], dict[str, list[Line]]]:
        """Lines of the text, and those of each footnote by its mark."""
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
        return lines, notes

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
            set_lines[0].pieces.insert(0, (indent - label_width - 5, mark, layout.fonts.regular, layout.size, 0, INK))
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
                last.pieces.append((self.column_width - width, page, layout.fonts.regular, layout.size, 0, INK))
            if layout.leaders and page:
                dot = pdfmetrics.stringWidth(".", layout.fonts.regular, layout.size)
                room = self.column_width - width - last.width - 3 * dot
                dots = "." * max(int(room / dot), 0)
                last.pieces.append((last.width + 2 * dot, dots, layout.fonts.regular, layout.size, 0, INK))
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
        colour: Colour = INK,
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
        colour: Colour,
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
        step = style.size * style.leading
        count = max(len(column) for column in columns)
        out = [Line(step, [], style.size * 0.95) for _ in range(count)]
        left = 0.0
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
        self._dress(out, number, is_first_head, down)
        for line in out[:-1]:
            line.keep = not style.splits_rows
        return out

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
