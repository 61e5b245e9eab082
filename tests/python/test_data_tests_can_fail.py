"""A data test that cannot fail is a defect: every one of them is shown failing on a wrong input.

The warehouse is built once from the project's own seeds. Each test's SQL is then run against a copy of one relation in
which something was spoilt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.support.warehouse import ROOT, Built

CONSISTENCY = {path.stem: path for path in (ROOT / "tests" / "consistency").glob("*.sql")}


@pytest.fixture(scope="module")
def connection(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.database), read_only=True) as opened:
        yield opened


class DataTest:
    """A data test as compiled, to be run as it is or with one relation replaced by a spoilt copy."""

    def __init__(self, built: Built, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        nodes = built.manifest["nodes"]
        self.node: dict[str, Any] = next(
            node for node in nodes.values() if node["resource_type"] == "test" and node["name"] == name
        )
        self.connection = connection
        self.sql = built.compiled(self.node)
        self.relations = {
            nodes[unique_id]["name"]: nodes[unique_id]["relation_name"]
            for unique_id in self.node["depends_on"]["nodes"]
            if unique_id in nodes
        }

    def fails(self) -> bool:
        return self.connection.execute(self.sql).fetchone() is not None

    def fails_where(self, model: str, *changes: str) -> bool:
        """Whether it fails with the model replaced by a copy that the changes, told of it as {copy}, have spoilt."""
        relation = self.relations[model]
        assert relation in self.sql, f"{relation} is not in the test's SQL"
        self.connection.execute(f"create or replace temp table spoilt as select * from {relation}")
        for change in changes:
            self.connection.execute(change.format(copy="spoilt"))
        return self.connection.execute(self.sql.replace(relation, "temp.main.spoilt")).fetchone() is not None


def names_of(kind: str) -> list[str]:
    """Names of the generic tests of one kind, from the YAML: pytest lists them before anything is built."""
    pattern = re.compile(rf"- {kind}:\n\s+name: (\w+)")
    return sorted(
        name for path in (ROOT / "models").rglob("*.yml") for name in pattern.findall(path.read_text(encoding="utf-8"))
    )


def test_every_data_test_is_covered_here(built: Built) -> None:
    names = {node["name"] for node in built.manifest["nodes"].values() if node["resource_type"] == "test"}
    assert names == {*names_of("is_key"), *names_of("references_hold"), *CONSISTENCY}


@pytest.mark.parametrize("name", names_of("is_key"))
def test_a_key_test_fails_on_a_row_without_a_key(
    built: Built, connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    key_test = DataTest(built, connection, name)
    (model,) = key_test.relations
    assert not key_test.fails()
    assert key_test.fails_where(model, "insert into {copy} default values", "insert into {copy} default values")


@pytest.mark.parametrize("name", names_of("references_hold"))
def test_a_reference_test_fails_on_each_column_that_refers_to_nothing(
    built: Built, connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    reference_test = DataTest(built, connection, name)
    model = built.manifest["nodes"][reference_test.node["attached_node"]]["name"]
    assert not reference_test.fails()
    for column in reference_test.node["test_metadata"]["kwargs"]["references"]:
        spoil = f"insert into {{copy}} ({column}) values ('refers to nothing')"
        assert reference_test.fails_where(model, spoil), column


RULES = sorted(
    name for name, path in CONSISTENCY.items() if "unaccounted_breaches(" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_test_fails_on_a_breach_nobody_accounted_for(
    built: Built, connection: duckdb.DuckDBPyConnection, rule_id: str
) -> None:
    rule_test = DataTest(built, connection, rule_id)
    assert not rule_test.fails()
    breach = "insert into {copy} (discrepancy_id, rule_id, is_acknowledged) values ('new', '" + rule_id + "', false)"
    assert rule_test.fails_where("fct_discrepancy", breach)


def test_the_cast_test_fails_for_every_cast_that_loses_a_value(
    built: Built, connection: duckdb.DuckDBPyConnection
) -> None:
    cast_test = DataTest(built, connection, "cast_loses_no_value")
    assert not cast_test.fails()
    staging = {name: relation for name, relation in cast_test.relations.items() if name.startswith("stg_")}
    for model, relation in staging.items():
        for column in re.findall(rf"'{model}' as model_name, '(\w+)' as column_name", cast_test.sql):
            (filled,) = connection.execute(f"select count({column}) from {relation}").fetchone() or (0,)
            if filled:
                assert cast_test.fails_where(model, f"update {{copy}} set {column} = null"), (model, column)


def test_every_cast_of_staging_is_in_the_cast_test() -> None:
    listed = CONSISTENCY["cast_loses_no_value"].read_text(encoding="utf-8")
    for path in (ROOT / "models" / "staging").rglob("*.sql"):
        for column in re.findall(r"\{\{ (?:to_|try_to\()[^}]*\}\} as (\w+)", path.read_text(encoding="utf-8")):
            block = re.search(rf"'{path.stem}': .*?\}}\)", listed, flags=re.DOTALL)
            assert block is not None and f"'{column}'" in block.group(), (path.stem, column)


SURVIVAL = re.findall(
    r"'(fct_\w+)',\s*'(\w+)',\s*'(\w*citation_id)'", CONSISTENCY["printed_values_survive"].read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("mart", "column", "citation"), [*SURVIVAL, ("fct_rating", "rating", "citation_id")])
def test_the_survival_test_fails_on_a_figure_lost_or_changed(
    built: Built, connection: duckdb.DuckDBPyConnection, mart: str, column: str, citation: str
) -> None:
    survival = DataTest(built, connection, "printed_values_survive")
    assert not survival.fails()
    one = f"{citation} = (select min({citation}) from {{copy}} where {column} is not null)"
    changed = "'changed'" if column == "rating" else f"{column} + 1"
    assert survival.fails_where(mart, f"update {{copy}} set {column} = {changed} where {one}")
    assert survival.fails_where(mart, f"update {{copy}} set {column} = null where {one}")
    assert survival.fails_where(mart, f"delete from {{copy}} where {one}")


@pytest.mark.parametrize(
    ("name", "model", "change"),
    [
        (
            "row_counts_match_expectation",
            "stg_reports__prompts",
            "delete from {copy} where citation_id = (select min(citation_id) from {copy})",
        ),
        ("row_counts_match_expectation", "stg_reports__ratings", "insert into {copy} (document_id) values ('unheard')"),
        (
            "every_known_discrepancy_is_found",
            "stg_reference__known_discrepancies",
            "insert into {copy} (rule_id, citation_id_a) values ('isbn_is_valid', 'nowhere:L1:C1')",
        ),
        (
            "every_curated_finding_is_in_the_ledger",
            "stg_reference__curated_findings",
            "insert into {copy} (finding_id, citation_id_a) values ('stale', 'nowhere:L1:C1')",
        ),
        (
            "every_correction_applies",
            "int_corrections__states",
            "insert into {copy} (citation_id, correction_state) values ('nowhere:L1:C1', 'no_longer_matches')",
        ),
    ],
)
def test_a_test_of_the_pipeline_fails_on_a_wrong_input(
    built: Built, connection: duckdb.DuckDBPyConnection, name: str, model: str, change: str
) -> None:
    pipeline_test = DataTest(built, connection, name)
    assert not pipeline_test.fails()
    assert pipeline_test.fails_where(model, change)


def test_a_fact_that_cites_nothing_is_refused_by_its_contract(
    built: Built, connection: duckdb.DuckDBPyConnection
) -> None:
    facts = [
        node
        for node in built.manifest["nodes"].values()
        if node["resource_type"] == "model" and node["name"].startswith("fct_") and "citation_id" in node["columns"]
    ]
    assert facts
    for fact in facts:
        if fact["name"] == "fct_inspection_fact":
            continue  # rows of facts that no report prints have a status instead
        constraints = connection.execute(
            "select constraint_type, constraint_column_names from duckdb_constraints() where table_name = ?",
            [fact["name"]],
        ).fetchall()
        assert ("NOT NULL", ["citation_id"]) in constraints, fact["name"]
