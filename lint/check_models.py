"""Is every mart column documented, has every model a test of its key, is every seed column loaded as text?

Reads the manifest that `dbt parse` leaves in target/. Prints what is wrong and ends with exit code 1.

A model's key may be tested in a model that unites it with others: it says so as `config.meta.key_tested_in`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MANIFEST = Path("target/manifest.json")
MARTS = "models/marts/"
KEY_TESTS = {"unique", "unique_combination_of_columns"}

Node = dict[str, Any]


def main() -> int:
    """Check the project in the current directory."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    complaints = sorted([*check(manifest["nodes"])])
    for complaint in complaints:
        print(complaint)
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    print(f"{len(models)} models: {len(complaints)} complaints")
    return 1 if complaints else 0


def check(nodes: dict[str, Node]) -> Iterator[str]:
    """Complaints about a project's nodes."""
    keyed = {node["attached_node"] for node in nodes.values() if _is_key_test(node)}
    for unique_id, node in nodes.items():
        if node["resource_type"] == "model":
            if not (_is_ephemeral(node) or unique_id in keyed or _is_keyed_elsewhere(unique_id, nodes, keyed)):
                yield f"{node['original_file_path']}: no test of its key ({' or '.join(sorted(KEY_TESTS))})"
            if node["original_file_path"].startswith(MARTS):
                yield from _mart(node)
        if node["resource_type"] == "seed":
            yield from _seed(node)


def _is_ephemeral(node: Node) -> bool:
    return bool(node["config"].get("materialized") == "ephemeral")


def _is_key_test(node: Node) -> bool:
    return node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") in KEY_TESTS


def _is_keyed_elsewhere(unique_id: str, nodes: dict[str, Node], keyed: set[str]) -> bool:
    """Whether the model it names reads from it and has a test of its own key, or names another one in its turn."""
    named = nodes[unique_id]["config"].get("meta", {}).get("key_tested_in")
    return any(
        node["resource_type"] == "model"
        and node["name"] == named
        and unique_id in node["depends_on"]["nodes"]
        and (other_id in keyed or _is_keyed_elsewhere(other_id, nodes, keyed))
        for other_id, node in nodes.items()
    )


def _mart(node: Node) -> Iterator[str]:
    path = node["original_file_path"]
    if not node["description"].strip():
        yield f"{path}: no description"
    if not node["config"].get("contract", {}).get("enforced"):
        yield f"{path}: contract not enforced"
    if not node["config"].get("persist_docs", {}).get("columns"):
        yield f"{path}: column comments are not persisted"
    if not _has_primary_key(node):
        yield f"{path}: no primary key"
    for column in node["columns"].values():
        if not column["description"].strip():
            yield f"{path}: column {column['name']} has no description"


def _has_primary_key(node: Node) -> bool:
    constraints = [*node["constraints"], *(c for column in node["columns"].values() for c in column["constraints"])]
    return any(constraint["type"] == "primary_key" for constraint in constraints)


def _seed(node: Node) -> Iterator[str]:
    path = node["original_file_path"]
    typed = node["config"].get("column_types", {})
    for name, column in node["columns"].items():
        if typed.get(name) != "varchar":
            yield f"{path}: column {name} is not loaded as varchar: add it to config.column_types"
        if not column["description"].strip():
            yield f"{path}: column {name} has no description"


if __name__ == "__main__":
    sys.exit(main())
