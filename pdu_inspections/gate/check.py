"""`pdu check`: every seed CSV read strictly, then every rule of the contract, all failures at once.

Importing this takes two seconds, for the sake of the expectations engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pdu_inspections.errors import Problem
from pdu_inspections.gate import expectations
from pdu_inspections.gate.contract import read_contract
from pdu_inspections.gate.report import GateReport
from pdu_inspections.gate.rules import Cell, Kind, Rule, rules
from pdu_inspections.gate.sheets import Sheet, read_sheet, unknown_files


def check(seeds: Path, docs: Path | None = None) -> GateReport:
    """Check the CSVs below seeds against the contract; Data Docs go to the directory docs, if given."""
    tables = tuple(read_contract(seeds).values())
    sheets: dict[str, Sheet] = {}
    problems = list(unknown_files(seeds, tables))
    shapes = []
    for table in tables:
        sheet, found = read_sheet(seeds / table.folder / f"{table.name}.csv", table, seeds)
        problems += found
        shapes.append(Cell(table.path, None, None, float(len(found)), f"{len(found)} problems of form"))
        if sheet is not None:
            sheets[table.name] = sheet
    checked = rules(sheets, tables)
    broken = expectations.run([*checked, form := _form(shapes)], docs)
    problems += [rule.problem(cell) for rule, cell in broken if rule is not form]
    rows = [row for sheet in sheets.values() for row in sheet.rows]
    return GateReport(
        sorted(problems, key=_place),
        len(sheets),
        len(rows),
        sum(1 for row in rows for value in row.values if value),
        [f"{rule.suite}: {rule.name}" for rule in checked],
    )


def _form(shapes: Sequence[Cell]) -> Rule:
    """The strict reading as a rule of its own, so that Data Docs show it; its problems are told by the reading."""
    return Rule("files", "problems of form per file", Kind.RANGE, (0.0, 0.0), tuple(shapes), "", "", "")


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.line or 0, problem.column or ""
