"""DuckLake: a DuckDB file as its catalog, Parquet files beside it for the data."""

from __future__ import annotations

import importlib.resources
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Self

import duckdb

from tests.engines.engine import Engine, Row, UnavailableError


class DuckLake(Engine):
    """DuckDB's extension from the package that carries it, installed beside that package's environment."""

    name = "DuckLake"
    target = "ducklake"

    def __enter__(self) -> Self:
        extension = _extension()
        self.extensions = Path(sys.prefix) / "extensions"
        with self._connect(":memory:") as connection:
            connection.install_extension(str(extension))
        self.catalog = self.directory / "lake" / "pdu_inspections.ducklake"
        self.catalog.parent.mkdir()
        self.environment = {
            "PDU_DUCKLAKE_CATALOG": str(self.catalog),
            "PDU_DUCKLAKE_EXTENSIONS": str(self.extensions),
        }
        return self

    @property
    def version(self) -> str:
        with self._connect(str(self.catalog)) as connection:
            query = "select value from ducklake_metadata where key = 'version'"
            (form,) = connection.execute(query).fetchall()
        return f"DuckLake {form[0]}, DuckDB {duckdb.__version__}, dbt-duckdb {version('dbt-duckdb')}"

    def rows(self, mart: str, columns: list[str]) -> list[Row]:
        values = ", ".join(f"{column}::varchar" for column in columns)
        with self._connect(f"ducklake:{self.catalog}") as connection:
            return connection.execute(f"select {values} from main.{mart}").fetchall()

    def _connect(self, database: str) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(
            database, read_only=database != ":memory:", config={"extension_directory": str(self.extensions)}
        )


def _extension() -> Path:
    """The extension's file for this version of DuckDB."""
    package = "duckdb_extension_ducklake"
    file = Path("extensions") / f"v{duckdb.__version__}" / "ducklake.duckdb_extension"
    try:
        found = Path(str(importlib.resources.files(package))) / file
    except ModuleNotFoundError:
        raise UnavailableError(f"No package {package} found: make test-ducklake installs it") from None
    if not found.exists():
        raise UnavailableError(
            f"{package} has no {file}: pyproject.toml must name the same version of both (group engines)"
        )
    return found
