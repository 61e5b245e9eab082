"""The page of results, of which a run writes its engine's section."""

from __future__ import annotations

import re
from pathlib import Path

INTRODUCTION = """# Every mart on other engines

`make test-dbt2`, `make test-ducklake`, `make test-postgres` and `make test-spark` build the whole project (seeds,
models, unit tests, data tests) on the engine and compare every mart with what dbt 1 builds on DuckDB. Every value is
compared as text: whole numbers, decimals, dates, flags and texts to the last digit; no mart has a column of another
kind, so nothing is compared within a tolerance. The content hash is of all rows, whatever their order.
"""


def write_section(path: Path, name: str, parts: list[str]) -> None:
    """Rewrite one section; others stay as they are."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    sections = {
        match[1]: match[2].strip() for match in re.finditer(r"^## (.+)\n((?:(?!## ).*\n?)*)", old, re.MULTILINE)
    }
    sections[name] = "\n\n".join(parts)
    text = "\n\n".join([INTRODUCTION.strip(), *(f"## {title}\n\n{body}" for title, body in sorted(sections.items()))])
    path.write_text(text + "\n", encoding="utf-8")
