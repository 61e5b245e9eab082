"""What the child process does with a DOCX."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from pdu_inspections.reader.document import LineKind
from pdu_inspections.reader.formats.blocks import MOST_COLUMNS, BlockWriter, TableCell, raised
from pdu_inspections.reader.formats.docx.parts import Numbering, Styles, W, is_on, parse_part, value_of
from pdu_inspections.reader.sandbox.job import Record, Refused

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({_FALLBACK, *(f"{W}{name}" for name in ("instrText", "pPr", "sectPr", "tblPr", "tblGrid"))})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_CHARACTERS = {f"{W}noBreakHyphen": "-", f"{W}tab": "\t", f"{W}cr": "\n", f"{W}ptab": "\t"}
_DEEPEST = 100
_SMALLEST_HALF_POINTS = 4


def lines(archive: zipfile.ZipFile) -> Iterator[Record]:
    """Lines of a DOCX. Raises Refused where it is malformed, nested too deeply, or holds no text."""
    root = parse_part(archive, "word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise Refused("is malformed", found="no body in word/document.xml")
    yield {"format": "docx"}
    styles = Styles.of(parse_part(archive, "word/styles.xml"))
    numbering = Numbering(parse_part(archive, "word/numbering.xml"))
    document = _Docx(styles, numbering, _notes(archive))
    yield from document.blocks(body, 0)
    if not document.writer.has_text:
        raise Refused("holds no text", expected="a report", action="check that it is the report, not a scan of it")
    yield from document.notices()


def _notes(archive: zipfile.ZipFile) -> dict[str, dict[str, _Element]]:
    found: dict[str, dict[str, _Element]] = {}
    for kind in ("footnote", "endnote"):
        root = parse_part(archive, f"word/{kind}s.xml")
        notes = () if root is None else root.iterfind(f"{W}{kind}")
        found[kind] = {note.get(f"{W}id", ""): note for note in notes if not note.get(f"{W}type")}
    return found


@dataclass
class _Docx:
    """Reads the blocks of a document in order, each footnote after the block that refers to it."""

    styles: Styles
    numbering: Numbering
    notes: dict[str, dict[str, _Element]]
    writer: BlockWriter = field(default_factory=BlockWriter)
    _waiting: list[tuple[str, _Element]] = field(default_factory=list)
    _notes_n: int = 0
    _insertions_n: int = 0

    def blocks(self, parent: _Element, depth: int) -> Iterator[Record]:
        """Records of the paragraphs and tables below an element."""
        if depth > _DEEPEST:
            raise Refused("is malformed: nested too deeply")
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, depth)
                yield from self._waiting_notes()
            elif element.tag == f"{W}tbl":
                yield from self._table(element, depth)
                yield from self._waiting_notes()
            elif element.tag in _DELETED:
                self.writer.hide("deleted with changes tracked", "".join(element.itertext()))
            elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
                yield from self.blocks(element, depth + 1)

    def notices(self) -> Iterator[Record]:
        """What a person should know about the document."""
        yield from self.writer.notices()
        if self._insertions_n:
            yield {"notice": f"{self._insertions_n} tracked insertions, not yet accepted, were read as text"}

    def _paragraph(self, paragraph: _Element, depth: int) -> Iterator[Record]:
        properties = paragraph.find(f"{W}pPr")
        style = value_of(properties, "pStyle")
        boxes: list[_Element] = []
        text = self._text(paragraph, style, boxes, depth)
        outline = value_of(properties, "outlineLvl")
        level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else self.styles.heading_level(style)
        own = None if properties is None else properties.find(f"{W}numPr")
        label = self.numbering.label(own if own is not None else self.styles.numbering(style)) if text.strip() else None
        kind = LineKind.PARAGRAPH
        if level:
            kind = LineKind.HEADING
            text = f"{label} {text}" if label else text
        elif label is not None:
            kind = LineKind.LIST_ITEM
            text = f"- {text}"
        if "\t" in text.strip():
            yield from self._tabbed(text)
        else:
            yield from self.writer.block(text, kind, level=level)
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _tabbed(self, text: str) -> Iterator[Record]:
        """A line set with tabs, such as a label and its figure, or an entry of the contents: cells without a grid."""
        for line in text.split("\n"):
            cells = [TableCell(cell) for cell in line.split("\t")]
            yield from self.writer.table([cells]) if len(cells) > 1 else self.writer.block(line, LineKind.PARAGRAPH)

    def _waiting_notes(self) -> Iterator[Record]:
        waiting, self._waiting = self._waiting, []
        for mark, note in waiting:
            text = " ".join(self._text(paragraph, "", [], 0) for paragraph in note.iterfind(f"{W}p"))
            yield from self.writer.block(f"{raised(mark)} {text}".replace("\t", " "), LineKind.FOOTNOTE, mark=mark)

    def _text(self, element: _Element, style: str, boxes: list[_Element], depth: int) -> str:
        """Text of the runs below an element; text boxes are put aside."""
        if depth > _DEEPEST:
            raise Refused("is malformed: nested too deeply")
        text = ""
        for child in element:
            if child.tag == f"{W}r":
                text = self._with_run(text, child, style, boxes, depth)
            elif child.tag in _DELETED:
                self.writer.hide("deleted with changes tracked", "".join(child.itertext()))
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._insertions_n += child.tag == f"{W}ins"
                text += self._text(child, style, boxes, depth + 1)
        return text

    def _with_run(self, text: str, run: _Element, style: str, boxes: list[_Element], depth: int) -> str:
        properties = run.find(f"{W}rPr")
        piece = ""
        for child in run:
            if child.tag == f"{W}t":
                piece += (child.text or "").replace("\n", " ")
            elif child.tag in _CHARACTERS:
                piece += _CHARACTERS[str(child.tag)]
            elif child.tag == f"{W}br":
                piece += "\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else " "
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                piece += self._note_mark(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                boxes.extend(box for box in child.iter(f"{W}txbxContent") if not _is_fallback(box))
        if not piece:
            return text
        why = self._why_hidden(run, properties, style)
        if why:
            self.writer.hide(why, piece)
            return text
        if value_of(properties, "vertAlign") == "superscript":
            mark = raised(piece)
            return text.rstrip(" ") + mark if mark != piece else text + piece
        return text + piece

    def _note_mark(self, reference: _Element) -> str:
        """The mark of a footnote, counted as the word processor does."""
        kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
        note = self.notes[kind].get(reference.get(f"{W}id", ""))
        if note is None:
            return ""
        self._notes_n += 1
        mark = str(self._notes_n)
        self._waiting.append((mark, note))
        return raised(mark)

    def _why_hidden(self, run: _Element, properties: _Element | None, style: str) -> str:
        """Why a person does not see a run's text, in words; empty where they do."""
        own = [] if properties is None else [properties]
        all_properties = [*own, *self.styles.run_properties(value_of(properties, "rStyle") or style)]
        for name, why in (("vanish", "hidden"), ("strike", "struck out"), ("dstrike", "struck out")):
            settings = [one for one in all_properties if one.find(f"{W}{name}") is not None]
            if settings and is_on(settings[0], name):
                return f"that is {why}"
        size = value_of(properties, "sz")
        if size.isdigit() and int(size) < _SMALLEST_HALF_POINTS:
            return "too small to see"
        if value_of(properties, "color").upper() == "FFFFFF" and not _is_shaded(run):
            return "in white"
        return ""

    def _table(self, table: _Element, depth: int) -> Iterator[Record]:
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        laid_out: list[list[TableCell]] = []
        inner: list[_Element] = []
        open_above: dict[int, TableCell] = {}
        for row in rows:
            properties = row.find(f"{W}trPr")
            if properties is not None and (is_on(properties, "hidden") or properties.find(f"{W}del") is not None):
                self.writer.hide("in a hidden or deleted row", " ".join(row.itertext()))
                continue
            is_head = is_on(properties, "tblHeader")
            cells: list[TableCell] = []
            column = _count(value_of(properties, "gridBefore", "0"), MOST_COLUMNS)
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is not row:
                    continue
                if next(cell.iter(f"{W}tbl"), None) is not None:
                    inner.append(cell)
                    continue
                own = cell.find(f"{W}tcPr")
                span = max(1, _count(value_of(own, "gridSpan", "1"), MOST_COLUMNS))
                merge = None if own is None else own.find(f"{W}vMerge")
                if merge is not None and merge.get(f"{W}val", "continue") == "continue" and column in open_above:
                    open_above[column].row_span += 1
                else:
                    found = TableCell(self._cell_text(cell, depth), span, 1, is_head, column)
                    cells.append(found)
                    open_above.pop(column, None)
                    if merge is not None:
                        open_above[column] = found
                column += span
            laid_out.append(cells)
        if any(len(cells) > 1 for cells in laid_out):
            yield from self.writer.table(laid_out)
        else:
            for laid_out_row in laid_out:
                for one in laid_out_row:
                    yield from self.writer.block(one.text, LineKind.PARAGRAPH)
        # A cell that holds a table of its own is there for the layout: what is in it stands below the other rows.
        for cell in inner:
            yield from self.blocks(cell, depth + 1)

    def _cell_text(self, cell: _Element, depth: int) -> str:
        boxes: list[_Element] = []
        texts = [
            self._text(paragraph, value_of(paragraph.find(f"{W}pPr"), "pStyle"), boxes, depth + 1)
            for paragraph in cell.iter(f"{W}p")
        ]
        return " ".join(texts).replace("\n", " ").replace("\t", " ")


def _is_fallback(element: _Element) -> bool:
    return any(ancestor.tag == _FALLBACK for ancestor in element.iterancestors())


def _is_shaded(run: _Element) -> bool:
    """Whether white text may stand on a colour: its run, paragraph or cell is shaded, or its table has a style."""
    for element in run.iter(f"{W}shd"):
        if element.get(f"{W}fill", "auto").upper() not in ("AUTO", "FFFFFF"):
            return True
    for ancestor in run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl", f"{W}txbxContent"):
        if ancestor.tag == f"{W}txbxContent" or value_of(ancestor.find(f"{W}tblPr"), "tblStyle"):
            return True
        shade = ancestor.find(f"{ancestor.tag!s}Pr/{W}shd")
        if shade is not None and shade.get(f"{W}fill", "auto").upper() not in ("AUTO", "FFFFFF"):
            return True
    return False


def _count(text: str, most: int) -> int:
    return min(int(text), most) if text.isdigit() and len(text) < 6 else 0
