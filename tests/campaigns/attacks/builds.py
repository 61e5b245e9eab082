"""Signals at every step of a build, and edits of the seeds at every moment of one."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pdu_inspections.release.journal import Journal
from pdu_inspections.release.progress import Event
from pdu_inspections.release.releases import Releases
from tests.campaigns.attacks.trial import Listener, Trial, run_pdu
from tests.campaigns.faults.world import World, in_child, read_database

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
SCORES = "seeds/reports/scores.csv"


def signals() -> Iterator[Trial]:
    """Each signal at each step; exit code, output, journal and pointer must agree, and the next build succeed."""
    with tempfile.TemporaryDirectory() as name:
        world = World(Path(name) / "toy")
        for step in _steps(world):
            for number in SIGNALS:
                yield _signal_at(world, step, number)
        for number in (signal.SIGTERM, signal.SIGINT):
            yield _signal_twice(world, number)


def _steps(world: World) -> list[str]:
    world.next_edition()

    def watch() -> list[str]:
        from tests.campaigns.faults.world import build_here

        steps: list[str] = ["started", "dbt"]
        build_here(world.root, lambda event: steps.append(event["step"]) if event["event"] == "step" else None)
        return steps

    return in_child(watch)


def _sender(step: str, number: signal.Signals, times: int = 1) -> Listener:
    def send(event: Event) -> None:
        if step in (event.get("step"), event["event"]):
            for _ in range(times):
                os.kill(os.getpid(), number)

    return send


def _signal_at(world: World, step: str, number: signal.Signals) -> Trial:
    trial = Trial("signal in a build", f"{number.name} at {step!r}")
    before, new = world.edition, world.next_edition()
    done = run_pdu(world.root, "build", "--no-site", listener=_sender(step, number))
    done.judge(trial)
    _judge_ending(trial, world, before, new, done.code, number)
    following = run_pdu(world.root, "build", "--no-site", "--if-changed")
    following.judge(trial)
    trial.expect(following.code == 0, f"the next build ended with {following.code}: {following.output[-200:]}")
    trial.expect(_edition(world) == new, "the next build did not publish the inputs")
    trial.expect(_is_noted(world), "after the next build the journal does not have the current release last")
    for left in ("work", "trash"):
        trial.expect(not (world.warehouse / left).exists(), f"{left} was left behind")
    return trial


def _signal_twice(world: World, number: signal.Signals) -> Trial:
    trial = Trial("signal in a build", f"{number.name} twice while the marts are copied")
    before, new = world.edition, world.next_edition()
    done = run_pdu(world.root, "build", "--no-site", listener=_sender("copy the marts", number, times=2))
    done.judge(trial)
    _judge_ending(trial, world, before, new, done.code, number)
    run_pdu(world.root, "build", "--no-site")
    return trial


def _judge_ending(trial: Trial, world: World, before: int, new: int, code: int, number: signal.Signals) -> None:
    """Exit code, pointer, journal and `pdu status` must tell one story."""
    edition = _edition(world)
    status = run_pdu(world.root, "status", "--format", "json")
    state = json.loads(status.output)
    trial.expect(state["is_whole"], "status says that the current release is damaged")
    if code == 0:
        trial.expect(edition == new, "exit code 0, but the release is the old one")
        trial.expect(_is_noted(world), "exit code 0, but the journal does not say so")
        trial.expect(state["last_failure"] is None, "exit code 0, but status tells of a failure")
    elif code == 128 + number:
        trial.expect(edition == before, f"exit code {code}, but the release is the new one")
        attempt = Journal(world.warehouse).last_attempt() or {}
        trial.expect(attempt.get("exit_code") == code, f"exit code {code}, the journal says {attempt.get('exit_code')}")
        trial.expect(f"exit code {code}" in str(state["last_failure"]), "status does not tell of the interruption")
    elif code == -number == -signal.SIGKILL:
        trial.expect(edition in (before, new), f"the release is of edition {edition}")
        trial.expect("cut short" in str(state["last_failure"]), "status does not tell that the build was cut short")
    else:
        trial.expect(False, f"exit code {code}")


def _edition(world: World) -> int | None:
    kind, what = in_child(lambda: read_database(world.database))
    return int(what[0]) if kind == "content" else None


def _is_noted(world: World) -> bool:
    attempt = Journal(world.warehouse).last_attempt() or {}
    return attempt.get("exit_code") == 0 and attempt.get("build_id") == Releases(world.warehouse).current_id()


def edits() -> Iterator[Trial]:
    """A seed edited, deleted or replaced at each event of a build: what is published is what was recorded."""
    with tempfile.TemporaryDirectory() as name:
        world = World(Path(name) / "toy")
        for step in _steps(world):
            for way in ("in place", "by renaming", "deleted and restored", "to a pipe and back"):
                yield _edit_at(world, step, way)


def _edit_at(world: World, step: str, way: str) -> Trial:
    trial = Trial("edit during a build", f"{way} at {step!r}")
    new = world.next_edition()
    seed = world.root / SCORES
    recorded = hashlib.sha256(seed.read_bytes()).hexdigest()
    edited = seed.read_text(encoding="utf-8").replace(f",{new / 10},", ",99.9,")

    def edit(event: Event) -> None:
        if step not in (event.get("step"), event["event"]):
            return
        if way == "by renaming":
            seed.with_name("fresh").write_text(edited, encoding="utf-8")
            seed.with_name("fresh").replace(seed)
        elif way == "in place":
            seed.write_text(edited, encoding="utf-8")
        else:
            seed.unlink()
            if "pipe" in way:
                os.mkfifo(seed)
                seed.unlink()
            seed.write_text(edited, encoding="utf-8")

    done = run_pdu(world.root, "build", "--no-site", listener=edit)
    done.judge(trial)
    current = Releases(world.warehouse).current()
    inputs = {} if current is None else {item["path"]: item["sha256"] for item in current.record["inputs"]}
    edition = _edition(world)
    was_edited_before = inputs.get(SCORES) == hashlib.sha256(edited.encode()).hexdigest()
    trial.expect(done.code == 0, f"exit code {done.code}: {done.output[-200:]}")
    if was_edited_before:
        trial.expect(edition is None, "the record has the edited file, the marts have the other")
    else:
        trial.expect(inputs.get(SCORES) == recorded, "the record has the checksum of neither file")
        trial.expect(edition == new, f"the record has edition {new}, the marts have {edition}")
        status = json.loads(run_pdu(world.root, "status", "--format", "json").output)
        trial.expect(SCORES in str(status["inputs"]), "status does not name the file that was edited meanwhile")
    trial.expect(seed.read_text(encoding="utf-8") == edited, "the edit was lost")
    return trial
