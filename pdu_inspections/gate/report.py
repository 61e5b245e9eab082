"""What the gate found, and how it says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pdu_inspections.errors import Problem

SHOWN = 50


@dataclass(frozen=True)
class GateReport:
    """What the gate found. It passed where there are no problems. checks: the rules that were run, by name."""

    problems: list[Problem]
    files_n: int
    rows_n: int
    values_n: int
    checks: list[str]

    @property
    def passed(self) -> bool:
        """Whether the build may go on."""
        return not self.problems

    def __str__(self) -> str:
        if self.passed:
            return (
                f"gate: {self.files_n} files, {self.rows_n:,} rows, {self.values_n:,} values checked by "
                f"{len(self.checks):,} rules, no problems"
            )
        return f"gate: {len(self.problems):,} problems, nothing is built"


def format_problems(problems: Sequence[Problem], limit: int = SHOWN) -> str:
    """Problems as lines for people, the first `limit` of them."""
    lines = [str(problem) for problem in problems[:limit]]
    if len(problems) > limit:
        lines.append(f"… and {len(problems) - limit} more; pdu check --all prints every one")
    return "\n".join(lines)
