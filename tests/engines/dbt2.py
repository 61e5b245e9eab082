"""dbt 2, the engine written in Rust, on this environment's DuckDB."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path
from typing import Self

import _duckdb
import duckdb

from tests.engines.engine import Engine, Row, UnavailableError


class Dbt2(Engine):
    """The preview of dbt 2 that is a wheel. It loads DuckDB as a shared library and brings none along."""

    name = "dbt 2"
    target = "dev"
    dbt = Path(__file__).parents[2] / ".venv" / "next" / "bin" / "dbt"

    def __enter__(self) -> Self:
        if not self.dbt.exists():
            raise UnavailableError("No dbt 2 found: make test-dbt2 installs it")
        libraries = self.directory / "lib"
        libraries.mkdir()
        # DuckDB's Python package has DuckDB's C interface in it, once the library of Python that it needs is loaded.
        (libraries / "libduckdb.so").symlink_to(Path(_duckdb.__file__))
        self.database = self.directory / "dbt2" / "pdu_inspections.duckdb"
        self.database.parent.mkdir()
        self.environment = {
            "LD_LIBRARY_PATH": str(libraries),
            "LD_PRELOAD": str(_python_library()),
            "PDU_DATABASE_PATH": str(self.database),
        }
        return self

    @property
    def version(self) -> str:
        answer = subprocess.run([self.dbt, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        return f"{answer}, DuckDB {duckdb.__version__}"

    def rows(self, mart: str, columns: list[str]) -> list[Row]:
        values = ", ".join(f"{column}::varchar" for column in columns)
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(f"select {values} from main.{mart}").fetchall()


def _python_library() -> Path:
    """The shared library of this Python."""
    directory, name = sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("INSTSONAME")
    for candidate in (Path(directory) / name, Path("/usr/lib") / sysconfig.get_config_var("MULTIARCH") / name):
        if candidate.suffix != ".a" and candidate.exists():
            return candidate
    raise UnavailableError(f"No {name} found. On Debian and Ubuntu: apt-get install libpython3-dev")
