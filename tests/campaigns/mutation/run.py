"""Runs every mutant against the unit tests of its model."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import yaml

from tests.campaigns.mutation import thresholds
from tests.campaigns.mutation.operators import Mutant, mutants, unchanged
from tests.campaigns.mutation.sandbox import Sandbox, UnitTest

TARGET = 0.95
EQUIVALENTS = "tests/campaigns/mutation/equivalents.yml"


@dataclass
class Result:
    """What became of the mutants of one model or macro."""

    model: str
    tests: int
    caught: int = 0
    invalid: int = 0
    survivors: list[Mutant] = field(default_factory=list)
    argued: list[tuple[Mutant, str]] = field(default_factory=list)

    @property
    def equivalent(self) -> int:
        return len(self.argued)

    @property
    def mutants(self) -> int:
        """Mutants that run."""
        return self.caught + len(self.survivors) + self.equivalent


class BaselineError(Exception):
    """A unit test fails on the model as it is."""


def run(project: Path, only: str | None = None) -> list[Result]:
    """Results of every model that has unit tests, of the macros they share and of the thresholds they read."""
    sandbox = Sandbox(project)
    reasons = _reasons(project)
    models = sorted({test.model for test in sandbox.tests})
    results = [_run_model(sandbox, model, reasons) for model in models if only in (None, model)]
    results += [_run_macro(sandbox, name, reasons) for name in sandbox.macros if only in (None, name)]
    results += [result for result in _run_thresholds(project, reasons) if only in (None, result.model)]
    unused = reasons.keys() - {mutant.key for result in results for mutant, _ in result.argued}
    if unused and only is None:
        raise LookupError(f"{EQUIVALENTS} argues about mutants that are caught or gone: {sorted(unused)}")
    return results


def _reasons(project: Path) -> dict[str, str]:
    path = project / EQUIVALENTS
    entries = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
    return {mutant: entry["reason"] for entry in entries or [] for mutant in entry["mutants"]}


def _run_model(sandbox: Sandbox, model: str, reasons: dict[str, str]) -> Result:
    tests = sandbox.tests_of(model)
    sql = sandbox.sql(model)
    for test in tests:
        for query in (sql, unchanged(sql)):
            if not sandbox.passes(test, query):
                raise BaselineError(f"unit test {test.name} fails on {model} as it is")
    result = Result(model, len(tests))
    for mutant in mutants(model, sql):
        _count(result, mutant, _fate(sandbox, tests, mutant.sql), reasons)
    return result


def _run_macro(sandbox: Sandbox, name: str, reasons: dict[str, str]) -> Result:
    """A macro's mutants run in every model that calls it."""
    queries = {model: sandbox.sql(model) for model in {test.model for test in sandbox.tests}}
    tests = [test for test in sandbox.tests if f"{name}(" in queries[test.model]]
    body = sandbox.macros[name]
    result = Result(name, len(tests))
    for mutant in mutants(name, f"select {body}"):
        sandbox.define(name, mutant.sql.removeprefix("SELECT "))
        fates = (_fate(sandbox, [test], queries[test.model]) for test in tests)
        _count(result, mutant, next((fate for fate in fates if fate != "survived"), "survived"), reasons)
    sandbox.define(name, body)
    return result


def _run_thresholds(project: Path, reasons: dict[str, str]) -> list[Result]:
    """The mutants of thresholds, against what the domain says of them."""
    seeds = thresholds.read(project)
    if problems := thresholds.contradictions(seeds):
        raise BaselineError("; ".join(problems))
    results = {f"{name}.csv": Result(f"{name}.csv", 1) for name in thresholds.THRESHOLDS}
    for mutant, changed in thresholds.mutants(seeds):
        fate = "caught" if thresholds.contradictions(changed) else "survived"
        _count(results[mutant.model], mutant, fate, reasons)
    return list(results.values())


def _fate(sandbox: Sandbox, tests: list[UnitTest], sql: str) -> str:
    try:
        return "survived" if all(sandbox.passes(test, sql) for test in tests) else "caught"
    except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
        return "invalid"
    except duckdb.Error:
        return "caught"


def _count(result: Result, mutant: Mutant, fate: str, reasons: dict[str, str]) -> None:
    if fate == "caught":
        result.caught += 1
    elif fate == "invalid":
        result.invalid += 1
    elif mutant.key in reasons:
        result.argued.append((mutant, reasons[mutant.key]))
    else:
        result.survivors.append(mutant)
