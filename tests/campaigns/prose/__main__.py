"""How good the figures are that the reader proposes from running text, against the curated figures.

    .venv/bin/python -m tests.campaigns.prose [--fit] [REPORTS]

Reads every report in REPORTS (else $PDU_REPORTS, else ../shared/reports beside the project) that has curated figures,
prints what was measured and writes it to docs/campaigns/prose.md. --fit counts first, on the reports that are not held
out, how often each evidence is right: what the reader's confidence comes from.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from pdu_inspections.reader.prose.confidence import EVIDENCE, SURE, Counts, confidence, known_counts
from tests.campaigns.prose.measure import (
    FIELDS,
    KINDS,
    OF_THE_FIGURE,
    Judged,
    Measured,
    count_evidence,
    curated_figures,
    kind_of,
    measure,
)

ROOT = Path(__file__).parents[3]
RESULT = ROOT / "docs" / "campaigns" / "prose.md"
HELD_OUT = Path(__file__).with_name("held_out.csv")
LAST_HELD_OUT = frozenset({"leicester_leicestershire_and_rutland_pdu_2022"})
"""Reports of which nobody who writes the rules looks at more than totals."""
_BINS = ((0.0, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))
_MOST_SHOWN = 12


def main(arguments: Sequence[str]) -> int:
    """Measures and writes the result; 2 where there are no reports to measure."""
    is_fitting = "--fit" in arguments
    named = [argument for argument in arguments if argument != "--fit"]
    directory = Path(named[0] if named else os.environ.get("PDU_REPORTS", ROOT.parent / "shared" / "reports"))
    curated = curated_figures(ROOT)
    files = [file for file in sorted(directory.glob("*.txt")) if file.stem in curated]
    if not files:
        print(f"no report with curated figures in {directory}: name the directory of the reports", file=sys.stderr)
        return 2
    measured = [measure(file, curated[file.stem], ROOT) for file in files]
    if is_fitting:
        _write_evidence(count_evidence(one for one in measured if one.document_id not in LAST_HELD_OUT))
        known_counts.cache_clear()
    text = "\n".join(_lines(measured))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _write_evidence(counts: Counts) -> None:
    with EVIDENCE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("column", "evidence", "seen_n", "right_n"))
        writer.writerows((*key, seen, right) for key, (right, seen) in counts.items())


def _lines(measured: Sequence[Measured]) -> Iterable[str]:
    held_out = [one for one in measured if one.document_id in LAST_HELD_OUT]
    proposals = [one for report in held_out for one in report.proposals]
    yield "# Figures in running text\n"
    yield "Written by `python -m tests.campaigns.prose`. A proposal counts as found where a curated row of"
    yield "`seeds/reports/reported_figures.csv` stands on the same line, overlaps its span, and has the same value,"
    yield "numerator, denominator and percentage.\n"
    yield "## Finding them\n"
    yield from _table(
        ("report", "curated", "proposals", "found", "recall", "precision", "numbers not placed"),
        (
            (
                one.document_id,
                *map(str, (len(one.curated), len(one.proposals), len(one.found))),
                _pct(len(one.found), len(one.curated)),
                _pct(len(one.found), len(one.proposals)),
                str(one.unplaced),
            )
            for one in measured
        ),
    )
    kinds = {kind: [row for one in measured for row in one.curated if kind_of(row) == kind] for kind in KINDS}
    missed = [id(row) for one in measured for row in one.missed]
    yield from _table(
        ("kind", "curated", "found", "recall"),
        (
            (kind, str(len(rows)), str(len(rows) - lost), _pct(len(rows) - lost, len(rows)))
            for kind, rows in kinds.items()
            for lost in [sum(id(row) in missed for row in rows)]
        ),
    )
    yield "## Right in every field\n"
    yield "A proposal is right where all of its fields are: number, unit, base, hedge, polarity, population, case"
    yield "group, question, measure, grade and comparison. What people write (descriptions, keys of facts) and the"
    yield "standard, which is of the heading above, are not measured. A proposal that is no figure has no field right."
    yield "Of the held-out report 41.7% were right before alike passages were filed alike (docs/decisions.md), 54.8%"
    yield "by that alone; what came since is better rules. The rules were written on"
    yield f"the other reports: of **{', '.join(sorted(LAST_HELD_OUT))}** only totals and counts by kind were looked at."
    yield "The older rules, of population, case group, hedge and number, were tuned on all reports in earlier rounds.\n"
    yield from _table(
        ("report", "proposals", "every field right", "without case group, measure, grade, comparison", "marked sure",
         "of these right"),
        (_report_row(one, measured) for one in measured),
    )  # fmt: skip
    yield "Sure means that every field has a confidence of at least"
    yield f"{SURE:g}. The confidence of a report here comes from the other reports alone.\n"
    yield "## Field by field\n"
    yield from _table(
        ("field", *(one.document_id for one in measured)),
        (
            (name, *(_pct(sum(j.right[name] for j in one.proposals), len(one.proposals)) for one in measured))
            for name in FIELDS
        ),
    )
    yield "## Whether the confidence can be believed\n"
    yield "Fields of the proposals of the held-out report by their confidence, and the share of them that was right.\n"
    yield from _table(("confidence", "fields", "mean confidence", "right"), _calibration(proposals))
    yield "## Earlier rounds\n"
    yield "What the rules did on reports that had not been looked at while they were written:\n"
    yield from _table(
        ("round", "what had changed", "held out", "figures", "recall", "precision", "same hedge", "same population"),
        _held_out_rows(),
    )
    yield "## Missed and surplus\n"
    for report in measured:
        yield from _listed(f"{report.document_id}, missed", report.missed)
        yield from _listed(f"{report.document_id}, surplus", [j.proposed for j in report.proposals if j.figure is None])


def _report_row(report: Measured, measured: Sequence[Measured]) -> tuple[str, ...]:
    """How many proposals of a report are right and sure, the confidence counted on the others."""
    counts = count_evidence(
        one for one in measured if one is not report and one.document_id not in LAST_HELD_OUT - {report.document_id}
    )
    sure = [one for one in report.proposals if one.is_sure(counts)]
    proposals_n = len(report.proposals)
    mark = " (held out)" if report.document_id in LAST_HELD_OUT else ""
    return (
        report.document_id + mark,
        str(proposals_n),
        _pct(sum(one.is_right() for one in report.proposals), proposals_n),
        _pct(sum(one.is_right(OF_THE_FIGURE) for one in report.proposals), proposals_n),
        str(len(sure)),
        str(sum(one.is_right() for one in sure)),
    )


def _calibration(proposals: Sequence[Judged]) -> Iterable[tuple[str, ...]]:
    fields = [(share, one.right[column]) for one in proposals for column, share in confidence(one.evidence).items()]
    for low, high in _BINS:
        within = [(share, right) for share, right in fields if low <= share < high]
        if within:
            mean = sum(share for share, _ in within) / len(within)
            right_n = sum(right for _, right in within)
            yield f"{low:g} to {min(high, 1):g}", str(len(within)), f"{mean:.2f}", _pct(right_n, len(within))


def _held_out_rows() -> Iterable[tuple[str, ...]]:
    with HELD_OUT.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = int(row["found"])
            yield (
                row["round"],
                row["what_changed"],
                row["held_out"].replace(" ", ", "),
                row["figures"],
                _pct(found, int(row["figures"])),
                _pct(found, int(row["candidates"])),
                _pct(int(row["same_hedge"]), found),
                _pct(int(row["same_population"]), found),
            )


def _listed(title: str, rows: Sequence[dict[str, str]]) -> Iterable[str]:
    if not rows:
        return
    places = [f"L{row['line_number']} `{row['as_printed']}`" for row in rows[:_MOST_SHOWN]]
    more = f" and {len(rows) - _MOST_SHOWN} more" if len(rows) > _MOST_SHOWN else ""
    yield f"- {title}: {', '.join(places)}{more}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _pct(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
