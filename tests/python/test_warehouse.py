"""The project's own seeds, built with dbt: every seed, model, unit test and data test."""

from __future__ import annotations

from collections import Counter

from tests.support.warehouse import Built

PASSED = {"seed": "success", "model": "success", "unit_test": "pass", "test": "pass"}


def test_every_seed_and_model_is_built_and_every_test_passes(built: Built) -> None:
    outcomes = Counter((result["unique_id"].partition(".")[0], result["status"]) for result in built.results)
    of_nodes = {(kind, status): number for (kind, status), number in outcomes.items() if kind in PASSED}
    assert of_nodes.keys() == PASSED.items()
    nodes = [node for node in built.manifest["nodes"].values() if node["config"]["materialized"] != "ephemeral"]
    expected = Counter(node["resource_type"] for node in nodes if node["resource_type"] in PASSED)
    expected["unit_test"] = len(built.manifest["unit_tests"])
    assert {kind: number for (kind, _), number in of_nodes.items()} == expected
