"""The commands `pdu review` and `pdu cite`."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import click

from pdu_inspections.environment import git_environment
from pdu_inspections.errors import InputError, Problem, escape_unprintable
from pdu_inspections.project import current_project
from pdu_inspections.reader.vocabulary import read_csv
from pdu_inspections.release.dbt import UNEXPLAINED
from pdu_inspections.release.errors import user_name
from pdu_inspections.review.copies import find_passage, parse_citation, read_lines
from pdu_inspections.review.drafts import Draft, finding
from pdu_inspections.review.store import ReviewStore

LOOPBACK = "127.0.0.1"


@click.command()
@click.argument("report", required=False)
@click.option("--findings", is_flag=True, help="Open the contradictions that the last build found unexplained.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; a free one by default.")
@click.option("--reviewer", help="Who decides, as the CSVs will say; by default the name that git knows.")
def review(report: str | None, findings: bool, port: int, reviewer: str | None) -> None:
    """Open the page on which drafts of REPORT, or of all reports, are accepted, corrected or rejected.

    The page is for this machine alone. Every decision is saved at once in the CSVs of seeds/. Ctrl+C ends it.
    """
    try:
        import uvicorn

        from pdu_inspections.review.app import Access, make_app
    except ModuleNotFoundError as error:
        raise InputError(
            Problem("pdu review", f"needs {error.name}", action="install it: pip install 'pdu-inspections[review]'")
        ) from None
    project = current_project()
    with socket.create_server((LOOPBACK, port)) as listening:
        access = Access(listening.getsockname()[1])
        path = "/" if report is None else f"/{Path(report).stem}"
        query = "&state=waiting" if report is not None else ""
        if findings:
            found = read_unexplained(project.root / "target" / "pdu" / UNEXPLAINED)
            ReviewStore(project.root).record_findings(found)
            query = "&kind=finding&state=waiting"
        click.echo(f"Open http://{LOOPBACK}:{access.port}{path}?token={access.token}{query}")
        click.echo("The address works once; Ctrl+C ends the page.")
        app = make_app(project.root, reviewer or _name_known_to_git(project.root), access)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def read_unexplained(path: Path) -> list[Draft]:
    """What the last build found unexplained, as drafts of findings. Raises InputError where no build left anything."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["row_for_known_discrepancies_csv"]]
    except FileNotFoundError:
        raise InputError(
            Problem("pdu review --findings", "the last build left no finding unexplained", action="pdu build")
        ) from None
    found = []
    for row in rows:
        rule_id, citation_a, citation_b = row["row_for_known_discrepancies_csv"].split(",")[:3]
        values = " / ".join(value for value in (row["value_a"], row["value_b"]) if value)
        found.append(finding(rule_id, citation_a, citation_b, f"{row['claim']} {row['subject']}: {values}"))
    return found


def _name_known_to_git(root: Path) -> str:
    """The name that git puts on commits here, else that of the user."""
    found = ""
    with suppress(OSError, subprocess.SubprocessError):
        command = ["git", "-C", str(root), "config", "user.name"]
        found = subprocess.run(
            command, env=git_environment(), capture_output=True, text=True, errors="replace", timeout=20, check=False
        ).stdout.strip()
    return found or user_name(os.geteuid())


@click.command()
@click.argument("citation")
@click.option("--around", type=click.IntRange(0, 50), default=3, show_default=True, help="Lines before and after.")
def cite(citation: str, around: int) -> None:
    """Print the passage that CITATION (document:L402:C17) points to, from the copy of the report on this machine."""
    root = current_project().root
    place = parse_citation(citation)
    lines = read_lines(root, place.document_id)
    documents = {row["document_id"]: row for row in read_csv(root, "documents")}
    if place.document_id in documents:
        title = documents[place.document_id]["title"]
        click.echo(f"{escape_unprintable(title)}, line {place.line_number}, character {place.column_number}")
    for line in find_passage(lines, place.line_number, place.column_number, "", around):
        mark = ">" if line.number == place.line_number else " "
        click.echo(f"{mark}{line.number:>6}  {escape_unprintable(line.before)}")
        if line.number == place.line_number:
            click.echo(f"{'':>8} {' ' * (place.column_number - 1)}^")
