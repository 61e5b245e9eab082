"""The command `pdu site`."""

from __future__ import annotations

from pathlib import Path

import click
import duckdb

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.project import DATABASE_NAME, SITE, Project, current_project
from pdu_inspections.release.releases import Release, Releases


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="New directory to write the site into, with the release's files, to be put on a web server.",
)
def site(output: Path | None) -> None:
    """Where the site of the current release is; with --output, the site and the release's files to put elsewhere."""
    project = current_project()
    release = Releases(project.warehouse).current()
    if release is None:
        raise _refused(project.warehouse, "nothing is published yet", "make a release with pdu build")
    if output is None:
        page = release.path / SITE / "index.html"
        if not page.exists():
            raise _refused(page, "the release has no site", "build it with pdu build, or use pdu site --output DIR")
        click.echo(page)
        return
    if output.exists() and any(output.iterdir()):
        raise _refused(output, "the directory is not empty", "name a new one, or empty it")
    click.echo(f"{_write(project, release, output)} pages: {output / 'index.html'}")


def _write(project: Project, release: Release, output: Path) -> int:
    from pdu_inspections.site.write import COPIED, copy_files, write_site

    try:
        output.mkdir(parents=True, exist_ok=True)
        pages = write_site(release.path / DATABASE_NAME, project.root, output, COPIED)
        copy_files(release.path, output / COPIED)
    except (duckdb.Error, OSError) as error:
        raise _refused(output, f"the site cannot be written: {error}", "mend the cause, empty the directory") from None
    return pages


def _refused(path: Path, message: str, action: str) -> InputError:
    return InputError(Problem(str(path), message, action=action))
