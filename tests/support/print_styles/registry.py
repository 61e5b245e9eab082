"""What the ways of printing a report share: where to register one, and rows, shares and lines to change."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

PrintStyle = Callable[[str, random.Random], str]

ROW = re.compile(r"^(?P<label>[^\t]*[^\t\s][^\t]*)\t(?P<value>[^\t]+)$")
FIGURE = re.compile(r"(?:\d[\d,.]*\s?(?:%|per cent)?|not \w+|n/a|data not provided)$", re.I)
RATING = r"(?:Outstanding|Good|Requires improvement|Inadequate)"
PRINT_STYLES: dict[str, PrintStyle] = {}


def print_style(change: PrintStyle) -> PrintStyle:
    """Register a change of a report's text as a print style, under the function's name."""
    PRINT_STYLES[change.__name__] = change
    return change


def change_lines(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(map(change, text.split("\n")))


def change_rows(text: str, change: Callable[[str, str], str]) -> str:
    """Rows with a label and a figure, changed; the contents list is left alone."""
    head, body = split_contents(text)

    def changed(line: str) -> str:
        row = ROW.match(line)
        return change(row["label"], row["value"]) if row and FIGURE.match(bare_value(row["value"])) else line

    return head + change_lines(body, changed)


def change_shares(text: str, change: Callable[[str, str], str]) -> str:
    """Rows with a percentage, changed."""
    return change_rows(text, lambda label, value: change(label, value) if "%" in value else f"{label}\t{value}")


def bare_value(value: str) -> str:
    return re.sub(r"<[^>]*>|[*]", "", value).strip()


def split_contents(text: str) -> tuple[str, str]:
    """A text up to the end of its contents list, and the rest."""
    at = text.find("Acknowledgements")
    if at < 0:
        at = text.find("\nGLOSSARY\n") + 1 or -1
    if at < 0:
        at = text.find("## Foreword")
    return text[:at], text[at:]
