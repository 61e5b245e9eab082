"""What a page's own marks and styles hide from a person, or strike out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+)|#([\w-]+))?", re.I)
_LONGEST_STYLE = 2_000_000
_HIDING = (
    ("that the page does not show", re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)")),
    ("that is fully transparent", re.compile(r"(?<![\w-])opacity\s*:\s*0?\.?0+(?![\d.])|color\s*:\s*transparent")),
    ("of no size", re.compile(r"(?<![\w-])font-size\s*:\s*0*\.?0+(?:px|pt|em|rem|%)?\s*(?:;|$|!)")),
    ("that is struck out", re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through")),
    ("placed outside the page", re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{4,}px")),
)
_WHITE = re.compile(r"(?<![\w-])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))")
_BACKGROUND = re.compile(r"background")
_STRUCK_OUT = frozenset({"s", "strike", "del"})


@dataclass
class Visibility:
    """Tells why an element is hidden, by its tag, its attributes and the simple rules of the page's own style sheets.

    Rules of one tag, class or id are known; a page that hides text by others shows it here too.
    """

    _rules: dict[tuple[str, str], str] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """Declarations of the rules for a tag, class and id."""
    _tags_with_rules: bool = False

    @classmethod
    def of_page(cls, root: _Element) -> Visibility:
        """The rules of a page's style elements. A style sheet of its own file is not at hand."""
        found = cls()
        styles = "".join(element.text or "" for element in root.iter("style"))[:_LONGEST_STYLE]
        for selectors, declarations in _RULE.findall(_COMMENT.sub("", styles)):
            if "@" in selectors or not (_why_hidden(declarations) or _WHITE.search(declarations)):
                continue
            for selector in selectors.split(","):
                simple = _SIMPLE.fullmatch(selector.strip())
                if simple and any(simple.groups()):
                    tag, name, identifier = ((part or "") for part in simple.groups())
                    found._tags_with_rules |= not (name or identifier)
                    key = ("#" + identifier if identifier else "." + name if name else "", tag.lower())
                    found._rules[key] = found._rules.get(key, "") + ";" + declarations.lower()
        return found

    def why_hidden(self, element: _Element) -> str:
        """Why a person does not see the element's text, in words; empty where they do."""
        tag = str(element.tag)
        if tag in _STRUCK_OUT:
            return "that is struck out"
        if not element.attrib and not self._tags_with_rules:
            return ""
        if element.get("hidden", "until-found") != "until-found":
            return "that the page does not show"
        style = self._style(element, tag)
        why = _why_hidden(style) if style else ""
        if not why and style and _WHITE.search(style) and not self._has_background(element):
            why = "in white"
        return why

    def _style(self, element: _Element, tag: str) -> str:
        style = element.get("style", "").lower()
        if not self._rules:
            return style
        key = tag, element.get("class", ""), element.get("id", "")
        if key not in self._known:
            names = ["", *(f".{name}" for name in key[1].split()), f"#{key[2]}"]
            self._known[key] = ";".join(self._rules.get((name, own), "") for name in names for own in {"", tag})
        return f"{self._known[key]};{style}".strip(";")

    def _has_background(self, element: _Element | None) -> bool:
        while element is not None:
            if element.get("bgcolor") or _BACKGROUND.search(element.get("style") or "") or element.get("class"):
                return True
            element = element.getparent()
        return False


def _why_hidden(declarations: str) -> str:
    text = declarations.lower()
    return next((why for why, pattern in _HIDING if pattern.search(text)), "")
