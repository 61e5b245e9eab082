"""Text for Markdown pages."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_\[\]<>|#]")


def cell(value: object) -> str:
    """Text on one line that Markdown shows as it is, in a table too."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", " ".join(str(value).split()))
