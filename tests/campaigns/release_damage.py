"""Damage of every kind done to a release: `pdu status` names it, ends, and never calls the release whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.campaigns.cases import Case, run_command, toy_command, toy_environment
from tests.support.toy import write_project

HEAD = """# Damage done to a release

Written by `python -m pytest -m campaign tests/campaigns -k damage`. Each trial does one kind of damage to the current
release of a small project and asks `pdu status`. Promises: it ends with exit code 1, names the damage, shows no
traceback; and the next scheduled build (`pdu build
--if-changed`) publishes a whole release again.

Found by it and mended: an empty folder added to a release was not noticed. It was tried again after that.
"""
Damage = Callable[[Path], object]


def delete(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(bytes(content))


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def link_elsewhere(path: Path) -> None:
    """The same content, but in a file outside the release."""
    outside = Path(tempfile.mkdtemp(dir=_project_of(path))) / path.name
    shutil.move(path, outside)
    path.symlink_to(outside)


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


FILE_DAMAGE = (delete, empty, cut_short, flip_a_bit, append, make_folder, link_elsewhere, make_pipe)


def _project_of(path: Path) -> Path:
    return next(parent.parent for parent in path.parents if parent.name == "warehouse")


def _replace_in(name: str, old: str, new: str) -> Damage:
    def damage(release: Path) -> None:
        text = (release / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        (release / name).write_text(text.replace(old, new), encoding="utf-8")

    return damage


def _forget_folder(release: Path) -> None:
    """A folder gone, and its lines gone from the list of checksums too."""
    shutil.rmtree(release / "parquet")
    lines = (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    (release / "SHA256SUMS").write_text("".join(line for line in lines if "parquet/" not in line), encoding="utf-8")


def _add_file(release: Path) -> None:
    (release / "csv" / "added.csv").write_text("a\n1\n", encoding="utf-8")


def _point_to(target: str) -> Damage:
    def damage(release: Path) -> None:
        current = release.parents[1] / "current"
        current.unlink()
        current.symlink_to(target)

    return damage


def _current_is_a_file(release: Path) -> None:
    (release.parents[1] / "current").unlink()
    (release.parents[1] / "current").write_text(release.name, encoding="utf-8")


def _current_is_a_copy(release: Path) -> None:
    (release.parents[1] / "current").unlink()
    shutil.copytree(release, release.parents[1] / "current")


def _current_outside(release: Path) -> None:
    outside = release.parents[2] / "outside"
    shutil.copytree(release, outside)
    _point_to(str(outside))(release)


WHOLE_DAMAGE: dict[str, Damage] = {
    "a folder deleted and taken out of the checksums": _forget_folder,
    "a file added": _add_file,
    "a file added at the top": lambda release: (release / "notes.txt").write_text("mine", encoding="utf-8"),
    "a hidden file added": lambda release: (release / ".hidden").write_text("mine", encoding="utf-8"),
    "an empty folder added": lambda release: (release / "more").mkdir(),
    "a log beside the database": lambda release: (release / "pdu_inspections.duckdb.wal").write_bytes(b"x" * 64),
    "the release deleted": shutil.rmtree,
    "every release deleted": lambda release: shutil.rmtree(release.parent),
    "the list of checksums without lines": lambda release: (release / "SHA256SUMS").write_text("", encoding="utf-8"),
    "the list of checksums of random bytes": lambda release: (release / "SHA256SUMS").write_bytes(bytes(range(256))),
    "a checksum in capitals": lambda release: (release / "SHA256SUMS").write_text(
        (release / "SHA256SUMS").read_text(encoding="utf-8").upper(), encoding="utf-8"
    ),
    "a path that leads out in the list": lambda release: (release / "SHA256SUMS").write_text(
        (release / "SHA256SUMS").read_text(encoding="utf-8") + f"{'0' * 64}  ../../../etc/passwd\n", encoding="utf-8"
    ),
    "a record that is no JSON": lambda release: (release / "build.json").write_text("{", encoding="utf-8"),
    "a record that is a list": lambda release: (release / "build.json").write_text("[]", encoding="utf-8"),
    "a record without fields": lambda release: (release / "build.json").write_text("{}", encoding="utf-8"),
    "a record nested deeply": lambda release: (release / "build.json").write_text("[" * 100_000, encoding="utf-8"),
    "a record of another build": _replace_in("build.json", '"sequence_n": 1', '"sequence_n": 7'),
    "a record of 50 MB": lambda release: (release / "build.json").write_text(" " * 50_000_000, encoding="utf-8"),
    "a number of 5,000 digits in the record": _replace_in(
        "build.json", '"sequence_n": 1', f'"sequence_n": {"9" * 5000}'
    ),
    "no pointer": lambda release: (release.parents[1] / "current").unlink(),
    "a pointer to nothing": _point_to("releases/000009-gone"),
    "a pointer to itself": _point_to("current"),
    "a pointer to all releases": _point_to("releases"),
    "a pointer out of the warehouse": _current_outside,
    "a pointer to the root": _point_to("/"),
    "a file in the pointer's place": _current_is_a_file,
    "a copy in the pointer's place": _current_is_a_copy,
    "files swapped": lambda release: (
        shutil.copy(release / "csv" / "dim_body.csv", release / "swapped"),
        shutil.copy(release / "csv" / "fct_score.csv", release / "csv" / "dim_body.csv"),
        shutil.move(release / "swapped", release / "csv" / "fct_score.csv"),
    ),
}


def cases(directory: Path) -> list[Case]:
    """Every file of a release harmed in every way, and damage to the release as a whole."""
    project = write_project(directory / "toy")
    built = run_command(toy_command("build"), project, toy_environment())
    assert built.exit_code == 0, built.output
    release = (project / "warehouse" / "current").resolve()
    files = sorted(path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file())
    found = [
        Case(damage.__name__.replace("_", " "), name, partial(_judge, project, directory, damage, name))
        for damage in FILE_DAMAGE
        for name in files
    ]
    found += [Case("the release as a whole", name, partial(_judge, project, directory, damage, None))
              for name, damage in WHOLE_DAMAGE.items()]  # fmt: skip
    return found


def _judge(project: Path, directory: Path, damage: Damage, name: str | None) -> str | None:
    with tempfile.TemporaryDirectory(dir=directory, ignore_cleanup_errors=True) as folder:
        copy = Path(shutil.copytree(project, Path(folder) / "toy", symlinks=True))
        release = (copy / "warehouse" / "current").resolve()
        for path in release.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        damage(release if name is None else release / name)
        status = run_command(toy_command("status"), copy, toy_environment())
        if broken := status.broken_promise(1):
            return broken
        if "whole" in status.output:
            return "called whole"
        return _mended(copy)


def _mended(project: Path) -> str | None:
    """Whether the next build, without help, publishes a whole release."""
    built = run_command(toy_command("build", "--if-changed"), project, toy_environment())
    if broken := built.broken_promise(0):
        return f"the next build: {broken}"
    status = run_command(toy_command("status"), project, toy_environment())
    return None if status.exit_code == 0 and "whole" in status.output else f"after the next build: {status.output}"
