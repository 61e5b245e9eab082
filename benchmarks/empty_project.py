"""A dbt project of as many nodes as this one that do nothing: what dbt itself costs."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

_PROJECT = """name: empty
version: "1.0.0"
config-version: 2
profile: empty
flags: {send_anonymous_usage_stats: false}
"""
_PROFILE = """empty:
  target: dev
  outputs:
    dev: {type: duckdb, path: empty.duckdb, threads: 1}
"""


def write(manifest: Path, directory: Path) -> Counter[str]:
    """Write the project; gives how many nodes of each kind it has."""
    content = json.loads(manifest.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for node in content["nodes"].values():
        if node["resource_type"] in ("seed", "test"):
            counts[node["resource_type"]] += 1
        elif node["resource_type"] == "model" and node["config"]["materialized"] != "ephemeral":
            counts[node["config"]["materialized"]] += 1
    counts["unit_test"] = len(content["unit_tests"])
    for folder in ("seeds", "models", "tests"):
        (directory / folder).mkdir(parents=True)
    (directory / "dbt_project.yml").write_text(_PROJECT, encoding="utf-8")
    (directory / "profiles.yml").write_text(_PROFILE, encoding="utf-8")
    for number in range(counts["seed"]):
        (directory / "seeds" / f"seed_{number}.csv").write_text("one\n1\n", encoding="utf-8")
    for kind in ("view", "table"):
        for number in range(counts[kind]):
            (directory / "models" / f"{kind}_{number}.sql").write_text(
                f"{{{{ config(materialized='{kind}') }}}}\nselect 1 as one\n", encoding="utf-8"
            )
    for number in range(counts["test"]):
        (directory / "tests" / f"test_{number}.sql").write_text("select 1 as one where false\n", encoding="utf-8")
    units = "".join(
        f"  - {{name: unit_{number}, model: view_0, given: [], expect: {{rows: [{{one: 1}}]}}}}\n"
        for number in range(counts["unit_test"])
    )
    (directory / "models" / "units.yml").write_text(f"version: 2\nunit_tests:\n{units}", encoding="utf-8")
    return counts
