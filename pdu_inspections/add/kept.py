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
from pdu_inspections.build.inputs import fingerprint, read_inputs, versions
from pdu_inspections.build.progress import Progress
from pdu_inspections.project import Project

SETTINGS: dict[str, Any] = {"storage_compatibility_version": "v1.4.0"}
"""Of DuckDB, as profiles/profiles.yml gives them."""

READ_BY_DBT = ("DBT_", "PDU_")
"""How the names of variables begin that dbt or the project reads from the environment."""

_FILE = "kept.json"
_NO_HOOKS: dict[str, list[Any]] = {"pre-hook": [[]], "post-hook": [[]]}
_PLAIN: dict[str, dict[str, list[Any]]] = {
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
    """dbt's nodes with their compiled SQL, in a file of dbt's target directory that says what they were made from.

    database: the file that dbt makes; its SQL names it. variables: dbt's.
    """

    def __init__(self, project: Project, target: Path, database: Path, variables: Mapping[str, str]) -> None:
        self._project = project
        self._target = target
        self._database = database
        self._variables = dict(variables)
        self._state = self._made_from()

    def keep(self) -> dict[str, Any]:
        """Keep what dbt has left, whose build has passed, for the next addition; gives it.

        Not where something has changed meanwhile, or is configured in a way that the client alone does not follow.
        """
        manifest: dict[str, Any] = json.loads((self._target / "manifest.json").read_text(encoding="utf-8"))
        if self._made_from() == self._state and all(map(_is_plain, manifest["nodes"].values())):
            text = json.dumps({"nodes": manifest["nodes"]}).encode()
            new = self._file().with_suffix(".new")
            new.write_bytes(b"%s\n%s" % (self._mark(text), text))
            new.replace(self._file())
        return manifest

    def make(self, progress: Progress) -> dict[str, Any] | None:
        """Make the database; gives the manifest it was made by.

        None, and no database, where nothing fit is kept or something failed: dbt is to tell.
        """
        try:
            mark, _, text = self._file().read_bytes().partition(b"\n")
            if mark != self._mark(text):
                return None
            manifest: dict[str, Any] = json.loads(text)
            passed = self._run(manifest)
        except (OSError, ValueError, LookupError, duckdb.Error):
            passed = False
        if not passed:
            self._database.unlink(missing_ok=True)
            self._database.with_name(f"{self._database.name}.wal").unlink(missing_ok=True)
            return None
        nodes = manifest["nodes"].values()
        models_n = sum(
            node["resource_type"] == "model" and node["config"]["materialized"] != "ephemeral" for node in nodes
        )
        tests_n = sum(node["resource_type"] == "test" for node in nodes)
        progress.emit("dbt", f"SQL kept from dbt: {models_n} models, {tests_n} tests passed")
        return manifest

    def _run(self, manifest: dict[str, Any]) -> bool:
        """Whether everything could be made and every test passed."""
        with duckdb.connect(str(self._database), config=SETTINGS) as connection:
            connection.execute("begin")
            make_schemas(connection, manifest)
            if any(make(connection, node, self._project.root) for node in in_order(manifest)):
                return False
            connection.execute("commit")
        return True

    def _made_from(self) -> str:
        """A fingerprint of everything that dbt's SQL is made from."""
        state = {
            "inputs": fingerprint(read_inputs(self._project)),
            "versions": versions(),
            "database": str(self._database),
            "variables": self._variables,
            "environment": {name: value for name, value in os.environ.items() if name.startswith(READ_BY_DBT)},
        }
        return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()

    def _file(self) -> Path:
        return self._target / _FILE

    def _mark(self, text: bytes) -> bytes:
        """The first line of the file: of what is kept in it, and of what that was made from."""
        return hashlib.sha256(self._state.encode() + text).hexdigest().encode()


def _is_plain(node: dict[str, Any]) -> bool:
    plain = _PLAIN.get(node["resource_type"])
    given = {**node["config"], "tags": node.get("tags")}
    return plain is not None and all(given.get(name) in allowed for name, allowed in plain.items())
