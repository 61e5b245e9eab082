"""The project's own lint of dbt models finds what it is for."""

from __future__ import annotations

from typing import Any

from lint.check_models import check
from pdu_inspections.contract import BY_NAME

KEYED = {"resource_type": "test", "test_metadata": {"name": "is_key"}}


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


def seed(name: str, **fields: Any) -> dict[str, Any]:
    table = BY_NAME[name]
    return {
        "resource_type": "seed",
        "name": name,
        "original_file_path": table.path,
        "config": {"column_types": dict.fromkeys(table.column_names, "varchar")},
        "columns": {column.name: {"description": column.description} for column in table.columns},
        **fields,
    }


def complaints(**nodes: dict[str, Any]) -> list[str]:
    seeds = {f"seed.{name}": seed(name) for name in BY_NAME}
    return list(check({**seeds, **nodes}))


def test_a_keyed_model_and_the_contracts_seeds_are_fine() -> None:
    assert complaints(m=model("stg_a"), t=KEYED | {"attached_node": "m"}) == []


def test_a_model_without_key_test_is_found() -> None:
    assert complaints(m=model("stg_a")) == ["models/staging/stg_a.sql: no test of its key (is_key or unique)"]


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


def test_seeds_that_differ_from_the_contract_are_found() -> None:
    name = next(iter(BY_NAME))
    nodes = {f"seed.{other}": seed(other) for other in BY_NAME if other != name}
    assert list(check(nodes)) == [f"seed {name}: in the contract, unknown to dbt"]
    first = BY_NAME[name].column_names[0]
    odd = seed(name, columns={}, config={"column_types": {}}, original_file_path="seeds/x.csv")
    found = list(check({**nodes, "s": odd}))
    assert f"seeds/x.csv: the contract has it at {BY_NAME[name].path}" in found
    assert f"seeds/x.csv: column {first} is not loaded as varchar" in found
    assert any("dbt has the columns" in text for text in found)
