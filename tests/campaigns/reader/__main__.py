"""How the reader fares on reports that it has not seen.

    .venv/bin/python -m tests.campaigns.reader [print_styles|damage] ... [--reports DIRECTORY]

print_styles: reports with other figures and names, printed in other ways. damage: 2,100 damaged copies. Without a part,
both. Reports are those of DIRECTORY (else $PDU_REPORTS, else ../shared/reports beside the project) and the invented
ones of the tests. Each part writes its page to docs/campaigns/.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pdu_inspections.reader.vocabulary import Vocabulary
from tests.campaigns.reader.damage import MOST_SECONDS, Ends, run
from tests.campaigns.reader.score import Score
from tests.campaigns.reader.variations import bases, measure
from tests.support.print_styles import AMBIGUOUS

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests" / "support"
RESULTS = ROOT / "docs" / "campaigns"
_DAMAGED = 2_100
_SHORTEST = 2
_MIXES = 20
PRINT_STYLES_HEAD = f"""# The reader on reports with other figures and print styles

Written by `python -m tests.campaigns.reader print_styles`. In the text form of each real report every figure of its
tables is drawn anew (ratings and words for missing values too), its places get other names, and it is printed in one
style; last, in two to five at once ({_MIXES} times each report). What comes out is compared with what was put in.
Figures and places are new; the styles were known when the reader was made.
"""
DAMAGE_HEAD = f"""# The reader on damaged reports

Written by `python -m tests.campaigns.reader damage`. Copies of reports with 1 to 30 lines lost, doubled, cut, joined,
swapped or sprinkled with signs. A figure is changed in silence where its value differs from the value in the whole
report, its own line was not harmed, and no notice names it or its line. A reading that takes longer than
{MOST_SECONDS} s counts as hung.
"""


def main(arguments: Sequence[str]) -> int:
    """Runs the parts; 2 where there are no reports."""
    parser = argparse.ArgumentParser(description="Measures the reader.")
    parser.add_argument(
        "parts", nargs="*", choices=["print_styles", "damage"], help="what to measure; all where none is named"
    )
    parser.add_argument("--reports", type=Path, default=os.environ.get("PDU_REPORTS", ROOT.parent / "shared/reports"))
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if not list(Path(given.reports).glob("*_20*.txt")):
        print(f"no reports in {given.reports}: name their directory", file=sys.stderr)
        return 2
    for part in given.parts or PARTS:
        text = "\n".join(PARTS[part](Path(given.reports))) + "\n"
        (RESULTS / f"reader_{part}.md").write_text(text, encoding="utf-8")
        print(text)
    return 0


def print_styles(reports: Path) -> Iterator[str]:
    """Other figures, names and print styles."""
    return print_styles_page(measure(bases(reports, ROOT), Vocabulary(ROOT), _MIXES))


def print_styles_page(scores: Iterable[tuple[str, Score]]) -> Iterator[str]:
    """The page of the first part."""
    total, rows = Score(), []
    for name, score in scores:
        total += score if name not in AMBIGUOUS else Score()
        rows.append((name.replace("_", " ") + (" †" if name in AMBIGUOUS else ""), *_cells(score)))
    yield PRINT_STYLES_HEAD
    yield f"Without †: **{_pct(total.right, total.figures)}** of {total.figures:,} figures right,"
    yield f"**{len(total.wrong_in_silence)}** wrong without a warning.\n"
    yield "| print style | figures | right | lost | lost without a notice | wrong | wrong without a warning |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield "\n† It is not clear there which label or column a figure belongs to: such figures are told, not read."


def _cells(score: Score) -> tuple[str, ...]:
    counts = (score.lost, score.lost_in_silence, score.wrong, score.wrong_in_silence)
    return f"{score.figures:,}", _pct(score.right, score.figures), *(f"{len(one):,}" for one in counts)


def damage(reports: Path) -> Iterator[str]:
    """Damaged copies."""
    shortest = sorted(reports.glob("*_20*.txt"), key=lambda path: path.stat().st_size)[:_SHORTEST]
    files = [*sorted((TESTS / "reader_reports").glob("*.txt")), *sorted(shortest)]
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in files]
    return damage_page(run(texts, _DAMAGED, Vocabulary(ROOT)), [name for name, _ in texts])


def damage_page(ends: Ends, names: Sequence[str]) -> Iterator[str]:
    """The page of the second part."""
    yield DAMAGE_HEAD
    yield f"Reports: {', '.join(names)}.\n"
    yield "| | count |"
    yield "|---|--:|"
    for name in ("reports", "read", "refused with a message", "crashed", "hung", "figures read"):
        yield f"| {name} | {ends.counts[name]:,} |"
    for name in ("figures whose own line was harmed", "figures changed with a notice"):
        yield f"| {name} | {ends.counts[name]:,} |"
    yield f"| **reports with a figure changed in silence** | {ends.counts['with a figure changed in silence']:,} |"
    if ends.changed or ends.crashes:
        yield ""
        yield from (f"- {one}" for one in [*ends.crashes, *ends.changed][:20])


def _pct(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.2f}%"


PARTS = {"print_styles": print_styles, "damage": damage}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
