"""Apache Spark on this machine, in dbt's own process; its tables are Parquet files, its metastore a directory."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Self

import duckdb

from tests.engines.engine import Engine, Row, UnavailableError, install

JAVA = "17"


class Spark(Engine):
    """pyspark with Java 17."""

    name = "Apache Spark"
    target = "spark"

    def __enter__(self) -> Self:
        self.environment = {
            "JAVA_HOME": str(_java_home()),
            "PDU_SPARK_DIRECTORY": str(self.directory / "spark"),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYTHONWARNINGS": "ignore",
        }
        return self

    @property
    def version(self) -> str:
        return f"Apache Spark {version('pyspark')} on two cores, Java {JAVA}, dbt-spark {version('dbt-spark')}"

    def rows(self, mart: str, columns: list[str]) -> list[Row]:
        files = self.directory / "spark" / "tables" / "main.db" / mart / "*.parquet"
        values = ", ".join(f"{column}::varchar" for column in columns)
        return duckdb.execute(f"select {values} from read_parquet(?)", [str(files)]).fetchall()


def _java_home() -> Path:
    """The home of a Java 17; installed where there is none and that is allowed."""
    for attempt in range(2):
        named = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else None
        on_path = shutil.which("java")
        for java in [named, on_path and Path(on_path), *sorted(Path("/usr/lib/jvm").glob("*/bin/java"))]:
            if java and java.exists() and _is_right(java):
                return java.resolve().parents[1]
        if attempt == 0:
            install([f"openjdk-{JAVA}-jre-headless"], f"Java {JAVA}")
    raise UnavailableError(f"Java {JAVA} was installed, but is not in /usr/lib/jvm")


def _is_right(java: Path) -> bool:
    shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    return re.search(rf'version "{JAVA}\b', shown) is not None
