"""How the reader fares on reports that it has not seen.

    .venv/bin/python -m tests.campaigns.reader [accuracy|damage] ... [--reports DIRECTORY]

accuracy: invented reports of every framework in every form, then known reports with other figures and names, printed
in other ways. damage: 2,100 damaged copies. Without a part, both. Reports are those of DIRECTORY (else $PDU_REPORTS,
else ../shared/reports beside the project) and the invented ones of the tests. Each part writes its page to
docs/campaigns/.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pdu_inspections.reader.vocabulary import Vocabulary
from tests.campaigns.reader.accuracy import PROGRAMS, read_forms
from tests.campaigns.reader.damage import MOST_SECONDS, Ends, run
from tests.campaigns.reader.score import Score
from tests.campaigns.reader.variations import MIXES, bases, measure
from tests.support.print_styles import AMBIGUOUS

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests" / "support"
RESULTS = ROOT / "docs" / "campaigns"
_DAMAGED = 2_100
_SHORTEST = 2
_MIXES = 20
_ROUNDS = 2
ACCURACY_HEAD = """# The reader on reports it has not seen

Written by `python -m tests.campaigns.reader accuracy`. Invented reports of every framework, {rounds} of each, with
heads, comparators, codes, footnotes and spellings of figures drawn by chance, written in every form by tools that the
reader does not use. A figure is a cell of a table: a rating, a percentage, a number, a comparator, a word of status.
Wrong counts figures in a wrong place and figures that nobody printed; silent are those of which no message, proposal or
unplaced line tells. {missing}
"""
STYLES_HEAD = f"""
## Known reports with other figures and print styles

In the text form of each report of the tests, and of each real one, every figure of its tables is drawn anew, its places
get other names, and it is printed in one style, then in two to five at once ({_MIXES} times each report). These styles
were known when the reader was made. † It is not clear there which label or column a figure belongs to: such figures are
told, not read.
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
        "parts", nargs="*", choices=["accuracy", "damage"], help="what to measure; all where none is named"
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


def accuracy(reports: Path) -> Iterator[str]:
    """Invented reports in every form, then known ones in other print styles."""
    vocabulary = Vocabulary(ROOT)
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    yield from accuracy_page(read_forms(vocabulary, _ROUNDS), absent)
    yield STYLES_HEAD
    scores = {"other figures and names only": Score(), "one style": Score(), "one style †": Score()}
    for name, score in measure(bases(reports, ROOT), vocabulary, _MIXES):
        known = name if name in scores or name == MIXES else "one style †" if name in AMBIGUOUS else "one style"
        scores.setdefault(known, Score())
        scores[known] += score
    yield from _table("printed in", scores)


def accuracy_page(read: Iterable[tuple[str, str, Score]], absent: Sequence[str]) -> Iterator[str]:
    """The first half of the page of accuracy."""
    by_form: dict[str, Score] = {}
    by_framework: dict[str, Score] = {}
    for form, framework_id, score in read:
        for scores, name in ((by_form, form), (by_framework, framework_id)):
            scores[name] = scores.get(name, Score())
            scores[name] += score
    missing = f"Left out for want of {', '.join(absent)}: the forms made with them." if absent else ""
    yield ACCURACY_HEAD.format(rounds=_ROUNDS, missing=missing)
    yield from _table("form", by_form)
    yield ""
    yield from _table("framework", by_framework)


def _table(first: str, scores: Mapping[str, Score]) -> Iterator[str]:
    heads = (first, "figures", "right", "lost", "lost silently", "wrong", "wrong silently", "refused", "misfiled")
    yield f"| {' | '.join(heads)} |"
    yield f"|---|{'--:|' * (len(heads) - 1)}"
    for name, score in scores.items():
        yield f"| {name} | {' | '.join((*_cells(score), str(score.refused), str(score.misfiled)))} |"


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


PARTS = {"accuracy": accuracy, "damage": damage}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
