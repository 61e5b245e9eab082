"""Writes the site of a release's file into a directory."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release.audit import open_for_reading
from pdu_inspections.site import html
from pdu_inspections.site.content import Content, CsvFile, SearchEntry
from pdu_inspections.site.pages import NAVIGATION, TITLE, all_pages
from pdu_inspections.site.passages import Passages

IN_RELEASE = "../"
"""Address of a release's files, seen from the top of a site in its release."""
COPIED = "files/"
"""The same for a site elsewhere, which has copies."""

_FILES = (DATABASE_NAME, "*.xlsx", "*.json", "*.cff", "*.txt", "csv/*", "parquet/*")


def write_site(database: Path, project: Path, output: Path, files: str) -> int:
    """Write every page, CSV and chart into an empty directory; the number of pages.

    project is the directory that holds analyses/; files is the address of the release's own files as seen from a page
    at the top of the site.
    """
    templates = html.environment()
    with open_for_reading(database) as connection:
        content = Content(connection, project, files)
        everywhere = {
            "site_title": TITLE,
            "navigation": NAVIGATION,
            "build": content.build,
            "bands": content.bands,
            "points_of": {band["rating"]: band["points"] for band in content.bands},
            "names": content.inspection_names,
            "unread": content.unread,
            "passage": Passages(project),
        }
        count = 0
        for page in all_pages(content):
            path = output / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            root = "../" * page.path.count("/")
            text = templates.get_template(page.template).render(
                {**everywhere, **page.content, "title": page.title, "path": page.path, "root": root}
            )
            path.write_text(text, encoding="utf-8", newline="\n")
            count += 1
    for static in sorted(html.STATIC.iterdir()):
        shutil.copyfile(static, output / static.name)
    _write_search_index(output / "search-index.js", content.search_entries)
    (output / "data").mkdir()
    for table in content.csv_files:
        _write_csv(output / "data" / f"{table.name}.csv", table)
    (output / "charts").mkdir()
    for figure in content.figures:
        (output / "charts" / f"{figure.name}.svg").write_text(figure.file(), encoding="utf-8", newline="\n")
    return count


def copy_files(release: Path, target: Path) -> None:
    """Copies of a release's files that the page of downloads links to."""
    for pattern in _FILES:
        for path in sorted(release.glob(pattern)):
            copy = target / path.relative_to(release)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _write_csv(path: Path, table: CsvFile) -> None:
    # The mark of UTF-8 at the beginning lets spreadsheet programs show accents.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows)


def _write_search_index(path: Path, entries: list[SearchEntry]) -> None:
    """As a script, because a page opened from a folder may run scripts of its folder but not fetch its files."""
    rows = [[entry.kind, entry.words, entry.address] for entry in entries]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    path.write_text(f"window.searchIndex={text};\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":  # python -m pdu_inspections.site.write DATABASE PROJECT OUTPUT: the site of a new release
    write_site(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), IN_RELEASE)
