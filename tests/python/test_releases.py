"""Releases on disk, the pointer to the current one, and what is found wrong with a damaged release."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pdu_inspections.release.manifest import find_damage, list_files, seal
from pdu_inspections.release.records import RECORD_NAME, write_file_list
from pdu_inspections.release.releases import Releases, remove_tree

DATABASE = "pdu_inspections.duckdb"


def finished(directory: Path) -> Path:
    """A small sealed release."""
    (directory / "csv").mkdir(parents=True)
    record = {
        "build_id": directory.name,
        "built_at": "2026-01-02T03:04:05",
        "revision": "abc",
        "fingerprint": "f",
        "versions": {},
        "inputs": [],
        "marts": [],
        "tests": [],
    }
    (directory / RECORD_NAME).write_text(json.dumps(record), encoding="utf-8")
    (directory / "csv" / "dim_body.csv").write_text("body_id\nashby\n", encoding="utf-8")
    duckdb.connect(str(directory / DATABASE)).close()
    files = list_files(directory)
    write_file_list(directory / DATABASE, [vars(file) for file in files])
    seal(directory, files, lambda step: None)
    return directory


def add(releases: Releases, warehouse: Path, sequence_n: int) -> str:
    build_id = f"{sequence_n:06d}"
    releases.add(finished(warehouse / "work" / build_id), build_id)
    return build_id


def test_nothing_is_current_at_first(tmp_path: Path) -> None:
    assert Releases(tmp_path).current_id() is None
    assert Releases(tmp_path).pointer_problem() is None


def test_the_pointer_moves_and_leaves_nothing_behind(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for build_id in ("000001", "000002", "000001"):
        releases.point_to(build_id)
        assert releases.current_id() == build_id
    assert len(list(tmp_path.iterdir())) == 1


def test_a_reader_of_the_pointer_never_finds_it_missing_or_torn(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    releases.point_to("000001")
    seen: set[str | None] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(releases.current_id())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(300):
        releases.point_to(f"{number % 2 + 1:06d}")
    done.set()
    reader.join()
    assert seen <= {"000001", "000002"}


def test_a_leftover_of_an_interrupted_swap_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".current.new").symlink_to("nowhere")
    Releases(tmp_path).point_to("000001")
    assert Releases(tmp_path).current_id() == "000001"


def test_what_stands_in_the_pointers_place_is_moved_aside(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "somebodys.txt").touch()
    releases = Releases(tmp_path)
    assert releases.current_id() is None
    assert "something else has its name" in str(releases.pointer_problem())
    releases.point_to("000001")
    assert releases.current_id() == "000001"
    assert (tmp_path / "current.replaced-by-000001" / "somebodys.txt").exists()


@pytest.mark.parametrize(
    "target", ["elsewhere/000001", "releases/../../000001", "/tmp/releases/000001", "releases/x", "."]
)
def test_a_pointer_out_of_releases_is_no_pointer(tmp_path: Path, target: str) -> None:
    releases = Releases(tmp_path)
    add(releases, tmp_path, 1)
    (tmp_path / "current").symlink_to(target)
    assert releases.current() is None
    assert "leads out of releases/" in str(releases.pointer_problem())


def test_a_pointer_to_a_release_that_is_gone_is_named(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    releases.point_to("000007")
    assert releases.current() is None
    assert "000007" in str(releases.pointer_problem())


def test_releases_are_in_the_order_of_their_numbers_not_of_their_clock(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for name in ("000010-19990101", "000009-20300101"):
        releases.add(finished(tmp_path / "work" / name), name)
    assert [release.sequence_n for release in releases.all()] == [9, 10]


def test_pruning_keeps_the_newest_and_the_current(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    ids = [add(releases, tmp_path, number) for number in range(1, 7)]
    releases.point_to(ids[0])
    assert releases.prune(2) == ids[1:4]
    assert [release.build_id for release in releases.all()] == [ids[0], *ids[4:]]
    assert not releases.trash.exists()


def test_pruning_stops_between_releases_when_it_is_asked_to(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    ids = [add(releases, tmp_path, number) for number in range(1, 5)]
    answers = iter([True, False])
    assert releases.prune(1, lambda: next(answers)) == ids[:1]
    assert [release.build_id for release in releases.all()] == ids[1:]


def test_room_is_made_of_surplus_releases_but_never_of_the_current_and_the_one_before(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    ids = [add(releases, tmp_path, number) for number in range(1, 6)]
    releases.point_to(ids[2])
    assert releases.make_room(1, needed_bytes=0) == []
    assert releases.make_room(1, needed_bytes=1 << 62) == [ids[0]]
    assert [release.build_id for release in releases.all()] == ids[1:]


def test_what_has_no_record_is_a_damaged_release_and_other_names_are_none(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    add(releases, tmp_path, 1)
    for name in ("torn", "000002-odd"):
        (tmp_path / "releases" / name).mkdir()
    (tmp_path / "releases" / "000002-odd" / RECORD_NAME).write_text("[1]", encoding="utf-8")
    assert [(r.build_id, r.record_problem is None) for r in releases.all()] == [("000001", True), ("000002-odd", False)]
    assert [release.build_id for release in releases.readable()] == ["000001"]


def test_a_sealed_release_is_whole_and_readable_by_all_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        release = finished(tmp_path / "r")
    finally:
        os.umask(before)
    assert find_damage(release) == []
    assert {path.stat().st_mode & 0o777 for path in release.rglob("*") if path.is_file()} == {0o444}
    assert {path.stat().st_mode & 0o777 for path in (release, release / "csv")} == {0o755}


def _overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def _drop_from_checksums(release: Path, name: str) -> None:
    sums = release / "SHA256SUMS"
    kept = [line for line in sums.read_text(encoding="utf-8").splitlines() if not line.endswith(name)]
    _overwrite(sums, "".join(f"{line}\n" for line in kept).encode())


def _gut(release: Path) -> None:
    shutil.rmtree(release / "csv")
    _drop_from_checksums(release, "dim_body.csv")


def _replace_by(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "database changed": (lambda r: _overwrite(r / DATABASE, b"x"), f"{DATABASE} is not as it was published"),
    "database missing": (lambda r: (r / DATABASE).unlink(), f"{DATABASE} is missing"),
    "database a link": (
        lambda r: (shutil.move(r / DATABASE, r.parent / "d"), (r / DATABASE).symlink_to(r.parent / "d")),
        f"{DATABASE} is a link",
    ),
    "database a pipe": (lambda r: _replace_by(r / DATABASE, os.mkfifo), f"{DATABASE} is no regular file"),
    "database a huge hole": (lambda r: _sparse(r / DATABASE), f"{DATABASE} is not as it was published"),
    "record changed": (lambda r: _overwrite(r / RECORD_NAME, b"{}"), f"{RECORD_NAME} is not as it was published"),
    "record missing": (lambda r: (r / RECORD_NAME).unlink(), f"{RECORD_NAME} is missing"),
    "record nested": (lambda r: _overwrite(r / RECORD_NAME, b"[" * 200_000), f"{RECORD_NAME} is not as it was"),
    "gutted with its checksums": (_gut, "SHA256SUMS differs from the list"),
    "table missing": (lambda r: shutil.rmtree(r / "csv"), "csv/dim_body.csv is missing"),
    "file added": (lambda r: (r / "csv" / "more.csv").touch(), "csv/more.csv is not part of the release"),
    "socket-like pipe added": (lambda r: os.mkfifo(r / "csv" / "p"), "csv/p is no regular file"),
    "folder a link": (
        lambda r: (shutil.move(r / "csv", r.parent / "c"), (r / "csv").symlink_to(r.parent / "c")),
        "csv is a link",
    ),
    "log beside the database": (lambda r: (r / f"{DATABASE}.wal").touch(), "wal lies beside the database"),
    "checksums missing": (lambda r: (r / "SHA256SUMS").unlink(), "cannot be checked"),
    "checksums empty": (lambda r: _overwrite(r / "SHA256SUMS", b""), "no checksum of"),
    "checksums garbage": (lambda r: _overwrite(r / "SHA256SUMS", bytes(range(256))), "cannot be checked"),
    "checksums a pipe": (lambda r: _replace_by(r / "SHA256SUMS", os.mkfifo), "SHA256SUMS is no regular file"),
    "release a file": (lambda r: (shutil.rmtree(r), r.write_bytes(b"")), "the release is no directory"),
    "release gone": (shutil.rmtree, "the release is no directory"),
}


def _sparse(path: Path) -> None:
    path.chmod(0o644)
    os.truncate(path, 1 << 42)


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_of_any_kind_is_named_and_never_fails_or_hangs(tmp_path: Path, name: str) -> None:
    damage, message = DAMAGES[name]
    release = finished(tmp_path / "r")
    damage(release)
    assert any(message in problem for problem in find_damage(release)), find_damage(release)


def test_removing_a_tree_leaves_what_its_links_point_at(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("x", encoding="utf-8")
    kept.chmod(0o444)
    tree = finished(tmp_path / "tree")
    (tree / "link").symlink_to(kept)
    remove_tree(tree)
    assert not tree.exists()
    assert kept.stat().st_mode & 0o777 == 0o444


def test_a_folder_in_the_place_of_the_next_pointer_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".current.new" / "more").mkdir(parents=True)
    releases = Releases(tmp_path)
    releases.point_to("000001-a")
    assert releases.current_id() == "000001-a"
