"""What a person has to do for a new report: every report read as if new, and decided by a scripted reviewer.

    .venv/bin/python -m tests.campaigns.review [REPORTS]

Reads the reports in REPORTS (else $PDU_REPORTS, else ../shared/reports beside the project) and two invented ones,
prints what was measured and writes it to docs/campaigns/review.md.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.campaigns.review.reviewer import Outcome, page_times, review
from tests.support.reader_help import LONG, ROOT, SHORT

RESULT = ROOT / "docs" / "campaigns" / "review.md"
COMMANDS = ("pdu read FILE", "pdu review REPORT", "pdu build")


def main(arguments: Sequence[str]) -> int:
    """Measures and writes the result; 1 where a report came out otherwise than its accepted rows."""
    directory = Path(arguments[0] if arguments else os.environ.get("PDU_REPORTS", ROOT.parent / "shared" / "reports"))
    reports = [*sorted(directory.glob("*.txt")), LONG, SHORT]
    outcomes = {}
    for report in reports:
        with tempfile.TemporaryDirectory() as folder:
            outcomes[report.stem] = review(report, Path(folder) / "project")
    with tempfile.TemporaryDirectory() as folder:
        times = page_times(Path(folder) / "project", 1000)
    text = "\n".join(_lines(outcomes, times))
    RESULT.write_text(text, encoding="utf-8")
    print(text)
    return 0 if all(one.is_same for one in outcomes.values()) else 1


def _lines(outcomes: dict[str, Outcome], times: dict[str, float]) -> Iterable[str]:
    yield "# A new report by review\n"
    yield "Written by `python -m tests.campaigns.review`. Each report is read into a project that holds none of its"
    yield "rows; a script then sends the forms of the review page as the accepted rows of this project say. The running"
    yield "text of the invented reports was never curated: their proposals are accepted, with a description.\n"
    yield f"Commands from the file to the release: {len(COMMANDS)} (`{'`, `'.join(COMMANDS)}`)."
    yield "Rows typed into a CSV: 0.\n"
    yield (
        "| report | figures accepted | decisions | per figure | proposed | accepted as proposed | rejected | added"
        " | same seeds |"
    )
    yield f"|{'---|' * 9}"
    for name, one in outcomes.items():
        counts = (one.figures_n, one.decided_n, f"{one.decided_n / one.figures_n:.2f}", one.proposed_n)
        rest = (one.accepted_n, one.rejected_n, one.added_n, "yes" if one.is_same else "no")
        yield f"| {' | '.join(map(str, (name, *counts, *rest)))} |"
    yield ""
    yield "Decisions are figures, titles of recommendations and one confirmation of the row counts. Added: figures that"
    yield "the reader missed, or printed in a longer span; the list of the report has a form for them. Accepted as"
    yield "proposed: all fields but the description, which a person writes. Same seeds: `reported_figures`,"
    yield "`recommendation_titles` and `progress_titles` hold exactly the rows that this project holds for the report,"
    yield "in the same order.\n"
    yield "## How fast the page answers\n"
    yield "With 1,000 drafts, median of nine requests, on the machine that wrote this page:\n"
    yield "| request | milliseconds |"
    yield "|---|---|"
    for name, milliseconds in times.items():
        yield f"| {name} | {milliseconds:.0f} |"
    yield ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
