"""Signals, a full disk and edits by hand at every moment in which `pdu read` touches the seeds."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pdu_inspections.seed_files import PENDING, finish_pending
from tests.campaigns.attacks.trial import Trial, run_pdu
from tests.support.reader_help import LONG, SHORT, write_project

_TOUCHING = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.chmod", "os.scandir"}
_ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL)
RATINGS = "seeds/reports/ratings.csv"


def signals() -> Iterator[Trial]:
    """A second report read beside a first; whatever happens, all of its rows are there in the end, or none."""
    with tempfile.TemporaryDirectory() as name:
        root = write_project(Path(name) / "project")
        assert run_pdu(root, "read", str(LONG)).code == 0
        before = _contents(root)
        touches = _Touches(root)
        assert run_pdu_with(root, touches.count) == 0
        after = _contents(root)
        for moment in range(1, touches.counted() + 1):
            for end in _ENDS:
                yield _end_at(root, before, after, moment, end)
            yield _edit_at(root, before, after, moment)
        for moment in range(1, touches.counted() + 1):
            yield _no_room_at(root, before, after, moment)


def _contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "seeds" / "reports").glob("*.csv")}


def _restore(root: Path, contents: dict[str, bytes]) -> None:
    for name, content in contents.items():
        (root / "seeds" / "reports" / name).write_bytes(content)


class _Touches:
    """Counts, in a child, how often the seeds are touched."""

    def __init__(self, root: Path) -> None:
        self._file = root.parent / "touches"

    def count(self, number: int) -> None:
        self._file.write_text(str(number), encoding="utf-8")

    def counted(self) -> int:
        return int(self._file.read_text(encoding="utf-8"))


def run_pdu_with(root: Path, at_touch: Callable[[int], None]) -> int:
    """Read the second report in a child that calls a function each time it touches the seeds to write them."""

    def read() -> int:
        watched = str(root / "seeds")
        number = 0
        is_inside = False

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal number, is_inside
            if event not in _TOUCHING or is_inside or not any(str(value).startswith(watched) for value in arguments):
                return
            if event == "open" and PENDING not in str(arguments[0]):
                return
            number += 1
            is_inside = True
            try:
                at_touch(number)
            finally:
                is_inside = False

        sys.addaudithook(hook)
        return 0

    return run_pdu(root, "read", str(SHORT), first=read).code


def _end_at(root: Path, before: dict[str, bytes], after: dict[str, bytes], moment: int, end: signal.Signals) -> Trial:
    trial = Trial("signal while seeds are written", f"{end.name} at moment {moment}")
    _restore(root, before)

    def send(number: int) -> None:
        if number == moment:
            os.kill(os.getpid(), end)

    run_pdu_with(root, send)
    finish_pending(root)
    trial.expect(_contents(root) in (before, after), "some of the files are written and some are not")
    again = run_pdu(root, "read", str(SHORT))
    again.judge(trial)
    trial.expect(again.code == 0 and _contents(root) == after, f"reading again ends with {again.code}")
    return trial


def _edit_at(root: Path, before: dict[str, bytes], after: dict[str, bytes], moment: int) -> Trial:
    trial = Trial("edit while seeds are written", f"at moment {moment}")
    _restore(root, before)
    mine = before["ratings.csv"] + b"by hand\n"

    def edit(number: int) -> None:
        if number == moment and (root / RATINGS).read_bytes() == before["ratings.csv"]:
            (root / "mine").write_bytes(mine)
            (root / "mine").replace(root / RATINGS)

    run_pdu_with(root, edit)
    finish_pending(root)
    found = _contents(root)
    if found["ratings.csv"] == mine:
        trial.expect(found == before | {"ratings.csv": mine}, "other files were written although one was refused")
    else:
        trial.expect(found == after, "the edit was lost")
    return trial


def _no_room_at(root: Path, before: dict[str, bytes], after: dict[str, bytes], moment: int) -> Trial:
    trial = Trial("no room while seeds are written", f"at moment {moment}")
    _restore(root, before)

    def refuse(number: int) -> None:
        if number == moment:
            raise OSError(28, "No space left on device", str(root / RATINGS))

    code = run_pdu_with(root, refuse)
    finish_pending(root)
    trial.expect(_contents(root) in (before, after), "some of the files are written and some are not")
    trial.expect(code in (0, 3), f"exit code {code}")
    trial.expect((code == 0) == (_contents(root) == after), f"exit code {code} is not true")
    return trial
