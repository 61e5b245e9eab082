"""The command `pdu check`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.gate.report import SHOWN, format_problems
from pdu_inspections.project import current_project
from pdu_inspections.seed_files import finish_pending


@click.command()
@click.option("--all", "show_all", is_flag=True, help=f"Print every problem, not only the first {SHOWN}.")
@click.option(
    "--parquet",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Check the report tables in this directory, one folder of Parquet files each, instead of the seed CSVs.",
)
@click.option("--complete", is_flag=True, help="Fail while drafts wait for a decision.")
def check(show_all: bool, parquet: Path | None, complete: bool) -> None:
    """Check every seed CSV against the seed contract; exit code 3 where one has a problem."""
    project = current_project()
    finish_pending(project.root)
    # Great Expectations takes two seconds to import, which --help need not wait for.
    from pdu_inspections.gate import check as gate

    docs = os.path.relpath(project.gate_docs / "index.html")
    if parquet is None:
        report = gate.check(project.seeds, project.gate_docs)
    else:
        report = gate.check_parquet(parquet, project.seeds, project.gate_docs)
    if not report.passed:
        click.echo(format_problems(report.problems, len(report.problems) if show_all else SHOWN), err=True)
    click.echo(f"{report}. Data Docs: {docs}", err=not report.passed)
    drafts_problem = report.drafts_problem() if complete else None
    if drafts_problem is not None:
        click.echo(str(drafts_problem), err=True)
    if not report.passed or drafts_problem is not None:
        raise SystemExit(ExitCode.GATE_FAILED)
