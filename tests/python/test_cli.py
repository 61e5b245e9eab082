"""The command line itself: what it lists, and how little it imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pdu_inspections.cli import main
from tests.support.reader_help import LONG, ROOT, write_project

COMMANDS = ("read", "check", "build", "status", "releases", "rollback", "site", "query")


def test_help_lists_every_command_without_importing_it() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from pdu_inspections.cli import main; "
        "result = CliRunner().invoke(main, ['--help']); print(result.output); "
        "heavy = {'duckdb', 'pandas', 'great_expectations', 'dbt', 'pdfplumber'} & sys.modules.keys(); "
        "raise SystemExit(1 if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    for command in COMMANDS:
        assert f"  {command} " in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_bad_usage_ends_with_code_2() -> None:
    for arguments in (["nothing"], ["build", "--keep", "0"], ["build", "--nonsense"]):
        assert CliRunner().invoke(main, arguments).exit_code == 2, arguments


def test_bad_input_is_told_without_a_traceback(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project_root)
    result = CliRunner().invoke(main, ["read", "missing.txt"])
    assert result.exit_code not in {0, None}
    assert "missing.txt" in result.output
    assert "Traceback" not in result.output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("arguments", "exit_code"), [(["read", str(LONG)], 0), (["--help"], 1)])
def test_a_full_output_changes_no_ending(arguments: list[str], exit_code: int, tmp_path: Path) -> None:
    project = write_project(tmp_path)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pdu_inspections", *arguments],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == exit_code, done.stderr
    assert "Traceback" not in done.stderr
