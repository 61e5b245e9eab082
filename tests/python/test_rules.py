"""The consistency rules as a whole: listed once, tested both ways, thresholds and unit tests that hold."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import sqlglot

from tests.campaigns.mutation import thresholds
from tests.campaigns.mutation.operators import mutants
from tests.campaigns.mutation.sandbox import Sandbox, UnitTest, unit_tests

ROOT = Path(__file__).parents[2]
RULES = [
    row["rule_id"] for row in csv.DictReader((ROOT / "seeds/reference/consistency_rules.csv").open(encoding="utf-8"))
]
TESTS = unit_tests(ROOT)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox(ROOT)
    yield box
    box.connection.close()


def unit_tests_of(rule: str) -> list[UnitTest]:
    return [test for test in TESTS if test.model == f"int_rule__{rule}"]


def test_every_rule_is_listed_once() -> None:
    assert len(RULES) == len(set(RULES))


def test_every_rule_is_a_model_and_every_model_a_rule() -> None:
    models = {path.stem.removeprefix("int_rule__") for path in ROOT.glob("models/intermediate/rules/int_rule__*.sql")}
    assert models == set(RULES)


def test_the_ledger_reads_every_rule() -> None:
    ledger = (ROOT / "models/intermediate/discrepancies/int_discrepancies__found.sql").read_text(encoding="utf-8")
    listed = re.findall(r"^    '(\w+)',$", ledger, flags=re.MULTILINE)
    assert sorted(listed) == sorted(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_writes_its_own_name(sandbox: Sandbox, rule: str) -> None:
    named = re.search(r"'(\w+)' as rule_id", sandbox.sql(f"int_rule__{rule}"))
    assert named is not None
    assert named[1] == rule


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_unit_test_that_shows_a_breach(rule: str) -> None:
    assert any(test.expected for test in unit_tests_of(rule))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_unit_test_with_rows_that_keep_it(rule: str) -> None:
    assert any(max(map(len, test.given.values())) > len(test.expected) for test in unit_tests_of(rule))


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.name)
def test_unit_test_passes_without_dbt(sandbox: Sandbox, test: UnitTest) -> None:
    surplus, missing = sandbox.differences(test, sandbox.sql(test.model))
    assert (surplus, missing) == ([], [])


def test_thresholds_say_what_the_domain_says() -> None:
    assert thresholds.contradictions(thresholds.read(ROOT)) == []


def test_a_moved_threshold_is_noticed() -> None:
    seeds = thresholds.read(ROOT)
    seeds["rating_scale"][1]["high_pct"] = "63"
    assert thresholds.contradictions(seeds) == ["a key question of 64% is [], not requires_improvement"]


def test_mutants_differ_from_the_query_and_from_one_another() -> None:
    query = "select a from t where b > 1 and c between 2 and 3"
    changed = [mutant.sql for mutant in mutants("m", query)]
    assert len(changed) == len(set(changed)) > 5
    assert sqlglot.parse_one(query).sql("duckdb") not in changed


@pytest.mark.parametrize(
    ("query", "mutant"),
    [
        ("select a from t where b > 1", "SELECT a FROM t WHERE b >= 1"),
        ("select a from t where b > 1", "SELECT a FROM t WHERE b > 2"),
        ("select a from t where b between 1 and 2", "SELECT a FROM t WHERE (b >= 1 AND b < 2)"),
        ("select a from t where b and c", "SELECT a FROM t WHERE c"),
        ("select a from t where b in ('x', 'y')", "SELECT a FROM t WHERE b IN ('x')"),
        ("select a from t left join u on t.a = u.a", "SELECT a FROM t JOIN u ON t.a = u.a"),
        ("select min(a) from t", "SELECT MAX(a) FROM t"),
        ("select coalesce(a, 1) from t", "SELECT a FROM t"),
        ("select case when a then 1 else 2 end from t", "SELECT CASE WHEN a THEN 1 END FROM t"),
        (
            "with v as (select a from t union all select a from u) select a from v",
            "WITH v AS (SELECT a FROM u) SELECT a FROM v",
        ),
        ("select a from t where a is null", "SELECT a FROM t WHERE NOT a IS NULL"),
    ],
)
def test_mutants_of_each_kind_are_made(query: str, mutant: str) -> None:
    assert mutant in {made.sql for made in mutants("m", query)}


def test_shown_texts_are_not_mutated() -> None:
    assert list(mutants("m", "select concat('of ', 1, ' cases') as value_a from t")) == []


def test_a_mutant_that_changes_a_finding_is_caught(sandbox: Sandbox) -> None:
    test = unit_tests_of("count_within_base")[0]
    query = sandbox.sql(test.model)
    assert sandbox.passes(test, query)
    assert not sandbox.passes(test, query.replace("numerator_n > denominator_n", "numerator_n >= denominator_n"))


def test_a_given_table_with_an_unknown_column_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(LookupError, match="no_such_column"):
        sandbox._create("main.unknown", {"a": "integer"}, ({"no_such_column": 1},))


def test_a_given_value_of_the_wrong_type_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(duckdb.ConversionException):
        sandbox._create("main.wrong", {"a": "integer"}, ({"a": "one"},))
