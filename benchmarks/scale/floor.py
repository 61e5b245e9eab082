"""The floor: the project's own compiled SQL through the DuckDB client alone, in the order dbt runs it.

    python -m benchmarks.scale.floor MANIFEST DATABASE [--threads 2] [--memory 12GiB] [--nodes] [--core]

Prints seconds, peak memory and failed tests as JSON; with --nodes what each node took.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.scale.core import with_ancestors


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("manifest", type=Path)
    parser.add_argument("database", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="12GiB")
    parser.add_argument("--nodes", action="store_true")
    parser.add_argument("--core", action="store_true", help="the core facts and what they are made from, without tests")
    parser.add_argument("--project", type=Path, default=Path())
    given = parser.parse_args()
    manifest = json.loads(given.manifest.read_text(encoding="utf-8"))
    if given.core:
        manifest = {"nodes": {node["unique_id"]: node for node in with_ancestors(manifest)}}
    result = build(manifest, given.database, given.project, given.threads, given.memory)
    if not given.nodes:
        del result["nodes"]
    print(json.dumps(result))


def build(
    manifest: dict[str, Any],
    database: Path,
    project: Path,
    threads: int = 2,
    memory: str = "12GiB",
    kinds: tuple[str, ...] = ("seed", "model", "test"),
) -> dict[str, Any]:
    """Make everything the manifest holds; its SQL names the database, whose file must bear dbt's name for it.

    Gives seconds, peak memory, size, tests with failing rows, and the processor seconds of every node.
    """
    database.unlink(missing_ok=True)
    began = time.monotonic()
    took: dict[str, float] = {}
    failed = []
    settings: dict[str, Any] = {
        "threads": threads,
        "memory_limit": memory,
        "block_allocator_memory": "8GiB",
        "preserve_insertion_order": False,
        "storage_compatibility_version": "v1.4.0",
    }
    with duckdb.connect(str(database), config=settings) as connection:
        for schema in ("raw", "staging", "intermediate", "main"):
            connection.execute(f"create schema if not exists {schema}")
        for node in in_order(manifest, kinds):
            before = time.process_time()
            if run(connection, node, project):
                failed.append(node["name"])
            took[node["name"]] = round(time.process_time() - before, 2)
        connection.execute("checkpoint")
    return {
        "seconds": round(time.monotonic() - began, 2),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "database_bytes": database.stat().st_size,
        "failed": failed,
        "nodes": dict(sorted(took.items(), key=lambda item: -item[1])),
    }


def in_order(manifest: dict[str, Any], kinds: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Seeds, models and data tests; each after everything it refers to, tests as soon as they can run."""
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


def run(connection: duckdb.DuckDBPyConnection, node: dict[str, Any], project: Path) -> bool:
    """Make a node; true for a test with failing rows."""
    name = f'{node["schema"]}."{node["alias"]}"'
    if node["resource_type"] == "seed":
        path = project / node["original_file_path"]
        connection.execute(f"create table {name} as from read_csv('{path}', all_varchar = true, header = true)")
        return False
    if node["resource_type"] == "test":
        row = connection.execute(f"select count(*) from ({node['compiled_code']}) as failing").fetchone()
        return bool(row and row[0])
    kind = node["config"]["materialized"]
    if kind == "table":
        columns = connection.execute(f"describe {node['compiled_code']}").fetchall()
        connection.execute(f"create table {name} ({', '.join(_column(*column[:2]) for column in columns)})")
        connection.execute(f"insert into {name} by name {node['compiled_code']}")
    elif kind == "view":
        connection.execute(f"create view {name} as {node['compiled_code']}")
    return False


def _column(name: str, data_type: str) -> str:
    """With the compression that macros/contracts.sql gives it."""
    return f"{name} {data_type}" + (" using compression zstd" if name in ("citation_id", "locator") else "")


if __name__ == "__main__":
    main()
