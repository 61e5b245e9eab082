"""What the gate found, and how it says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pdu_inspections.errors import Problem

SHOWN = 50
DRAFTS_FILE = "seeds/review/drafts.csv"


@dataclass(frozen=True)
class GateReport:
    """What the gate found. It passed where there are no problems.

    checks: the rules that were run, by name. waiting: drafts that nobody has decided, by report: they are no problem,
    but what they propose is in no mart.
    """

    problems: list[Problem]
    files_n: int
    rows_n: int
    values_n: int
    checks: list[str]
    waiting: Mapping[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether the build may go on."""
        return not self.problems

    def __str__(self) -> str:
        if self.passed:
            return (
                f"gate: {self.files_n} files, {self.rows_n:,} rows, {self.values_n:,} values checked by "
                f"{len(self.checks):,} rules, no problems{self._waiting()}"
            )
        return f"gate: {len(self.problems):,} problems, nothing is built{self._waiting()}"

    def _waiting(self) -> str:
        clauses = (
            f"{drafts_n} drafts wait for a decision: pdu review {report}" for report, drafts_n in self.waiting.items()
        )
        return "".join(f"; {text}" for text in clauses)

    def drafts_problem(self) -> Problem | None:
        """The problem of a release that must be complete while drafts wait."""
        if not self.waiting:
            return None
        return Problem(
            DRAFTS_FILE,
            "drafts wait for a decision",
            found=", ".join(f"{drafts_n} of {report}" for report, drafts_n in self.waiting.items()),
            expected="every draft accepted, corrected or rejected",
            action=f"pdu review {next(iter(self.waiting))}",
        )


def format_problems(problems: Sequence[Problem], limit: int = SHOWN) -> str:
    """Problems as lines for people, the first `limit` of them."""
    lines = [str(problem) for problem in problems[:limit]]
    if len(problems) > limit:
        lines.append(f"… and {len(problems) - limit} more; pdu check --all prints every one")
    return "\n".join(lines)
