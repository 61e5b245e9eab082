"""The page of published tables (docs/marts.md): what one row is, the key, and what the table refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pdu_inspections.markdown import cell

CHAPTERS = {
    "core": "What reports print",
    "reporting": "Ready to read",
    "quality": "Contradictions",
    "landscape": "Other inspections, known from public pages",
}
# A foreign key names a table as ref(), or as main.table (column) where ref() would make a circle.
_REFERRED = re.compile(r"ref\('(\w+)'\)|main\.(\w+)")
_INTRODUCTION = """\
# The published tables

Every table in the schema `main`, with its own description. `make docs` writes this page from the built file. The site's
dictionary and the comments in the file describe the columns too.

Facts join dimensions by the column of the same name. Each of these joins is many to one, so it never multiplies rows.
Every fact has a `citation_id`, which leads to `dim_citation`: report, section, pages, line and the figure as printed.
[architecture.md](architecture.md#how-the-tables-hang-together) has a diagram.

Three things not to do:

- Do not average percentages over inspections: add `yes_n` and `cases_n`, then divide.
- Do not compare standards of different frameworks by their code: 2.1 is court work for a PDU and assessment for a CRC.
  Use `rpt_key_question_comparison`.
- Do not take 100 less a prompt's percentage for the share judged insufficient: see `fct_prompt`.
"""
_LAST_CHAPTER = """\
## Added by a release

| table | one row is | key |
|---|---|---|
| `ops_build` | a published build, this one or an earlier one | `build_id` |
| `ops_test_result` | a check in a build, for the last 100 builds | `build_id`, `test_id` |
| `ops_table_content` | a table in a build: rows, content hash, what changed | `build_id`, `table_name` |
| `ops_input` | an input file of a build, for the last 100 builds | `build_id`, `path` |

The file also stores SQL macros for numbers of your own: `wilson_low(k, n, confidence := 95)` and `wilson_high` in per
cent, `newcombe_low(k1, n1, k2, n2, confidence := 95)` and `newcombe_high` in percentage points, and
`possible_counts(pct, n)`.
"""


@dataclass(frozen=True)
class _Table:
    """A published table as its YAML declares it. references: table referred to, by the column that does."""

    name: str
    key: tuple[str, ...]
    references: dict[str, str]


def render(root: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """The page, from the models' YAML below `root` and from the descriptions in the built file."""
    rows = connection.execute("select table_name, comment from duckdb_tables() where schema_name = 'main'").fetchall()
    descriptions = dict(rows)
    parts = [_INTRODUCTION]
    for folder, title in CHAPTERS.items():
        lines = [f"## {title}", "", "| table | description | key | refers to |", "|---|---|---|---|"]
        lines += [_row(table, descriptions[table.name]) for table in declared_tables(root, folder)]
        parts.append("\n".join(lines) + "\n")
    return "\n".join([*parts, _LAST_CHAPTER])


def declared_tables(root: Path, folder: str) -> Iterator[_Table]:
    """The tables of a folder of models/marts, by name."""
    for path in sorted((root / "models" / "marts" / folder).glob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            yield _Table(model["name"], _key(model), dict(_references(model)))


def _key(model: dict[str, Any]) -> tuple[str, ...]:
    for constraint in model.get("constraints", []):
        if constraint["type"] == "primary_key":
            return tuple(constraint["columns"])
    return tuple(
        column["name"]
        for column in model["columns"]
        if any(constraint["type"] == "primary_key" for constraint in column.get("constraints", []))
    )


def _references(model: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for column in model["columns"]:
        for constraint in column.get("constraints", []):
            if constraint["type"] == "foreign_key":
                found = _REFERRED.match(constraint.get("to") or constraint["expression"])
                assert found is not None, f"{model['name']}.{column['name']}: a foreign key without a table"
                yield column["name"], found[1] or found[2]


def _row(table: _Table, description: str) -> str:
    referred = sorted(set(table.references.values()) - {table.name})
    cells = (f"`{table.name}`", cell(description), _codes(table.key), _codes(referred))
    return f"| {' | '.join(cells)} |"


def _codes(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
