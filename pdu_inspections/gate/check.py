"""The gate: every seed table read strictly, then the suite of each table, all problems at once.

Importing this takes two seconds, for the sake of Great Expectations.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pdu_inspections.errors import Problem
from pdu_inspections.gate.contract import read_contract
from pdu_inspections.gate.csv_files import find_unknown_files, merge_converted_line_ends
from pdu_inspections.gate.frames import TableFrame, find_character_problems, read_table
from pdu_inspections.gate.parquet_files import ParquetTables
from pdu_inspections.gate.report import GateReport
from pdu_inspections.gate.suites import build_rules
from pdu_inspections.gate.validation import Suite, run_suites


def check(seeds: Path, docs: Path | None = None) -> GateReport:
    """Check the CSVs below seeds against the contract; Data Docs go to the directory docs, if given."""
    tables = tuple(read_contract(seeds).values())
    problems = list(find_unknown_files(seeds, tables))
    frames: dict[str, TableFrame] = {}
    for table in tables:
        rows, found = read_table(seeds / table.folder / f"{table.name}.csv", table, seeds)
        problems += found
        if rows is not None:
            frames[table.name] = rows
    return _check_frames(frames, {}, merge_converted_line_ends(problems), docs)


def check_parquet(directory: Path, seeds: Path, docs: Path | None = None) -> GateReport:
    """Check the Parquet of every table that grows, directory/<table>/*.parquet, against the contract.

    seeds: where the CSVs of the other tables are, which have a gate of their own. Of a value that is wrong in many
    rows, the first is named.
    """
    contract = read_contract(seeds)
    vocabularies: dict[str, TableFrame] = {}
    problems: list[Problem] = []
    with duckdb.connect() as connection:
        parquet = ParquetTables(directory, connection)
        for table in contract.values():
            if table.grows:
                problems += parquet.open_table(table)
            elif (rows := read_table(seeds / table.folder / f"{table.name}.csv", table, seeds)[0]) is not None:
                vocabularies[table.name] = rows
        frames = {name: parquet.read_table(table) for name, table in parquet.tables.items()}
        return _check_frames(frames, vocabularies, problems, docs)


def _check_frames(
    frames: Mapping[str, TableFrame],
    vocabularies: Mapping[str, TableFrame],
    problems: list[Problem],
    docs: Path | None,
) -> GateReport:
    """Run the rules of tables that were read. vocabularies: tables that they refer to, checked elsewhere."""
    suites = [Suite(rows, build_rules(rows, {**vocabularies, **frames})) for rows in frames.values()]
    for rows in frames.values():
        problems += find_character_problems(rows)
    problems += run_suites(suites, docs)
    return GateReport(
        sorted(problems, key=_place),
        len(frames),
        sum(rows.rows_n for rows in frames.values()),
        sum(rows.values_n for rows in frames.values()),
        [rule.name for suite in suites for rule in suite.rules],
        _count_waiting(frames.get("drafts")),
    )


def _count_waiting(drafts: TableFrame | None) -> dict[str, int]:
    if drafts is None:
        return {}
    waiting = drafts.frame.loc[drafts.frame["decision"].isna(), "document_id"].value_counts()
    return {str(report): int(drafts_n) for report, drafts_n in waiting.sort_index().items()}


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.line or 0, problem.column or ""
