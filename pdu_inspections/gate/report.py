"""What the gate says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pdu_inspections.errors import Problem

SHOWN = 50


@dataclass(frozen=True)
class GateReport:
    """What the gate saw. It passed where there are no problems. checks: the rules that were run, by name.

    untold_n: problems beyond those listed, where a large table has too many of one kind to list.
    """

    problems: list[Problem]
    files_n: int
    rows_n: int
    values_n: int
    checks: list[str]
    untold_n: int = 0

    @property
    def passed(self) -> bool:
        """Whether the build may go on."""
        return not self.problems

    def __str__(self) -> str:
        if self.passed:
            return (
                f"gate: {self.files_n} files, {self.rows_n:,} rows, {self.values_n:,} values as agreed "
                f"({len(self.checks)} rules)"
            )
        return f"gate: shut, {len(self.problems) + self.untold_n} problems"


def told(problems: Sequence[Problem], limit: int = SHOWN) -> str:
    """Problems as lines for people, the first `limit` of them."""
    lines = [str(problem) for problem in problems[:limit]]
    if len(problems) > limit:
        lines.append(f"… and {len(problems) - limit} more; pdu check --all prints every one")
    return "\n".join(lines)
