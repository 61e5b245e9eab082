"""A Superset server of one's own on this machine: made in a temporary directory, gone when it stops."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import requests

from bi.superset.bundle import DASHBOARD_SLUG, bundle
from pdu_inspections.project import DATABASE_NAME

ROOT = Path(__file__).resolve().parents[2]
SUPERSET = ROOT / ".venv" / "superset" / ("Scripts" if os.name == "nt" else "bin") / "superset"
USER = "admin"
START_LIMIT_S = 300


class SupersetError(Exception):
    """Superset cannot be started, or refuses something; the message says what, for the person at the keyboard."""


@dataclass(frozen=True)
class Server:
    """A running server: its address without a slash at the end, and the password of the user `admin`."""

    url: str
    password: str

    @property
    def dashboard_url(self) -> str:
        """Address of the dashboard."""
        return f"{self.url}/superset/dashboard/{DASHBOARD_SLUG}/"


@contextmanager
def running(database: Path, port: int, report: Callable[[str], None]) -> Iterator[Server]:
    """A server with the dashboard over the published file `database`; stopped and deleted at the end.

    port is a free one of 127.0.0.1. Raises SupersetError where it is taken, where Superset is not installed, or where
    Superset does not start.
    """
    if not SUPERSET.exists():
        raise SupersetError("Superset is not installed: run make superset or make test-superset")
    if not is_free(port):
        raise SupersetError(f"port {port} of 127.0.0.1 is taken: choose another one with PORT=...")
    with tempfile.TemporaryDirectory(prefix="superset-") as directory:
        home = Path(directory)
        server = Server(f"http://127.0.0.1:{port}", secrets.token_hex(6))
        environment = {
            **os.environ,
            "SUPERSET_CONFIG_PATH": str(Path(__file__).with_name("superset_config.py")),
            "SUPERSET_HOME": directory,
            "SUPERSET_SECRET_KEY": secrets.token_urlsafe(32),
            "FLASK_APP": "superset.app:create_app()",
            "FLASK_FAB_CREATE_ADMIN_PASSWORD": server.password,
        }
        report("making Superset's own database ...")
        run(["db", "upgrade"], environment, home)
        name = ["--username", USER, "--firstname", "Local", "--lastname", "Admin", "--email", "admin@localhost"]
        run(["fab", "create-admin", *name], environment, home)
        run(["init"], environment, home)
        report("starting ...")
        log = home / "server.log"
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                [str(SUPERSET), "run", "--host", "127.0.0.1", "--port", str(port), "--with-threads"],
                env=environment, cwd=home, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
            try:
                wait_until_up(server, process, log)
                Session(server).import_dashboard(bundle(database))
                yield server
            finally:
                process.terminate()
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def run(arguments: list[str], environment: dict[str, str], home: Path) -> None:
    """A command of Superset's; SupersetError with the end of what it printed where it fails."""
    done = subprocess.run(
        [str(SUPERSET), *arguments], env=environment, cwd=home, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SupersetError(f"superset {' '.join(arguments[:2])} failed:\n{(done.stdout + done.stderr)[-2000:]}")


def wait_until_up(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the first answer; SupersetError with the end of the log where the server ends or says nothing."""
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit and process.poll() is None:
        with suppress(requests.RequestException):
            if requests.get(f"{server.url}/health", timeout=5).ok:
                return
        time.sleep(0.5)
    raise SupersetError(f"Superset did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def is_free(port: int) -> bool:
    """Whether nobody listens there on 127.0.0.1."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


class Session:
    """Superset's REST API, logged in as `admin`. Every call raises SupersetError where Superset refuses it."""

    def __init__(self, server: Server) -> None:
        self._url = f"{server.url}/api/v1"
        self._http = requests.Session()
        login = {"username": USER, "password": server.password, "provider": "db", "refresh": False}
        token = self.post("security/login", login)["access_token"]
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._http.headers["X-CSRFToken"] = str(self.get("security/csrf_token/")["result"])
        self._http.headers["Referer"] = server.url

    def get(self, path: str) -> dict[str, Any]:
        """The answer to a GET."""
        return self._answer(self._http.get(f"{self._url}/{path}", timeout=120))

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to a POST of JSON."""
        return self._answer(self._http.post(f"{self._url}/{path}", json=body, timeout=120))

    def import_dashboard(self, packed: bytes) -> None:
        """Import a bundle, over what is there of it."""
        files = {"formData": ("probation_inspections.zip", packed, "application/zip")}
        form = {"overwrite": "true"}
        self._answer(self._http.post(f"{self._url}/dashboard/import/", files=files, data=form, timeout=300))

    def _answer(self, response: requests.Response) -> dict[str, Any]:
        if not response.ok:
            raise SupersetError(
                f"{response.request.method} {response.url}: {response.status_code} {response.text[:2000]}"
            )
        answer: dict[str, Any] = response.json()
        return answer


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8088, show_default=True)
def main(port: int) -> None:
    """Serve the current release on 127.0.0.1 until Ctrl+C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the server is stopped and deleted then too
    database = ROOT / "warehouse" / "current" / DATABASE_NAME
    if not database.exists():
        raise click.ClickException("nothing is published yet; make a release with make warehouse")
    try:
        with running(database, port, click.echo) as server:
            click.echo(f"\n{server.dashboard_url}\nuser {USER}, password {server.password}")
            click.echo("Ctrl+C stops it, and deletes what was changed in it.")
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        pass
    except SupersetError as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
