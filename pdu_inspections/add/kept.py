"""The SQL that dbt compiled for an addition, kept for the next one.

Through the DuckDB client alone it makes the same tables and runs the same tests as dbt, without dbt's start and
bookkeeping, which take longer than the tables of a neighbourhood. It is used only where everything that made it is the
same.
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
from pdu_inspections.build.progress import Progress
from pdu_inspections.project import Project

_MANIFEST = "manifest.json"
_MARK = "kept.json"
_SETTINGS = ("DBT_", "PDU_")  # what dbt and the profiles read of the environment begins so


class KeptSql:
    """What dbt leaves in its target directory, marked with what it was made from.

    database: the file that dbt makes; its SQL names it. variables: dbt's.
    """

    def __init__(self, project: Project, target: Path, database: Path, variables: Mapping[str, str]) -> None:
        self._root = project.root
        self._target = target
        self._database = database
        state = {
            "inputs": fingerprint(read_inputs(project)),
            "versions": versions(),
            "database": str(database),
            "variables": dict(variables),
            "environment": {name: value for name, value in os.environ.items() if _is_setting(name)},
        }
        self._state = hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()

    def manifest(self) -> dict[str, Any]:
        """dbt's manifest, its SQL compiled."""
        manifest: dict[str, Any] = json.loads((self._target / _MANIFEST).read_text(encoding="utf-8"))
        return manifest

    def keep(self) -> None:
        """Mark what dbt has left as fit for the next addition: the build has passed."""
        self._mark().write_text(json.dumps(self._expected()), encoding="utf-8")

    def make(self, progress: Progress) -> bool:
        """Make the database; false, and no database, where nothing fit is kept, or something failed: dbt is to tell."""
        try:
            if json.loads(self._mark().read_text(encoding="utf-8")) != self._expected():
                return False
            manifest = self.manifest()
            with duckdb.connect(str(self._database), config={"preserve_insertion_order": False}) as connection:
                make_schemas(connection, manifest)
                made = [(node, make(connection, node, self._root)) for node in in_order(manifest)]
        except (OSError, ValueError, LookupError, duckdb.Error):
            made = []
        if not made or any(failed for _, failed in made):
            self._database.unlink(missing_ok=True)
            self._database.with_name(f"{self._database.name}.wal").unlink(missing_ok=True)
            return False
        kinds = [node["config"]["materialized"] for node, _ in made]
        models_n = kinds.count("table") + kinds.count("view")
        progress.emit("dbt", f"SQL kept from dbt: {models_n} models, {kinds.count('test')} tests passed")
        return True

    def _mark(self) -> Path:
        return self._target / _MARK

    def _expected(self) -> dict[str, str]:
        return {"state": self._state, "manifest": sha256_of(self._target / _MANIFEST)}


def _is_setting(name: str) -> bool:
    return name.startswith(_SETTINGS) and name != DATABASE_PATH_VARIABLE
