"""Errors for the person at the keyboard: what was found where, what was expected, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input. line and column count from 1; column may be a CSV column's name."""

    file: str
    message: str
    line: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str | None = None
    action: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f":{self.line}"
        if self.column is not None:
            where += f" [{self.column}]"
        parts = [f"{where}: {self.message}"]
        if self.found is not None:
            parts.append(f"  found:    {_shown(self.found)}")
        if self.expected is not None:
            parts.append(f"  expected: {self.expected}")
        if self.action is not None:
            parts.append(f"  to do:    {self.action}")
        return "\n".join(parts)


def _shown(text: str, width: int = 120) -> str:
    """Text safe for a terminal: control characters escaped, long text cut."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return repr(safe[:width] + "…") if len(safe) > width else repr(safe)


class InputError(Exception):
    """Input that cannot be used; carries every problem found, not just the first."""

    def __init__(self, problems: list[Problem] | Problem) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else problems
        super().__init__("\n".join(str(problem) for problem in self.problems))
