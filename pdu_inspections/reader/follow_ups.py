"""What a person still has to write by hand before a report that was read can be built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pdu_inspections.gate.contract import read_contract
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import read_csv

_COUNTS = "expected_row_counts"
_TITLES = (
    ("recommendations", "recommendation_titles", "recommendation_number"),
    ("recommendation_progress", "progress_titles", "progress_number"),
)


def find_follow_ups(project: Path, reading: Reading) -> Iterator[str]:
    """Rows of seeds/reference that the build will ask for: titles in own words, and numbers of rows with a reason."""
    contract = read_contract(project / "seeds")
    for table, titles, number in _TITLES:
        titled = {(row["inspection_id"], row[number]) for row in read_csv(project, titles)}
        missing = [r[number] for r in reading.rows.get(table, []) if (r["inspection_id"], r[number]) not in titled]
        if missing:
            yield f"{contract[titles].path}: titles in your own words for {', '.join(missing)}"
    expected = {(row["document_id"], row["table_name"]): row["rows_n"] for row in read_csv(project, _COUNTS)}
    for table, count in reading.counts().items():
        if expected.get((reading.document_id, table)) != str(count):
            yield f"{contract[_COUNTS].path}: {reading.document_id},{table},{count}, and the reason for the number"
