"""Models and macros of the dbt project as SQL text, rendered by plain Jinja: no dbt process, no database.

``ref('model')`` and ``raw_table('seed')`` become the bare name. The macros of macros/ are the project's own; of dbt's
cross-database macros the few that the rendered files call stand here as DuckDB spells them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

PROJECT = Path(__file__).resolve().parents[2]
MACRO_FILES = ("engines", "casting", "citations", "corrections", "percentages", "text", "analyst_macros")

Macro = Callable[..., str]


class DbtMacros:
    """dbt's cross-database macros for DuckDB."""

    @staticmethod
    def type_string() -> str:
        return "varchar"

    @staticmethod
    def position(substring: str, text: str) -> str:
        return f"position({substring} in {text})"

    @staticmethod
    def dateadd(datepart: str, interval: str, from_date: str) -> str:
        return f"date_add({from_date}, to_{datepart}s({interval}))"

    @staticmethod
    def escape_single_quotes(text: str) -> str:
        return text.replace("'", "''")

    @staticmethod
    def string_literal(text: str) -> str:
        return f"'{text}'"

    @staticmethod
    def split_part(expression: str, delimiter: str, part: int) -> str:
        return f"split_part({expression}, {delimiter}, {part})"

    @staticmethod
    def listagg(expression: str, delimiter: str, order_by: str) -> str:
        return f"string_agg({expression}, {delimiter} {order_by})"

    @staticmethod
    def generate_series(upper_bound: int) -> str:
        return f"select unnest(range(1, {upper_bound} + 1)) as generated_number"


class _Adapter:
    """adapter.dispatch: DuckDB's version of a macro, else the default one."""

    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self._macros = macros

    def dispatch(self, name: str, package: str = "") -> Macro:
        found = self._macros.get(f"duckdb__{name}") or self._macros.get(f"default__{name}")
        if found is None:
            raise LookupError(f"macro {package}.{name} has no version for DuckDB and no default")
        return found


class Renderer:
    """Renders the project's files. replaced: macros to render as something else than the project defines."""

    def __init__(self, project: Path = PROJECT, replaced: Mapping[str, Macro] | None = None) -> None:
        self.project = project
        self.macros: dict[str, Macro] = {}
        self._referred: set[str] = set()
        self._jinja = jinja2.Environment(undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"])
        self._jinja.globals.update(
            dbt=DbtMacros(),
            adapter=_Adapter(self.macros),
            target={"schema": "main", "path": "pdu_inspections.duckdb"},
            graph={"nodes": {}},
            execute=False,
            ref=self._ref,
            raw_table=self._ref,
            var=lambda name, default=None: default,
            # A macro that returns a list, which plain Jinja cannot.
            report_tables=lambda: re.findall(r"'(\w+)'", self.read("macros/report_tables.sql")),
            **{"return": lambda text: text},
        )
        for name in MACRO_FILES:
            self._load(f"macros/{name}.sql")
        self.macros.update(replaced or {})
        self._jinja.globals.update(self.macros)

    def _load(self, path: str) -> None:
        module: Any = self._jinja.from_string(self.read(path)).module
        macros = {name: getattr(module, name) for name in dir(module) if not name.startswith("_")}
        self.macros.update({name: macro for name, macro in macros.items() if callable(macro)})
        self._jinja.globals.update(self.macros)

    def read(self, path: str) -> str:
        return (self.project / path).read_text(encoding="utf-8")

    def _ref(self, name: str) -> str:
        self._referred.add(name)
        return name

    def render(self, path: str) -> str:
        """A model's SQL."""
        return self._jinja.from_string(self.read(path)).render()

    def referred(self, path: str) -> set[str]:
        """The models and seeds a model refers to."""
        self._referred.clear()
        self.render(path)
        return set(self._referred)

    def call(self, expression: str) -> str:
        """What a macro call renders: ``call("rounded_percentage('k', 'n')")``."""
        return self._jinja.from_string("{{ " + expression + " }}").render().strip()


@cache
def renderer() -> Renderer:
    """The renderer of this project with its macros as they are."""
    return Renderer()
