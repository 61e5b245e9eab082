"""The command line itself: what it lists, and how little it imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pdu_inspections.cli import main

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
