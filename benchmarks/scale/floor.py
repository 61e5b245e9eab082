"""The floor: the project's own compiled SQL through the DuckDB client alone, in the order dbt runs it.

    python -m benchmarks.scale.floor MANIFEST DATABASE [--threads 2] [--memory 12GiB] [--nodes] [--core]

Prints seconds, peak memory and failed tests as JSON; with --nodes what each node took.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import duckdb
from tests.support.compiled_sql import KINDS, in_order, make, make_schemas

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
    kinds: Collection[str] = KINDS,
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
        "preserve_insertion_order": False,
        "storage_compatibility_version": "v1.4.0",
    }
    with duckdb.connect(str(database), config=settings) as connection:
        connection.execute("set block_allocator_memory = '8GiB'")
        make_schemas(connection, manifest)
        for node in in_order(manifest, kinds):
            before = time.process_time()
            if make(connection, node, project, compressed=True):
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


if __name__ == "__main__":
    main()
