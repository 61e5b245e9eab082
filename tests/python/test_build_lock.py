"""One build at a time, and no lock outlives its owner."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pdu_inspections.release.lock import LockedError, Owner, build_lock, lock_owner

HOLD = """
import sys, time
from pathlib import Path
from pdu_inspections.release.lock import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_held_lock_names_its_owner(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(LockedError) as caught, build_lock(tmp_path / "lock"):
        pass
    assert caught.value.owner is not None
    assert caught.value.owner.pid == holder.pid
    assert "since 20" in str(caught.value)
    owner = lock_owner(tmp_path / "lock")
    assert owner is not None
    assert owner.pid == holder.pid


def test_a_killed_owner_leaves_no_lock_but_its_name(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with build_lock(tmp_path / "lock") as lock:
        assert lock.abandoned_by is not None
        assert lock.abandoned_by.pid == holder.pid


def test_a_released_lock_has_no_owner(tmp_path: Path) -> None:
    with build_lock(tmp_path / "lock"):
        pass
    assert lock_owner(tmp_path / "lock") is None
    with build_lock(tmp_path / "lock") as lock:
        assert lock.abandoned_by is None


def test_a_failed_build_releases_the_lock(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), build_lock(tmp_path / "lock"):
        raise ValueError("no")
    with build_lock(tmp_path / "lock") as lock:
        assert lock.abandoned_by is None


def test_a_dead_owners_dying_children_are_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    child.stdout.readline()
    written = json.loads(path.read_text())
    path.write_text(json.dumps(written | {"pid": dead.pid}))
    subprocess.Popen([sys.executable, "-c", f"import os, time; time.sleep(0.5); os.kill({child.pid}, 9)"])
    began = time.monotonic()
    with build_lock(path):
        assert time.monotonic() - began > 0.1
    child.wait()


def test_an_owner_on_another_host_is_never_taken_for_dead() -> None:
    assert not Owner("someone", "elsewhere.example", 2**22 - 1, "2022-01-01T00:00:00+00:00").is_dead


def test_the_own_process_is_alive() -> None:
    import socket

    assert not Owner("me", socket.gethostname(), os.getpid(), "2022-01-01T00:00:00+00:00").is_dead


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_something_else_in_the_place_of_the_lock_is_left_as_it_is(kind: str, tmp_path: Path) -> None:
    path, seed = tmp_path / "build.lock", tmp_path / "seed.csv"
    seed.write_text("a figure", encoding="utf-8")
    {"link": lambda: path.symlink_to(seed), "pipe": lambda: os.mkfifo(path), "folder": path.mkdir}[kind]()
    with pytest.raises(OSError), build_lock(path):
        pass
    assert seed.read_text(encoding="utf-8") == "a figure"
