"""Other engines read models and data tests alike: what is refused, what transpiles, what NULL and / do there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from lint.check_portable import check, check_divisions, main
from pdu_inspections.release.marts import read_marts
from tests.support.warehouse import Built

# PostgreSQL and Spark are not here: the project is built on them (tests/engines).
ENGINES = ("athena", "bigquery", "trino")

REFUSED = {
    "select a::integer from t": "::",
    "select a || 'b' as c from t": "||",
    "select a from t qualify row_number() over (order by a) = 1": "qualify",
    "select distinct on (a) a from t": "distinct on",
    "select a from t where b ilike 'c'": "ilike",
    "select a from t where b similar to 'c'": "a pattern other than like",
    "select a from t where b ~ 'c'": "a pattern other than like",
    "select a, count(*) from t group by all": "by all",
    "select a from t order by all": "by all",
    "select * exclude (a) from t": "* without some columns",
    "select * replace (1 as a) from t": "* without some columns",
    "select columns('a.*') from t": "columns(…)",
    "from t": "from before select",
    "from t select a": "from before select",
    "with u as (from t) select a from u": "from before select",
    "select a from t union all from u": "from before select",
    "select 7 // 2 as a": "//",
    "select [1, 2] as a": "a list",
    "select a[1] from t": "a list",
    "select list(a) from t": "list(…)",
    "select unnest(a) from t": "unnest(…)",
    "select {'a': 1} as s": "a struct",
    "select struct_pack(1) as s": "struct_pack(…)",
    "select list_filter(a, b -> b > 1) from t": "an arrow",
    "select string_agg(a, ',') from t": "string_agg(…)",
    "select regexp_matches(a, 'b') from t": "regexp_matches(…)",
    "select regexp_extract(a, 'b') from t": "regexp_extract(…)",
    "select try_cast(a as integer) from t": "try_cast(…)",
    "select round(a, 2) from t": "round(…)",
    "select split_part(a, '/', 1) from t": "split_part(…)",
    "select date_trunc('month', a) from t": "date_trunc(…)",
    "select arg_max(a, b) from t": "arg_max(…)",
    "select sum(a) filter (where b) from t": "filter(…)",
    "select a from range(5) as r": "range(…)",
    "select a from t asof join u on t.b >= u.b": "a join other engines lack",
    "select a from t semi join u on t.b = u.b": "a join other engines lack",
    "select a from t join u using (b)": "using",
    "pivot t on a using sum(b)": "pivot",
    'select "a b" from t': "double quotes",
    "select cast(a as double) from t": "a double",
    "select cast(a as varchar) from t": "a text type",
    "select a from t limit 1": "limit",
    "select {{ to_number('regexp_extract(a)') }} as b from t": "regexp_extract(…)",
    "select {{ to_number(\"a || 'b'\") }} as b from t": "||",
}
FINE = (
    "{# a::b || c #}\n-- qualify\nselect '::, || and [a] from t' as a, {{ rounded('a', 2) }} as b from t",
    "{%- set a = ['b', 'c'] -%}\nselect {{ to_integer(\"max(case when a = '\" ~ b ~ \"' then c end)\") }} as b from t",
    "with u as (select count(*) as n from t) select n from u union all select 1 as n from (select a from t) as v",
    "select extract(year from a) as b from t",
    "select coalesce(a, 'x') as a, sum(b) over (partition by c order by d) from t where a in ('y', 'z')",
)


@pytest.mark.parametrize(("sql", "name"), REFUSED.items())
def test_sql_of_one_engine_is_refused(sql: str, name: str) -> None:
    assert f"1: {name}" in [complaint.partition(": write ")[0] for complaint in check(sql)]


@pytest.mark.parametrize("sql", FINE)
def test_sql_of_every_engine_is_not(sql: str) -> None:
    assert list(check(sql)) == []


@pytest.mark.parametrize("division", ["7 / 2", "100.0 * a / b", "sum(a) / count(*)", "(a + 1) / (b - 1)"])
def test_divisions_without_a_double_are_refused(division: str) -> None:
    assert len(list(check_divisions(f"select {division} as share from t"))) == 1


@pytest.mark.parametrize("division", ["100 * cast(a as double) / b", "0.5 / power(10, a)", "a / cast(b as double)"])
def test_divisions_of_doubles_are_not(division: str) -> None:
    assert list(check_divisions(f"select {division} as share from t")) == []


def test_a_complaint_names_file_line_and_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.sql"
    model.write_text(
        "{# Halves.\n   Two lines. #}\nselect\n    '\n' as a,\n    b || 'c' as d,\n    b / 2 as e\nfrom t\n"
    )
    assert main([str(model)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{model}:6: ||: write concat(…)",
        f"{model}: b / 2: whole numbers elsewhere; write percentage(…) or to_double(…) on one side",
        "1 files of SQL: 2 complaints",
    ]


@pytest.fixture(scope="module")
def queries(built: Built) -> dict[str, exp.Expr]:
    """The query of every model and data test by its name."""
    data_tests = [node for node in built.manifest["nodes"].values() if node["resource_type"] == "test"]
    return {
        node["name"]: sqlglot.parse_one(built.compiled(node), read="duckdb") for node in [*models(built), *data_tests]
    }


def models(built: Built) -> list[dict[str, Any]]:
    """The models in an order in which each comes after what it reads."""
    nodes = {unique_id: node for unique_id, node in built.manifest["nodes"].items() if node["resource_type"] == "model"}
    ordered: dict[str, dict[str, Any]] = {}

    def add(unique_id: str) -> None:
        if unique_id in nodes and unique_id not in ordered:
            for parent in nodes[unique_id]["depends_on"]["nodes"]:
                add(parent)
            ordered[unique_id] = nodes[unique_id]

    for unique_id in nodes:
        add(unique_id)
    return list(ordered.values())


def counts_are_never_null(query: exp.Expr) -> exp.Expr:
    """The query with the numbers n, none of which is NULL, in BigQuery's own order, NULLs first: sqlglot can say no
    other in an aggregate there."""
    for key in query.find_all(exp.Ordered):
        if key.this.name == "n":
            key.set("nulls_first", True)
    return query


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_every_model_and_data_test_is_translated_for_other_engines(queries: dict[str, exp.Expr], engine: str) -> None:
    """sqlglot raises for what it cannot translate, and must be able to read what it wrote."""
    for name, query in queries.items():
        source = counts_are_never_null(query.copy()) if engine == "bigquery" else query
        written = source.sql(engine, unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(sqlglot.parse_one(written, read=engine), exp.Query), name


def as_strict_engines_do(sql: str) -> str:
    """The query for DuckDB with what other engines do: text joined to NULL is NULL, so is the least or greatest of
    values with a NULL among them, and whole numbers are divided in whole numbers."""

    query = sqlglot.parse_one(sql, read="duckdb")
    for node in reversed(list(query.find_all(exp.Concat, exp.Greatest, exp.Least, exp.Div))):
        if isinstance(node, exp.Concat):
            joined = exp.cast(node.expressions[0], "varchar")
            for part in node.expressions[1:]:
                joined = exp.DPipe(this=joined, expression=exp.cast(part, "varchar"))
            node.replace(exp.paren(joined))
        elif isinstance(node, exp.Div):
            node.replace(exp.func("strict_division", node.this, node.expression))
        else:
            missing = exp.or_(*[value.copy().is_(exp.null()) for value in (node.this, *node.expressions)])
            node.replace(exp.case().when(missing, exp.null()).else_(node.copy()))
    return query.sql("duckdb")


@pytest.mark.slow
def test_marts_are_the_same_where_null_and_whole_numbers_are_treated_strictly(built: Built, tmp_path: Path) -> None:
    file = tmp_path / built.database.name
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"attach '{built.database}' as shipped (read_only)")
        connection.execute(
            "create macro main.strict_division(a, b) as case when typeof(a) in ('INTEGER', 'BIGINT', 'HUGEINT') "
            "and typeof(b) in ('INTEGER', 'BIGINT', 'HUGEINT') then cast(a as hugeint) // cast(b as hugeint) "
            "else cast(a as double) / cast(b as double) end"
        )
        for schema in ("raw", "staging", "intermediate"):
            connection.execute(f"create schema {schema}")
        for (seed,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'shipped' and schema_name = 'raw'"
        ).fetchall():
            connection.execute(f"create view raw.{seed} as from shipped.raw.{seed}")
        for node in models(built):
            relation = f"{node['schema']}.{node['name']}"
            kind = "table" if node["config"]["materialized"] == "table" else "view"
            connection.execute(f"create {kind} {relation} as {as_strict_engines_do(built.compiled(node))}")
        differing = {
            mart.name: rows
            for mart in read_marts(connection, "shipped")
            if (
                rows := connection.execute(
                    f"select * from (from shipped.main.{mart.name} except all from main.{mart.name}) limit 3"
                ).fetchall()
            )
        }
    assert differing == {}
