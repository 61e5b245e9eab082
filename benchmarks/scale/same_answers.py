"""Whether a rival's answers are those of the marts: every row and every column, whatever their order.

    python -m benchmarks.scale.same_answers MANIFEST DATABASE DIRECTORY

MANIFEST is dbt's and knows the keys of the core facts, DATABASE holds them, DIRECTORY has a Parquet file for each.
Where they differ it says table, column and first differing key, and ends with exit code 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.scale.core import CORE
from pdu_inspections.sql import literal, quoted, quoted_list

TOLERANCE = 1e-9  # where either side holds doubles; all else is to be the same
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
_BROKEN = ("DECIMAL", "DOUBLE")


def main(manifest: Path, database: Path, directory: Path) -> int:
    """Print every difference; 1 where there is any."""
    found = list(differences(database, directory, keys_of(json.loads(manifest.read_text(encoding="utf-8")))))
    print("\n".join(found) or "the same answers")
    return 1 if found else 0


def keys_of(manifest: Mapping[str, Any]) -> dict[str, list[str]]:
    """The primary keys of the core facts."""
    return {name: list(manifest["nodes"][f"model.pdu_inspections.{name}"]["primary_key"]) for name in CORE}


def differences(database: Path, directory: Path, keys: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What differs between the marts and the Parquet files of their names, a sentence each."""
    with duckdb.connect(str(database), read_only=True) as connection:
        for name, key in keys.items():
            path = directory / f"{name}.parquet"
            if path.exists():
                other = f"read_parquet({literal(path)})"
                yield from _of_table(connection, name, f"main.{quoted(name)}", other, list(key))
            else:
                yield f"{name}: only in the mart"


def _of_table(connection: duckdb.DuckDBPyConnection, name: str, mart: str, other: str, key: list[str]) -> Iterator[str]:
    types, other_types = _types(connection, mart), _types(connection, other)
    for column in sorted(types.keys() ^ other_types.keys()):
        yield f"{name}.{column}: only in {'the mart' if column in types else 'the other'}"
    common = [column for column in types if column in other_types]
    for column in common:
        if _kind(types[column]) != _kind(other_types[column]):
            yield f"{name}.{column}: {types[column]} in the mart, {other_types[column]} in the other"
    if not set(key) <= set(common):
        return
    here, there = (f"{side}.{quoted(key[0])} is not null" for side in "ab")
    cases = {
        f"{name}: rows only in the mart": (f"not ({there})", ""),
        f"{name}: rows only in the other": (f"not ({here})", ""),
    }
    for column in common:
        if column in key or _kind(types[column]) != _kind(other_types[column]):
            continue
        a, b = (f"{side}.{quoted(column)}" for side in "ab")
        differs = f"{a} is distinct from {b}"
        if "DOUBLE" in (types[column], other_types[column]):
            differs = f"(({a} is null) <> ({b} is null) or abs({a}::double - {b}::double) > {TOLERANCE})"
        cases[f"{name}.{column}: rows that differ"] = (f"{here} and {there} and {differs}", f", {a}, {b}")
    keys = quoted_list(key)
    counts = [f"(select count(*) from {side})" for side in (mart, other)]
    for case, values in cases.values():
        counts += [f"count(*) filter (where {case})", f"min(row({keys}{values})) filter (where {case})"]
    query = f"select {', '.join(counts)} from {mart} as a full join {other} as b using ({keys})"
    rows_n, other_rows_n, *counted = connection.execute(query).fetchall()[0]
    if rows_n != other_rows_n:
        yield f"{name}: {rows_n:,} rows in the mart, {other_rows_n:,} in the other"
    for what, number, first in zip(cases, counted[::2], counted[1::2], strict=True):
        if number:
            where = ", ".join(f"{column} {value}" for column, value in zip(key, first, strict=False))
            values = "".join(
                f", {whose} {value}" for whose, value in zip(("mart", "other"), first[len(key) :], strict=False)
            )
            yield f"{what}: {number:,}, the first at {where}{values}"


def _types(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"describe from {relation}").fetchall()}


def _kind(sql_type: str) -> str:
    """Whole numbers of any width are of a kind, and so are decimals and doubles."""
    if sql_type in _WHOLE:
        return "whole"
    return "broken" if sql_type.startswith(_BROKEN) else sql_type


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
