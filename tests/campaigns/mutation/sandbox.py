"""dbt's unit tests without dbt: given tables in DuckDB, a model's SQL on them, its rows against the expected ones."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import yaml

from tests.support.contract import TABLES
from tests.support.rendering import Macro, Renderer

Row = dict[str, Any]
Types = dict[str, dict[str, str]]

REF = re.compile(r"ref\('([a-z0-9_]+)'\)")

# Macros that the models call as DuckDB macros here, so that each is mutated once and not wherever it is used.
SHARED_MACROS: dict[str, tuple[str, ...]] = {
    "lowest_possible_count": ("pct", "n", "decimals"),
    "highest_possible_count": ("pct", "n", "decimals"),
    "decimals_of_value": ("value",),
    "is_printed_percentage": ("as_printed",),
    "rounded_percentage": ("k", "n"),
    "number_text": ("expression",),
    "to_integer": ("expression",),
    "comes_before": ("line", "col", "other_line", "other_col"),
}


@dataclass(frozen=True)
class UnitTest:
    """One unit test as dbt's YAML has it; values are text, as a CSV gives them, or what YAML made of them."""

    name: str
    model: str
    given: Mapping[str, tuple[Row, ...]]
    expected: tuple[Row, ...]


def unit_tests(project: Path) -> list[UnitTest]:
    """Every unit test of the project."""
    return [
        UnitTest(
            name=test["name"],
            model=test["model"],
            given={REF.findall(given["input"])[0]: _rows(given) for given in test["given"]},
            expected=_rows(test["expect"]),
        )
        for path in sorted((project / "models").rglob("*.yml"))
        for test in yaml.safe_load(path.read_text(encoding="utf-8")).get("unit_tests", [])
    ]


def _rows(fixture: Mapping[str, Any]) -> tuple[Row, ...]:
    rows = fixture.get("rows", [])
    if fixture.get("format") == "csv":
        return tuple({name: value or None for name, value in row.items()} for row in csv.DictReader(io.StringIO(rows)))
    if fixture.get("format") == "sql":
        selected = duckdb.connect().sql(rows)
        return tuple(dict(zip(selected.columns, row, strict=True)) for row in selected.fetchall())
    return tuple(rows)


def shared_macro_calls() -> dict[str, Macro]:
    """The shared macros as calls of DuckDB macros of the same name."""

    def caller(name: str) -> Macro:
        parameters = len(SHARED_MACROS[name])
        return lambda *arguments: f"{name}({', '.join((*arguments, '0')[:parameters])})"

    return {name: caller(name) for name in SHARED_MACROS}


def macro_bodies(renderer: Renderer) -> dict[str, str]:
    """The SQL of every shared macro in terms of its parameters."""
    return {name: renderer.macros[name](*parameters).strip() for name, parameters in SHARED_MACROS.items()}


class Sandbox:
    """An in-memory database with the types of every model and the given tables of every unit test."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.tests = unit_tests(project)
        self.macros = macro_bodies(Renderer(project))
        self.renderer = Renderer(project, shared_macro_calls())
        self.connection = duckdb.connect()
        self.connection.execute("set threads = 1")
        for name, body in self.macros.items():
            self.define(name, body)
        self.types = self._types()
        for test in self.tests:
            self._lay_out(test)

    def define(self, name: str, body: str) -> None:
        """(Re)define a shared macro."""
        self.connection.execute(f"create or replace macro main.{name}({', '.join(SHARED_MACROS[name])}) as ({body})")

    def sql(self, model: str) -> str:
        """A model's SQL, its shared macros called by name."""
        return self.renderer.render(self._path(model))

    def _path(self, model: str) -> str:
        found = next((self.project / "models").rglob(f"{model}.sql"))
        return str(found.relative_to(self.project))

    def tests_of(self, model: str) -> list[UnitTest]:
        return [test for test in self.tests if test.model == model]

    def differences(self, test: UnitTest, sql: str) -> tuple[list[Row], list[Row]]:
        """Rows the SQL gives that the test does not expect, and the expected rows it does not give."""
        self.connection.execute(f"set schema = '{test.name}'")
        result = self.connection.execute(f"select {self._columns(test)} from ({sql}) as actual")
        names = [column[0] for column in result.description]
        actual = Counter(result.fetchall())
        expected = Counter(self.connection.execute("select * from expected").fetchall())
        surplus, missing = actual - expected, expected - actual
        return [dict(zip(names, row, strict=True)) for row in surplus.elements()], [
            dict(zip(names, row, strict=True)) for row in missing.elements()
        ]

    def passes(self, test: UnitTest, sql: str) -> bool:
        """Whether the SQL gives the expected rows. Raises duckdb.Error where it does not run."""
        surplus, missing = self.differences(test, sql)
        return not surplus and not missing

    def _columns(self, test: UnitTest) -> str:
        return ", ".join(test.expected[0]) if test.expected else "*"

    def _types(self) -> Types:
        """Column types of every seed and every staging and intermediate model, from empty relations."""
        types: Types = {}
        for table in TABLES:
            columns = ", ".join(f"{column} varchar" for column in table.column_names)
            self.connection.execute(f"create table main.{table.name} ({columns})")
        for model in self._in_order():
            self.connection.execute(f"create table main.{model} as {self.sql(model)}")
        for table, column, data_type in self.connection.execute(
            "select table_name, column_name, data_type from information_schema.columns where table_schema = 'main'"
            " order by table_name, ordinal_position"
        ).fetchall():
            types.setdefault(table, {})[column] = data_type
        for model in types:
            self.connection.execute(f"drop table main.{model}")
        return types

    def _in_order(self) -> Iterable[str]:
        """Staging and intermediate models that unit tests touch, each after what it reads."""
        needed = {name for test in self.tests for name in (test.model, *test.given)}
        graph: dict[str, set[str]] = {}
        seeds = {table.name for table in TABLES}
        while needed:
            model = needed.pop()
            graph[model] = self.renderer.referred(self._path(model)) - seeds
            needed |= graph[model] - graph.keys()
        return TopologicalSorter(graph).static_order()

    def _lay_out(self, test: UnitTest) -> None:
        """The test's given and expected tables, in a schema of the test's name."""
        self.connection.execute(f"create schema {test.name}")
        for model, rows in test.given.items():
            self._create(f"{test.name}.{model}", self.types[model], rows)
        columns = tuple(test.expected[0]) if test.expected else tuple(self.types[test.model])
        self._create(f"{test.name}.expected", {name: self.types[test.model][name] for name in columns}, test.expected)

    def _create(self, table: str, types: Mapping[str, str], rows: tuple[Row, ...]) -> None:
        unknown = {name for row in rows for name in row} - types.keys()
        if unknown:
            raise LookupError(f"{table} has no column {', '.join(sorted(unknown))}")
        self.connection.execute(f"create table {table} ({', '.join(f'{n} {t}' for n, t in types.items())})")
        for row in rows:
            self.connection.execute(
                f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values())
            )
