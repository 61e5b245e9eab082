"""Rows of a seed table as the rules see them: a pandas frame, and the file and line of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pdu_inspections.errors import Problem
from pdu_inspections.gate.characters import find_faults
from pdu_inspections.gate.contract import SeedTable

KEY_SEPARATOR = " | "
ROW_COUNTS = "expected_row_counts"

Place = tuple[str, int]
"""A file and a line in it, from 1."""


@dataclass(frozen=True)
class TableFrame:
    """Rows of a table, all text, None where there is no value.

    place: file and line of a row, by the frame's index. values: every value of a column. counts: rows of each report,
    by document id. find_keys: those of some keys that the table has. is_sample: whether the frame leaves out rows that
    show nothing new; all else speaks of them too.
    """

    table: SeedTable
    frame: pd.DataFrame
    place: Callable[[int], Place]
    rows_n: int
    values_n: int
    values: Callable[[str], frozenset[str]]
    counts: dict[str, int]
    find_keys: Callable[[Any], frozenset[str]]
    is_sample: bool = False

    def keys(self) -> Any:
        """The key of every row as one text."""
        return join_columns(self.frame, self.table.key)


def join_columns(frame: pd.DataFrame, names: tuple[str, ...]) -> Any:
    """Some columns of every row as one text."""
    joined = frame[names[0]].fillna("")
    for name in names[1:]:
        joined = joined + KEY_SEPARATOR + frame[name].fillna("")
    return joined


def find_character_problems(rows: TableFrame) -> Iterator[Problem]:
    """What is wrong with values whatever their column means, the first row of each wrong value."""
    for column in rows.table.columns:
        values = rows.frame[column.name].dropna()
        for index, value in values.drop_duplicates().items():
            for fault in find_faults(value, column.is_free_text):
                file, line = rows.place(int(str(index)))
                yield Problem(file, fault.message, line, column.name, fault.found, fault.expected, fault.action)
