"""The project's own compiled SQL through the DuckDB client alone, in dbt's order: the least that a build can cost.

    python -m benchmarks.scale.floor MANIFEST DATABASE [--core]

With --core the core facts and what they are made of, without tests.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.scale.core import with_ancestors
from tests.support.compiled_sql import build_database

ROOT = Path(__file__).parents[2]
SETTINGS = {"threads": 2, "memory_limit": "12GiB"}


def main(manifest_path: Path, database: Path, only_core: bool) -> None:
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    if only_core:
        manifest = {"nodes": {node["unique_id"]: node for node in with_ancestors(manifest)}}
    failed = build_database(manifest, database, ROOT, settings=SETTINGS, block_allocator_memory="8GiB")
    if failed:
        sys.exit(f"data tests with failing rows: {', '.join(failed)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), "--core" in sys.argv)
