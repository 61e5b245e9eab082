"""Errors for the person at the keyboard: what was found where, what was expected, what to do."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST_TEXT = 2_000
_LONGEST_VALUE = 120


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
        where = escape_unprintable(self.file)
        if self.line is not None:
            where += f":{self.line}"
        if self.column is not None:
            where += f" [{escape_unprintable(self.column)}]"
        parts = [f"{where}: {escape_unprintable(self.message)}"]
        if self.found is not None:
            parts.append(f"  found:    {quote_value(self.found)}")
        if self.expected is not None:
            parts.append(f"  expected: {escape_unprintable(self.expected)}")
        if self.action is not None:
            parts.append(f"  to do:    {escape_unprintable(self.action)}")
        return "\n".join(parts)


class InputError(Exception):
    """Input that cannot be used; carries every problem found, not just the first."""

    def __init__(self, problems: list[Problem] | Problem) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else problems
        super().__init__("\n".join(str(problem) for problem in self.problems))


def escape_unprintable(text: str) -> str:
    """Text that is safe for a terminal: control and other unprintable characters escaped, very long text cut."""
    shown = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in shown)


def quote_value(text: str) -> str:
    """A value in quotation marks, safe for a terminal and cut to 120 characters."""
    shown = text[:_LONGEST_VALUE] + "…" if len(text) > _LONGEST_VALUE else text
    return repr(escape_unprintable(shown))
