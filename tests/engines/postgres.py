"""PostgreSQL: a server of its own in a temporary directory, reached over a socket in it and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.engines.engine import Engine, Row, UnavailableError, install

USER = "pdu"


class PostgreSql(Engine):
    """Debian's server. As root it runs as the user postgres, since it refuses to run as root."""

    name = "PostgreSQL"
    target = "postgres"

    def __enter__(self) -> Self:
        self.binaries = _binaries()
        self.data = self.directory / "server"
        self.data.mkdir()
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_user:
            self.directory.chmod(0o711)
            shutil.chown(self.data, "postgres")
        self._run(
            "initdb", "--pgdata", str(self.data / "data"), "--username", USER, "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.data}' -c fsync=off"
        self._run("pg_ctl", "start", "--pgdata", str(self.data / "data"), "--wait", "--log", str(self.data / "log"),
                  "--options", options)  # fmt: skip
        self.environment = {"PDU_POSTGRES_HOST": str(self.data), "PDU_POSTGRES_USER": USER}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("pg_ctl", "stop", "--pgdata", str(self.data / "data"), "--mode", "fast")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_user, str(self.binaries / program), *arguments]
        # Its output goes to a file: the server inherits it, and would keep a pipe open.
        with (self.directory / "postgres.out").open("a+", encoding="utf-8") as output:
            done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, cwd="/", check=False)
            if done.returncode != 0:
                output.seek(0)
                raise UnavailableError(f"{program} failed:\n{output.read()}")

    @property
    def version(self) -> str:
        (server,) = self._select("show server_version")
        return f"PostgreSQL {server[0]}, dbt-postgres {version('dbt-postgres')}"

    def rows(self, mart: str, columns: list[str]) -> list[Row]:
        return self._select(f"select {', '.join(f'{column}::text' for column in columns)} from main.{mart}")

    def _select(self, query: str) -> list[Row]:
        import psycopg2

        connection = psycopg2.connect(host=str(self.data), user=USER, dbname="postgres")
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()
        finally:
            connection.close()


def _binaries() -> Path:
    """Where the newest server's programs are; installed where they are missing and that is allowed."""
    for attempt in range(2):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
        if found:
            return found[-1].parent
        if on_path := shutil.which("initdb"):
            return Path(on_path).resolve().parent
        if attempt == 0:
            install(["postgresql"], "PostgreSQL server")
    raise UnavailableError("PostgreSQL was installed, but initdb is not in /usr/lib/postgresql")
