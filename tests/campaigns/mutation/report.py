"""The mutation score as a page."""

from __future__ import annotations

from pathlib import Path

from tests.campaigns.mutation.operators import Mutant
from tests.campaigns.mutation.run import TARGET, Result

HEAD = """\
# Mutation of the rules' SQL

Each mutant changes one operator, number, condition, text of a condition, join, case or order of a rule, of a model
beneath the rules, or of a macro they share; or moves one threshold of a reference CSV by one. A mutant is caught where
a dbt unit test of the model fails on it, a threshold where it contradicts what the domain says. Mutants that DuckDB
cannot bind are not counted, and inner joins are not loosened where a condition of the query needs their match anyway.
Run `python -m tests.campaigns.mutation` to make this page again.
"""


def write(path: Path, results: list[Result]) -> None:
    """Write the page; the same results give the same page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(results), encoding="utf-8")


def page(results: list[Result]) -> str:
    """Score, score per model, survivors, and the mutants argued to change nothing."""
    caught = sum(result.caught for result in results)
    total = sum(result.mutants for result in results)
    equivalent = sum(result.equivalent for result in results)
    summary = (
        f"**{caught} of {total} mutants caught: {caught / total:.1%}** "
        f"({caught / (total - equivalent):.1%} of the {total - equivalent} that change what a rule finds; "
        f"{equivalent} change nothing, argued below). Target: {TARGET:.0%}.\n"
    )
    rows = "".join(
        f"| {result.model} | {result.tests} | {result.mutants} | {result.caught} | {result.equivalent} "
        f"| {len(result.survivors)} | {_share(result)} |\n"
        for result in results
    )
    table = (
        "## Score by rule\n\n"
        "| model, macro or CSV | unit tests | mutants | caught | change nothing | survive | score |\n"
        "|---|---|---|---|---|---|---|\n" + rows
    )
    survivors = "".join(_line(mutant) for result in results for mutant in result.survivors) or "None.\n"
    argued = "".join(f"{_line(mutant).rstrip()}: {reason}\n" for result in results for mutant, reason in result.argued)
    return "\n".join([HEAD, summary, table, "## Survivors\n", survivors, "## Mutants that change nothing\n", argued])


def _share(result: Result) -> str:
    counted = result.mutants - result.equivalent
    return f"{result.caught / counted:.0%}" if counted else "none"


def _line(mutant: Mutant) -> str:
    place = f" (occurrence {mutant.occurrence})" if mutant.occurrence > 1 else ""
    return f"- {mutant.model}, {mutant.operator}: `{mutant.original}` becomes `{mutant.changed}`{place}\n"
