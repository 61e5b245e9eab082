"""Rules run by Great Expectations on pandas frames, and its Data Docs for people.

One suite per kind of rule over all files, not one per file: the engine's cost is per expectation, some 6 ms each.
"""

from __future__ import annotations

import gc
import html
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations import core
from great_expectations.expectations.expectation import Expectation

from pdu_inspections.gate.rules import Cell, Kind, Rule

gc.freeze()  # the engine's modules stay for good: going through their objects at exit would take most of a second

_SITE = "gate"
_RESULT_FORMAT = {"result_format": "COMPLETE"}


class GateFaultError(Exception):
    """The engine did not do what was asked: a fault of the gate, not of the input."""


def run(rules: Sequence[Rule], docs: Path | None) -> list[tuple[Rule, Cell]]:
    """Run every rule and give every cell that breaks one.

    Data Docs go to the directory docs, replaced whole, if there is one. Raises GateFaultError where the engine failed
    or skipped a cell.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    source = context.data_sources.add_pandas("seeds")
    broken: list[tuple[Rule, Cell]] = []
    for suite, members in _by_suite(rules).items():
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(
                name=suite,
                data=source.add_dataframe_asset(suite).add_batch_definition_whole_dataframe(suite),
                suite=context.suites.add(
                    gx.ExpectationSuite(name=suite, expectations=[_expectation(r) for r in members])
                ),
            )
        )
        results = definition.run(batch_parameters={"dataframe": _frame(members)}, result_format=_RESULT_FORMAT)
        broken += _broken(members, results)
    if docs is not None:
        _write_docs(context, docs, rules)
    return broken


def _by_suite(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    if len({(rule.suite, rule.name) for rule in rules}) != len(rules):
        raise GateFaultError("two rules of one name")
    suites: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        suites[rule.suite].append(rule)
    return dict(suites)


def _frame(rules: Sequence[Rule]) -> pd.DataFrame:
    """One column per rule, its cells downwards; shorter columns end in nulls, which no expectation looks at."""
    return pd.DataFrame({rule.name: _series(rule) for rule in rules})


def _series(rule: Rule) -> Any:
    return pd.Series([cell.value for cell in rule.cells], dtype="float64" if rule.kind is Kind.RANGE else "object")


def _expectation(rule: Rule) -> Expectation:
    if rule.kind is Kind.PATTERN:
        return core.ExpectColumnValuesToMatchRegex(column=rule.name, regex=rf"\A(?:{rule.argument})\Z")
    if rule.kind is Kind.VOCABULARY:
        return core.ExpectColumnValuesToBeInSet(column=rule.name, value_set=sorted(rule.argument))
    if rule.kind is Kind.RANGE:
        low, high = rule.argument
        return core.ExpectColumnValuesToBeBetween(column=rule.name, min_value=low, max_value=high)
    return core.ExpectColumnValuesToBeUnique(column=rule.name)


def _broken(rules: Sequence[Rule], results: Any) -> Iterator[tuple[Rule, Cell]]:
    by_name = {rule.name: rule for rule in rules}
    seen = set()
    for result in results.results:
        rule = by_name[result.expectation_config.kwargs["column"]]
        seen.add(rule.name)
        for cell in _unexpected(rule, result):
            yield rule, cell
    if seen != by_name.keys():
        raise GateFaultError(f"expectations without result: {sorted(by_name.keys() - seen)}")


def _unexpected(rule: Rule, result: Any) -> list[Cell]:
    """The cells that broke the rule; raises where the result does not cover every cell of it."""
    figures = result.result
    looked_at = figures.get("element_count", 0) - figures.get("missing_count", 0)
    if looked_at != len(rule.cells):
        raise GateFaultError(f"{rule.name}: {looked_at} of {len(rule.cells)} values checked; {result.exception_info}")
    indexes = figures.get("unexpected_index_list") or []
    if result.success != (not indexes):
        raise GateFaultError(f"{rule.name}: result without its values; {result.exception_info}")
    return [rule.cells[index] for index in indexes]


def _write_docs(context: Any, docs: Path, rules: Sequence[Rule]) -> None:
    """Data Docs with every broken value escaped (the engine's templates print them raw) and its place beside it."""
    _annotate(context.validation_results_store, rules)
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
    context.build_data_docs(site_names=[_SITE])
    shutil.rmtree(docs, ignore_errors=True)
    fresh.rename(docs)


def _annotate(store: Any, rules: Sequence[Rule]) -> None:
    by_name = {(rule.suite, rule.name): rule for rule in rules}
    for key in store.list_keys():
        validation = store.get(key)
        if validation.success:
            continue
        for result in validation.results:
            rule = by_name[validation.suite_name, result.expectation_config.kwargs["column"]]
            shown = [_shown(rule.cells[index]) for index in result.result.get("unexpected_index_list") or []]
            if shown:
                result.result["unexpected_list"] = shown
                result.result["partial_unexpected_list"] = shown[:20]
                result.result["partial_unexpected_counts"] = [{"value": text, "count": 1} for text in shown[:20]]
        store.set(key, validation)


def _shown(cell: Cell) -> str:
    place = cell.file if cell.line is None else f"{cell.file}:{cell.line}"
    return html.escape(f"{place} [{cell.column}] {cell.found}")
