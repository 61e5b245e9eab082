"""Suites run by Great Expectations on pandas frames, and its Data Docs for people: one page per seed table."""

from __future__ import annotations

import gc
import html
import logging
import os
import shutil
import sysconfig
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig

from pdu_inspections.errors import Problem
from pdu_inspections.gate.frames import TableFrame
from pdu_inspections.gate.suites import ROWS_FOUND, Rule
from pdu_inspections.output import warn

# The engine's modules stay for good: going through their objects at exit would take most of a second.
gc.freeze()

_SITE = "gate"
_RESULT_FORMAT = {"result_format": "COMPLETE"}


class GateFaultError(Exception):
    """The engine did not do what was asked: a fault of the gate, not of the input."""


@dataclass(frozen=True)
class Suite:
    """The rules of a table and the rows they look at."""

    rows: TableFrame
    rules: Sequence[Rule]

    def problem(self, rule: Rule, index: int) -> Problem:
        """The message about a row that does not meet a rule."""
        file, line = self.rows.place(index)
        found = self._found(rule, index)
        if rule.expectation.expectation_type.endswith("unique"):
            return Problem(file, rule.message, line, rule.column, found, self._other_rows(index, rule), rule.action)
        return Problem(
            file, rule.message, line, rule.column, found, rule.expectation_for(found), rule.action_for(found)
        )

    def _found(self, rule: Rule, index: int) -> str:
        row = self.rows.frame.loc[index]
        if rule.column in row:
            if rule.computed is not None and rule.computed.name == ROWS_FOUND:
                found = f"{row['rows_n']} expected, {rule.computed.loc[index]} rows of {row['document_id']} "
                return found + f"in {row['table_name']}"
            if rule.remedy is not None:
                return str(rule.computed.loc[index])
            return str(row[rule.column] or "")
        return str(self.rows.keys.loc[index])

    def _other_rows(self, index: int, rule: Rule) -> str:
        keys = self.rows.keys
        places = [self.rows.place(other) for other in keys.index[keys == keys.loc[index]] if other != index]
        here = self.rows.place(index)[0]
        lines = ", ".join(str(line) if file == here else f"{file}:{line}" for file, line in places)
        return f"{rule.expected}; also in line {lines}"


def run_suites(suites: Sequence[Suite], docs: Path | None) -> list[Problem]:
    """Run every suite and report every row that does not meet a rule.

    Data Docs go to the directory docs, replaced whole, if there is one. Raises GateFaultError where the engine failed
    or passed over a row.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    source = context.data_sources.add_pandas("seeds")
    problems: list[Problem] = []
    for suite in suites:
        name = suite.rows.table.name
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(
                name=name,
                data=source.add_dataframe_asset(name).add_batch_definition_whole_dataframe(name),
                suite=context.suites.add(_expectation_suite(suite)),
            )
        )
        results = definition.run(batch_parameters={"dataframe": _frame(suite)}, result_format=_RESULT_FORMAT)
        problems += _find_problems(suite, results)
    if docs is not None:
        _write_docs(context, docs, suites)
    return problems


def _expectation_suite(suite: Suite) -> gx.ExpectationSuite:
    for number, rule in enumerate(suite.rules):
        rule.expectation.meta = {"rule": number}
    return gx.ExpectationSuite(name=suite.rows.table.name, expectations=[rule.expectation for rule in suite.rules])


def _frame(suite: Suite) -> Any:
    computed = {rule.computed.name: rule.computed for rule in suite.rules if rule.computed is not None}
    return suite.rows.frame.assign(**computed) if computed else suite.rows.frame


def _find_problems(suite: Suite, results: Any) -> Iterator[Problem]:
    seen = set()
    for result in results.results:
        number = result.expectation_config.meta["rule"]
        seen.add(number)
        named = set()
        for index in _unexpected_rows(suite, result):
            problem = suite.problem(suite.rules[number], index)
            # The rows of a sample are not all there are of a wrong value: the first is named.
            if not suite.rows.is_sample or problem.found not in named:
                yield problem
            named.add(problem.found)
    if len(seen) != len(suite.rules):
        raise GateFaultError(f"{suite.rows.table.name}: {len(suite.rules) - len(seen)} rules without a result")


def _unexpected_rows(suite: Suite, result: Any) -> list[int]:
    """Index of every row that does not meet the expectation; raises where the result does not cover every row."""
    figures = result.result
    looked_at = figures.get("element_count", 0)
    if looked_at != len(suite.rows.frame):
        name = f"{suite.rows.table.name}, {result.expectation_config.type}"
        raise GateFaultError(f"{name}: {looked_at} of {len(suite.rows.frame)} rows checked; {result.exception_info}")
    rows = [int(index) for index in figures.get("unexpected_index_list") or []]
    if result.success != (not rows):
        raise GateFaultError(f"{suite.rows.table.name}: result without its rows; {result.exception_info}")
    return rows


def _write_docs(context: Any, docs: Path, suites: Sequence[Suite]) -> None:
    """Data Docs with every unexpected value escaped (the engine's templates print them raw) and its place beside it."""
    _annotate(context.validation_results_store, {suite.rows.table.name: suite for suite in suites})
    fresh = docs.with_name(f"{docs.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    context.add_data_docs_site(
        _SITE,
        {
            "class_name": "SiteBuilder",
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(fresh)},
        },
    )
    failures = _Failures(logging.ERROR)
    with _known_time_zone(), failures:
        context.build_data_docs(site_names=[_SITE])
    if failures.number:
        warn("Data Docs are incomplete: not every page of them could be written")
    shutil.rmtree(docs, ignore_errors=True)
    fresh.rename(docs)


class _Failures(logging.Handler):
    """Counts what the engine could not render, in place of the tracebacks that it would print."""

    number = 0

    def __enter__(self) -> None:
        self._engine = logging.getLogger("great_expectations.render")
        self._engine.addHandler(self)
        self._engine.propagate = False

    def __exit__(self, *_: object) -> None:
        self._engine.propagate = True
        self._engine.removeHandler(self)

    def emit(self, _record: logging.LogRecord) -> None:
        """Count a message of the engine."""
        self.number += 1


@contextmanager
def _known_time_zone() -> Iterator[None]:
    """Let Data Docs give their times in UTC: the engine fails at a zone of the caller's that nobody knows."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    zoneinfo.reset_tzpath(to=list(filter(None, (sysconfig.get_config_var("TZPATH") or "").split(os.pathsep))))
    try:
        yield
    finally:
        del os.environ["TZ"]
        if before is not None:
            os.environ["TZ"] = before


def _annotate(store: Any, suites: dict[str, Suite]) -> None:
    for key in store.list_keys():
        validation = store.get(key)
        if validation.success:
            continue
        suite = suites[validation.suite_name]
        for result in validation.results:
            rule = suite.rules[result.expectation_config.meta["rule"]]
            rows = result.result.get("unexpected_index_list") or []
            shown = [_shown(suite.problem(rule, int(index))) for index in rows]
            if shown:
                result.result["unexpected_list"] = shown
                result.result["partial_unexpected_list"] = shown[:20]
                result.result["partial_unexpected_counts"] = [{"value": text, "count": 1} for text in shown[:20]]
        store.set(key, validation)


def _shown(problem: Problem) -> str:
    return html.escape(f"{problem.file}:{problem.line} [{problem.column}] {problem.found}")
