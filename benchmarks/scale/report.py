"""The result as a table and a plot (SVG, drawn here: axes, points and lines are all it needs)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

ENGINES = {
    "project": "the project (dbt build, data tests included)",
    "floor": "its SQL through the DuckDB client alone",
    "core": "core facts: the project's SQL",
    "pandas": "core facts: pandas",
    "sqlmesh": "core facts: SQLMesh",
    "spark": "core facts: Spark local[2]",
    "add": "one inspection added (pdu add)",
}
COMPARED = (
    ("project", "floor", 2),
    ("add", "project", 3),
    ("pandas", "core", 1),
    ("sqlmesh", "core", 1),
    ("spark", "core", 1),
)
_COLOURS = {
    "project": "#1b5e9e",
    "floor": "#7fb2dd",
    "core": "#2a7f4f",
    "pandas": "#c0652b",
    "sqlmesh": "#8a4fa3",
    "spark": "#b3263a",
    "add": "#5a6b2f",
}
_HEAD = """# From five inspections to a million

Made by `python -m benchmarks.scale` (`make scale-benchmark`); what each row is stands there. Synthetic inspections of
the real shapes, 115 figures each on average. s: seconds on the clock; CPU s: processor seconds, which other work on the
machine disturbs least; load: how many processes wanted one of the two cores when the measurement began. Only rows of
one size that were measured at like loads can be compared on the clock. Where pandas has a number here, its answers were
those of the marts in every row and column; SQLMesh and Spark run the project's own SQL.
"""


def write_report(results: Mapping[str, Mapping[str, Any]], directory: Path) -> None:
    """scale.md and scale.svg."""
    sizes = sorted(results, key=int)
    parts = [_HEAD]
    for size in sizes:
        rows = results[size]
        timed = [name for name in ENGINES if name in rows]
        if timed:
            parts.append(f"## {int(size):,} inspections\n")
            parts.append("| | s | CPU s | peak MiB | load |\n|---|---:|---:|---:|---:|")
            parts += [_row(ENGINES[name], rows[name]) for name in timed]
            parts.append("")
        parts += _sentences(rows)
    parts += _growth(results)
    (directory / "scale.md").write_text("\n".join(parts).rstrip() + "\n\n![CPU seconds by inspections](scale.svg)\n")
    (directory / "scale.svg").write_text(plot(results), encoding="utf-8")


def _row(name: str, row: Mapping[str, Any]) -> str:
    if "did_not_end" in row:
        reason = row["did_not_end"].replace("|", "\\|")
        return f"| {name} | did not end: {reason} | | | {row['load']:.0f} |"
    return f"| {name} | {row['wall_s']:.1f} | {row['busy_s']:.1f} | {row['peak_mib']:,} | {row['load']:.0f} |"


def _sentences(rows: Mapping[str, Any]) -> list[str]:
    rows = _ended(rows)
    said = []
    for name, against, decimals in COMPARED:
        if name in rows and against in rows:
            said.append(f"{ENGINES[name]}: {_times(rows[name], rows[against], decimals)} of {ENGINES[against]}.")
    if "with_dbt" in rows.get("add", {}):
        first = rows["add"]["with_dbt"]
        said.append(
            "The addition runs the SQL kept from the one before it, of 19 inspections, which started dbt and took "
            f"{first['wall_s']:.1f} s and {first['busy_s']:.1f} CPU s."
        )
    if "queries" in rows:
        asked = rows["queries"]
        said.append(f"Twenty queries: {asked['seconds']:.2f} s together, {asked['slowest']:.2f} s the slowest.")
    if "project" in rows:
        said.append(f"The database takes {rows['project']['database_bytes'] / 1e6:,.0f} MB.")
    if "scheduled" in rows.get("empty", {}):
        nodes = ", ".join(f"{count} {kind}s" for kind, count in rows["empty"]["nodes"].items())
        for kind, what in (("scheduled", "without unit tests, as scheduled"), ("with_unit_tests", "with unit tests")):
            row = rows["empty"][kind]
            said.append(
                f"A warm build of the shipped reports, {what}, takes {row['shipped_busy_s']:.1f} CPU s, an empty dbt "
                f"project of as many nodes {row['empty_busy_s']:.1f}: {row['ratio']:.2f} times ({nodes})."
            )
    return [*(f"- {sentence}" for sentence in said), ""] if said else []


def _times(one: Mapping[str, Any], other: Mapping[str, Any], decimals: int) -> str:
    clock, processor = (one[key] / other[key] for key in ("wall_s", "busy_s"))
    return f"{clock:.{decimals}f} times the clock time and {processor:.{decimals}f} times the processor time"


def _growth(results: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What the project takes per inspection at a size, against the size before."""
    built = [(int(size), results[size]["project"]) for size in sorted(results, key=int) if "project" in results[size]]
    said = []
    for (few, less), (many, more) in pairwise(built):
        each = {"busy_s": more["busy_s"] / many, "wall_s": more["wall_s"] / many}
        said.append(
            f"- From {few:,} to {many:,} inspections: an inspection takes "
            f"{_times(each, {key: less[key] / few for key in each}, 2)}."
        )
    return ["## The project's build as it grows\n", *said, ""] if said else []


def _ended(rows: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row for name, row in rows.items() if "did_not_end" not in row}


def plot(results: Mapping[str, Mapping[str, Any]]) -> str:
    """CPU seconds against inspections, both logarithmic, a line for each engine."""
    ended = {size: _ended(rows) for size, rows in results.items()}
    lines = {
        name: [(int(size), rows[name]["busy_s"]) for size, rows in ended.items() if name in rows] for name in ENGINES
    }
    lines = {name: sorted(points) for name, points in lines.items() if points}
    if not lines:
        return '<svg xmlns="http://www.w3.org/2000/svg"/>\n'
    points = [point for line in lines.values() for point in line]
    low_x, high_x = (math.log10(bound(x for x, _ in points)) for bound in (min, max))
    low_y, high_y = math.floor(math.log10(min(y for _, y in points))), math.ceil(math.log10(max(y for _, y in points)))

    def x_of(size: float) -> float:
        return 70 + 500 * (math.log10(size) - low_x) / max(high_x - low_x, 1)

    def y_of(seconds: float) -> float:
        return 360 - 320 * (math.log10(seconds) - low_y) / max(high_y - low_y, 1)

    drawn = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 420" font-family="sans-serif" font-size="13">',
        '<rect width="900" height="420" fill="white"/>',
        '<text x="70" y="24">CPU seconds by number of inspections (both axes logarithmic)</text>',
    ]
    for power in range(low_y, high_y + 1):
        y = y_of(10**power)
        drawn.append(f'<line x1="70" x2="570" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>')
        drawn.append(f'<text x="62" y="{y + 4:.0f}" text-anchor="end">{10**power:g}</text>')
    for size in sorted({x for x, _ in points}):
        drawn.append(f'<text x="{x_of(size):.0f}" y="382" text-anchor="middle">{size:,}</text>')
    for number, (name, line) in enumerate(lines.items()):
        path = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in line)
        colour = _COLOURS[name]
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3" fill="{colour}"/>' for x, y in line]
        drawn.append(f'<text x="590" y="{70 + 22 * number}" fill="{colour}">{ENGINES[name]}</text>')
    return "\n".join([*drawn, "</svg>"]) + "\n"
