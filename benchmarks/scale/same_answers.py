"""Whether the core facts of pandas are those of the marts: every row, and every column that pandas makes.

    python -m benchmarks.scale.same_answers DATABASE DIRECTORY

DATABASE holds the marts, DIRECTORY a Parquet file for each. Doubles and decimals are compared to nine digits.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.scale.core import CORE
from pdu_inspections.sql import literal, quoted

NOT_MADE = frozenset(
    {"base_basis", "eligible_cases_n", "eligible_basis", "yes_pct_low_95_finite", "yes_pct_high_95_finite"}
)
"""Columns that only the project's SQL makes: pandas has that much less to do."""


def main(database: Path, directory: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        found = [text for name in CORE for text in differences(connection, name, directory / f"{name}.parquet")]
    if found:
        sys.exit("\n".join(found))


def differences(connection: duckdb.DuckDBPyConnection, name: str, other: Path) -> Iterator[str]:
    """A sentence for each way in which a mart and a Parquet file differ."""
    described = [row for row in connection.execute(f"describe {quoted(name)}").fetchall() if row[0] not in NOT_MADE]
    columns = ", ".join(
        f"round({quoted(column)}::double, 9)" if data_type.startswith(("DECIMAL", "DOUBLE")) else quoted(column)
        for column, data_type, *_ in described
    )
    mart, pandas = f"select {columns} from {quoted(name)}", f"select {columns} from read_parquet({literal(other)})"
    for one, less, side in ((mart, pandas, "the mart"), (pandas, mart, "pandas")):
        rows = connection.execute(f"({one}) except all ({less})").fetchall()
        if rows:
            yield f"{name}: {len(rows):,} rows only in {side}, such as {rows[0]}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
