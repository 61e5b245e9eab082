"""What was found in one report, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from pdu_inspections.reader.text import normalise
from pdu_inspections.reader.vocabulary import SeedRow


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should look at; line counts from 1, 0 where there is none."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording no vocabulary knows, proposed as a row for a person to accept."""

    vocabulary: str
    proposed_id: str
    wording: str
    line: int
    closest_id: str = ""
    closest_wording: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class UnplacedLine:
    """A line that looks like part of a table, or holds a figure beside one, and went nowhere."""

    line: int
    text: str
    has_figure: bool


@dataclass
class Reading:
    """What was found in one report."""

    document_id: str
    name: str
    layout: str
    rows: dict[str, list[SeedRow]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    unplaced_lines: list[UnplacedLine] = field(default_factory=list)
    candidates: list[SeedRow] = field(default_factory=list)
    """Figures of running text, proposed as rows of reported_figures."""
    evidence: list[dict[str, str]] = field(default_factory=list)
    """What each candidate's values rest on, by column."""
    positions: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    """Positions on the page of the figures of a PDF, or cells of those of a workbook, by line and column number."""
    unplaced_numbers: list[UnplacedLine] = field(default_factory=list)
    """Lines of running text with a number that is neither in a row nor a candidate."""

    def counts(self) -> dict[str, int]:
        """Rows found by table."""
        return {table: len(rows) for table, rows in self.rows.items() if rows}


def printed_value(row: SeedRow) -> str:
    """What a row says, free of where and in which form it is printed."""
    return (
        row.get("value")
        or row.get("rating_id")
        or row.get("organisation_id")
        or normalise(row["as_printed"]).removesuffix("%").strip()
    )
