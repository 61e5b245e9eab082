"""A release of the project's own figures with its site, without a build."""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.project import DATABASE_NAME, SITE
from pdu_inspections.release import database as databases
from pdu_inspections.release.exports import files as exports
from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME, write_spreadsheet
from pdu_inspections.release.marts import read_marts
from pdu_inspections.release.records import BuildRecord
from pdu_inspections.site.write import IN_RELEASE, write_site
from tests.support.warehouse import ROOT, Built

BUILD_ID = "000001-20260102T030405Z-abcdef0"


def write_release(built: Built, directory: Path) -> Path:
    """Write into a directory what a build would publish of a database, and the site."""
    directory.mkdir(parents=True)
    database = directory / DATABASE_NAME
    with databases.open_working_connection(built.database, database) as connection:
        marts = read_marts(connection, databases.BUILT)
        databases.copy_marts(connection, marts)
        record = BuildRecord(
            BUILD_ID, 1, None, "2026-01-02T03:04:05", "2026-01-02T03:05:06", 61.0, "abcdef0", False, "f",
            dict.fromkeys(("python", "dbt-core", "dbt-duckdb", "duckdb"), "1"), [], [], 1, marts, [],
        )  # fmt: skip
        databases.finish_database(connection, record, None)
        exports.write_marts(connection, directory, marts)
        write_spreadsheet(connection, databases.BUILT, directory / SPREADSHEET_NAME, record, marts)
    exports.write_descriptions(directory, record, ROOT)
    (directory / SITE).mkdir()
    write_site(database, ROOT, directory / SITE, IN_RELEASE)
    return directory
