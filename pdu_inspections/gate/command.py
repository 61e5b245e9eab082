"""The command `pdu check`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.gate.report import SHOWN, GateReport, told
from pdu_inspections.project import current_project
from pdu_inspections.seed_files import finish_pending


@click.command()
@click.option("--all", "show_all", is_flag=True, help=f"Print every problem, not only the first {SHOWN}.")
@click.option(
    "--parquet",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Check the report tables in this directory, one folder of Parquet files each, instead of the seed CSVs.",
)
def check(show_all: bool, parquet: Path | None) -> None:
    """Check every seed CSV against the seed contract; exit code 3 where one is not as agreed."""
    project = current_project()
    if parquet is not None:
        from pdu_inspections.gate.parquet import check_parquet

        _end(check_parquet(parquet, project.seeds), show_all, "")
        return
    from pdu_inspections.gate.check import check as check_seeds

    finish_pending(project.root)
    docs = os.path.relpath(project.gate_docs / "index.html")
    _end(check_seeds(project.seeds, project.gate_docs), show_all, f". Data Docs: {docs}")


def _end(report: GateReport, show_all: bool, more: str) -> None:
    if not report.passed:
        click.echo(told(report.problems, len(report.problems) if show_all else SHOWN), err=True)
        if report.untold_n:
            click.echo(f"… and {report.untold_n:,} more of the same kinds", err=True)
    click.echo(f"{report}{more}", err=not report.passed)
    if not report.passed:
        raise SystemExit(ExitCode.GATE_FAILED)
