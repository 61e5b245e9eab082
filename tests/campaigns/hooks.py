"""Hooks of every kind: whatever a command or an address does, a build ends as it would have without it."""

from __future__ import annotations

import json
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.campaigns.cases import Case, run_command, toy_command, toy_environment
from tests.support.toy import write_project

HEAD = """# Hooks that misbehave

Written by `python -m pytest -m campaign tests/campaigns -k hooks`. Each trial ends a build of a small project with one
misbehaving command or address. Promises: exit code, current release and journal are those of a build without hooks; no
traceback; nothing of an address but its host is printed; and the whole ends within 75 seconds (30 for a command, 30 for
an address, and the build).
"""
LONGEST_S = 75
SECRET = "s3cr3t"
PYTHON = sys.executable

COMMANDS = {
    "fails": "false",
    "is not there": "/no/such/program",
    "is a folder": "/tmp",
    "is no program": "/etc/hostname",
    "is nothing": " ",
    "is an open quotation": "echo 'x",
    "ends in a backslash": "echo \\",
    "holds a zero byte": "echo x\\0",
    "is 100,000 words": "echo " + "x " * 50_000,
    "ends with 255": f"{PYTHON} -c 'raise SystemExit(255)'",
    "ends with a traceback": f"{PYTHON} -c 'raise ValueError'",
    "is killed": f"{PYTHON} -c 'import os; os.kill(os.getpid(), 9)'",
    "ends its group": f"{PYTHON} -c 'import os; os.killpg(0, 15)'",
    "interrupts itself": f"{PYTHON} -c 'import os; os.kill(os.getpid(), 2)'",
    "sleeps for ever": "sleep 10000",
    "ignores signals and sleeps": f"{PYTHON} -c 'import signal, time; signal.signal(15, 1); time.sleep(9999)'",
    "leaves a process behind": "sh -c 'sleep 60 &'",
    "leaves a process with its pipes behind": "sh -c 'sleep 60 >&2 &'",
    "reads nothing": "true",
    "closes its input": f"{PYTHON} -c 'import os; os.close(0)'",
    "writes 50 MB": f"{PYTHON} -c 'print(\"x\" * 50_000_000)'",
    "writes 50 MB of errors": f"{PYTHON} -c 'import sys; sys.stderr.write(\"x\" * 50_000_000)'",
    "writes bytes of no text": f"{PYTHON} -c 'import sys; sys.stdout.buffer.write(bytes(range(256)))'",
    "writes escape sequences": "printf '\\033]0;owned\\007'",
    "deletes the lock": "rm -f warehouse/build.lock",
    "asks for the status": f"{PYTHON} -m tests.support.toy status",
    "wants a terminal": f"{PYTHON} -c 'open(\"/dev/tty\").read()'",
    "opens every file it may": f"{PYTHON} -c '[open(\"/dev/null\") for _ in range(10**6)]'",
}


def _drip(connection: socket.socket) -> None:
    """A header, a byte a second."""
    for sign in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000:
        connection.sendall(bytes([sign]))
        time.sleep(1)


def _answer(content: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(content)


SERVERS: dict[str, Callable[[socket.socket], None]] = {
    "says nothing": lambda connection: time.sleep(1000),
    "drips a header": _drip,
    "hangs up": lambda connection: None,
    "answers nonsense": _answer(b"nonsense\r\n\r\n"),
    "answers a status of no number": _answer(b"HTTP/1.1 abc OK\r\n\r\n"),
    "answers 404": _answer(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
    "answers 500": _answer(b"HTTP/1.1 500 Sorry\r\nContent-Length: 0\r\n\r\n"),
    "answers 204": _answer(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "sends on to itself": _answer(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"),
    "sends on to a file": _answer(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
    "sends 100 headers of 60 kB": _answer(b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"x" * 60_000 + b"\r\n") * 100 + b"\r\n"),
    "promises a terabyte": _answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\nx"),
    "cuts a chunk short": _answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\nx"),
}
ADDRESSES = {
    "refuses": "http://127.0.0.1:9/{secret}",
    "holds a space": "http://127.0.0.1:9/{secret} x",
    "holds a line break": "http://127.0.0.1:9/{secret}\nX: y",
    "has no host": "http:///{secret}",
    "is a file": "file:///etc/{secret}",
    "is of another kind": "ftp://127.0.0.1/{secret}",
    "is no address": "{secret}",
    "has an open bracket": "http://[::1/{secret}",
    "has a port beyond all": "http://127.0.0.1:99999/{secret}",
    "has a port of no number": "http://127.0.0.1:x/{secret}",
    "has a user and a password": "http://user:{secret}@127.0.0.1:9/",
    "has a host of 10,000 letters": "http://" + "x" * 10_000 + "/{secret}",
    "has a host in another script": "http://пример.испытание/{secret}",
    "speaks no TLS": "https://127.0.0.1:9/{secret}",
    "has a host that is not there": "http://nowhere.invalid/{secret}",
}


def cases(directory: Path) -> list[Case]:
    """Commands, servers and addresses, after a build that ends well and one that fails."""
    project = write_project(directory / "toy")
    built = run_command(toy_command("build"), project, toy_environment())
    assert built.exit_code == 0, built.output
    found = [
        Case(f"command after a build that {ends}", name, partial(_judge, project, directory, fails, option, command))
        for ends, fails, option in (("ended well", False, "--on-success"), ("failed", True, "--on-failure"))
        for name, command in COMMANDS.items()
    ]
    found += [
        Case("address", name, partial(_judge, project, directory, False, "--webhook", address.format(secret=SECRET)))
        for name, address in ADDRESSES.items()
    ]
    found += [
        Case("server", name, partial(_judge_server, project, directory, serve)) for name, serve in SERVERS.items()
    ]
    return found


def _judge_server(project: Path, directory: Path, serve: Callable[[socket.socket], None]) -> str | None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=_serve, args=(connection, serve), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/{SECRET}"
        return _judge(project, directory, False, "--webhook", address)


def _serve(connection: socket.socket, serve: Callable[[socket.socket], None]) -> None:
    try:
        with connection:
            connection.recv(1 << 16)
            serve(connection)
    except OSError:
        pass


def _judge(project: Path, directory: Path, fails: bool, option: str, hook: str) -> str | None:
    with tempfile.TemporaryDirectory(dir=directory, ignore_cleanup_errors=True) as folder:
        copy = Path(shutil.copytree(project, Path(folder) / "toy", symlinks=True))
        current = (copy / "warehouse" / "current").readlink()
        scores = copy / "seeds" / "reports" / "scores.csv"
        text = scores.read_text(encoding="utf-8")
        scores.write_text(text.replace("52.5", "520" if fails else "53.5"), encoding="utf-8")
        began = time.monotonic()
        ended = run_command(toy_command("build", option, hook), copy, toy_environment())
        if time.monotonic() - began > LONGEST_S:
            return f"took {time.monotonic() - began:.0f} seconds"
        broken = ended.broken_promise(3 if fails else 0)
        # A traceback of the hook itself is the hook's own output.
        if broken and not (broken.startswith("traceback") and "ValueError" in hook):
            return broken
        if option == "--webhook" and SECRET in ended.output:
            return "the address is printed"
        if (copy / "warehouse" / "current").readlink() == current and not fails:
            return "not published"
        if (copy / "warehouse" / "current").readlink() != current and fails:
            return "published"
        journal = (copy / "warehouse" / "builds.jsonl").read_text(encoding="utf-8").splitlines()
        code = json.loads(journal[-1])["exit_code"]
        return None if code == ended.exit_code else f"the journal says {code}"
