"""The CSVs of seeds/ on disk: loaded with what they hold, replaced all together or not at all.

A replacement is prepared in seeds/.pending: the new files, links to the old ones, and last a plan. From the moment the
plan has its name the replacement counts; whatever cuts it short after that, the next command that loads or copies the
seeds finishes it. Without a plan, what is left there is deleted and nothing was changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import signal
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.files import read_regular, sync, try_lock, write_new
from pdu_inspections.output import warn

FOLDER = "seeds"
PENDING = ".pending"
PLAN = "plan.json"
_LARGEST = 256 * 1024 * 1024
_WAIT_SECONDS = 60.0
_PATIENCE_SECONDS = 1.0
_RETRY_SECONDS = 0.05
_LOCK_FIELDS = 8
"""Words of a line of /proc/locks that says who holds a lock; that of a process waiting for one has an arrow more."""
_CSV = re.compile(rf"{FOLDER}/[a-z0-9_]+/[A-Za-z0-9_]+\.csv")
_PENDING_NEW = re.compile(r"[0-9]{1,6}\.new")
_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class SeedFiles:
    """Files of seeds/ as they were when loaded: bytes by path below the project, None where there was none."""

    root: Path
    loaded: Mapping[str, bytes | None]


@dataclass(frozen=True)
class _Step:
    """One file of a replacement: its path below the project, names in seeds/.pending, checksums before and after."""

    path: str
    new: str
    old: str
    before: str | None
    after: str

    @property
    def is_own(self) -> bool:
        """Whether it names a CSV of a folder of the seeds and files of seeds/.pending, as this module writes them."""
        return bool(_CSV.fullmatch(self.path) and _PENDING_NEW.fullmatch(self.new) and self.old[:-3] == self.new[:-3])


def load_seed_files(root: Path, paths: Iterable[str]) -> SeedFiles:
    """Load files of one moment. Raises InputError where one cannot be read, or an interrupted write not be finished."""
    with lock_seed_files(root, fcntl.LOCK_EX):
        _finish_pending(root)
        return SeedFiles(root, {path: _read(root, path) for path in paths})


def replace_seed_files(files: SeedFiles, changes: Mapping[str, bytes]) -> list[str]:
    """Replace the files whose bytes change, all or none; their paths.

    Raises InputError where a file was changed on disk since it was loaded, or where the files cannot be written; then
    nothing is changed.
    """
    changed = {path: content for path, content in changes.items() if files.loaded[path] != content}
    if not changed:
        return []
    with lock_seed_files(files.root, fcntl.LOCK_EX):
        _finish_pending(files.root)
        problems = [_changed_meanwhile(path) for path in changed if _read(files.root, path) != files.loaded[path]]
        if problems:
            raise InputError(problems)
        try:
            steps = _prepare(files, changed)
        except OSError as error:
            _discard(files.root)
            raise _unwritten(error) from None
        except BaseException:
            _discard(files.root)
            raise
        with _signals_delayed():
            _commit(files.root, steps)
    return list(changed)


def finish_pending(root: Path) -> list[str]:
    """Finish a replacement that was cut short; paths of the files it gave their new content. Raises InputError."""
    if not os.path.lexists(root / FOLDER / PENDING):
        return []
    with lock_seed_files(root, fcntl.LOCK_EX):
        return _finish_pending(root)


@contextmanager
def lock_seed_files(root: Path, kind: int, folder: str = FOLDER) -> Iterator[None]:
    """Hold the lock on the seed files, shared for reading them or exclusive for replacing them.

    folder: the folder whose lock it is, below the project. Raises InputError where another command does not give it
    back in time; after a moment, whoever waits is shown who holds it.
    """
    try:
        descriptor = os.open(root / folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise InputError(Problem(folder, "cannot be opened", found=error.strerror)) from None
    try:
        began = time.monotonic()
        is_told = False
        while not try_lock(descriptor, kind):
            waited = time.monotonic() - began
            if waited > _WAIT_SECONDS:
                raise InputError(
                    Problem(
                        folder,
                        f"{_holder(descriptor)} is writing the seeds",
                        action="nothing was written: wait until it ends, then try again",
                    )
                )
            if waited > _PATIENCE_SECONDS and not is_told:
                is_told = True
                warn(f"waiting up to {_WAIT_SECONDS:g} seconds: {_holder(descriptor)} is writing the seeds")
            time.sleep(_RETRY_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    """The process that holds the lock on an open folder, where the system lists locks."""
    inode = f":{os.fstat(descriptor).st_ino}"
    with suppress(OSError):
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            fields = line.split()
            if len(fields) == _LOCK_FIELDS and fields[1] == "FLOCK" and fields[5].endswith(inode):
                return f"another command (process {fields[4]})"
    return "another command"


def _read(root: Path, path: str) -> bytes | None:
    """A file's bytes; None where there is none. Raises InputError where it is no regular file."""
    try:
        return read_regular(root / path, _LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        found = str(error.strerror)
    except ValueError as error:
        found = str(error)
    raise InputError(
        Problem(path, "cannot be read", found=found, expected=f"a regular file of at most {_LARGEST:,} bytes, no link")
    )


def _prepare(files: SeedFiles, changed: Mapping[str, bytes]) -> list[_Step]:
    """Write the new files, links to the old ones and the plan into seeds/.pending. Raises OSError."""
    pending = files.root / FOLDER / PENDING
    pending.mkdir()
    steps = []
    for number, (path, content) in enumerate(changed.items()):
        before = files.loaded[path]
        step = _Step(path, f"{number}.new", f"{number}.old", _sha256(before), _sha256(content) or "")
        write_new(pending / step.new, content)
        if before is not None:
            os.link(files.root / path, pending / step.old)
            (pending / step.new).chmod(stat.S_IMODE((files.root / path).stat().st_mode))
        else:
            (files.root / path).parent.mkdir(parents=True, exist_ok=True)
        steps.append(step)
    write_new(pending / f"{PLAN}.new", json.dumps([vars(step) for step in steps]).encode())
    (pending / f"{PLAN}.new").rename(pending / PLAN)
    sync(pending)
    sync(pending.parent)
    return steps


def _commit(root: Path, steps: list[_Step]) -> None:
    """Give every file its new content; where one was edited meanwhile or is refused, give all back their old.

    An edit that was saved by renaming shows before the swap; one made within the old file shows in the link to it.
    """
    pending = root / FOLDER / PENDING
    done: list[_Step] = []
    problem: BaseException | None = None
    try:
        for step in steps:
            if _sha256(_read(root, step.path)) != step.before:
                problem = InputError(_changed_meanwhile(step.path))
                break
            (pending / step.new).replace(root / step.path)
            done.append(step)
        edited = [step for step in done if step.before and _sha256((pending / step.old).read_bytes()) != step.before]
        if edited and problem is None:
            problem = InputError([_changed_meanwhile(step.path) for step in edited])
    except OSError as error:
        problem = _unwritten(error)
    except BaseException as error:
        problem = error
    if problem is not None:
        for step in done:
            if step.before is None:
                (root / step.path).unlink(missing_ok=True)
            else:
                (pending / step.old).replace(root / step.path)
    else:
        for folder in {(root / step.path).parent for step in steps}:
            with suppress(OSError):
                sync(folder)
    _discard(root)
    if problem is not None:
        raise problem


def _finish_pending(root: Path) -> list[str]:
    pending = root / FOLDER / PENDING
    if not os.path.lexists(pending):
        return []
    if pending.is_symlink() or not pending.is_dir():
        raise _unfinished(f"{FOLDER}/{PENDING}", "a link or a file in the folder's place")
    if not os.path.lexists(pending / PLAN):
        _discard(root)
        if os.path.lexists(pending):
            raise _unfinished(f"{FOLDER}/{PENDING}", "something that this command did not put there")
        return []
    try:
        plan = json.loads(_read(root, f"{FOLDER}/{PENDING}/{PLAN}") or b"")
        steps = [_Step(**step) for step in plan]
        is_own = all(step.is_own for step in steps)
    except (ValueError, TypeError, RecursionError) as error:
        raise _unfinished(f"{FOLDER}/{PENDING}/{PLAN}", str(error)) from None
    if not is_own:
        raise _unfinished(f"{FOLDER}/{PENDING}/{PLAN}", "files that are no CSV of the seeds")
    left = []
    for step in steps:
        now = _sha256(_read(root, step.path))
        if now == step.after:
            continue
        if now != step.before or _sha256(_read(root, f"{FOLDER}/{PENDING}/{step.new}")) != step.after:
            raise _unfinished(step.path, "a file that was changed since")
        left.append(step)
    with _signals_delayed():
        try:
            for step in left:
                (pending / step.new).replace(root / step.path)
            _discard(root)
        except OSError as error:
            raise _unfinished(f"{FOLDER}/{PENDING}", str(error)) from None
    return [step.path for step in left]


def _discard(root: Path) -> None:
    """Delete seeds/.pending, the plan first: without it the rest means nothing."""
    pending = root / FOLDER / PENDING
    with suppress(OSError):
        (pending / PLAN).unlink(missing_ok=True)
        for path in pending.iterdir():
            path.unlink()
        pending.rmdir()


@contextmanager
def _signals_delayed() -> Iterator[None]:
    """Let signals that ask to end wait for the moment that giving the files their names takes."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _sha256(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _changed_meanwhile(path: str) -> Problem:
    return Problem(
        path,
        "was changed by somebody else meanwhile",
        expected="the file as it was when this command loaded it",
        action="nothing was written: run the command again",
    )


def _unwritten(error: OSError) -> InputError:
    return InputError(
        Problem(str(error.filename or FOLDER), f"cannot be written: {error.strerror}; no CSV was changed")
    )


def _unfinished(path: str, found: str) -> InputError:
    return InputError(
        Problem(
            path,
            "an earlier write of the seeds was cut short and cannot be finished",
            found=found,
            expected=f"the file as it was before, or as it is in {FOLDER}/{PENDING}",
            action=f"compare it with the files in {FOLDER}/{PENDING}, then delete that folder",
        )
    )
