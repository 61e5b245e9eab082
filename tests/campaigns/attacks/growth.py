"""Cost over doublings: what a build, a status and a query do may not take four times as long for twice the input."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import duckdb

from pdu_inspections.project import Project
from pdu_inspections.release.diff import Comparison, Reasons
from pdu_inspections.release.inputs import copy_inputs
from pdu_inspections.release.journal import Journal
from pdu_inspections.release.manifest import find_damage, list_files, seal
from pdu_inspections.release.marts import read_marts
from pdu_inspections.release.query import _FORMATS
from pdu_inspections.release.records import write_file_list
from pdu_inspections.release.releases import Releases
from tests.campaigns.attacks.trial import Trial
from tests.support.toy import write_project

_DOUBLINGS = 4
_MOST_FACTOR = 3.0
"""A doubling may cost this many times as much: twice, and some for a machine that does other things too."""
_LEAST_SECONDS = 0.05


def growth() -> Iterator[Trial]:
    """Each step measured at a size and at its doublings."""
    for name, (start, prepare) in _STEPS.items():
        trial = Trial("growth", name)
        seconds = []
        for doubling in range(_DOUBLINGS + 1):
            with tempfile.TemporaryDirectory() as directory:
                act = prepare(Path(directory), start << doubling)
                best = min(_time(act) for _ in range(3))
            seconds.append(best)
        factors = [after / before for before, after in pairwise(seconds)]
        mean = (seconds[-1] / seconds[0]) ** (1 / _DOUBLINGS)
        shown = ", ".join(f"{value:.3f}" for value in seconds)
        is_slow = seconds[-1] > _LEAST_SECONDS and (mean > _MOST_FACTOR or factors[-1] > _MOST_FACTOR + 1)
        trial.expect(not is_slow, f"{mean:.1f} times as long for each doubling from {start}: {shown} seconds")
        yield trial


def _time(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _inputs(directory: Path, size: int) -> Callable[[], object]:
    root = write_project(directory / "toy")
    for number in range(size):
        (root / "models" / f"m{number}.sql").write_text(f"select {number}\n", encoding="utf-8")
    targets = iter(range(100))
    return lambda: copy_inputs(Project(root), directory / f"copy{next(targets)}")


def _release(directory: Path, size: int) -> Callable[[], object]:
    release = directory / "release"
    (release / "csv").mkdir(parents=True)
    for number in range(size):
        (release / "csv" / f"{number}.csv").write_text("a\n", encoding="utf-8")
    duckdb.connect(str(release / "pdu_inspections.duckdb")).close()
    files = list_files(release)
    write_file_list(release / "pdu_inspections.duckdb", [(f.path, f.bytes_n, f.sha256) for f in files])
    seal(release, files, lambda step: None)
    return lambda: find_damage(release)


def _journal(directory: Path, size: int) -> Callable[[], object]:
    (directory / "builds.jsonl").write_bytes(b'{"build_id": "x", "exit_code": 0}\n' * size)
    return lambda: Journal(directory).last_attempt()


def _releases(directory: Path, size: int) -> Callable[[], object]:
    for number in range(1, size + 1):
        (directory / "releases" / f"{number:06d}").mkdir(parents=True)
    return lambda: Releases(directory).current()


def _comparison(_: Path, size: int) -> Callable[[], object]:
    connection = duckdb.connect()
    for name, shift in (("new", 1), ("old", 0)):
        connection.execute(f"attach ':memory:' as {name}")
        connection.execute(f"create table {name}.dim_x (id integer primary key, a integer, b varchar)")
        connection.execute(f"insert into {name}.dim_x select n, n + {shift}, 'x' || n from range({size}) t(n)")

    def compare() -> None:
        comparison = Comparison(connection, "new", "old", Reasons({}, {}))
        comparison.compare_tables(read_marts(connection, "new"), read_marts(connection, "old"))

    return compare


def _format(name: str) -> Callable[[Path, int], Callable[[], object]]:
    def prepare(_: Path, size: int) -> Callable[[], object]:
        rows = [(number, f"text {number}", None, 1.5) for number in range(size)]
        return lambda: _FORMATS[name](["a", "b", "c", "d"], rows)

    return prepare


_STEPS: dict[str, tuple[int, Callable[[Path, int], Callable[[], object]]]] = {
    "inputs copied, by files": (100, _inputs),
    "a release checked, by files": (100, _release),
    "the journal's last line, by lines": (20_000, _journal),
    "the current release found, by releases": (100, _releases),
    "two tables compared, by rows": (20_000, _comparison),
    "an answer as a table, by rows": (2_000, _format("table")),
    "an answer as JSON, by rows": (2_000, _format("json")),
    "an answer as markdown, by rows": (2_000, _format("markdown")),
}
