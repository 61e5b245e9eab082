"""As many inspections as a test or benchmark wants: the project's own seeds over and over, as Parquet.

    .venv/bin/python -m tests.support.copies DIRECTORY INSPECTIONS

The first copy has the names of the seeds; in each further one every report, body, area and finding has its own name.
Published pages, of which there is one set, are left out, and findings about them. Copies are whole, so a few more
inspections than asked for may be written. DIRECTORY is what the variable report_tables takes: one folder per table.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from tests.support.contract import BY_NAME, LANDSCAPE, TABLES, SeedTable

SEEDS = Path(__file__).parents[2] / "seeds"
_NAMED_BY_COPY = ("document_id", "inspection_id", "organisation_id", "area_id", "finding_id", "fact_key")
_SHOWN_NAMES = ("organisation_name", "area_name")
_FINDINGS = ("discrepancy_id", "same_as")
_PREFIX = "concat('twin', copy_n, '_')"
_FIRST_OF_ALL = "workload_unit_printed_alike"
"""The rule that holds every report against the first one that prints a sign, which is that of the first copy."""


def write(directory: Path, inspections: int) -> int:
    """Write every table that may come as Parquet below directory; gives how many inspections there are."""
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false")
        in_one = connection.execute(f"select count(*) from {_rows(BY_NAME['inspections'])}").fetchone()
        assert in_one is not None
        copies = -(-inspections // in_one[0])
        for table in TABLES:
            if table.grows:
                _write_table(connection, directory, table, 0 if table.folder == LANDSCAPE else copies)
    return int(copies * in_one[0])


def _write_table(connection: duckdb.DuckDBPyConnection, directory: Path, table: SeedTable, copies: int) -> None:
    (directory / table.name).mkdir(parents=True)
    columns = ", ".join(f"{_in_copy(table, column)} as {column}" for column in table.column_names)
    places = ", ".join(column for column in table.column_names if "citation_id" in column or column in _FINDINGS)
    connection.execute(
        f"copy (select {columns} from {_rows(table)}, range({copies}) as copies (copy_n) "
        f"where not contains(concat_ws(' ', {places or 'null'}), 'published_page')) "
        f"to '{directory / table.name / 'copies.parquet'}' (format parquet, compression zstd)"
    )


def _rows(table: SeedTable) -> str:
    return f"read_csv('{SEEDS / table.folder / table.name}.csv', header = true, all_varchar = true, quote = '\"')"


def _in_copy(table: SeedTable, column: str) -> str:
    """A column's value in a copy. Citations begin with the name of a report; findings are a rule and its citations."""
    if column in _FINDINGS:
        every, first = (f"regexp_replace({column}, '/(.)', '/' || {_PREFIX} || '\\1'{flag})" for flag in (", 'g'", ""))
        return (
            f"case when copy_n = 0 then {column} when {column} like '{_FIRST_OF_ALL}/%' then {first} else {every} end"
        )
    if column.endswith(_NAMED_BY_COPY) or "citation_id" in column:
        is_known_b = (table.name, column) == ("known_discrepancies", "citation_id_b")
        keeps_name = f"copy_n = 0 or rule_id = '{_FIRST_OF_ALL}'" if is_known_b else "copy_n = 0"
        return f"case when {keeps_name} then {column} else {_PREFIX} || {column} end"
    return f"case copy_n when 0 then {column} else {column} || ' ' || copy_n end" if column in _SHOWN_NAMES else column


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]), int(sys.argv[2])):,} inspections in {sys.argv[1]}")
