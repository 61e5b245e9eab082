"""Builds of the toy project with dbt itself, through the command line, in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.support.toy import write_project

pytestmark = pytest.mark.slow

TOY = Path(__file__).parents[1] / "support" / "toy.py"
SCORES = "seeds/reports/scores.csv"


def pdu(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOY), *arguments],
        cwd=root,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toy project, built once; tests leave it as they found it."""
    root = write_project(tmp_path_factory.mktemp("toy"))
    done = pdu(root, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "published 000001-" in done.stdout
    assert "30 run, 30 passed" in done.stdout
    assert "pdu query" in done.stdout
    return root


def current(root: Path) -> str:
    return (root / "warehouse/current").readlink().name


def test_dbts_file_is_published_with_its_comments_keys_and_macros(project: Path) -> None:
    with duckdb.connect(str(project / "warehouse/current/pdu_inspections.duckdb"), read_only=True) as connection:
        assert connection.execute("select double_it(2)").fetchone() == (4,)
        comment = connection.execute("select comment from duckdb_tables() where table_name = 'dim_body'").fetchone()
        assert comment == ('One row per body. It\'s a "body".',)
        key = connection.execute(
            "select constraint_column_names from duckdb_constraints() "
            "where table_name = 'fct_score' and constraint_type = 'PRIMARY KEY'"
        ).fetchone()
        assert key == (["body_id", "score_year"],)
        tests = connection.execute(
            "select test_name, description from ops_test_result where test_type = 'data'"
        ).fetchall()
        assert dict(tests)["score_is_no_placeholder"].startswith("No score is 99")


def test_a_failing_test_is_reported_with_its_meaning_and_its_rows(project: Path) -> None:
    before = current(project)
    edit(project, SCORES, "52.5", "99")
    try:
        done = pdu(project, "build")
    finally:
        edit(project, SCORES, "2022,99,", "2022,52.5,")
    assert done.returncode == 4
    assert "No score is 99: that is a placeholder" in done.stdout
    assert "body_id: ashby, score_pct: 99.0" in done.stdout
    assert f"{before} is still current" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert current(project) == before


def test_a_model_that_does_not_parse_is_reported(project: Path) -> None:
    edit(project, "models/marts/dim_body.sql", "ref('bodies')", "ref('nobody')")
    try:
        done = pdu(project, "build")
    finally:
        edit(project, "models/marts/dim_body.sql", "ref('nobody')", "ref('bodies')")
    assert done.returncode == 4
    assert "nobody" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_failed_gate_is_reported_as_lines_and_as_json(project: Path) -> None:
    edit(project, SCORES, "52.5", "520")
    try:
        done = pdu(project, "build", "--log-format", "json", TOY_DBT="stub")
        checked = pdu(project, "check")
    finally:
        edit(project, SCORES, "520", "52.5")
    assert done.returncode == checked.returncode == 3
    events = [json.loads(line) for line in done.stdout.splitlines()]
    gate = next(event for event in events if event["event"] == "gate")
    assert gate["problems"][0].startswith(f"{SCORES}:3 [score_pct]: value out of range")
    assert f"{SCORES}:3 [score_pct]: value out of range\n  found:    '520'" in checked.stderr


def test_nothing_changed_takes_no_build_and_little_time(project: Path) -> None:
    began = time.monotonic()
    done = pdu(project, "build", "--if-changed")
    assert done.returncode == 0
    assert "nothing changed" in done.stdout
    assert time.monotonic() - began < 2


def test_status_tells_what_is_current_and_what_changed(project: Path) -> None:
    done = pdu(project, "status")
    assert done.returncode == 0
    assert current(project) in done.stdout
    assert "unchanged since" in done.stdout
    assert "whole" in done.stdout
    edit(project, SCORES, "52.5", "52")
    try:
        assert f"1 changed since: {SCORES}" in pdu(project, "status").stdout
    finally:
        edit(project, SCORES, "2022,52,", "2022,52.5,")


def test_a_second_build_at_once_is_turned_away(project: Path) -> None:
    first = subprocess.Popen([sys.executable, str(TOY), "build"], cwd=project, stdout=subprocess.DEVNULL)
    try:
        while not (project / "warehouse/build.lock").read_text(encoding="utf-8"):
            time.sleep(0.01)
        done = pdu(project, "build")
        assert done.returncode == 6
        assert f"process {first.pid}, since" in done.stdout
    finally:
        assert first.wait() == 0


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_build_that_is_ended_takes_dbt_with_it_and_the_next_succeeds(project: Path, end: signal.Signals) -> None:
    before = current(project)
    process = subprocess.Popen([sys.executable, str(TOY), "build"], cwd=project, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert any(" of 11 " in line for line in process.stdout)
    process.send_signal(end)
    process.wait()
    assert current(project) == before
    done = pdu(project, "build")
    assert done.returncode == 0, done.stdout
    assert ("cut short" in done.stdout) == (end == signal.SIGKILL)


def test_rollback_holds_against_builds_of_the_withdrawn_inputs(project: Path) -> None:
    first = current(project)
    edit(project, SCORES, "52.5", "52")
    try:
        assert pdu(project, "build", TOY_DBT="stub").returncode == 0
        second = current(project)
        done = pdu(project, "rollback")
        assert (done.returncode, current(project)) == (0, first), done.stderr
        assert "withdrawn" in pdu(project, "build", "--if-changed", TOY_DBT="stub").stdout
        assert current(project) == first
        assert pdu(project, "rollback", second).returncode == 0
        assert current(project) == second
        listed = pdu(project, "releases").stdout
        assert f"* {second}" in listed
        assert f"  {first}" in listed
    finally:
        edit(project, SCORES, "2022,52,", "2022,52.5,")
        pdu(project, "rollback", first)


def test_rollback_to_nowhere_is_bad_usage(project: Path) -> None:
    done = pdu(project, "rollback", "../../etc")
    assert done.returncode == 2
    assert "no release '../../etc'" in done.stderr


def test_query_reads_the_release_and_nothing_else(project: Path) -> None:
    assert "birch" in pdu(project, "query", "select body_id from dim_body").stdout
    for sql in ("from read_text('/etc/hostname')", "delete from dim_body", "select nothing"):
        done = pdu(project, "query", sql)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr


def test_hooks_get_the_result_of_the_build(project: Path, tmp_path: Path) -> None:
    hook = f"{sys.executable} -c \"import os, sys; open('{tmp_path}/result', 'w').write(sys.stdin.read())\""
    done = pdu(project, "build", "--if-changed", PDU_ON_SUCCESS=hook)
    assert done.returncode == 0
    assert json.loads((tmp_path / "result").read_text(encoding="utf-8"))["outcome"] == "unchanged"
    failing = pdu(project, "build", "--if-changed", "--on-success", "false", "--webhook", "http://127.0.0.1:9/token")
    assert failing.returncode == 0
    assert "hook false ended with exit code 1" in failing.stdout
    assert "webhook at 127.0.0.1 not called" in failing.stdout
    assert "token" not in failing.stdout


def test_outside_a_project_every_command_says_so(tmp_path: Path) -> None:
    for command in ("build", "check", "status", "releases", "rollback"):
        done = pdu(tmp_path, command)
        assert done.returncode == 2, command
        assert "no inspections project here" in done.stderr


def test_before_the_first_build_there_is_nothing_to_show(toy: Path) -> None:
    assert pdu(toy, "status").returncode == 1
    assert "nothing is published" in pdu(toy, "query", "select 1").stderr
    assert pdu(toy, "releases").stdout == ""
    assert "no release before" in pdu(toy, "rollback").stderr


def test_a_closed_or_full_output_changes_nothing(project: Path) -> None:
    for redirection in ("| head -1", "> /dev/full", ">&-", ">&- 2>&- <&-"):
        before = current(project)
        subprocess.run(
            ["bash", "-c", f"{sys.executable} {TOY} build {redirection}"],
            cwd=project,
            env={**os.environ, "TOY_DBT": "stub"},
            stderr=subprocess.PIPE,
            check=False,
        )
        assert current(project) > before, redirection
        last = json.loads((project / "warehouse/builds.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        assert (last["exit_code"], last["build_id"]) == (0, current(project)), redirection


def test_the_callers_variables_change_no_release(project: Path) -> None:
    def hashes() -> list[dict[str, object]]:
        record = json.loads((project / "warehouse/current/build.json").read_text(encoding="utf-8"))
        return [dict(mart) for mart in record["marts"]]

    before = hashes()
    hostile = {"DBT_EMPTY": "true", "DBT_TARGET": "nothing", "DBT_VARS": "{", "DBT_SELECT": "dim_body", "GIT_DIR": "/x"}
    done = pdu(project, "build", **hostile)
    assert done.returncode == 0, done.stdout
    assert hashes() == before


def test_an_interrupted_build_ends_in_one_line_and_is_noted(project: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, str(TOY), "build"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A test process that runs in the background ignores the signal, and its children would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    output = process.stdout.read()
    assert process.wait() == 130
    assert "interrupted by SIGINT\nbuild failed (exit code 130); " in output
    assert "Traceback" not in output
    assert "exit code 130" in pdu(project, "status").stdout
