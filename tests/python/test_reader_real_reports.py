"""The real reports, where they are present: the committed CSVs are what a fresh reading gives."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats.text_form import read_text
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.seeds import load_tables, merge
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.contract import BY_NAME, READ_TABLES
from tests.support.reader_help import ROOT, seed


@pytest.fixture(scope="module")
def sources(reports_dir: Path) -> dict[str, Document]:
    """The reports the seeds were read from."""
    wanted = {row["document_id"] for row in seed(ROOT, "documents") if row["source_format"] == "text"}
    return {path.stem: read_text(path) for path in reports_dir.glob("*.txt") if path.stem in wanted}


@pytest.fixture(scope="module")
def readings(sources: dict[str, Document]) -> dict[str, Reading]:
    vocabulary = Vocabulary(ROOT)
    return {name: read_report(source, vocabulary) for name, source in sources.items()}


def test_every_document_in_the_seeds_is_among_the_reports(sources: dict[str, Document]) -> None:
    assert set(sources) == {row["document_id"] for row in seed(ROOT, "documents") if row["source_format"] == "text"}


def test_reading_again_changes_nothing(readings: dict[str, Reading]) -> None:
    tables, _ = load_tables(ROOT, Vocabulary(ROOT).contract)

    for name, reading in readings.items():
        assert merge(BY_NAME, tables, reading).changes == [], name


def test_the_seeds_hold_nothing_that_was_not_read(readings: dict[str, Reading]) -> None:
    for table in READ_TABLES:
        read = [row for reading in readings.values() for row in reading.rows.get(table, [])]
        assert len(seed(ROOT, table)) == len(read), table


def test_nothing_is_doubtful_proposed_or_left_over(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        assert reading.notices == []
        assert reading.proposals == []
        if reading.layout != "crc":
            assert reading.unplaced_lines == []


def test_left_over_in_the_crc_report_are_only_tables_of_words(readings: dict[str, Reading]) -> None:
    left = [x for reading in readings.values() if reading.layout == "crc" for x in reading.unplaced_lines]

    assert left
    assert all(not cell.strip().rstrip("%").replace(",", "").isdigit() for x in left for cell in x.text.split("\t"))


def test_every_figure_in_the_seeds_stands_where_it_says(sources: dict[str, Document]) -> None:
    for table in READ_TABLES:
        for row in seed(ROOT, table):
            line = sources[row["document_id"]].lines[int(row["line_number"]) - 1].text
            assert line[int(row["column_number"]) - 1 :].startswith(row["as_printed"]), (table, row)


def test_every_row_of_the_pdu_tables_with_a_figure_is_in_the_seeds(sources: dict[str, Document]) -> None:
    placed = {(row["document_id"], row["line_number"]) for table in READ_TABLES for row in seed(ROOT, table)}

    for name, number, value in _rows_with_a_figure(sources):
        assert (name, number) in placed, (name, number, value)


def _rows_with_a_figure(sources: dict[str, Document]) -> Iterator[tuple[str, str, str]]:
    for name, source in sources.items():
        start = next(i for i, line in enumerate(source.lines) if line.text.lower().strip("# ") == "contents") + 40
        for line in source.lines[start:]:
            value = line.text.rpartition("\t")[2].strip()
            if "\t" in line.text and value and (value[-1] == "%" or value.replace(".", "").isdigit()):
                yield name, str(line.number), value


def test_row_counts_are_the_expected_ones() -> None:
    counted: dict[tuple[str, str], int] = {}
    for table in READ_TABLES:
        for row in seed(ROOT, table):
            key = (row["document_id"], table)
            counted[key] = counted.get(key, 0) + 1
    with (ROOT / "seeds/reference/expected_row_counts.csv").open(encoding="utf-8") as file:
        lines = [line.split(",", 3) for line in file.read().splitlines()[1:]]
    expected = {(document, table): int(number) for document, table, number, _ in lines if table in READ_TABLES}

    assert counted == expected


def test_reading_all_reports_is_quick(sources: dict[str, Document]) -> None:
    vocabulary = Vocabulary(ROOT)
    start = time.process_time()
    for source in sources.values():
        read_report(source, vocabulary)

    assert time.process_time() - start < 2
