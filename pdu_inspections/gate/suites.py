"""The rules of a seed table: one Great Expectations suite per table, built from the seed contract.

Each rule is an expectation, and the words for a person whose file breaks it.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import pandas as pd
from great_expectations.expectations import core
from great_expectations.expectations.expectation import Expectation

from pdu_inspections.gate.contract import REPORTS, SeedColumn, SeedTable
from pdu_inspections.gate.frames import KEY_SEPARATOR, ROW_COUNTS, TableFrame

ROWS_FOUND = "rows found"

_VALUE_SET_LIMIT = 500
"""Longest value set that an expectation is given."""

_SUGGESTED_FROM = 2_000
"""Vocabularies of more values are not searched for a value of similar spelling."""


@dataclass(frozen=True)
class Rule:
    """An expectation of a table's suite, and what to say about a row that does not meet it.

    column: the column or columns that it is about. computed: a column of the frame made for this rule, if it needs one.
    choices: the values there may be. remedy: what to do about a value, where action is not enough.
    """

    name: str
    expectation: Expectation
    column: str
    message: str
    expected: str
    action: str
    computed: Any = None
    choices: frozenset[str] = frozenset()
    remedy: Callable[[str], str] | None = None

    def expectation_for(self, found: str) -> str:
        """What was expected instead of a value, with the likeliest value where there is one."""
        if 0 < len(self.choices) <= _SUGGESTED_FROM:
            return self.expected + _suggestion(found, self.choices)
        return self.expected

    def action_for(self, found: str) -> str:
        """What to do about a value."""
        return self.action if self.remedy is None else self.remedy(found)


@lru_cache(maxsize=1024)
def _suggestion(found: str, choices: frozenset[str]) -> str:
    close = difflib.get_close_matches(found, sorted(choices), 1)
    return f", perhaps {close[0]!r}" if close else ""


def build_rules(rows: TableFrame, others: Mapping[str, TableFrame]) -> list[Rule]:
    """Every rule of a table. Rules that need a table which could not be read are left out."""
    table = rows.table
    rules: list[Rule] = []
    for column in table.columns:
        if column.required:
            rules.append(required_rule(table, column))
        if column.pattern is not None:
            rules.append(pattern_rule(table, column))
        if column.values:
            rules.append(values_rule(table, column))
        if column.references is not None and column.references[0] in others:
            rules.append(reference_rule(rows, column, others[column.references[0]]))
        if column.low is not None or column.high is not None:
            rules.append(range_rule(rows, column))
    rules.append(key_rule(table))
    if table.key_references is not None and table.key_references in others:
        rules.append(key_reference_rule(rows, others[table.key_references]))
    if ROW_COUNTS in others and table.folder == REPORTS and rows.counts:
        rules.append(counted_rule(rows, others[ROW_COUNTS]))
    if table.name == ROW_COUNTS:
        rules.append(row_count_rule(rows, others))
    return rules


def required_rule(table: SeedTable, column: SeedColumn) -> Rule:
    """Every row has a value in the column."""
    return Rule(
        f"{table.name}.{column.name} is never empty",
        core.ExpectColumnValuesToNotBeNull(column=column.name),
        column.name,
        "empty value",
        "a value in every row of this column",
        "fill it in",
    )


def pattern_rule(table: SeedTable, column: SeedColumn) -> Rule:
    """Values are of the agreed form."""
    assert column.pattern is not None
    return Rule(
        f"{table.name}.{column.name} is of the agreed form",
        core.ExpectColumnValuesToMatchRegex(column=column.name, regex=rf"\A(?:{column.pattern.regex})\Z"),
        column.name,
        "value is not of the agreed form",
        column.pattern.description,
        "correct the value",
    )


def values_rule(table: SeedTable, column: SeedColumn) -> Rule:
    """Values are among those that the contract lists."""
    return Rule(
        f"{table.name}.{column.name} is one of the agreed values",
        core.ExpectColumnValuesToBeInSet(column=column.name, value_set=list(column.values)),
        column.name,
        "unknown value",
        f"one of {', '.join(column.values)}",
        "correct the value, or add it to the column in the YAML of the folder",
        choices=frozenset(column.values),
    )


def reference_rule(rows: TableFrame, column: SeedColumn, other: TableFrame) -> Rule:
    """Values stand in a column of another table."""
    assert column.references is not None
    name = column.references[1]
    choices = other.values(name)
    expectation, computed = _expect_one_of(rows.frame[column.name], choices)
    return Rule(
        f"{rows.table.name}.{column.name} stands in {other.table.name}.{name}",
        expectation,
        column.name,
        "unknown value",
        f"a {name} of {other.table.path}",
        f"correct the value, or add a row to {other.table.path}",
        computed=computed,
        choices=choices,
    )


def _expect_one_of(values: Any, choices: frozenset[str]) -> tuple[Expectation, Any]:
    """An expectation that values of a column are among the choices, and the column to compute for it, if any.

    The engine copies a value set some hundred times, so where there are many choices the values that are none of them
    are put in a column of their own, which must be empty.
    """
    if len(choices) <= _VALUE_SET_LIMIT:
        return core.ExpectColumnValuesToBeInSet(column=values.name, value_set=sorted(choices)), None
    unknown = values.where(~values.isin(choices), None).rename(f"{values.name} that is unknown")
    return core.ExpectColumnValuesToBeNull(column=unknown.name), unknown


def range_rule(rows: TableFrame, column: SeedColumn) -> Rule:
    """Numbers lie in the agreed range."""
    name = f"{column.name} as a number"
    low, high = (("any" if bound is None else f"{bound:g}") for bound in (column.low, column.high))
    return Rule(
        f"{rows.table.name}.{column.name} is from {low} to {high}",
        core.ExpectColumnValuesToBeBetween(column=name, min_value=column.low, max_value=column.high),
        column.name,
        "value out of range",
        f"a number from {low} to {high}",
        "compare with the report and correct the value",
        computed=pd.to_numeric(rows.frame[column.name], errors="coerce").rename(name),
    )


def key_rule(table: SeedTable) -> Rule:
    """No key occurs twice."""
    expectation: Expectation = (
        core.ExpectColumnValuesToBeUnique(column=table.key[0])
        if len(table.key) == 1
        else core.ExpectCompoundColumnsToBeUnique(column_list=list(table.key))
    )
    return Rule(
        f"{table.name} has every key once",
        expectation,
        " + ".join(table.key),
        "duplicate key",
        "each key once",
        "remove the row that is wrong, or correct its key",
    )


def key_reference_rule(rows: TableFrame, other: TableFrame) -> Rule:
    """Every key is a key of another table too."""
    name = " + ".join(rows.table.key)
    keys = rows.keys.rename(f"key {name}")
    expectation, computed = _expect_one_of(keys, other.find_keys(keys))
    return Rule(
        f"{rows.table.name} has its keys from {other.table.name}",
        expectation,
        name,
        f"no row of this key in {other.table.path}",
        f"a row of the same key in {other.table.path}",
        f"correct the key, or remove the row: {other.table.path} has none of it",
        computed=keys if computed is None else computed,
        remedy=None if other.table.folder == REPORTS else lambda found: _row_to_add(other.table, found),
    )


def _row_to_add(table: SeedTable, key: str) -> str:
    values = dict(zip(table.key, key.split(KEY_SEPARATOR), strict=True))
    row = ",".join(values.get(c.name, f"<{c.name}>" if c.required else "") for c in table.columns)
    return f"add the row to {table.path}: {row}"


def row_count_rule(expected: TableFrame, others: Mapping[str, TableFrame]) -> Rule:
    """Every report gives every table the expected number of rows. Tables that could not be read are passed over."""
    columns = ("document_id", "table_name", "rows_n")
    found = [
        str(others[table].counts.get(document, 0)) if table in others else rows_n
        for document, table, rows_n in zip(*(expected.frame[name] for name in columns), strict=True)
    ]
    return Rule(
        "reports give every table the expected number of rows",
        core.ExpectColumnPairValuesToBeEqual(column_A="rows_n", column_B=ROWS_FOUND),
        "rows_n",
        "row count differs",
        "the number of rows that the table has of this report",
        "find the row that is missing or too many; change the expected number only with its reason",
        computed=pd.Series(found, index=expected.frame.index, dtype="object", name=ROWS_FOUND),
    )


def counted_rule(rows: TableFrame, expected: TableFrame) -> Rule:
    """Every report that gives a table rows has an expected number of them."""
    name = f"report in {ROW_COUNTS}"
    first = ~rows.frame["document_id"].duplicated()
    counts = {f"{document}{KEY_SEPARATOR}{rows.table.name}": rows_n for document, rows_n in rows.counts.items()}
    reports = (rows.frame["document_id"] + KEY_SEPARATOR + rows.table.name).where(first, None).rename(name)
    expectation, computed = _expect_one_of(reports, expected.find_keys(list(counts)))
    return Rule(
        f"{rows.table.name} has an expected number of rows for every report",
        expectation,
        "document_id",
        "number of rows of this report is not confirmed",
        f"a row in {expected.table.path}",
        "",
        computed=reports if computed is None else computed,
        remedy=lambda found: (
            f"add the row to {expected.table.path}: {','.join(found.split(KEY_SEPARATOR))},{counts[found]},<reason>"
        ),
    )
