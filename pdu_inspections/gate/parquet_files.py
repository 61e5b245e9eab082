"""Report tables that come as Parquet, cut down to the rows that the rules need to see.

A rule looks at one value or at one key. So rows that together show every value of every column, every key that stands
twice and every key that another table lacks are enough to find all that is wrong: a table of millions of rows becomes a
frame of some hundred thousand at most, under the very suites of the CSVs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import duckdb
import pandas as pd

from pdu_inspections.errors import Problem
from pdu_inspections.gate.contract import REPORTS, SeedTable
from pdu_inspections.gate.frames import KEY_SEPARATOR, ROW_COUNTS, Place, TableFrame
from pdu_inspections.sql import literal, quoted

_FILE_SHIFT = 40
"""A row's number is its file's number, shifted, and its number in that file."""


@dataclass(frozen=True)
class ParquetSample(TableFrame):
    """Rows of a table of Parquet files that show all there is to check in it; the index is a number of the row."""

    files: Sequence[Path]
    connection: duckdb.DuckDBPyConnection

    is_sample: ClassVar[bool] = True

    def place(self, index: int) -> Place:
        """File of a row, and its number in it, from 1."""
        return str(self.files[index >> _FILE_SHIFT]), (index & ((1 << _FILE_SHIFT) - 1)) + 1

    def find_keys(self, wanted: Iterable[str]) -> frozenset[str]:
        """Those of some keys that the table has, whether the sample shows them or not."""
        parts = ", ".join(f"coalesce({quoted(column)}, '')" for column in self.table.key)
        self.connection.register("wanted_keys", pd.DataFrame({"key": list(wanted)}, dtype="object"))
        found = self.connection.execute(
            f"select key from wanted_keys semi join (select concat_ws({literal(KEY_SEPARATOR)}, {parts}) as key "
            f"from {quoted(self.table.name)}) using (key)"
        ).fetchall()
        return frozenset(key for (key,) in found)


class ParquetTables:
    """A directory of Parquet tables, one folder each, open in one DuckDB connection."""

    def __init__(self, directory: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.directory = directory
        self.connection = connection
        self.files: dict[str, list[Path]] = {}
        self.tables: dict[str, SeedTable] = {}

    def open_table(self, table: SeedTable) -> list[Problem]:
        """Make the table's files a view, and list what is wrong with their form."""
        folder = self.directory / table.name
        files = sorted(folder.glob("*.parquet"))
        if not files:
            problem = Problem(
                str(folder),
                "no Parquet files",
                expected=f"files with the columns {', '.join(table.column_names)}",
                action="write the table, without rows where there are none",
            )
            return [problem]
        listed = ", ".join(literal(file) for file in files)
        source = f"read_parquet([{listed}], file_row_number = true)"
        try:
            self.connection.execute(
                f"create view {quoted(table.name)} as "
                f"select *, (file_index::bigint << {_FILE_SHIFT}) + file_row_number as row_id from {source}"
            )
            problems = self._column_problems(table, folder)
        except duckdb.Error as error:
            return [Problem(str(folder), "cannot be read", found=str(error), action="write the files again")]
        if not problems:
            self.files[table.name] = files
            self.tables[table.name] = table
        return problems

    def _column_problems(self, table: SeedTable, folder: Path) -> list[Problem]:
        described = self.connection.execute(f"describe {quoted(table.name)}").fetchall()
        found = {str(name): str(kind) for name, kind, *_ in described}
        for name in ("row_id", "file_row_number"):
            found.pop(name)
        columns = ", ".join(table.column_names)
        problems = [
            Problem(str(folder), "missing column", None, name, expected=columns, action="add it")
            for name in table.column_names
            if name not in found
        ]
        for name, kind in found.items():
            if name not in table.column_names:
                problems.append(
                    Problem(str(folder), "unknown column", None, name, action="remove it, or correct its name")
                )
            elif kind != "VARCHAR":
                problems.append(
                    Problem(str(folder), "column is not text", None, name, kind, "text, as printed", "write it as text")
                )
        return problems

    def read_table(self, table: SeedTable) -> ParquetSample:
        """The rows of an open table that show all there is to check in it."""
        name = quoted(table.name)
        columns = [quoted(column) for column in table.column_names]
        frame = self.connection.execute(
            f"with telling as ({' union '.join(self._telling_rows(table))}) "
            f"select row_id, {', '.join(columns)} from {name} semi join telling using (row_id) order by row_id"
        ).df()
        frame = frame.set_index(frame.pop("row_id").astype("int64"))
        frame.index.name = None
        frame = frame.astype("object").where(frame.notna(), None)
        filled = " + ".join(f"count({column})" for column in columns)
        totals = self.connection.execute(f"select count(*), {filled} from {name}").fetchone()
        assert totals is not None
        counts = self._count_rows(table)
        return ParquetSample(table, frame, totals[0], totals[1], counts, self.files[table.name], self.connection)

    def _telling_rows(self, table: SeedTable) -> Iterator[str]:
        """Queries that together choose the rows worth looking at."""
        name = quoted(table.name)
        key = ", ".join(quoted(column) for column in table.key)
        each = ", ".join(f"({quoted(column)})" for column in table.column_names)
        yield f"select min(row_id) as row_id from {name} group by grouping sets ({each})"
        yield f"select unnest([min(row_id), max(row_id)]) from {name} group by {key} having count(*) > 1"
        if table.key_references in self.tables:
            yield f"select row_id from {name} anti join {quoted(table.key_references)} using ({key})"
        if table.name == ROW_COUNTS:
            yield (
                f"select row_id from {name} left join ({self._row_counts()}) using (document_id, table_name) "
                "where rows_n is distinct from coalesce(found_n, 0)::varchar"
            )

    def _row_counts(self) -> str:
        """Rows of each report in each table that names reports."""
        return " union all ".join(
            f"select document_id, {literal(name)} as table_name, count(*) as found_n from {quoted(name)} group by 1"
            for name, table in self.tables.items()
            if table.folder == REPORTS and "document_id" in table.column_names
        )

    def _count_rows(self, table: SeedTable) -> dict[str, int]:
        if "document_id" not in table.column_names:
            return {}
        counted = f"select document_id, count(*) from {quoted(table.name)} where document_id is not null group by 1"
        return {str(document): int(rows_n) for document, rows_n in self.connection.execute(counted).fetchall()}
