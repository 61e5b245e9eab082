"""Whether a row fits the seed contract, checked while a person fills it in; the gate checks it again before a build."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pdu_inspections.gate.characters import find_faults
from pdu_inspections.gate.contract import SeedColumn, SeedTable

Choices = Mapping[tuple[str, str], frozenset[str]]
"""Values of the columns that others refer to, by table and column."""


def find_row_problems(table: SeedTable, row: Mapping[str, str], choices: Choices) -> dict[str, str]:
    """What is wrong with each column of a row; columns without problems are left out."""
    found = {column.name: _problem(column, row.get(column.name, ""), choices) for column in table.columns}
    return {name: problem for name, problem in found.items() if problem}


def _problem(column: SeedColumn, value: str, choices: Choices) -> str:
    if not value:
        return "a value is needed" if column.required else ""
    fault = next(find_faults(value, column.is_free_text), None)
    if fault is not None:
        return f"{fault.message}; {fault.action}"
    if column.pattern is not None and not re.fullmatch(column.pattern.regex, value):
        return f"expected {column.pattern.description}"
    if column.values and value not in column.values:
        return f"expected one of {', '.join(column.values)}"
    if column.references in choices and column.references is not None and value not in choices[column.references]:
        return f"not in {column.references[0]}.csv"
    if column.low is not None and column.high is not None and not column.low <= float(value) <= column.high:
        return f"expected a number from {column.low:g} to {column.high:g}"
    return ""
