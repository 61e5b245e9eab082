"""A release of the project's own figures with its site, without a build."""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.project import DATABASE_NAME, Project
from pdu_inspections.release import files as releases
from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME, write_spreadsheet
from pdu_inspections.release.marts import read_marts
from pdu_inspections.release.records import BuildRecord
from pdu_inspections.site.process import SiteProcess
from tests.support.warehouse import ROOT, Built

BUILD_ID = "000001-20260102T030405Z-abcdef0"


def write_release(built: Built, directory: Path) -> Path:
    """Write into a directory what a build would publish of a database, and the site by the process a build uses."""
    directory.mkdir(parents=True)
    database = directory / DATABASE_NAME
    with SiteProcess(Project(ROOT)) as site:
        with releases.working_connection(built.database, database) as connection:
            marts = read_marts(connection, releases.BUILT)
            releases.copy_marts(connection, marts)
            record = BuildRecord(
                BUILD_ID, 1, None, "2026-01-02T03:04:05", "2026-01-02T03:05:06", 61.0, "abcdef0", False, "f",
                dict.fromkeys(("python", "dbt-core", "dbt-duckdb", "duckdb"), "1"), [], [], 1, marts, [],
            )  # fmt: skip
            releases.finish_database(connection, record, None)
            site.begin(database, directory / "site")
            releases.write_exports(connection, directory, marts)
            write_spreadsheet(connection, releases.BUILT, directory / SPREADSHEET_NAME, record, marts)
        releases.write_record(directory, record)
        site.finish()
    return directory
