"""The project's own seed contract, for tests and campaigns that work on its tables."""

from __future__ import annotations

from pathlib import Path

from pdu_inspections.gate.contract import LANDSCAPE, REPORTS, SeedColumn, SeedTable, read_contract
from pdu_inspections.reader.seeds import is_read

__all__ = ["BY_NAME", "CITATION_COLUMNS", "LANDSCAPE", "READ_TABLES", "REPORTS", "TABLES", "SeedColumn", "SeedTable"]

BY_NAME = read_contract(Path(__file__).parents[2] / "seeds")
TABLES = tuple(BY_NAME.values())
READ_TABLES = tuple(table.name for table in TABLES if is_read(table))
CITATION_COLUMNS = (
    "inspection_id",
    "document_id",
    "section",
    "page_from",
    "page_to",
    "table_name",
    "row_number",
    "line_number",
    "column_number",
    "as_printed",
)
"""The columns of every report table that say where a figure is printed."""
