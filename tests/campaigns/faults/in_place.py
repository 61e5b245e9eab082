"""The same harm done to a file that is built in place, as plain `dbt build` into an open file does: for comparison.

Each table is replaced by a statement of its own, committed at once, as dbt commits its models.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import duckdb

from pdu_inspections.project import DATABASE_NAME
from tests.campaigns.faults.scenarios import gathered, leave_free, read_until
from tests.campaigns.faults.world import Tally, World, in_child, read_database, start

_STATEMENTS = (
    "create or replace table dim_body (body_id varchar primary key, body_name varchar, note varchar)",
    "insert into dim_body from read_csv('{seeds}/reference/bodies.csv', all_varchar = true)",
    "create or replace table fct_score (body_id varchar, score_year integer, score_pct decimal(5, 1), "
    "citation_id varchar not null, primary key (body_id, score_year))",
    "insert into fct_score select body_id, score_year, score_pct, citation_id "
    "from read_csv('{seeds}/reports/scores.csv', all_varchar = true)",
)


def database(world: World) -> Path:
    """The one file that is built again and again."""
    return world.root / DATABASE_NAME


def build(world: World) -> int:
    """Build into the open file; 0 or 1."""
    try:
        with duckdb.connect(str(database(world)), config={"storage_compatibility_version": "v1.4.0"}) as connection:
            for statement in _STATEMENTS:
                connection.execute(statement.format(seeds=world.root / "seeds"))
    except (duckdb.Error, OSError):
        return 1
    return 0


def judge(world: World, tally: Tally, *editions: int) -> None:
    """Read the file, then build it again."""
    tally.trials += 1
    judge_read(world, tally, *editions)
    world.next_edition()
    code = in_child(lambda: build(world))
    kind, what = in_child(lambda: read_database(database(world)))
    if code != 0 or kind != "content" or what[0] != world.edition:
        tally.failed_next_builds += 1
        database(world).unlink(missing_ok=True)
        in_child(lambda: build(world))


def judge_read(world: World, tally: Tally, *editions: int) -> None:
    """The file must be readable and of one edition."""
    kind, what = in_child(lambda: read_database(database(world)))
    tally.reads += 1
    if kind == "failed":
        tally.failed_reads += 1
    elif kind == "mixed" or what[0] not in editions:
        tally.mixed_reads += 1


def killed_at_random(world: World, times: int) -> Tally:
    """kill -9 at any moment of a build."""
    tally = Tally()
    began = time.monotonic()
    in_child(lambda: build(world))
    length = time.monotonic() - began
    for _ in range(times):
        before, new = world.edition, world.next_edition()
        child = start(lambda: build(world))
        time.sleep(world.random.uniform(0, length))
        child.kill()
        child.wait()
        judge(world, tally, before, new)
    return tally


def disk_full(world: World, times: int) -> Tally:
    """A disk with room for less and less."""
    tally = Tally()
    filler = world.root / "filler"
    in_child(lambda: build(world))
    need = database(world).stat().st_size
    for number in range(times):
        before, new = world.edition, world.next_edition()
        leave_free(filler, need * (times - number) // times)
        in_child(lambda: build(world))
        judge_read(world, tally, before, new)
        filler.unlink()
        judge(world, tally, world.edition, before, new)
    return tally


def builders_at_once(builders: int, world: World, times: int) -> Tally:
    """Several builds begun at the same moment."""
    tally = Tally()
    in_child(lambda: build(world))
    for _ in range(times):
        before, new = world.edition, world.next_edition()
        children = [start(lambda: build(world)) for _ in range(builders)]
        codes = [child.result() for child in children]
        tally.notes.append(f"{codes.count(0)} of {builders} built")
        judge(world, tally, before, new)
    tally.notes = sorted(set(tally.notes))
    return tally


def readers_without_pause(readers: int, world: World, times: int) -> Tally:
    """Readers open, read and close as fast as they can while the file is built."""
    in_child(lambda: build(world))
    stop = world.root / "stop"
    children = [start(partial(read_until, database(world), stop)) for _ in range(readers)]
    tally = Tally()
    failed = 0
    for _ in range(times):
        world.next_edition()
        failed += in_child(lambda: build(world))
        tally.trials += 1
    tally = gathered(tally, stop, children)
    tally.failed_next_builds = failed
    return tally
