"""The core facts, which every alternative is asked for, and the project's own SQL of them."""

from __future__ import annotations

from typing import Any

CORE = (
    "fct_rating",
    "fct_key_question",
    "fct_prompt",
    "fct_staffing",
    "fct_case_characteristic",
    "fct_caseload",
    "fct_reported_figure",
    "dim_citation",
)


def with_ancestors(manifest: dict[str, Any], names: tuple[str, ...] = CORE) -> list[dict[str, Any]]:
    """The models of these names and everything they are made from, each after what it refers to."""
    ordered: dict[str, dict[str, Any]] = {}

    def visit(key: str) -> None:
        if key in ordered or key not in manifest["nodes"]:
            return
        for needed in manifest["nodes"][key].get("depends_on", {}).get("nodes", []):
            visit(needed)
        ordered[key] = manifest["nodes"][key]

    for name in names:
        visit(f"model.pdu_inspections.{name}")
    return list(ordered.values())
