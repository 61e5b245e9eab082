"""What dbt compiled, through the DuckDB client alone: its own order, none of its bookkeeping."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pdu_inspections.sql import literal, quoted

KINDS = ("seed", "model", "test")
ROOT = Path(__file__).parents[2]


def in_order(manifest: dict[str, Any], kinds: Collection[str] = KINDS) -> Iterator[dict[str, Any]]:
    """Seeds, models and data tests of dbt's manifest, each after all it refers to, tests as soon as they can run."""
    nodes = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] in kinds}
    done: set[str] = set()
    waiting = sorted(nodes, key=lambda key: (nodes[key]["resource_type"] == "test", key))
    while waiting:
        for key in waiting:
            needed = [one for one in nodes[key].get("depends_on", {}).get("nodes", []) if one in nodes]
            if all(one in done for one in needed):
                yield nodes[key]
                done.add(key)
                waiting.remove(key)
                break
        else:
            raise ValueError(f"circular: {waiting}")


def build_database(
    manifest: dict[str, Any],
    database: Path,
    project: Path,
    *,
    kinds: Collection[str] = KINDS,
    settings: Mapping[str, Any] | None = None,
    block_allocator_memory: str = "",
) -> list[str]:
    """Build everything the manifest holds in a new database; gives the names of data tests that have failing rows.

    The compiled SQL names the database, so its file must bear the name that dbt gave it. block_allocator_memory: how
    much DuckDB keeps for its next table instead of giving it back to the operating system.
    """
    database.unlink(missing_ok=True)
    config = {"preserve_insertion_order": False, "storage_compatibility_version": "v1.4.0", **(settings or {})}
    failed = []
    with duckdb.connect(str(database), config=config) as connection:
        if block_allocator_memory:
            connection.execute(f"set block_allocator_memory = {literal(block_allocator_memory)}")
        make_schemas(connection, manifest)
        for node in in_order(manifest, kinds):
            if make(connection, node, project, compressed=True):
                failed.append(node["name"])
        connection.execute("checkpoint")
    return failed


def make_schemas(connection: duckdb.DuckDBPyConnection, manifest: dict[str, Any]) -> None:
    """The schemas that tables and views of the manifest go to."""
    for schema in {node["schema"] for node in manifest["nodes"].values() if node["resource_type"] in ("seed", "model")}:
        connection.execute(f"create schema if not exists {quoted(schema)}")


def make(connection: duckdb.DuckDBPyConnection, node: dict[str, Any], root: Path, compressed: bool = False) -> bool:
    """Make a node of the project at root; true for a test with failing rows. compressed: as dbt compresses texts."""
    name = f"{quoted(node['schema'])}.{quoted(node['alias'])}"
    if node["resource_type"] == "seed":
        _load(connection, name, root / node["original_file_path"], node["config"]["column_types"])
        return False
    sql = node["compiled_code"]
    if node["resource_type"] == "test":
        row = connection.execute(f"select count(*) from ({sql}) as failing").fetchone()
        return bool(row and row[0])
    if node["config"]["materialized"] == "table":
        if compressed or node["config"]["contract"]["enforced"]:
            connection.execute(f"create table {name} ({', '.join(_columns(connection, node, compressed))})")
            connection.execute(f"insert into {name} by name {sql}")
        else:
            connection.execute(f"create table {name} as {sql}")
    elif node["config"]["materialized"] == "view":
        connection.execute(f"create view {name} as {sql}")
    return False


def _load(connection: duckdb.DuckDBPyConnection, name: str, path: Path, types: Mapping[str, str]) -> None:
    """A seed as dbt-duckdb loads it. Raises KeyError for a column without a type."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    connection.execute(f"create table {name} ({', '.join(f'{quoted(one)} {types[one]}' for one in header)})")
    connection.execute(f"copy {name} from {literal(path)} (format csv, header true, delimiter ',')")


def _columns(connection: duckdb.DuckDBPyConnection, node: dict[str, Any], compressed: bool) -> Iterator[str]:
    """Columns as its contract orders and types them, else as its SQL gives them."""
    if node["config"]["contract"]["enforced"]:
        columns = [(column["name"], column["data_type"]) for column in node["columns"].values()]
    else:
        columns = [row[:2] for row in connection.execute(f"describe {node['compiled_code']}").fetchall()]
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    zstd = project["vars"]["zstd_columns"] if compressed else []
    for name, data_type in columns:
        yield f"{quoted(name)} {data_type}" + (" using compression zstd" if name in zstd else "")
