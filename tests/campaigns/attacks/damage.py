"""A release and its warehouse damaged in every way: `pdu status` names it at once, the next build mends it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pdu_inspections.release.manifest import sha256_of
from tests.campaigns.attacks.trial import Trial, run_pdu
from tests.campaigns.faults.world import World

Harm = Callable[[Path], object]


def damage() -> Iterator[Trial]:
    """Every kind of harm to every kind of file, then harm to the release as a whole, to the pointer and the journal."""
    with tempfile.TemporaryDirectory() as name:
        world = World(Path(name) / "toy")
        names = sorted(path.relative_to(_release(world)).as_posix() for path in _release(world).rglob("*"))
        for file in names:
            kinds = _FILE_HARMS if (_release(world) / file).is_file() else _FOLDER_HARMS
            for kind, harm in kinds.items():
                yield _harm(world, f"{file}: {kind}", lambda release, h=harm, f=file: h(release / f))
        for kind, harm in _RELEASE_HARMS.items():
            yield _harm(world, kind, harm)
        for kind, harm in _WAREHOUSE_HARMS.items():
            yield _harm_warehouse(world, kind, harm)


def _release(world: World) -> Path:
    return (world.warehouse / "current").resolve()


def _harm(world: World, name: str, harm: Harm) -> Trial:
    trial = Trial("damage to a release", name)
    harm(_release(world))
    status = run_pdu(world.root, "status")
    status.judge(trial)
    trial.expect(status.code == 1, f"status ends with {status.code}: {status.output[-200:]}")
    trial.expect("whole" not in status.output, "status says that the release is whole")
    run_pdu(world.root, "releases").judge(trial)
    _mend(world, trial)
    return trial


def _harm_warehouse(world: World, name: str, harm: Harm) -> Trial:
    trial = Trial("damage to a warehouse", name)
    harm(world.warehouse)
    for command in ("status", "releases"):
        run_pdu(world.root, command).judge(trial)
    _mend(world, trial)
    return trial


def _mend(world: World, trial: Trial) -> None:
    done = run_pdu(world.root, "build", "--no-site", "--if-changed", "--keep", "3")
    done.judge(trial)
    trial.expect(done.code == 0, f"the next build ends with {done.code}: {done.output[-300:]}")
    status = run_pdu(world.root, "status")
    trial.expect(status.code == 0 and "whole" in status.output, f"status after it: {status.output[-200:]}")


def _rewrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    _rewrite(path, bytes(content))


def _replace(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


def _link_to_a_copy(path: Path) -> None:
    copy = path.parents[1] / f"copy-of-{path.name}"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.move(path, copy)
    path.symlink_to(copy)


_FILE_HARMS: dict[str, Harm] = {
    "a bit flipped": _flip,
    "cut short": lambda path: _rewrite(path, path.read_bytes()[:-1]),
    "a byte more": lambda path: _rewrite(path, path.read_bytes() + b"\n"),
    "emptied": lambda path: _rewrite(path, b""),
    "deleted": lambda path: path.unlink(),
    "a link to a copy": _link_to_a_copy,
    "a folder in its place": lambda path: _replace(path, os.mkdir),
    "a pipe in its place": lambda path: _replace(path, os.mkfifo),
    "a link to itself in its place": lambda path: _replace(path, lambda p: p.symlink_to(p.name)),
}
_FOLDER_HARMS: dict[str, Harm] = {
    "deleted": shutil.rmtree,
    "a link to a copy": _link_to_a_copy,
    "a file in its place": lambda path: (shutil.rmtree(path), path.touch()),
    "a file more": lambda path: (path / "more.csv").write_text("a\n", encoding="utf-8"),
}


def _gut(release: Path) -> None:
    shutil.rmtree(release / "parquet")
    _reseal(release)


def _reseal(release: Path) -> None:
    """Write SHA256SUMS anew, as if what is there were right."""
    files = sorted(path for path in release.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{sha256_of(path)}  {path.relative_to(release).as_posix()}\n" for path in files]
    _rewrite(release / "SHA256SUMS", "".join(lines).encode())


def _record_with(name: str, value: object) -> Harm:
    def harm(release: Path) -> None:
        record = json.loads((release / "build.json").read_text(encoding="utf-8"))
        record[name] = value
        _rewrite(release / "build.json", json.dumps(record).encode())

    return harm


_RELEASE_HARMS: dict[str, Harm] = {
    "parquet/ deleted and left out of SHA256SUMS": _gut,
    "a table's CSV changed and SHA256SUMS with it": lambda r: (_flip(r / "csv" / "fct_score.csv"), _reseal(r)),
    "the database emptied and SHA256SUMS with it": lambda r: (_rewrite(r / "pdu_inspections.duckdb", b""), _reseal(r)),
    "garbage for a database, SHA256SUMS with it": lambda r: (
        _rewrite(r / "pdu_inspections.duckdb", bytes(range(256)) * 4096),
        _reseal(r),
    ),
    "a log beside the database": lambda r: (r / "pdu_inspections.duckdb.wal").write_bytes(b"x"),
    "a hole of a terabyte for a database": lambda r: (
        (r / "pdu_inspections.duckdb").chmod(0o644),
        os.truncate(r / "pdu_inspections.duckdb", 1 << 40),
    ),
    "SHA256SUMS with a path out of the release": lambda r: _rewrite(
        r / "SHA256SUMS", (r / "SHA256SUMS").read_bytes() + b"0" * 64 + b"  ../../../../etc/passwd\n"
    ),
    "SHA256SUMS of a hundred thousand lines": lambda r: _rewrite(
        r / "SHA256SUMS", b"".join(b"%064d  file%d\n" % (n, n) for n in range(100_000))
    ),
    "ten thousand files more": lambda r: [(r / "csv" / f"{n}.csv").touch() for n in range(10_000)],
    "a name with escape sequences": lambda r: (r / "csv" / "\x1b[2Jx\ny.csv").touch(),
    "a name that is not UTF-8": lambda r: os.close(os.open(os.fsencode(r) + b"/\xff\xfe", os.O_CREAT)),
    "a record of deep nesting": lambda r: _rewrite(r / "build.json", b"[" * 100_000),
    "a record without marts": _record_with("marts", None),
    "a record whose marts are numbers": _record_with("marts", [1, 2]),
    "a record built at no time": _record_with("built_at", "yesterday"),
    "a record of another type": lambda r: _rewrite(r / "build.json", b'"text"'),
    "a record whose revision is a list": _record_with("revision", []),
    "the whole release deleted": shutil.rmtree,
    "the release a link to a copy": _link_to_a_copy,
    "the release a file": lambda r: (shutil.rmtree(r), r.touch()),
    "the pointer deleted": lambda r: (r.parents[1] / "current").unlink(),
    "the pointer to another folder": lambda r: _point(r, "elsewhere/x"),
    "the pointer absolute": lambda r: _point(r, str(r)),
    "the pointer to itself": lambda r: _point(r, "current"),
    "the pointer out by dots": lambda r: _point(r, f"releases/../releases/{r.name}"),
    "the pointer a folder": lambda r: ((r.parents[1] / "current").unlink(), (r.parents[1] / "current").mkdir()),
    "the pointer a pipe": lambda r: ((r.parents[1] / "current").unlink(), os.mkfifo(r.parents[1] / "current")),
}


def _point(release: Path, target: str) -> None:
    pointer = release.parents[1] / "current"
    pointer.unlink()
    pointer.symlink_to(target)


_WAREHOUSE_HARMS: dict[str, Harm] = {
    "journal emptied": lambda w: (w / "builds.jsonl").write_bytes(b""),
    "journal garbage": lambda w: (w / "builds.jsonl").write_bytes(bytes(range(256)) * 1000),
    "journal of lists": lambda w: (w / "builds.jsonl").write_bytes(b"[1]\n" * 1000),
    "journal nested": lambda w: (w / "builds.jsonl").write_bytes(b"[" * 100_000),
    "journal cut short": lambda w: (w / "builds.jsonl").write_bytes((w / "builds.jsonl").read_bytes()[:-7]),
    "journal of 50 megabytes": lambda w: (w / "builds.jsonl").write_bytes(b'{"exit_code": 0}\n' * 3_000_000),
    "journal with escape sequences": lambda w: (w / "builds.jsonl").write_bytes(
        b'{"exit_code": 4, "error": "\\u001b[2J\\u202e"}\n'
    ),
    "withdrawn nested": lambda w: (w / "withdrawn.json").write_bytes(b"[" * 100_000),
    "withdrawn a pipe": lambda w: ((w / "withdrawn.json").unlink(missing_ok=True), os.mkfifo(w / "withdrawn.json")),
    "last success a folder": lambda w: (
        (w / "last_success.json").unlink(missing_ok=True),
        (w / "last_success.json").mkdir(),
    ),
    "last success restored": lambda w: (w / "last_success.json").rmdir(),
    "lock garbage": lambda w: (w / "build.lock").write_bytes(bytes(range(256))),
    "lock of a dead owner of odd types": lambda w: (w / "build.lock").write_bytes(
        b'{"user": [], "host": 1, "pid": "x", "started_at": null}'
    ),
    "lock of a process that never was": lambda w: (w / "build.lock").write_bytes(
        b'{"user": "x", "host": "y", "pid": -1, "started_at": "z"}'
    ),
    "work and trash full of odd things": lambda w: [_fill(w / name) for name in ("work", "trash")],
    "work a link to a folder elsewhere": lambda w: (w / "work").symlink_to(w.parent / "seeds"),
    "stray files among the releases": lambda w: [
        (w / "releases" / name).touch() for name in ("x", "000001", ".hidden", "999999999999")
    ],
    "releases without a record": lambda w: (w / "releases" / "000001-x").mkdir(exist_ok=True),
}


def _fill(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to(folder)
    (folder / "closed").mkdir(mode=0o000)
