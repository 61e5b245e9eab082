"""The core facts as a SQLMesh project: the project's own SQL, with SQLMesh in dbt's place.

    python -m benchmarks.scale.rival_sqlmesh MANIFEST DIRECTORY

writes the project; `sqlmesh -p DIRECTORY plan --auto-apply --no-prompts` builds it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.scale.core import with_ancestors

_CONFIG = """gateways:
  local:
    connection:
      type: duckdb
      database: '{database}'
default_gateway: local
model_defaults:
  dialect: duckdb
  start: '2020-01-01'
disable_anonymized_analytics: true
"""


def write(manifest: Path, directory: Path) -> int:
    """Write the project; gives the number of models."""
    nodes = with_ancestors(json.loads(manifest.read_text(encoding="utf-8")))
    (directory / "models").mkdir(parents=True)
    database = directory / "pdu_inspections.duckdb"
    (directory / "config.yaml").write_text(_CONFIG.format(database=database), encoding="utf-8")
    for node in nodes:
        is_view = node["config"]["materialized"] == "view"
        if node["resource_type"] == "seed":
            path = Path(node["root_path"] or ".").absolute() / node["original_file_path"]
            query = f"select * from read_csv('{path}', all_varchar = true, header = true)"
        else:
            query = node["compiled_code"].replace('"pdu_inspections".', "")
        (directory / "models" / f"{node['name']}.sql").write_text(
            f"MODEL (name {node['schema']}.{node['alias']}, kind {'VIEW' if is_view else 'FULL'});\n\n{query}\n",
            encoding="utf-8",
        )
    return len(nodes)


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), Path(sys.argv[2])))
