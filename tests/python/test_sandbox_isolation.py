"""Code in the sandbox of a parser tries to get out: every attempt must fail where the kernel offers the means."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROBE = """
import ctypes, fcntl, json, os, resource, signal, socket, sys, threading, time
from pathlib import Path
from pdu_inspections.reader.sandbox import child, isolation

sys.path.append({root!r})
secret = {secret!r}
missing = isolation.isolate(child._readable_folders())

def attempt(function):
    try:
        return f"done: {{function()!r}}"[:200]
    except BaseException as error:
        return f"failed: {{type(error).__name__}}"

libc = ctypes.CDLL(None, use_errno=True)

def call(number, *arguments):
    result = libc.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno())
    return result

def run_thread():
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    return "thread"

attempts = {{
    "read a file": lambda: open(secret).read(),
    "read /etc/passwd": lambda: open("/etc/passwd").read(),
    "read its own memory map": lambda: open("/proc/self/maps").read(),
    "read another's environment": lambda: open("/proc/{parent}/environ", "rb").read(),
    "list the home": lambda: os.listdir(os.path.expanduser("~")),
    "list /tmp": lambda: os.listdir("/tmp"),
    "write a file": lambda: open(secret + ".new", "w"),
    "make a folder": lambda: os.mkdir(secret + ".folder"),
    "link a file": lambda: os.link(secret, secret + ".link"),
    "link softly": lambda: os.symlink(secret, secret + ".soft"),
    "delete a file": lambda: os.unlink(secret),
    "rename a file": lambda: os.rename(secret, secret + ".gone"),
    "truncate a file": lambda: os.truncate(secret, 0),
    "change a mode": lambda: os.chmod(secret, 0o777),
    "change the mode of its input": lambda: os.fchmod(0, 0o600),
    "change an owner": lambda: os.chown(secret, os.getuid(), os.getgid()),
    "change times": lambda: os.utime(secret),
    "set an attribute": lambda: os.setxattr(secret, "user.a", b"1"),
    "set flags": lambda: fcntl.ioctl(0, 0x80086601, bytes(8)),
    "make a pipe by name": lambda: os.mkfifo(secret + ".fifo"),
    "connect to the loopback": lambda: socket.create_connection(("127.0.0.1", {port}), 2),
    "send a datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {port})),
    "bind a port": lambda: socket.socket().bind(("127.0.0.1", 0)),
    "open a local socket": lambda: socket.socket(socket.AF_UNIX),
    "pair of sockets": socket.socketpair,
    "look up a name": lambda: socket.getaddrinfo("localhost", 80),
    "fork": os.fork,
    "start a program": lambda: os.posix_spawn("/bin/true", ["true"], {{}}),
    "become a program": lambda: os.execv("/bin/true", ["true"]),
    "run a shell": lambda: os.system("true") and 1 / 0 or "ran",
    "signal the parent": lambda: os.kill({parent}, 0),
    "signal the parent by its descriptor": lambda: os.pidfd_open({parent}),
    "signal a thread of the parent": lambda: call(234, {parent}, {parent}, 0),
    "signal the parent as a thread": lambda: call(200, {parent}, 0),
    "limit the parent": lambda: resource.prlimit({parent}, resource.RLIMIT_CORE),
    "slow the parent": lambda: os.setpriority(os.PRIO_PROCESS, {parent}, 19),
    "bind the parent to a core": lambda: os.sched_setaffinity({parent}, [0]),
    "share memory": lambda: call(29, 1234, 4096, 0o1666),
    "watch files": lambda: call(253),
    "read the kernel's log": lambda: call(103, 3, ctypes.create_string_buffer(10), 10),
    "trace the parent": lambda: call(101, 16, {parent}, 0, 0),
    "io_uring": lambda: call(425, 1, ctypes.create_string_buffer(200)),
    "new namespaces": lambda: call(272, 0x10000000),
    "mount": lambda: call(165, b"none", b"/tmp", b"tmpfs", 0, 0),
    "clone3": lambda: call(435, ctypes.create_string_buffer(88), 88),
}}
allowed = {{
    "load a module": lambda: __import__("xml.dom.minidom").__name__,
    "start a thread": run_thread,
    "read its input": lambda: os.read(0, 5),
    "ask for its own limits": lambda: resource.getrlimit(resource.RLIMIT_CORE),
    "signal itself": lambda: signal.raise_signal(signal.SIGCONT),
}}
print(json.dumps({{
    "missing": missing,
    "attempts": {{name: attempt(function) for name, function in attempts.items()}},
    "allowed": {{name: attempt(function) for name, function in allowed.items()}},
}}))
"""


def probe(tmp_path: Path, port: int = 9) -> dict[str, dict[str, str]]:
    secret = tmp_path / "secret"
    secret.write_text("do not tell", encoding="utf-8")
    code = PROBE.format(root=str(ROOT), secret=str(secret), parent=os.getpid(), port=port)
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"input",
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
        timeout=60,
    )
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    assert secret.read_text(encoding="utf-8") == "do not tell"
    assert list(tmp_path.iterdir()) == [secret]
    return found


@pytest.fixture
def port() -> int:
    import socket

    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen()
    threading.Thread(target=server.accept, daemon=True).start()
    return int(server.getsockname()[1])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the means are Linux's")
def test_no_attempt_to_get_out_succeeds(tmp_path: Path, port: int) -> None:
    found = probe(tmp_path, port)
    if found["missing"]:
        pytest.skip(f"this kernel cannot take away: {', '.join(found['missing'])}")
    succeeded = {name: result for name, result in found["attempts"].items() if result.startswith("done")}
    ignored = {"run a shell"}  # os.system reports a failed fork by its status, not by an error
    assert succeeded.keys() <= ignored, succeeded
    assert len(found["attempts"]) > 30


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the means are Linux's")
def test_a_parser_can_still_do_its_work(tmp_path: Path) -> None:
    found = probe(tmp_path)
    assert all(result.startswith("done") for result in found["allowed"].values()), found["allowed"]


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.getuid() != 0, reason="needs root to become nobody")
def test_a_user_without_rights_is_isolated_too(tmp_path: Path) -> None:
    code = (
        "import os, socket; from pathlib import Path; from pdu_inspections.reader.sandbox.isolation import isolate; "
        "os.setgid(65534); os.setuid(65534); print(isolate([Path('/usr')]))\n"
        "try: socket.socket(); print('socket')\nexcept OSError: print('no socket')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["[]", "no socket"], done.stderr
