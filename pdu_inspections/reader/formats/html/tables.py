"""Tables of a web page, those made of other elements with the roles of tables included."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml.etree import _Element

from pdu_inspections.reader.formats.blocks import MOST_COLUMNS, BlockWriter, TableCell
from pdu_inspections.reader.formats.html.visibility import Visibility
from pdu_inspections.reader.sandbox.job import Record

_ROWS = {"tr", "row"}
_CELLS = {"td", "th", "cell", "columnheader", "rowheader", "gridcell"}
_HEADS = {"th", "columnheader"}


class PageTable:
    """Reads one table of a page. text_of: the text of a cell or caption, read as one piece."""

    def __init__(self, writer: BlockWriter, visibility: Visibility, text_of: Callable[[_Element], str]) -> None:
        self.writer = writer
        self.visibility = visibility
        self.text_of = text_of

    @staticmethod
    def is_of_data(table: _Element) -> bool:
        """Whether a table holds data: two columns or more somewhere, and no other table inside."""
        rows = list(_rows(table))
        is_nested = any(_part(child) in ("table", "grid") for child in table.iterdescendants())
        return not is_nested and any(len(list(_cells(row))) > 1 for row in rows)

    def read(self, table: _Element) -> Iterator[Record]:
        """The table's caption and rows; rows and cells that the page hides are told of."""
        caption = table.find("caption")
        title = "" if caption is None or self._is_hidden(caption) else self.text_of(caption)
        rows: list[list[TableCell]] = []
        for row in _rows(table):
            parent = row.getparent()
            if self._is_hidden(row) or (parent is not None and parent is not table and self._is_hidden(parent)):
                continue
            shown = [cell for cell in _cells(row) if not self._is_hidden(cell)]
            is_in_head = parent is not None and _part(parent) == "thead"
            is_head = is_in_head or (bool(shown) and all(_part(cell) in _HEADS for cell in shown))
            rows.append([self._cell(cell, is_head) for cell in shown])
        yield from self.writer.table(rows, title)

    def _cell(self, cell: _Element, is_head: bool) -> TableCell:
        text = self.text_of(cell)
        return TableCell(text, _span(cell, "colspan"), _span(cell, "rowspan"), is_head)

    def _is_hidden(self, element: _Element) -> bool:
        why = self.visibility.why_hidden(element)
        if why:
            self.writer.hide(why, " ".join("".join(element.itertext()).split()))
        return bool(why)


def _part(element: _Element) -> str:
    return element.get("role") or (str(element.tag).lower() if isinstance(element.tag, str) else "")


def _rows(table: _Element) -> Iterator[_Element]:
    return (element for element in table.iterdescendants() if _part(element) in _ROWS)


def _cells(row: _Element) -> Iterator[_Element]:
    return (element for element in row if _part(element) in _CELLS)


def _span(cell: _Element, name: str) -> int:
    value = cell.get(name) or cell.get(f"aria-{name}") or "1"
    return min(int(value), MOST_COLUMNS if name == "colspan" else 1_000) if value.isdigit() and len(value) < 6 else 1
