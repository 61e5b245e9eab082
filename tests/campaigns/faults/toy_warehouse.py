"""A small warehouse to do harm to: editions of its content that can be told apart, builds that can be killed.

Builds run in forked children of a process that has everything imported, so that hundreds take minutes. The gate
lets everything pass and dbt is stood in for by a stub that makes the same tables (tests/support/toy.py): what is tried
here is everything after dbt, save where a scenario says otherwise.
"""

from __future__ import annotations

import os
import pickle
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import duckdb

ROOT = Path(__file__).parents[3]

from pdu_inspections.gate import check as gate  # noqa: E402
from pdu_inspections.gate.report import GateReport  # noqa: E402
from pdu_inspections.project import DATABASE_NAME, Project  # noqa: E402
from pdu_inspections.release.build import Settings, build  # noqa: E402
from pdu_inspections.release.dbt import DbtResults, DbtRun  # noqa: E402
from pdu_inspections.release.errors import BuildError  # noqa: E402
from pdu_inspections.release.manifest import find_damage  # noqa: E402
from pdu_inspections.release.marts import read_marts  # noqa: E402
from pdu_inspections.release.progress import Event, Progress  # noqa: E402
from pdu_inspections.release.releases import Releases  # noqa: E402
from tests.support.toy import StubDbt, write_project  # noqa: E402

T = TypeVar("T")
Result = tuple[str, Any]

MAX_EDITION = 1000


@dataclass
class Tally:
    """What a scenario found: trials, and how often each promise was broken."""

    trials: int = 0
    reads: int = 0
    failed_reads: int = 0
    mixed_reads: int = 0
    lost_releases: int = 0
    failed_next_builds: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept."""
        return not (self.failed_reads or self.mixed_reads or self.lost_releases or self.failed_next_builds)


class ToyWarehouse:
    """A toy project with one release, and what its content must be in every edition."""

    def __init__(self, root: Path, seed: int = 0) -> None:
        self.root = write_project(root)
        self.random = random.Random(seed)
        self.edition = 0
        self._hashes: dict[int, dict[str, str]] = {}
        self.next_edition()
        assert self.build() == 0

    @property
    def directory(self) -> Path:
        """Where releases are."""
        return self.root / "warehouse"

    @property
    def database(self) -> Path:
        """The current file, through the pointer."""
        return self.directory / "current" / DATABASE_NAME

    def next_edition(self) -> int:
        """Change the seeds: every row of both marts tells the edition."""
        self.edition = self.edition % MAX_EDITION + 1
        write_edition(self.root, self.edition)
        return self.edition

    def build(self, *listeners: Callable[[Event], None], **settings: Any) -> int:
        """Build in a child; its exit code."""
        return int(in_child(lambda: build_here(self.root, *listeners, **settings)))

    def killed_at(self, step: str) -> bool:
        """Build in a child that is killed when it comes to a step; whether it came to it."""
        return start(lambda: build_here(self.root, _killer(step))).wait() == -signal.SIGKILL

    def killed_after(self, seconds: float) -> bool:
        """Build in a child that is killed after some seconds; whether it was still running."""
        child = start(lambda: build_here(self.root))
        time.sleep(seconds)
        child.kill()
        return child.wait() == -signal.SIGKILL

    def read(self) -> Result:
        """Read the current release in a child, as any reader would: ("edition", n), ("mixed", why), ("failed", why)."""
        result: Result = in_child(lambda: read_database(self.database))
        if result[0] == "content":
            edition, hashes = result[1]
            return ("edition", edition) if hashes == self.hashes(edition) else ("mixed", "content hash differs")
        return result

    def hashes(self, edition: int) -> dict[str, str]:
        """Content hash of every mart in an edition, worked out without the build."""
        if edition not in self._hashes:
            self._hashes[edition] = in_child(lambda: expected_hashes(edition))
        return self._hashes[edition]

    def judge(self, tally: Tally, *editions: int) -> None:
        """After harm was done: read what is current, and build again without help."""
        tally.trials += 1
        self.judge_read(tally, *editions)
        self.judge_next(tally)

    def judge_read(self, tally: Tally, *editions: int) -> None:
        """The current release must be whole and of one of the editions."""
        kind, what = self.read()
        tally.reads += 1
        if kind == "failed":
            tally.failed_reads += 1
            tally.notes.append(str(what))
        elif kind == "mixed" or what not in editions:
            tally.mixed_reads += 1
            tally.notes.append(f"edition {what}, expected one of {editions}")
        releases = Releases(self.directory)
        current = releases.current()
        if current is None or find_damage(current.path):
            tally.lost_releases += 1
            tally.notes.append("current release lost or damaged")

    def judge_next(self, tally: Tally, **settings: Any) -> None:
        """The next build must publish the newest edition."""
        self.next_edition()
        code = self.build(**settings)
        kind, what = self.read()
        if code != 0 or (kind, what) != ("edition", self.edition):
            tally.failed_next_builds += 1
            tally.notes.append(f"next build ended with {code}, then {kind} {what}")
        if any((self.directory / name).exists() for name in ("work", "trash")):
            tally.failed_next_builds += 1
            tally.notes.append("something was left behind")


def write_edition(root: Path, edition: int) -> None:
    """Seeds whose every row tells the edition."""
    score = edition / 10
    (root / "seeds/reference/bodies.csv").write_text(
        f"body_id,body_name,note\nashby,Ashby,edition {edition}\nbirch,Birch,edition {edition}\n", encoding="utf-8"
    )
    (root / "seeds/reports/scores.csv").write_text(
        "document_id,body_id,score_year,score_pct,citation_id\n"
        f"ashby_2022,ashby,2021,{score},ashby_2022:L4\n"
        f"ashby_2022,ashby,2022,{score},ashby_2022:L5\n"
        f"birch_2022,birch,2022,{score},birch_2022:L9\n",
        encoding="utf-8",
    )


def build_here(root: Path, *listeners: Callable[[Event], None], **settings: Any) -> int:
    """Build in this process; the exit code."""
    gate.check = lambda seeds, docs: GateReport([], 0, 0, 0, [])
    try:
        build(Project(root), Settings(**settings), Progress(*listeners), StubDbt)
    except BuildError as error:
        return int(error.exit_code)
    return 0


def read_database(database: Path) -> Result:
    """What a reader finds: the edition all rows agree on and the content hashes, or what is wrong."""
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            rows = connection.execute(
                "select cast(10 * score_pct as integer) from fct_score "
                "union all select cast(replace(note, 'edition ', '') as integer) from dim_body"
            ).fetchall()
            hashes = {mart.name: mart.content_hash for mart in read_marts(connection, database.stem)}
    except (duckdb.Error, OSError) as error:
        return "failed", str(error).partition("\n")[0]
    editions = {edition for (edition,) in rows}
    if len(rows) != 5 or len(editions) != 1:
        return "mixed", f"{len(rows)} rows of editions {sorted(editions)}"
    return "content", (editions.pop(), hashes)


def expected_hashes(edition: int) -> dict[str, str]:
    """Content hashes of an edition, from its seeds alone."""
    with tempfile.TemporaryDirectory() as name:
        root = write_project(Path(name))
        write_edition(root, edition)
        database = root / "expected.duckdb"
        results = StubDbt(DbtRun(Project(root), database, root / "target"), 0).wait(Progress())
        assert isinstance(results, DbtResults)
        with duckdb.connect(str(database), read_only=True) as connection:
            return {mart.name: mart.content_hash for mart in read_marts(connection, "expected")}


def _killer(step: str) -> Callable[[Event], None]:
    def kill(event: Event) -> None:
        if event.get("step") == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


class Child:
    """A forked child."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid = pid
        self._pipe = pipe

    def kill(self) -> None:
        """Kill it, as a crash of the machine would."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end; its exit code, or less than zero the signal that ended it."""
        os.close(self._pipe)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def result(self) -> Any:
        """Wait for what it gives back."""
        with os.fdopen(os.dup(self._pipe), "rb") as stream:
            content = stream.read()
        code = self.wait()
        if code != 0:
            raise RuntimeError(f"child ended with {code}")
        return pickle.loads(content)


def start(function: Callable[[], Any]) -> Child:
    """Run a function in a forked child."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    code = 1
    try:
        os.close(reading)
        content = pickle.dumps(function())
        with os.fdopen(writing, "wb") as stream:
            stream.write(content)
        code = 0
    except BrokenPipeError:
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def in_child(function: Callable[[], T]) -> T:
    """What a function gives, run in a forked child."""
    result: T = start(function).result()
    return result
