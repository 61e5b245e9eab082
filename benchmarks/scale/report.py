"""The page of results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

ENGINES = {
    "project": "the project (dbt build, data tests included)",
    "floor": "its SQL through the DuckDB client alone",
    "core": "core facts: the project's SQL",
    "pandas": "core facts: pandas",
    "spark": "core facts: Spark local[2]",
}
_COMPARED = (("project", "floor"), ("pandas", "core"), ("spark", "core"))
_HEAD = """# Build time by number of inspections

Made by `python -m benchmarks.scale` (`make scale-benchmark`); what each row is stands there. The six inspections of
the seeds, over and over. s: elapsed seconds; CPU s: processor seconds, which other work on the machine disturbs least;
load: how many processes wanted one of the machine's cores when the measurement began. Only rows of one size that were
measured at like loads can be compared by elapsed time. Where pandas has a number, its answers were those of the marts
in every row and column; Spark runs the project's own SQL.
"""

Results = Mapping[str, Mapping[str, Any]]


def page(results: Results) -> Iterator[str]:
    """Lines of the page: a table for each number of inspections, and how the build grows from one to the next."""
    yield _HEAD
    for size in sorted(results, key=int):
        rows = results[size]
        yield f"## {int(size):,} inspections\n"
        yield "| | s | CPU s | peak MiB | load |\n|---|---:|---:|---:|---:|"
        for name, description in ENGINES.items():
            if name in rows:
                row = rows[name]
                costs = f"{row['elapsed_s']:.1f} | {row['processor_s']:.1f} | {row['peak_mib']:,} | {row['load']:.0f}"
                yield f"| {description} | {costs} |"
        yield ""
        for name, other in _COMPARED:
            if name in rows and other in rows:
                yield f"- {ENGINES[name]}: {_times(rows[name], rows[other])} of {ENGINES[other]}."
        if "project" in rows:
            yield f"- The database takes {rows['project']['database_bytes'] / 1e6:,.0f} MB.\n"
    yield "## The project's build as it grows\n"
    built = [(int(size), results[size]["project"]) for size in sorted(results, key=int) if "project" in results[size]]
    for (few, less), (many, more) in pairwise(built):
        per_inspection = [
            {key: row[key] / size for key in ("elapsed_s", "processor_s")} for size, row in ((many, more), (few, less))
        ]
        yield f"- From {few:,} to {many:,} inspections: an inspection takes {_times(*per_inspection)}."


def _times(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    elapsed, processor = (one[key] / other[key] for key in ("elapsed_s", "processor_s"))
    return f"{elapsed:.2f} times the elapsed and {processor:.2f} times the processor time"
