"""The SQL that dbt compiled for an addition, kept for the next one.

Through the DuckDB client alone it makes the same tables and runs the same tests as dbt, without dbt's start and
bookkeeping, which take longer than the tables of a neighbourhood. It is used only where everything that made it is the
same. Comments and the hook at the end of a run, which makes analysts' macros, are left out: no table depends on them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections.build.compiled import in_order, make, make_schemas
from pdu_inspections.build.dbt import DATABASE_PATH_VARIABLE
from pdu_inspections.build.inputs import fingerprint, read_inputs, sha256_of, versions
from pdu_inspections.project import Project

_MANIFEST = "manifest.json"
_MARK = "kept.json"
_READ_BY_DBT = ("DBT_", "PDU_")
_SETTINGS = {"storage_compatibility_version": "v1.4.0"}  # as profiles/profiles.yml gives it
_NO_HOOKS: dict[str, list[Any]] = {"pre-hook": [[]], "post-hook": [[]]}
_PLAIN: dict[str, Mapping[str, list[Any]]] = {
    "seed": {"materialized": ["seed"], "delimiter": [","], **_NO_HOOKS},
    "model": {"materialized": ["table", "view", "ephemeral"], **_NO_HOOKS},
    "test": {
        "fail_calc": ["count(*)"],
        "warn_if": ["!= 0"],
        "error_if": ["!= 0"],
        "limit": [None],
        "store_failures": [None, False],
    },
    "analysis": {},
    "operation": {"tags": [["on-run-end"]]},
}
"""By resource type, the configuration with which `make` does what dbt does."""


class KeptSql:
    """What dbt leaves in its target directory, marked with what it was made from.

    database: the file that dbt makes; its SQL names it. variables: dbt's.
    """

    def __init__(self, project: Project, target: Path, database: Path, variables: Mapping[str, str]) -> None:
        self._project = project
        self._target = target
        self._database = database
        self._variables = dict(variables)
        self._state = self._made_from()

    def manifest(self) -> dict[str, Any]:
        """dbt's manifest, its SQL compiled."""
        manifest: dict[str, Any] = json.loads((self._target / _MANIFEST).read_text(encoding="utf-8"))
        return manifest

    def keep(self) -> None:
        """Mark what dbt has left as fit for the next addition: the build has passed.

        Not where something has changed meanwhile, or is configured in a way that the client alone does not follow.
        """
        if self._made_from() == self._state and all(map(_is_plain, self.manifest()["nodes"].values())):
            self._mark().write_text(json.dumps(self._expected()), encoding="utf-8")

    def make(self) -> str | None:
        """Make the database, and say what was made and tested.

        None, and no database, where nothing fit is kept or something failed: dbt is to tell.
        """
        try:
            if json.loads(self._mark().read_text(encoding="utf-8")) != self._expected():
                return None
            nodes = self._run(self.manifest())
        except (OSError, ValueError, LookupError, duckdb.Error):
            nodes = []
        if not nodes:
            self._database.unlink(missing_ok=True)
            self._database.with_name(f"{self._database.name}.wal").unlink(missing_ok=True)
            return None
        models_n = sum(node["config"]["materialized"] in ("table", "view") for node in nodes)
        tests_n = sum(node["resource_type"] == "test" for node in nodes)
        return f"SQL kept from dbt: {models_n} models, {tests_n} tests passed"

    def _run(self, manifest: dict[str, Any]) -> list[dict[str, Any]]:
        """The nodes made; none where a test fails."""
        nodes = list(in_order(manifest))
        with duckdb.connect(str(self._database), config=_SETTINGS) as connection:
            connection.execute("begin")
            make_schemas(connection, manifest)
            if any(make(connection, node, self._project.root) for node in nodes):
                return []
            connection.execute("commit")
        return nodes

    def _made_from(self) -> str:
        """A fingerprint of everything that dbt's SQL is made from."""
        state = {
            "inputs": fingerprint(read_inputs(self._project)),
            "versions": versions(),
            "database": str(self._database),
            "variables": self._variables,
            "environment": {name: value for name, value in os.environ.items() if name.startswith(_READ_BY_DBT)},
        }
        return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()

    def _mark(self) -> Path:
        return self._target / _MARK

    def _expected(self) -> dict[str, str]:
        return {"state": self._state, "manifest": sha256_of(self._target / _MANIFEST)}


def _is_plain(node: dict[str, Any]) -> bool:
    plain = _PLAIN.get(node["resource_type"])
    given = {**node["config"], "tags": node.get("tags")}
    return plain is not None and all(given.get(name) in allowed for name, allowed in plain.items())
