"""Seed CSVs are replaced all or none, whatever happens meanwhile, and an edit of somebody else's is never lost."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pdu_inspections import seed_files
from pdu_inspections.errors import InputError
from pdu_inspections.seed_files import PENDING, finish_pending, load_seed_files, lock_seed_files, replace_seed_files

PATHS = [f"seeds/reports/{name}.csv" for name in ("a", "b", "c")]
OLD = {PATHS[0]: b"old a\n", PATHS[1]: b"old b\n"}
NEW = {path: f"new {path}\n".encode() for path in PATHS}

CHANGING = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.chmod", "os.scandir"}
"""Audit events of what a replacement does to the disk."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "seeds" / "reports").mkdir(parents=True)
    for path, content in OLD.items():
        (tmp_path / path).write_bytes(content)
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in PATHS if (root / path).exists()}


def test_only_files_that_change_are_written(root: Path) -> None:
    files = load_seed_files(root, PATHS)
    before = (root / PATHS[0]).stat()
    assert replace_seed_files(files, OLD | {PATHS[2]: b"new\n"}) == [PATHS[2]]
    assert (root / PATHS[0]).stat().st_ino == before.st_ino
    assert contents(root) == OLD | {PATHS[2]: b"new\n"}
    assert not (root / "seeds" / PENDING).exists()


def test_a_file_keeps_its_mode(root: Path) -> None:
    (root / PATHS[0]).chmod(0o640)
    replace_seed_files(load_seed_files(root, PATHS), NEW)
    assert (root / PATHS[0]).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("make", ["edited", "deleted", "created"])
def test_a_file_that_changed_meanwhile_is_refused_and_none_is_written(root: Path, make: str) -> None:
    files = load_seed_files(root, PATHS)
    if make == "edited":
        (root / PATHS[1]).write_bytes(b"by hand\n")
    elif make == "deleted":
        (root / PATHS[1]).unlink()
    else:
        (root / PATHS[2]).write_bytes(b"by hand\n")
    after = contents(root)
    with pytest.raises(InputError, match="was changed by somebody else meanwhile"):
        replace_seed_files(files, NEW)
    assert contents(root) == after
    assert not (root / "seeds" / PENDING).exists()


def edit_in_place(root: Path) -> None:
    with (root / PATHS[0]).open("r+b") as file:
        file.write(b"BY HAND")


def edit_by_renaming(root: Path) -> None:
    (root / "fresh").write_bytes(b"BY HAND\n")
    (root / "fresh").replace(root / PATHS[0])


@pytest.mark.parametrize("edit", [edit_in_place, edit_by_renaming])
def test_an_edit_after_the_check_and_before_the_swap_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], None]
) -> None:
    files = load_seed_files(root, PATHS)
    commit = seed_files._commit

    def edit_first(root: Path, steps: list[object]) -> None:
        edit(root)
        commit(root, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(seed_files, "_commit", edit_first)
    with pytest.raises(InputError, match="meanwhile"):
        replace_seed_files(files, NEW)
    assert contents(root)[PATHS[0]].startswith(b"BY HAND")
    assert contents(root)[PATHS[1]] == OLD[PATHS[1]]


@pytest.mark.parametrize("refused", [0, 1, 2])
def test_a_full_disk_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, refused: int) -> None:
    files = load_seed_files(root, PATHS)
    replace = Path.replace
    count = 0

    def full(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == refused + 1:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left on device; no CSV was changed"):
        replace_seed_files(files, NEW)
    monkeypatch.undo()
    assert contents(root) == OLD
    assert not (root / "seeds" / PENDING).exists()


def cut_short(root: Path, moment: int, end: signal.Signals) -> int:
    """Replace the files in a child that gets a signal at a moment; how the child ended."""
    files = load_seed_files(root, PATHS)
    pid = os.fork()
    if pid == 0:
        left = moment

        def end_at_moment(event: str, _: object) -> None:
            nonlocal left
            if event in CHANGING:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), end)

        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        sys.addaudithook(end_at_moment)
        replace_seed_files(files, NEW)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_replacement_cut_short_anywhere_is_all_or_nothing_after_the_next_load(
    root: Path, end: signal.Signals
) -> None:
    seen = []
    for moment in range(1, 1000):
        for path in PATHS:
            (root / path).unlink(missing_ok=True)
        for path, content in OLD.items():
            (root / path).write_bytes(content)
        code = cut_short(root, moment, end)
        assert code in {0, -end}
        finish_pending(root)
        assert contents(root) in (OLD, NEW), moment
        assert not (root / "seeds" / PENDING).exists(), moment
        if code == 0:
            break
        seen.append(contents(root) == NEW)
    assert set(seen) == {False, True}
    assert seen == sorted(seen)
    assert len(seen) > 20


def test_an_interrupted_write_is_not_finished_over_an_edit(root: Path) -> None:
    files = load_seed_files(root, PATHS)
    seed_files._prepare(files, NEW)
    (root / PATHS[1]).unlink()
    (root / PATHS[1]).write_bytes(b"by hand\n")
    with pytest.raises(InputError, match="cut short and cannot be finished"):
        finish_pending(root)
    assert contents(root) == OLD | {PATHS[1]: b"by hand\n"}


@pytest.mark.parametrize("plan", [b"", b"[", b"[1]", b'[{"path": "x"}]', b"\xff"])
def test_a_plan_that_cannot_be_read_is_told(root: Path, plan: bytes) -> None:
    (root / "seeds" / PENDING).mkdir()
    (root / "seeds" / PENDING / "plan.json").write_bytes(plan)
    with pytest.raises(InputError, match="cannot be finished"):
        load_seed_files(root, PATHS)
    assert contents(root) == OLD


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("b.csv"), os.mkdir])
def test_what_is_no_regular_file_is_refused_at_once(root: Path, make: Callable[[Path], object]) -> None:
    (root / PATHS[0]).unlink()
    make(root / PATHS[0])
    with pytest.raises(InputError, match="cannot be read"):
        load_seed_files(root, PATHS)


@pytest.mark.parametrize("what", ["link", "file", "folder inside"])
def test_something_else_in_the_place_of_a_pending_write_is_named_and_left(root: Path, what: str) -> None:
    pending = root / "seeds" / PENDING
    if what == "link":
        pending.symlink_to("reports")
    elif what == "file":
        pending.write_bytes(b"mine\n")
    else:
        (pending / "mine").mkdir(parents=True)
    with pytest.raises(InputError, match="cannot be finished"):
        load_seed_files(root, PATHS)
    assert os.path.lexists(pending)
    assert contents(root) == OLD


@pytest.mark.parametrize(
    ("path", "new"),
    [("seeds/../out.csv", "0.new"), ("dbt_project.yml", "0.new"), ("seeds/reports/a.csv", "../out.csv")],
)
def test_a_plan_that_names_other_files_is_refused(root: Path, path: str, new: str) -> None:
    pending = root / "seeds" / PENDING
    pending.mkdir()
    for name in (pending / "0.new", root / "seeds" / "out.csv"):
        name.write_bytes(b"planted\n")
    after = hashlib.sha256(b"planted\n").hexdigest()
    step = {"path": path, "new": new, "old": "0.old", "before": None, "after": after}
    (pending / "plan.json").write_text(json.dumps([step]), encoding="utf-8")
    with pytest.raises(InputError, match="no CSV of the seeds"):
        load_seed_files(root, PATHS)
    assert contents(root) == OLD
    assert not (root / "out.csv").exists()


def test_whoever_waits_too_long_is_told_for_whom(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seed_files, "_WAIT_SECONDS", 0.2)
    with (
        lock_seed_files(root, fcntl.LOCK_EX),
        pytest.raises(InputError, match=rf"\(process {os.getpid()}\)|another command"),
    ):
        load_seed_files(root, PATHS)
