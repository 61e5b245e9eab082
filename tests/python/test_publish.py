"""Releases on disk and the pointer to the current one."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from pdu_inspections.release.files import damage, seal
from pdu_inspections.release.publish import FilePointer, LinkPointer, Pointer, Releases, remove_tree
from pdu_inspections.release.records import RECORD_NAME


def finished(directory: Path, sequence_n: int) -> Path:
    directory.mkdir(parents=True)
    (directory / RECORD_NAME).write_text(json.dumps({"sequence_n": sequence_n}), encoding="utf-8")
    (directory / "pdu_inspections.duckdb").write_bytes(b"database")
    seal(directory, lambda step: None)
    return directory


def add(releases: Releases, warehouse: Path, sequence_n: int) -> str:
    build_id = f"{sequence_n:06d}"
    releases.add(finished(warehouse / "work" / build_id, sequence_n), build_id)
    return build_id


@pytest.fixture(params=[LinkPointer, FilePointer])
def pointer(request: pytest.FixtureRequest, tmp_path: Path) -> Pointer:
    made = request.param(tmp_path)
    assert isinstance(made, LinkPointer | FilePointer)
    return made


def test_nothing_is_current_at_first(pointer: Pointer) -> None:
    assert pointer.read() is None


def test_the_pointer_moves_and_leaves_nothing_behind(pointer: Pointer, tmp_path: Path) -> None:
    for build_id in ("000001", "000002", "000001"):
        pointer.swap(build_id)
        assert pointer.read() == build_id
    assert len(list(tmp_path.iterdir())) == 1


def test_a_reader_of_the_pointer_never_finds_it_missing_or_torn(pointer: Pointer) -> None:
    pointer.swap("000001")
    seen: set[str | None] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(pointer.read())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(300):
        pointer.swap(f"{number % 2 + 1:06d}")
    done.set()
    reader.join()
    assert seen <= {"000001", "000002"}


def test_a_leftover_of_an_interrupted_swap_does_no_harm(pointer: Pointer, tmp_path: Path) -> None:
    (tmp_path / ".current.new").symlink_to("nowhere")
    pointer.swap("000001")
    assert pointer.read() == "000001"


def test_what_stands_in_the_links_place_is_moved_aside(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "somebodys.txt").touch()
    pointer = LinkPointer(tmp_path)
    assert pointer.read() is None
    pointer.swap("000001")
    assert pointer.read() == "000001"
    assert (tmp_path / "current.replaced-by-000001" / "somebodys.txt").exists()


def test_releases_are_in_the_order_of_their_numbers_not_of_their_clock(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for name, number in (("000010-19990101", 10), ("000009-20300101", 9)):
        releases.add(finished(tmp_path / "work" / name, number), name)
    assert [release.sequence_n for release in releases.all()] == [9, 10]


def test_pruning_keeps_the_newest_and_the_current(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    ids = [add(releases, tmp_path, number) for number in range(1, 7)]
    releases.pointer.swap(ids[0])
    assert releases.prune(2) == ids[1:4]
    assert [release.build_id for release in releases.all()] == [ids[0], *ids[4:]]
    assert not releases.trash.exists()


def test_what_has_no_record_is_no_release(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    add(releases, tmp_path, 1)
    (tmp_path / "releases" / "torn").mkdir()
    (tmp_path / "releases" / "odd").mkdir()
    (tmp_path / "releases" / "odd" / RECORD_NAME).write_text("[1]", encoding="utf-8")
    assert [release.build_id for release in releases.all()] == ["000001"]


def test_a_sealed_release_is_read_only_and_whole(tmp_path: Path) -> None:
    release = finished(tmp_path / "r", 1)
    assert damage(release) is None
    assert all(path.stat().st_mode & 0o222 == 0 for path in release.iterdir())


@pytest.mark.parametrize("name", ["pdu_inspections.duckdb", RECORD_NAME])
def test_a_changed_or_missing_file_is_damage(tmp_path: Path, name: str) -> None:
    release = finished(tmp_path / "r", 1)
    (release / name).chmod(0o644)
    (release / name).write_bytes(b"x")
    assert damage(release) == f"{name} is not as it was published"
    (release / name).unlink()
    assert "cannot be read" in str(damage(release))


def test_a_log_planted_beside_the_database_is_damage(tmp_path: Path) -> None:
    release = finished(tmp_path / "r", 1)
    (release / "pdu_inspections.duckdb.wal").write_bytes(b"")
    assert "wal lies beside the database" in str(damage(release))


def test_checksums_that_leave_the_database_out_are_damage(tmp_path: Path) -> None:
    release = finished(tmp_path / "r", 1)
    (release / "SHA256SUMS").chmod(0o644)
    (release / "SHA256SUMS").write_text("", encoding="utf-8")
    assert "no checksum" in str(damage(release))


def test_removing_a_tree_leaves_what_its_links_point_at(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("x", encoding="utf-8")
    kept.chmod(0o444)
    tree = finished(tmp_path / "tree", 1)
    (tree / "link").symlink_to(kept)
    remove_tree(tree)
    assert not tree.exists()
    assert kept.stat().st_mode & 0o777 == 0o444
