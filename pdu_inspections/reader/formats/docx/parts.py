"""Parts of a DOCX: its XML read safely, its styles, and the numbers it puts before headings."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree
from lxml.etree import _Element

from pdu_inspections.reader.sandbox.job import Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (\d)|title", re.I)
_LEVEL = re.compile(r"%([1-9])")
_DEEPEST_STYLE = 20

T = TypeVar("T")


def parse_part(archive: zipfile.ZipFile, name: str) -> _Element | None:
    """The root of an XML part; None where there is none. Raises Refused where it has a document type of its own."""
    try:
        data = archive.read(name)
    except KeyError:
        return None
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Refused("is malformed", found=f"a document type of its own in {name}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("is malformed", found=f"{name}: {error}"[:200]) from None


def value_of(element: _Element | None, name: str, default: str = "") -> str:
    """The value of a child element such as `<w:ilvl w:val="0"/>`."""
    child = None if element is None else element.find(f"{W}{name}")
    return default if child is None else child.get(f"{W}val", default)


def is_on(properties: _Element | None, name: str) -> bool:
    """Whether a property such as bold is switched on."""
    child = None if properties is None else properties.find(f"{W}{name}")
    return child is not None and child.get(f"{W}val", "true").lower() not in ("false", "0", "off", "none")


@dataclass
class Styles:
    """Styles of paragraphs by id."""

    _styles: dict[str, _Element] = field(default_factory=dict)

    @classmethod
    def of(cls, root: _Element | None) -> Styles:
        """The styles of styles.xml."""
        found = () if root is None else root.iterfind(f"{W}style")
        return cls({style.get(f"{W}styleId", ""): style for style in found})

    def heading_level(self, style_id: str) -> int:
        """The level of a heading's style from 1; 0 where it is no heading."""

        def level(style: _Element) -> int:
            outline = value_of(style.find(f"{W}pPr"), "outlineLvl")
            if outline.isdigit() and int(outline) < 9:
                return int(outline) + 1
            named = _HEADING.fullmatch(value_of(style, "name"))
            return int(named[1] or 1) if named else 0

        return self._first(style_id, level) or 0

    def numbering(self, style_id: str) -> _Element | None:
        """The numbering that a style gives its paragraphs."""
        return self._first(style_id, lambda style: style.find(f"{W}pPr/{W}numPr"))

    def run_properties(self, style_id: str) -> list[_Element]:
        """Properties of text in a style and those it is based on, nearest first."""
        found: list[_Element] = []

        def add(style: _Element) -> None:
            found.extend(style.iterfind(f"{W}rPr"))

        self._first(style_id, add)
        return found

    def _first(self, style_id: str, value: Callable[[_Element], T | None]) -> T | None:
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(style_id)
            if style is None:
                return None
            found = value(style)
            if found is not None and found != 0:
                return found
            style_id = value_of(style, "basedOn")
        return None


class Numbering:
    """Numbers that the word processor puts before paragraphs, counted in the order of the document."""

    def __init__(self, root: _Element | None) -> None:
        self._levels: dict[str, dict[int, _Element]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        kinds = {kind.get(f"{W}abstractNumId", ""): kind for kind in root.iterfind(f"{W}abstractNum")}
        for number in root.iterfind(f"{W}num"):
            kind = kinds.get(value_of(number, "abstractNumId"))
            if kind is not None:
                levels = {int(level.get(f"{W}ilvl", "0")): level for level in kind.iterfind(f"{W}lvl")}
                self._levels[number.get(f"{W}numId", "")] = levels

    def label(self, properties: _Element | None) -> str | None:
        """The number of the next paragraph with these properties: empty for a bullet, None where it has no number."""
        number_id, level = value_of(properties, "numId"), value_of(properties, "ilvl", "0")
        if number_id in ("", "0") or not level.isdigit():
            return None
        levels, at = self._levels.get(number_id, {}), int(level)
        own = levels.get(at)
        if own is None:
            return ""
        counts = self._counts[number_id]
        start = value_of(own, "start", "1")
        counts[at] = counts.get(at, int(start if start.isdigit() else "1") - 1) + 1
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]
        if value_of(own, "numFmt") != "decimal":
            return ""
        return _LEVEL.sub(lambda found: str(counts.get(int(found[1]) - 1, 1)), value_of(own, "lvlText")).strip()
