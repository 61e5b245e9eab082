"""Hooks get the result of a build, and can neither change that nor leak what they were given."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pdu_inspections.release.hooks import Ending, Hooks

GOOD = Ending("published", 0, "000001", "published: 000001")
BAD = Ending("failed", 3, None, "gate failed")


@pytest.fixture
def received() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A web address, and what was posted to it."""
    posts: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if self.path.startswith("/broken") else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", posts
    server.shutdown()


def test_the_webhook_gets_the_ending(received: tuple[str, list[dict[str, object]]]) -> None:
    address, posts = received
    assert list(Hooks(webhook=address).run(BAD)) == []
    assert posts == [{"outcome": "failed", "exit_code": 3, "build_id": None, "message": "gate failed"}]


def test_a_webhook_that_fails_is_reported_by_its_host_alone(received: tuple[str, list[dict[str, object]]]) -> None:
    address, _ = received
    assert list(Hooks(webhook=f"{address}/broken?token=secret").run(GOOD)) == [
        "webhook at 127.0.0.1 not called: HTTPError"
    ]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/x", "example.org"])
def test_only_web_addresses_are_called(address: str) -> None:
    assert list(Hooks(webhook=address).run(GOOD)) == [
        "webhook not called: its address must begin with https:// or http:// and name a host"
    ]


def test_the_command_that_applies_is_run() -> None:
    hooks = Hooks(on_success=f"{sys.executable} -c 'raise SystemExit(7)'", on_failure=f"{sys.executable} -c pass")
    assert list(hooks.run(BAD)) == []
    assert list(hooks.run(GOOD)) == [f"hook {sys.executable} ended with exit code 7"]


def test_a_command_is_told_by_its_environment() -> None:
    code = "import os; raise SystemExit((os.environ['PDU_EXIT_CODE'], os.environ['PDU_BUILD_ID']) != ('3', ''))"
    assert list(Hooks(on_failure=f'{sys.executable} -c "{code}"').run(BAD)) == []


def test_a_command_is_not_given_to_a_shell(tmp_path: object) -> None:
    assert list(Hooks(on_success=f"true; touch {tmp_path}/x").run(GOOD)) == ["hook not run: FileNotFoundError"]


def test_a_command_that_cannot_be_split_is_reported() -> None:
    assert list(Hooks(on_success='echo "').run(GOOD)) == ["hook not run: ValueError"]
