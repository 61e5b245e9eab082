"""A data test that cannot fail is a defect: every one of them is shown failing on a wrong input.

The warehouse is built once from the project's own seeds. Each test's SQL is then run against a copy of one relation in
which something was damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from pdu_inspections.release.dbt import read_references
from tests.support.warehouse import ROOT, Built

CONSISTENCY = {path.stem: path for path in (ROOT / "tests" / "consistency").glob("*.sql")}


@pytest.fixture(scope="module")
def connection(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.database), read_only=True) as opened:
        yield opened


class DataTest:
    """A data test as compiled, to be run as it is or with one relation replaced by a damaged copy."""

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
        """Whether it fails with the model replaced by a copy that the changes, which name it {copy}, have damaged."""
        relation = self.relations[model]
        assert relation in self.sql, f"{relation} is not in the test's SQL"
        self.connection.execute(f"create or replace temp table damaged as select * from {relation}")
        for change in changes:
            self.connection.execute(change.format(copy="damaged"))
        return self.connection.execute(self.sql.replace(relation, "temp.main.damaged")).fetchone() is not None


def generic_tests(built: Built, connection: duckdb.DuckDBPyConnection, kind: str) -> list[DataTest]:
    """The generic tests of one kind."""
    names = [node["name"] for node in built.manifest["nodes"].values() if kind_of(node) == kind]
    assert names
    return [DataTest(built, connection, name) for name in names]


def kind_of(node: dict[str, Any]) -> str | None:
    """Name of the generic test that a node is made from."""
    return (node.get("test_metadata") or {}).get("name")


def test_every_data_test_is_covered_here(built: Built) -> None:
    tests = [node for node in built.manifest["nodes"].values() if node["resource_type"] == "test"]
    assert {kind_of(node) for node in tests} == {"unique", "unique_combination_of_columns", "references_hold", None}
    assert {node["name"] for node in tests if kind_of(node) is None} == set(CONSISTENCY)


def test_every_test_of_a_single_key_fails_on_a_key_that_occurs_twice(
    built: Built, connection: duckdb.DuckDBPyConnection
) -> None:
    for key_test in generic_tests(built, connection, "unique"):
        (model,) = key_test.relations
        assert not key_test.fails()
        key = key_test.node["column_name"]
        twice_in_an_empty_table = (
            f"insert into {{copy}} ({key}) select '1' from range(2) where not exists (from {{copy}})"
        )
        assert key_test.fails_where(
            model, "insert into {copy} select * from {copy} limit 1", twice_in_an_empty_table
        ), model


def test_every_test_of_a_key_fails_on_a_key_that_is_missing_or_occurs_twice(
    built: Built, connection: duckdb.DuckDBPyConnection
) -> None:
    for key_test in generic_tests(built, connection, "unique_combination_of_columns"):
        (model,) = key_test.relations
        assert not key_test.fails()
        assert key_test.fails_where(model, "insert into {copy} default values"), model
        if connection.execute(f"select 1 from {key_test.relations[model]}").fetchone():
            assert key_test.fails_where(model, "insert into {copy} select * from {copy} limit 1"), model


def test_every_test_of_references_fails_on_each_column_that_refers_to_nothing(
    built: Built, connection: duckdb.DuckDBPyConnection
) -> None:
    for reference_test in generic_tests(built, connection, "references_hold"):
        table = built.manifest["nodes"][reference_test.node["attached_node"]]["name"]
        columns = read_references(built.manifest["nodes"].values())[table]
        assert columns
        assert not reference_test.fails()
        for column in columns:
            spoil = f"insert into {{copy}} ({column}) values ('refers to nothing')"
            assert reference_test.fails_where(table, spoil), (table, column)


def test_a_breach_nobody_accounted_for_fails_with_the_row_to_complete(
    built: Built, connection: duckdb.DuckDBPyConnection
) -> None:
    breaches = DataTest(built, connection, "every_breach_is_accounted_for")
    assert not breaches.fails()
    ((one,),) = connection.execute(
        "select min(discrepancy_id) from fct_discrepancy where citation_id_b is not null"
    ).fetchall()
    spoil = f"update {{copy}} set is_acknowledged = false where discrepancy_id = '{one}'"
    assert breaches.fails_where("fct_discrepancy", spoil)
    cursor = connection.execute(breaches.sql.replace(breaches.relations["fct_discrepancy"], "temp.main.damaged"))
    names = [column[0] for column in cursor.description]
    (values,) = cursor.fetchall()
    row = dict(zip(names, values, strict=True))
    assert row["row_for_known_discrepancies_csv"].startswith(one.replace("/", ","))
    assert all(row[name] for name in ("rule_id", "claim", "subject", "printed_at_a", "printed_at_b"))


def test_a_rule_that_no_model_evaluates_fails(built: Built, connection: duckdb.DuckDBPyConnection) -> None:
    breaches = DataTest(built, connection, "every_breach_is_accounted_for")
    assert breaches.fails_where("dim_consistency_rule", "insert into {copy} (rule_id) values ('new_rule')")


def test_a_text_that_a_cast_of_staging_cannot_read_fails_the_build(
    built: Built, connection: duckdb.DuckDBPyConnection
) -> None:
    provenance = {"row_number", "line_number", "column_number", "page_from", "page_to"}
    for path in (ROOT / "models" / "staging").rglob("*.sql"):
        node = built.manifest["nodes"][f"model.pdu_inspections.{path.stem}"]
        source = path.read_text(encoding="utf-8")
        (raw,) = (built.manifest["nodes"][one] for one in node["depends_on"]["nodes"])
        cast = " ".join(re.findall(r"\{\{ to_\w+\(.*?\) \}\}", source, flags=re.DOTALL))
        columns = {one for one in raw["columns"] if re.search(rf"\b{one}\b", cast)}
        if "provenance_columns()" in source:
            columns |= provenance
        connection.execute(f"create or replace temp table raw_copy as select * from {raw['relation_name']}")
        sql = built.compiled(node).replace(raw["relation_name"], "temp.main.raw_copy")
        for column in columns:
            filled = f"update raw_copy set {column} = 'damaged' where rowid = (select min(rowid) from raw_copy)"
            connection.execute("begin")
            (changed,) = connection.execute(filled).fetchone() or (0,)
            if changed:
                with pytest.raises(duckdb.ConversionException):
                    connection.execute(f"create or replace temp table cast_copy as {sql}")
            connection.execute("rollback")


SURVIVAL = re.findall(
    r"'(fct_\w+)',\s*'(\w+)',\s*'(\w*citation_id)'", CONSISTENCY["printed_values_survive"].read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("mart", "column", "citation"), [*SURVIVAL, ("fct_rating", "rating", "citation_id")])
def test_the_survival_test_fails_on_a_figure_lost_or_changed(
    built: Built, connection: duckdb.DuckDBPyConnection, mart: str, column: str, citation: str
) -> None:
    survival = DataTest(built, connection, "printed_values_survive")
    assert not survival.fails()
    if mart == "fct_comparator" and not connection.execute(f"select 1 from {mart}").fetchone():
        # No report held so far prints such a figure: one that the seed alone has is lost as well.
        figure = "(document_id, line_number, column_number, value) values ('a_report', '1', '1', '5')"
        assert survival.fails_where("comparators", f"insert into {{copy}} {figure}")
        return
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
            "every_known_discrepancy_is_found",
            "stg_reference__known_discrepancies",
            "update {copy} set severity_reason = null where severity is not null",
        ),
        (
            "every_known_discrepancy_is_found",
            "stg_reference__known_discrepancies",
            "update {copy} set severity = 'low', severity_reason = 'As the rule.' where rule_id = 'isbn_is_valid'",
        ),
        (
            "every_known_discrepancy_is_found",
            "stg_reference__known_discrepancies",
            "update {copy} set explanation = null where rule_id = 'isbn_is_valid'",
        ),
        (
            "every_known_discrepancy_is_found",
            "stg_reference__known_discrepancies",
            "update {copy} set same_as = 'isbn_is_valid/nowhere:L1:C1/' where same_as is not null",
        ),
        (
            "every_known_discrepancy_is_found",
            "stg_reference__known_discrepancies",
            "update {copy} set explanation = 'Explained twice.' where same_as is not null",
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
