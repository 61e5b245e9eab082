"""The command `pdu add`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from pdu_inspections.add.run import add as run_add
from pdu_inspections.build.errors import BuildError
from pdu_inspections.build.progress import Progress, to_terminal
from pdu_inspections.project import project_here


@click.command()
@click.option(
    "--corpus",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The report tables, one folder of Parquet files each, the inspections' own among them.",
)
@click.option(
    "--database",
    required=True,
    type=click.Path(exists=True, dir_okay=False, writable=True, path_type=Path),
    help="The DuckDB file that dbt built from the corpus. It is changed in place.",
)
@click.argument("inspections", metavar="[INSPECTION_ID]...", nargs=-1)
def add(corpus: Path, database: Path, inspections: tuple[str, ...]) -> None:
    """Add inspections of a corpus of Parquet to the database built from it, or replace them; without any named, all
    that the database has not.

    Exit codes: 0 added (or nothing to add), 1 corpus or database is not what it must be, 2 bad usage, 3 gate failed,
    4 dbt or a data test failed, 5 no room, 6 somebody else has the database. Nothing but 0 changes the database.
    """
    project = project_here()
    began = time.monotonic()
    progress = Progress(to_terminal(sys.stdout))
    try:
        added = run_add(project, corpus, database, inspections, progress)
    except BuildError as error:
        progress.emit("failed", f"{error}\nnothing was added (exit code {error.exit_code:d})")
        raise SystemExit(error.exit_code) from None
    if not added.inspections:
        progress.emit("unchanged", "the database has every inspection of the corpus: nothing to add")
        return
    progress.emit(
        "added",
        f"added {', '.join(added.inspections)} in {time.monotonic() - began:.1f} s; "
        f"{added.neighbourhood_n} inspections built again",
    )
