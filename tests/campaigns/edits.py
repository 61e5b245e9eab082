"""Edits at every moment of a build: what is published is what was checked, and its record has the checksums of that."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

import duckdb

from tests.campaigns.cases import Case, run_command, spread, toy_command, toy_environment
from tests.campaigns.signals import AT_EVENT, moments_of
from tests.support.toy import write_project

HEAD = """# Edits during a build

Written by `python -m pytest -m campaign tests/campaigns -k edits`. Each trial edits one input of a small project at one
of the moments at which its build changes a file. Promises: the release holds the input as it was before the edit or as
it was after, its record has the checksum of just that, `status` says whether the inputs changed since, and what the
gate would refuse is never published.
"""
SCORES = "seeds/reports/scores.csv"
EDITS = {
    "a value": f"""
path = project / "{SCORES}"
path.write_text(path.read_text().replace("52.5", "53.5"))
""",
    "a value that the gate refuses": f"""
path = project / "{SCORES}"
path.write_text(path.read_text().replace("52.5", "535"))
""",
    "a value, by renaming a new file": f"""
path = project / "{SCORES}"
path.with_suffix(".new").write_text(path.read_text().replace("52.5", "53.5"))
path.with_suffix(".new").rename(path)
""",
    "a value and back": f"""
path = project / "{SCORES}"
text = path.read_text()
path.write_text(text.replace("52.5", "53.5"))
import threading
threading.Timer(0.2, lambda: path.write_text(text)).start()
""",
    "a seed deleted": f"""
(project / "{SCORES}").unlink()
""",
    "a seed that is a link": f"""
path = project / "{SCORES}"
other = path.with_name("other")
other.write_text(path.read_text().replace("52.5", "53.5"))
path.unlink()
path.symlink_to(other)
""",
    "a model": """
path = project / "models/marts/fct_score.sql"
path.write_text(path.read_text().replace("score_pct,", "score_pct + 1 as score_pct,"))
""",
    "dbt_project.yml": """
(project / "dbt_project.yml").write_text("name: other\\n")
""",
}
VALUES = {"old": "52.5", "new": "53.5"}
FAILED = (3, 4, 5)
MOST_MOMENTS = 40


def cases(directory: Path) -> list[Case]:
    """Every edit at moments spread over a build."""
    project = write_project(directory / "toy")
    built = run_command(toy_command("build"), project, toy_environment())
    assert built.exit_code == 0, built.output
    scripts = directory / "scripts"
    scripts.mkdir()
    for number, text in enumerate(EDITS.values()):
        (scripts / f"{number}.py").write_text(text, encoding="utf-8")
    copy = Path(shutil.copytree(project, directory / "counted", symlinks=True))
    moments = spread(range(1, moments_of(copy, directory, "toy", "build") + 1), MOST_MOMENTS)
    return [
        Case(name, f"moment {moment}", partial(_judge, project, directory, scripts / f"{number}.py", moment))
        for number, name in enumerate(EDITS)
        for moment in moments
    ]


def _judge(project: Path, directory: Path, script: Path, moment: int) -> str | None:
    with tempfile.TemporaryDirectory(dir=directory, ignore_cleanup_errors=True) as folder:
        copy = Path(shutil.copytree(project, Path(folder) / "toy", symlinks=True))
        before = (copy / "warehouse" / "current").readlink()
        old = (copy / SCORES).read_bytes()
        ended = run_command(
            [sys.executable, AT_EVENT, copy, str(moment), script, "toy", "build"], copy, toy_environment()
        )
        if broken := ended.broken_promise(0, *FAILED):
            return broken
        current = copy / "warehouse" / "current"
        if (current.readlink() != before) != (ended.exit_code == 0):
            return f"exit code {ended.exit_code}, but current is {current.readlink().name}"
        if ended.exit_code != 0:
            return None
        with duckdb.connect(str((current / "pdu_inspections.duckdb").resolve()), read_only=True) as connection:
            values = {str(value) for (value,) in connection.execute("select score_pct from fct_score").fetchall()}
        recorded = {item["path"]: item["sha256"] for item in json.loads((current / "build.json").read_text())["inputs"]}
        checksums = {
            "old": hashlib.sha256(old).hexdigest(),
            "new": hashlib.sha256(old.replace(b"52.5", b"53.5")).hexdigest(),
        }
        published = [name for name, value in VALUES.items() if value in values]
        if len(published) != 1 or values - set(VALUES.values()) - {"48.0", "71.0"}:
            return f"published values: {sorted(values)}"
        if recorded[SCORES] != checksums[published[0]]:
            return f"the {published[0]} value is published with another checksum"
        return _status_problem(copy, recorded)


def _status_problem(project: Path, recorded: dict[str, str]) -> str | None:
    """Whether `status` says truly if the inputs changed since."""
    status = run_command(toy_command("status"), project, toy_environment())
    if broken := status.broken_promise(0):
        return f"status: {broken}"
    edited = {path: project / path for path in (SCORES, "models/marts/fct_score.sql", "dbt_project.yml")}
    is_changed = any(
        not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != recorded[name]
        for name, path in edited.items()
    )
    says_changed = (
        "changed since" in status.output.replace("unchanged since", "") or "cannot be compared" in status.output
    )
    return None if says_changed == is_changed else f"inputs changed: {is_changed}, but status says: {status.output}"
