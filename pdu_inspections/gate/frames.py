"""Rows of a seed table as the rules see them: a pandas frame, and the file and line of each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from pdu_inspections.errors import Problem
from pdu_inspections.gate.characters import find_faults
from pdu_inspections.gate.contract import SeedTable
from pdu_inspections.gate.csv_files import Record, read_records

KEY_SEPARATOR = " | "
ROW_COUNTS = "expected_row_counts"

Place = tuple[str, int]
"""A file and a line in it, from 1."""


@dataclass(frozen=True)
class TableFrame:
    """Rows of a table, all text, None where there is no value; the index is the line in the table's CSV.

    rows_n, values_n: rows and values of the table. counts: its rows by document id.
    """

    table: SeedTable
    frame: pd.DataFrame
    rows_n: int
    values_n: int
    counts: dict[str, int]

    is_sample: ClassVar[bool] = False
    """Whether the frame leaves out rows that show nothing new."""

    def place(self, index: int) -> Place:
        """File and line of a row."""
        return self.table.path, index

    def values(self, column: str) -> frozenset[str]:
        """Every value of a column."""
        return frozenset(self.frame[column].dropna())

    def find_keys(self, wanted: Iterable[str]) -> frozenset[str]:
        """Those of some keys that the table has."""
        return frozenset(self.keys).intersection(wanted)

    @cached_property
    def keys(self) -> Any:
        """The key of every row of the frame as one text."""
        joined = self.frame[self.table.key[0]].fillna("")
        for name in self.table.key[1:]:
            joined = joined + KEY_SEPARATOR + self.frame[name].fillna("")
        return joined


def read_table(path: Path, table: SeedTable, folder: Path) -> tuple[TableFrame | None, list[Problem]]:
    """The rows of a CSV, line numbers as the frame's index, and everything wrong with the file's form."""
    records, problems = read_records(path, table, folder)
    return None if records is None else _frame(table, records), problems


def _frame(table: SeedTable, records: Sequence[Record]) -> TableFrame:
    frame = pd.DataFrame(
        [[value or None for value in record.values] for record in records],
        index=pd.Index([record.line for record in records], dtype="int64"),
        columns=list(table.column_names),
        dtype="object",
    )
    counts = frame["document_id"].value_counts() if "document_id" in frame else pd.Series(dtype="int64")
    by_document = {str(document): int(rows_n) for document, rows_n in counts.items()}
    return TableFrame(table, frame, len(frame), int(frame.count().sum()), by_document)


def find_character_problems(rows: TableFrame) -> Iterator[Problem]:
    """What is wrong with values whatever their column means, the first row of each wrong value."""
    for column in rows.table.columns:
        values = rows.frame[column.name].dropna()
        for index, value in values.drop_duplicates().items():
            for fault in find_faults(value, column.is_free_text):
                file, line = rows.place(int(str(index)))
                yield Problem(file, fault.message, line, column.name, fault.found, fault.expected, fault.action)
