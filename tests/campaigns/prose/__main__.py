"""Recall and precision of figures proposed from running text, against the curated figures.

    .venv/bin/python -m tests.campaigns.prose [REPORTS]

Reads every report in REPORTS (else $PDU_REPORTS, else ../shared/reports beside the project) that has curated figures,
prints what was measured and writes it to docs/campaigns/prose.md.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.campaigns.prose.measure import ASSIGNED, KINDS, Measured, Score, curated_figures, measure

ROOT = Path(__file__).parents[3]
RESULT = ROOT / "docs" / "campaigns" / "prose.md"
HELD_OUT = Path(__file__).with_name("held_out.csv")
_MOST_SHOWN = 12


def main(arguments: Sequence[str]) -> int:
    """Measures and writes the result; 2 where there are no reports to measure."""
    directory = Path(arguments[0] if arguments else os.environ.get("PDU_REPORTS", ROOT.parent / "shared" / "reports"))
    curated = curated_figures(ROOT)
    files = [file for file in sorted(directory.glob("*.txt")) if file.stem in curated]
    if not files:
        print(f"no report with curated figures in {directory}: name the directory of the reports", file=sys.stderr)
        return 2
    measured = [measure(file, curated[file.stem], ROOT) for file in files]
    text = "\n".join(_lines(measured))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _lines(measured: Sequence[Measured]) -> Iterable[str]:
    total = _sum(one.score for one in measured)
    yield "# Figures in running text\n"
    yield "Written by `python -m tests.campaigns.prose`. A candidate counts as found where a curated row of"
    yield "`seeds/reports/reported_figures.csv` stands on the same line, overlaps its span, and has the same value,"
    yield "numerator, denominator and percentage. Seen: the same leading number, whatever the base.\n"
    yield f"All reports: recall **{_pct(total.recall)}** ({total.found} of {total.curated}), precision"
    yield f"**{_pct(total.precision)}** ({total.found} of {total.candidates} candidates).\n"
    yield "## By report\n"
    yield from _table(
        ("report", "curated", "candidates", "found", "seen", "recall", "precision", "numbers not placed"),
        (
            (
                one.document_id,
                *map(str, (one.score.curated, one.score.candidates, one.score.found, one.score.seen)),
                _pct(one.score.recall),
                _pct(one.score.precision),
                str(one.unplaced),
            )
            for one in measured
        ),
    )
    yield "These figures flatter: by now the rules have been tuned on every one of these reports. This is what they"
    yield "did on reports that had not been looked at while they were written, each time before those were opened:\n"
    yield from _table(
        ("round", "what had changed", "held out", "figures", "recall", "precision", "same hedge", "same population"),
        _held_out_rows(),
    )
    yield "Between the rounds only totals and counts by kind of the held-out reports were known. Four rows of one of"
    yield "them had been seen before the reports were divided. Expect of a new report what these rounds show.\n"
    yield "## By kind of figure\n"
    kinds = {kind: _sum(one.kinds[kind] for one in measured) for kind in KINDS}
    yield from _table(
        ("kind", "curated", "candidates", "found", "recall"),
        (
            (kind, str(score.curated), str(score.candidates), str(score.found), _pct(score.recall))
            for kind, score in kinds.items()
        ),
    )
    yield "## What it is about\n"
    yield "Share of the found figures to which the candidate gives the same id as the curated row.\n"
    yield from _table(
        ("", *(one.document_id for one in measured), "all"),
        (
            (
                name,
                *(_pct(one.score.assigned[name] / max(1, one.score.found)) for one in measured),
                _pct(total.assigned[name] / max(1, total.found)),
            )
            for name in ASSIGNED
        ),
    )
    yield "## Missed and surplus\n"
    for one in measured:
        yield from _listed(f"{one.document_id}, missed", one.missed)
        yield from _listed(f"{one.document_id}, surplus", one.surplus)


def _held_out_rows() -> Iterable[tuple[str, ...]]:
    with HELD_OUT.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = int(row["found"])
            yield (
                row["round"],
                row["what_changed"],
                row["held_out"].replace(" ", ", "),
                row["figures"],
                _pct(found / int(row["figures"])),
                _pct(found / int(row["candidates"])),
                _pct(int(row["same_hedge"]) / found),
                _pct(int(row["same_population"]) / found),
            )


def _listed(title: str, rows: Sequence[dict[str, str]]) -> Iterable[str]:
    if not rows:
        return
    places = [f"L{row['line_number']} `{row['as_printed']}`" for row in rows[:_MOST_SHOWN]]
    more = f" and {len(rows) - _MOST_SHOWN} more" if len(rows) > _MOST_SHOWN else ""
    yield f"- {title}: {', '.join(places)}{more}"


def _sum(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        total += score
    return total


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _pct(share: float) -> str:
    return f"{100 * share:.1f}%"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
