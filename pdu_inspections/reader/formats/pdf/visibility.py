"""What of a PDF's text a person sees: not what is invisible, white on white, covered, struck out, in a layer that is
switched off, or outside the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral
from pdfplumber import page as pdfplumber_page

Drawn = Mapping[str, Any]

_INVISIBLE = "invisible"
_LAYER_OFF = "layer off"
_RENDER_NOTHING = (3, 7)
"""Rendering modes of text that draw nothing."""
_NEARLY_WHITE = 0.97
_NEARLY_BLACK = 0.1
_BAND = 12.0
_THINNEST_COVER = 2.0
_THICKEST_STROKE = 1.6
_SHORTEST_STROKE = 3.0
_MIDDLE = (0.3, 0.72)
"""Between which parts of a character's height a line strikes it out."""
_LONGER_THAN_TEXT = 1.3
_MARGIN = 1.0


class _MarkingDevice(pdfplumber_page.PDFPageAggregatorWithMarkedContent):
    """pdfplumber's device, which besides notes the order of painting (as `mcid`) and why text is not seen (as `tag`).

    hidden_layers: names by which the page calls layers that are switched off.
    """

    hidden_layers: Collection[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open_tags: list[bool] = []
        self._is_drawn = True
        self._painted_n = 0

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """Notes whether what follows is in a layer that is switched off."""
        name = props.name if isinstance(props, PSLiteral) else None
        self._open_tags.append(tag.name == "OC" and name in self.hidden_layers)

    def end_tag(self) -> None:
        """Closes the tag last opened."""
        if self._open_tags:
            self._open_tags.pop()

    def render_string(self, textstate: Any, *args: Any) -> None:
        """Notes whether the text is drawn at all."""
        self._is_drawn = textstate.render not in _RENDER_NOTHING
        super().render_string(textstate, *args)
        self._is_drawn = True

    def tag_cur_item(self) -> None:
        """Writes what was noted on the object just painted."""
        if self.cur_item._objs:
            item: Any = self.cur_item._objs[-1]
            self._painted_n += 1
            item.mcid = self._painted_n
            item.tag = _LAYER_OFF if any(self._open_tags) else None if self._is_drawn else _INVISIBLE


def install() -> None:
    """Has pdfplumber use the marking device. Only for the child process that parses one file and ends."""
    pdfplumber_page.PDFPageAggregatorWithMarkedContent = _MarkingDevice  # type: ignore[misc]


def hidden_layers(catalog: Mapping[str, Any]) -> frozenset[int]:
    """Object numbers of the layers that a document's own settings switch off."""
    properties = resolve1(catalog.get("OCProperties")) or {}
    settings = resolve1(properties.get("D")) or {}

    def numbers(name: str, holder: Mapping[str, Any]) -> set[int]:
        return {one.objid for one in resolve1(holder.get(name)) or [] if isinstance(one, PDFObjRef)}

    base = resolve1(settings.get("BaseState"))
    is_off = isinstance(base, PSLiteral) and base.name == "OFF"
    off = numbers("OCGs", properties) if is_off else set()
    return frozenset((off - numbers("ON", settings)) | numbers("OFF", settings))


def enter_page(resources: Any, hidden: Collection[int]) -> None:
    """Tells the device by which names the next page calls the layers that are switched off."""
    names = resolve1((resolve1(resources) or {}).get("Properties")) or {} if hidden else {}
    _MarkingDevice.hidden_layers = frozenset(name for name, group in names.items() if _is_off(group, hidden))


def _is_off(group: Any, hidden: Collection[int]) -> bool:
    """Whether a layer, or every layer of a membership, is switched off."""
    if isinstance(group, PDFObjRef) and group.objid in hidden:
        return True
    members = (resolve1(group) or {}).get("OCGs") if isinstance(resolve1(group), dict) else None
    members = members if isinstance(members, list) else [members]
    return bool(members) and all(isinstance(one, PDFObjRef) and one.objid in hidden for one in members)


@dataclass
class HiddenText:
    """Text that a person does not see, by why and by page."""

    _texts: dict[str, dict[int, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def add(self, why: str, page: int, text: str) -> None:
        """Adds a character."""
        self._texts[why][page].append(text)

    def notices(self) -> Iterator[str]:
        """One notice for each way in which text was hidden."""
        for why, pages in self._texts.items():
            shown = {number: text for number, letters in pages.items() if (text := "".join(letters).strip())}
            if shown:
                numbers = ", ".join(map(str, sorted(shown)[:10])) + (" …" if len(shown) > 10 else "")
                where = f"page {numbers}" if len(shown) == 1 else f"pages {numbers}"
                yield f"text not read on {where}, {why}: {' '.join(shown[min(shown)].split())[:80]!r}"


def seen_characters(
    chars: Sequence[Drawn], rects: Sequence[Drawn], lines: Sequence[Drawn], others: Sequence[Drawn], page: int,
    hidden: HiddenText,
) -> list[Drawn]:  # fmt: skip
    """Characters of a page that a person sees; the rest go to hidden. others: pictures and filled curves."""
    bands = _bands(chars)
    covered = _covered(rects, bands)
    struck = _struck_out([*lines, *rects], bands)
    grounds = [one for one in (*rects, *others) if _is_ground(one)]
    seen = []
    for number, char in enumerate(chars):
        why = ""
        if char.get("tag") == _INVISIBLE:
            why = "set in invisible ink"
        elif char.get("tag") == _LAYER_OFF:
            why = "in a layer that is switched off"
        elif number in covered:
            why = "covered by a filled box"
        elif number in struck:
            why = "struck out"
        elif _is_white(char.get("non_stroking_color")) and not any(_lies_under(one, char) for one in grounds):
            why = "in white on white"
        if why:
            hidden.add(why, page, char["text"])
        else:
            seen.append(char)
    return seen


def _bands(chars: Sequence[Drawn]) -> dict[int, list[tuple[int, Drawn]]]:
    """Characters by bands across the page, so that a box is held against those near it alone."""
    bands: dict[int, list[tuple[int, Drawn]]] = defaultdict(list)
    for number, char in enumerate(chars):
        bands[int((char["top"] + char["bottom"]) / 2 // _BAND)].append((number, char))
    return bands


def _near(bands: Mapping[int, list[tuple[int, Drawn]]], top: float, bottom: float) -> Iterator[tuple[int, Drawn]]:
    if bottom - top > _BAND * 2_000:
        return
    for band in range(int(top // _BAND), int(bottom // _BAND) + 1):
        yield from bands.get(band, ())


def _covered(rects: Iterable[Drawn], bands: Mapping[int, list[tuple[int, Drawn]]]) -> set[int]:
    """Characters under a white or black box that was painted after them. Other colours may be see-through marks."""
    found: set[int] = set()
    for rect in rects:
        if not rect["fill"] or rect["bottom"] - rect["top"] < _THINNEST_COVER or rect.get("tag") == _LAYER_OFF:
            continue
        if not (_is_white(rect["non_stroking_color"]) or _is_black(rect["non_stroking_color"])):
            continue
        for number, char in _near(bands, rect["top"], rect["bottom"]):
            if (char["mcid"] or 0) < (rect["mcid"] or 0) and _contains(rect, char):
                found.add(number)
    return found


def _struck_out(drawn: Iterable[Drawn], bands: Mapping[int, list[tuple[int, Drawn]]]) -> set[int]:
    """Characters with a thin line of their own length through their middle."""
    found: set[int] = set()
    for stroke in drawn:
        if stroke["bottom"] - stroke["top"] > _THICKEST_STROKE or stroke["x1"] - stroke["x0"] < _SHORTEST_STROKE:
            continue
        y = (stroke["top"] + stroke["bottom"]) / 2
        crossed = [
            (number, char)
            for number, char in _near(bands, y - _BAND, y + _BAND)
            if char["text"].strip()
            and char["top"] + _MIDDLE[0] * (height := char["bottom"] - char["top"]) <= y
            and y <= char["top"] + _MIDDLE[1] * height
            and stroke["x0"] - _MARGIN <= (char["x0"] + char["x1"]) / 2 <= stroke["x1"] + _MARGIN
        ]
        if crossed:
            width = max(char["x1"] for _, char in crossed) - min(char["x0"] for _, char in crossed)
            if stroke["x1"] - stroke["x0"] <= _LONGER_THAN_TEXT * width + 2 * _MARGIN:
                found.update(number for number, _ in crossed)
    return found


def _contains(box: Drawn, char: Drawn) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box["x0"] <= x <= box["x1"] and box["top"] <= y <= box["bottom"])


def _is_ground(drawn: Drawn) -> bool:
    if drawn["object_type"] == "image":
        return True
    return bool(drawn.get("fill")) and not _is_white(drawn.get("non_stroking_color"))


def _lies_under(ground: Drawn, char: Drawn) -> bool:
    return (ground.get("mcid") or 0) < (char.get("mcid") or 0) and _contains(ground, char)


def _parts(color: Any) -> tuple[float, ...] | None:
    parts = color if isinstance(color, (tuple, list)) else (color,)
    numbers = tuple(float(part) for part in parts if isinstance(part, (int, float)))
    return numbers if len(numbers) == len(parts) and len(numbers) in (1, 3, 4) else None


def _is_white(color: Any) -> bool:
    parts = _parts(color)
    if parts is None:
        return False
    return max(parts) <= 1 - _NEARLY_WHITE if len(parts) == 4 else min(parts) >= _NEARLY_WHITE


def _is_black(color: Any) -> bool:
    parts = _parts(color)
    if parts is None:
        return False
    return parts[3] >= 1 - _NEARLY_BLACK if len(parts) == 4 else max(parts) <= _NEARLY_BLACK
