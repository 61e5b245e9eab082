"""The project's own lint of dbt models finds what it is for."""

from __future__ import annotations

from typing import Any

from lint.check_models import check

KEYED = {"resource_type": "test", "test_metadata": {"name": "unique"}}


def model(name: str, folder: str = "models/staging", **fields: Any) -> dict[str, Any]:
    return {
        "resource_type": "model",
        "name": name,
        "original_file_path": f"{folder}/{name}.sql",
        "description": "Rows.",
        "config": {"contract": {"enforced": True}, "persist_docs": {"columns": True}},
        "columns": {"a": {"name": "a", "description": "A.", "constraints": []}},
        "constraints": [{"type": "primary_key"}],
        "depends_on": {"nodes": []},
        **fields,
    }


def seed(**fields: Any) -> dict[str, Any]:
    return {
        "resource_type": "seed",
        "name": "bodies",
        "original_file_path": "seeds/bodies.csv",
        "config": {"column_types": {"body_id": "varchar"}},
        "columns": {"body_id": {"description": "Body."}},
        **fields,
    }


def complaints(**nodes: dict[str, Any]) -> list[str]:
    return list(check({"s": seed(), **nodes}))


def test_a_keyed_model_and_the_contracts_seeds_are_fine() -> None:
    assert complaints(m=model("stg_a"), t=KEYED | {"attached_node": "m"}) == []


def test_a_model_without_key_test_is_found() -> None:
    assert complaints(m=model("stg_a")) == [
        "models/staging/stg_a.sql: no test of its key (unique or unique_combination_of_columns)"
    ]


def test_a_key_may_be_tested_in_the_model_that_unites_it_with_others() -> None:
    part = model("part", config={"meta": {"key_tested_in": "whole"}})
    whole = model("whole", depends_on={"nodes": ["p"]})
    assert complaints(p=part, w=whole, t=KEYED | {"attached_node": "w"}) == []
    first = model("first", config={"meta": {"key_tested_in": "part"}})
    between = part | {"depends_on": {"nodes": ["f"]}}
    assert complaints(f=first, p=between, w=whole, t=KEYED | {"attached_node": "w"}) == []
    assert len(complaints(f=first, p=part, w=whole, t=KEYED | {"attached_node": "w"})) == 1
    stranger = model("whole")
    assert len(complaints(p=part, w=stranger, t=KEYED | {"attached_node": "w"})) == 1


def test_what_a_mart_must_have_is_asked_for() -> None:
    bare = model(
        "fct_a",
        "models/marts/core",
        description=" ",
        config={},
        constraints=[],
        columns={"a": {"name": "a", "description": "", "constraints": []}},
    )
    found = complaints(m=bare, t=KEYED | {"attached_node": "m"})
    assert [text.partition(": ")[2] for text in found] == [
        "no description",
        "contract not enforced",
        "column comments are not persisted",
        "no primary key",
        "column a has no description",
    ]


def test_a_seed_column_that_dbt_would_guess_the_type_of_is_found() -> None:
    assert complaints(s=seed(config={}, columns={"body_id": {"description": ""}})) == [
        "seeds/bodies.csv: column body_id is not loaded as varchar: add it to config.column_types",
        "seeds/bodies.csv: column body_id has no description",
    ]
