"""What the reader's tests share: small projects, small reports, and readings of changed texts."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from pdu_inspections.reader.document import Document, Line
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]
REPORTS = Path(__file__).parent / "reader_reports"
LONG = REPORTS / "ashmere_pdu_2023.txt"
SHORT = REPORTS / "saltmarsh_and_fenwick_pdu_2023.txt"
CRC = REPORTS / "eastvale_and_norham_crc_2019.txt"
ESI = REPORTS / "hillshire_area_2006.txt"
ALL = (LONG, SHORT, CRC, ESI)

_ORGANISATIONS = """\
ashmere_pdu,Ashmere PDU,pdu,Northern Lakes,
saltmarsh_and_fenwick_pdu,Saltmarsh and Fenwick PDU,pdu,Eastern Shores,
eastvale_and_norham_crc,Eastvale and Norham Community Rehabilitation Company,crc,,
lakeland_and_moors_crc,Lakeland & Moors CRC,crc,,
hillshire_probation_area,Hillshire Probation Area,probation_area,,
"""

Row = dict[str, str]


def write_project(directory: Path, with_organisations: bool = True) -> Path:
    """A project that has the reference vocabularies and nothing read yet."""
    shutil.copytree(ROOT / "seeds" / "reference", directory / "seeds" / "reference")
    (directory / "dbt_project.yml").touch()
    for file in (ROOT / "seeds").rglob("_*.yml"):
        copied = directory / file.relative_to(ROOT)
        copied.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, copied)
    if with_organisations:
        with (directory / "seeds" / "reference" / "organisations.csv").open("a", encoding="utf-8") as file:
            file.write(_ORGANISATIONS)
    return directory


def read_lines(text: str, vocabulary: Vocabulary, name: str = "report") -> Reading:
    """A reading of a text that is no file."""
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return read_report(Document(f"{name}.txt", name, "0" * 64, "text", lines), vocabulary)


def rows(reading: Reading, table: str) -> list[Row]:
    """Rows of a table of a reading; none where it has no such table."""
    return reading.rows.get(table, [])


def printed(reading: Reading, table: str, *columns: str) -> dict[tuple[str, ...], str]:
    """What a table prints, by the columns that tell its rows apart."""
    return {tuple(row[name] for name in columns): row["as_printed"] for row in rows(reading, table)}


def values(reading: Reading, table: str, *columns: str) -> dict[tuple[str, ...], str]:
    """Values of a table, by the columns that tell its rows apart."""
    return {tuple(row[name] for name in columns): row["value"] for row in rows(reading, table)}


def seed(project: Path, table: str) -> list[Row]:
    """Rows of a CSV of seeds/reports."""
    with (project / "seeds" / "reports" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
