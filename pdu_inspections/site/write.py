"""Writes the site of a release's file into a directory."""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release.audit import open_for_reading
from pdu_inspections.site import html
from pdu_inspections.site.pages import Sheet, Site

STYLE = "style.css"

IN_RELEASE = "../"
"""Address of a release's files, seen from the top of a site in its release."""
COPIED = "files/"
"""The same for a site elsewhere, which has copies."""

_FILES = (DATABASE_NAME, "*.xlsx", "*.json", "*.cff", "*.txt", "csv/*", "parquet/*")


def write_site(database: Path, project: Path, output: Path, files: str) -> int:
    """Write every page and CSV into an empty directory; the number of pages.

    project is the directory that holds analyses/; files is the address of the release's own files as seen from a page
    at the top of the site.
    """
    templates = html.environment()
    with open_for_reading(database) as connection:
        site = Site(connection, project, files)
        shown = site.everywhere
        count = 0
        for page in site.pages():
            path = output / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            root = "../" * page.path.count("/")
            text = templates.get_template(page.template).render(
                {**shown, **page.content, "title": page.title, "path": page.path, "root": root}
            )
            path.write_text(text, encoding="utf-8", newline="\n")
            count += 1
        shutil.copyfile(html.TEMPLATES / STYLE, output / STYLE)
        (output / "data").mkdir()
        for sheet in site.sheets:
            _write_sheet(output / "data" / f"{sheet.name}.csv", sheet)
    return count


def copy_files(release: Path, target: Path) -> None:
    """Copies of a release's files that the page of downloads links to."""
    for pattern in _FILES:
        for path in sorted(release.glob(pattern)):
            copy = target / path.relative_to(release)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _write_sheet(path: Path, sheet: Sheet) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(sheet.columns)
        writer.writerows(sheet.rows)


if __name__ == "__main__":  # python -m pdu_inspections.site.write DATABASE PROJECT OUTPUT: the site of a new release
    write_site(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), IN_RELEASE)
