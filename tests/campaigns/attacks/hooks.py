"""Hooks that fail in every way: they are reported, change nothing, keep secrets and end in time."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pdu_inspections.release.hooks import Ending, Hooks
from tests.campaigns.attacks.trial import Trial

_SECONDS = 1.5
_SLACK = 3.0
_SECRET = "hunter2SECRET"
_GOOD = Ending("published", 0, "000001", "published: 000001")

_ADDRESSES = (
    "http://127.0.0.1:9/{secret} x",
    "http://127.0.0.1:9/{secret}\n",
    "http://127.0.0.1:9/{secret}\x00",
    "http://[::1/{secret}",
    "http://127.0.0.1:port/{secret}",
    "http://127.0.0.1:99999999/{secret}",
    "http://user:{secret}@127.0.0.1:9/",
    "http://\x1b[2J/{secret}",
    "http:///{secret}",
    "https://127.0.0.1:9/{secret}",
    "file:///etc/{secret}",
    "ftp://127.0.0.1/{secret}",
    "data:text/plain,{secret}",
    "gopher://127.0.0.1/{secret}",
    "HTTP://127.0.0.1:9/{secret}",
    "http://127.0.0.1:9/\N{SNOWMAN}{secret}",
    "http://\N{SNOWMAN}.invalid/{secret}",
    "http://nobody.invalid/{secret}",
    "{secret}",
    " ",
    "http://" + "a" * 5000 + "/{secret}",
    "http://127.0.0.1:9/" + "{secret}" * 500,
)

_COMMANDS = (
    " ",
    "''",
    '"',
    "\\",
    "/nowhere",
    "/etc",
    "/etc/passwd",
    "false",
    "a\x00b",
    "{python} -c 'raise SystemExit(7)'",
    "{python} -c 'import os; os.abort()'",
    "{python} -c 'import os; os.kill(os.getpid(), 9)'",
    "{python} -c 'import time; time.sleep(60)'",
    "{python} -c 'import os, time; os.fork() or time.sleep(60); time.sleep(60)'",
    "{python} -c 'import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)'",
    "{python} -c 'import os; os.close(0)'",
    "{python} -c 'import sys; sys.stdout.write(str(9) * 10_000_000)'",
    "{python} -c 'import sys; sys.stdin.read(); raise SystemExit(1)'",
    "true; touch /tmp/{secret}",
)


def hooks() -> Iterator[Trial]:
    """Malformed addresses, servers that misbehave, commands that misbehave."""
    for address in _ADDRESSES:
        yield _judge("address", address, Hooks(webhook=address.format(secret=_SECRET)))
    for name, answer in _SERVERS.items():
        with _server(answer) as port:
            yield _judge("server", name, Hooks(webhook=f"http://127.0.0.1:{port}/{_SECRET}"))
    for command in _COMMANDS:
        yield _judge("command", command, Hooks(on_success=command.format(python=sys.executable, secret=_SECRET)))


def _judge(kind: str, name: str, hook: Hooks) -> Trial:
    trial = Trial("hook", f"{kind} {name[:60]!r}")
    began = time.monotonic()
    try:
        lines = list(hook.run(_GOOD, _SECONDS))
    except BaseException as error:
        trial.expect(False, f"{type(error).__name__}: {error}")
        return trial
    took = time.monotonic() - began
    trial.expect(took < _SECONDS + _SLACK, f"took {took:.1f} seconds")
    # The name of a command is printed, its words are not; of an address only the host is.
    trial.expect(_SECRET not in "".join(lines) or name == "{secret}", f"the secret was printed: {lines}")
    trial.expect(all(line.isprintable() for line in lines), f"unprintable: {lines}")
    if not name.startswith(("answers 200", "{python} -c 'import os; os.close", "{python} -c 'import sys; sys.stdout")):
        trial.expect(bool(lines) or name.startswith("redirects to itself once"), "the failure was not reported")
    return trial


Answer = Callable[[socket.socket], object]


def _drip(client: socket.socket, content: bytes, seconds: float = 0.2) -> None:
    for byte in content:
        client.send(bytes([byte]))
        time.sleep(seconds)


_SERVERS: dict[str, Answer] = {
    "answers 200": lambda client: client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    "answers 500": lambda client: client.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
    "answers 404 with the address": lambda client: client.sendall(b"HTTP/1.1 404 " + _SECRET.encode() + b"\r\n\r\n"),
    "garbage for a status": lambda client: client.sendall(b"\x00\xff garbage\r\n\r\n"),
    "a status that is no number": lambda client: client.sendall(b"HTTP/1.1 abc OK\r\n\r\n"),
    "closes at once": lambda client: client.close(),
    "resets": lambda client: (
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"),
        client.close(),
    ),
    "says nothing": lambda client: time.sleep(60),
    "drips its status": lambda client: _drip(client, b"HTTP/1.1 200 OK\r\n" * 100),
    "drips a header": lambda client: (
        client.sendall(b"HTTP/1.1 200 OK\r\nX: "),
        _drip(client, b"x" * 1000),
    ),
    "endless headers": lambda client: client.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000),
    "a header of a megabyte": lambda client: client.sendall(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n"),
    "redirects to a file": lambda client: client.sendall(
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"
    ),
    "redirects to garbage": lambda client: client.sendall(
        b"HTTP/1.1 302 Found\r\nLocation: http://[x\r\nContent-Length: 0\r\n\r\n"
    ),
    "endless informational answers": lambda client: client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000),
}


@contextmanager
def _server(answer: Answer) -> Iterator[int]:
    """A server that answers the first call in its own way."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def serve() -> None:
            try:
                client, _ = listening.accept()
                client.recv(65536)
                answer(client)
                client.close()
            except OSError:
                pass

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
