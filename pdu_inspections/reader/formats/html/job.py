"""What the child process does with a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader

from lxml import html
from lxml.etree import LxmlError, _Element

from pdu_inspections.reader.document import LineKind
from pdu_inspections.reader.formats.blocks import BlockWriter, raised
from pdu_inspections.reader.formats.html.tables import PageTable
from pdu_inspections.reader.formats.html.visibility import Visibility
from pdu_inspections.reader.sandbox.job import Record, Refused
from pdu_inspections.reader.text import SUPERSCRIPTS


def _words_of(text: str) -> list[str]:
    return text.split()


_LEFT_OUT = frozenset(
    _words_of(
        "head script style template noscript nav button input select textarea option svg iframe object embed "
        "audio video canvas map dialog datalist"
    )
)
"""Elements whose text is no part of what the page prints."""
_BLOCKS = frozenset(
    _words_of(
        "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 "
        "h3 h4 h5 h6 header hr html legend li main menu ol p pre search section summary table ul center caption"
    )
)
_PARTS_OF_TABLE = frozenset({"tr", "td", "th", "tbody", "thead", "tfoot"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINK_WORDS = re.compile(
    r"\W*(?:back to (?:the )?top|(?:return|go) to (?:the )?top|top of page|skip to (?:main )?content)\W*", re.I
)
_BACK_LINK = re.compile(r"[↩↑^⤴\ufe0e\ufe0f\s]+|jump (?:back|up).*", re.I)
_HOLDERS_OF_NOTES = frozenset({"ol", "section", "div", "aside", "footer", "ul"})
_NOTES = re.compile(r"\b(?:foot|end)notes?\b", re.I)
_NOTE = re.compile(rf"^(?P<mark>[{SUPERSCRIPTS}]{{1,3}}|\[\d{{1,3}}\])\s*\S")
_PLAIN_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789", "[]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset", re.I)
_DEEPEST = 250


def lines(file: BufferedReader, _pages: int) -> Iterator[Record]:
    """Lines of a web page. Raises Refused where it is malformed, nested too deeply, or holds no text."""
    data = file.read()
    root = _parse(data)
    page = _Page(BlockWriter(), Visibility.of_page(root))
    body = root if root.tag == "body" else root.find(".//body")
    yield from page.read(root if body is None else body)
    if not page.writer.has_text:
        raise Refused(
            "holds no text",
            found="a page that is drawn by script" if b"<script" in data.lower() else None,
            expected="a saved web page of a report",
            action="open the page in a browser, wait until it shows, and save it as a complete web page",
        )
    yield from page.writer.notices()


def _parse(data: bytes) -> _Element:
    text = data.removeprefix(b"\xef\xbb\xbf")
    encoding = None
    if data is not text or not _CHARSET.search(text[:4096]):
        try:
            text.decode("utf-8")
            encoding = "utf-8"
        except UnicodeDecodeError:
            encoding = "cp1252"
    try:
        parser = html.HTMLParser(
            encoding=encoding, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
        )
        root: _Element | None = html.document_fromstring(text, parser)
    except (LxmlError, ValueError) as error:
        raise Refused("is malformed", found=str(error)[:200], expected="a saved web page of a report") from None
    if root is None or root.tag == "frameset" or root.find(".//frameset") is not None:
        raise Refused("is a page of frames", expected="the page with the report itself")
    return root


class _Page:
    """Reads the blocks of a page in order."""

    def __init__(self, writer: BlockWriter, visibility: Visibility) -> None:
        self.writer = writer
        self.visibility = visibility
        self._records: list[Record] = []
        self._text = ""
        self._block: tuple[LineKind, int] = (LineKind.PARAGRAPH, 0)
        self._is_in_notes = False
        self._notes_n = 0

    def read(self, root: _Element) -> list[Record]:
        """Records of everything below an element."""
        self._element(root, _tag(root), 0)
        self._flush()
        return self._records

    def inline(self, element: _Element, depth: int = 0) -> str:
        """Text of everything below an element that is read as one piece, such as a cell."""
        text = _one_line(element.text)
        for child in element:
            if tag := self._read_tag(child, depth):
                inner = self.inline(child, depth + 1)
                if tag == "sup":
                    text = _with_raised(text, inner)
                else:
                    text += f" {inner} " if tag in _BLOCKS or tag in ("td", "th", "tr", "br") else inner
            text += _one_line(child.tail)
        return text

    def _read_tag(self, element: _Element, depth: int) -> str:
        """The tag of an element; empty where the element is not read."""
        if not isinstance(element.tag, str):
            return ""
        if depth > _DEEPEST:
            raise Refused("is malformed: nested too deeply")
        tag = _tag(element)
        if tag in _LEFT_OUT:
            return ""
        if tag == "img" and (alternative := (element.get("alt") or "").strip()):
            self.writer.hide("that stands for a picture", alternative)
        if tag == "a" and (_LINK_WORDS.fullmatch(_words(element)) or _is_back_link(element)):
            return ""
        why = self.visibility.why_hidden(element)
        if why:
            self.writer.hide(why, "".join(element.itertext()))
        return "" if why else tag

    def _element(self, element: _Element, tag: str, depth: int) -> None:
        if tag == "table" and PageTable.is_of_data(element):
            self._flush()
            self._records += PageTable(self.writer, self.visibility, self.inline).read(element)
            return
        outer, was_in_notes, counted = self._block, self._is_in_notes, self._notes_n
        is_block = tag in _BLOCKS or tag in _PARTS_OF_TABLE
        if is_block:
            self._flush()
            self._block = self._kind(element, tag)
            if tag in _HOLDERS_OF_NOTES and _is_of_notes(element):
                self._is_in_notes, self._notes_n = True, 0
        self._text += _one_line(element.text)
        for child in element:
            inner = self._read_tag(child, depth)
            if inner == "br":
                self._text += "\n"
            elif inner == "sup":
                self._text = _with_raised(self._text, self.inline(child, depth + 1))
            elif inner:
                self._element(child, inner, depth + 1)
            self._text += _one_line(child.tail)
        if is_block:
            self._flush()
            self._block = outer
            if self._is_in_notes and not was_in_notes:
                self._is_in_notes, self._notes_n = was_in_notes, counted

    def _kind(self, element: _Element, tag: str) -> tuple[LineKind, int]:
        if tag in _HEADINGS:
            return LineKind.HEADING, _HEADINGS[tag]
        if element.get("role") == "heading":
            level = element.get("aria-level") or "2"
            return LineKind.HEADING, int(level) if level.isdigit() and 0 < int(level[:2]) < 10 else 2
        if tag == "li":
            self._notes_n += self._is_in_notes
            return LineKind.LIST_ITEM, 0
        if self._block[0] in (LineKind.HEADING, LineKind.LIST_ITEM):
            return self._block
        return LineKind.PARAGRAPH, 0

    def _flush(self) -> None:
        if not self._text:
            return
        text = "\n".join(filter(None, (" ".join(line.split()) for line in self._text.split("\n"))))
        self._text = ""
        if not text or _LINK_WORDS.fullmatch(text):
            return
        kind, level = self._block
        note = _NOTE.match(text)
        if note is not None:
            mark = note["mark"].translate(_PLAIN_DIGITS)
            self._records += self.writer.block(text, LineKind.FOOTNOTE, mark=mark)
        elif self._is_in_notes and kind is LineKind.LIST_ITEM:
            mark = str(self._notes_n)
            self._records += self.writer.block(f"{raised(mark)} {text}", LineKind.FOOTNOTE, mark=mark)
        elif kind is LineKind.LIST_ITEM:
            self._records += self.writer.block(f"- {text}", kind)
        else:
            self._records += self.writer.block(text, kind, level=level)


def _one_line(text: str | None) -> str:
    """Text of the page's source: line breaks there are spaces, only <br> breaks a line."""
    return text.replace("\n", " ") if text else ""


def _with_raised(text: str, inner: str) -> str:
    """The text with a raised piece after it; the mark of a footnote sticks to the word before."""
    mark = raised(inner)
    return text.rstrip() + mark if mark[:1] in SUPERSCRIPTS and mark else text + mark


def _tag(element: _Element) -> str:
    role = element.get("role")
    if role in ("table", "grid") and element.tag != "table":
        return "table"
    return str(element.tag).lower()


def _words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_back_link(element: _Element) -> bool:
    """Whether a link leads from a footnote back to its mark."""
    return (element.get("href") or "").startswith("#") and _BACK_LINK.fullmatch(_words(element)) is not None


def _is_of_notes(element: _Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return len(names) > 2 and _NOTES.search(names.replace("-", " ").replace("_", " ")) is not None
