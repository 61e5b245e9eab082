"""Reports with other figures in them: a known report, every figure of its tables changed, and what must come out."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pdu_inspections.reader.vocabulary import SeedRow
from tests.support.contract import BY_NAME

TABLES = (
    "ratings",
    "key_questions",
    "prompts",
    "staffing",
    "case_characteristics",
    "contextual_facts",
    "criterion_scores",
)
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
_MISSING = ("Not provided", "Not available", "N/A", "Data not provided")
_FACT = ("inspection_id", "standard_id", "criterion_id", "question_id")
"""What is printed in two places must stay the same."""
_IDENTITIES = {"inspection_id", "document_id"}

Key = tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """A report's text, and the figures its tables print, by table and key."""

    text: str
    figures: dict[Key, str]


def figure_key(table: str, row: SeedRow, first: str) -> Key:
    """What a figure is of; the inspections of a report are printed_facts apart as the first named and the others."""
    which = "own" if row["inspection_id"] == first else "earlier"
    return (table, which, *(row[name] for name in BY_NAME[table].key if name not in _IDENTITIES))


def plain_value(table: str, row: SeedRow) -> str:
    """A row's figure, free of how it is printed."""
    if table == "ratings":
        return row["rating_id"]
    if row.get("value_status", "reported") != "reported":
        return row["value_status"]
    number = re.search(r"\d[\d,]*(?:\.\d+)?", row["as_printed"])
    return f"{float(number.group().replace(',', '')):g}" if number else row["as_printed"]


def seed_rows(project: Path, document_id: str) -> dict[str, list[SeedRow]]:
    """Rows of a report's tables in the seeds."""
    found = {}
    for table in TABLES:
        with (project / BY_NAME[table].path).open(encoding="utf-8", newline="") as file:
            found[table] = [row for row in csv.DictReader(file) if row["document_id"] == document_id]
    return found


def own_inspection(project: Path, document_id: str) -> str:
    """The inspection a report is of."""
    with (project / BY_NAME["inspections"].path).open(encoding="utf-8", newline="") as file:
        return next(
            row["inspection_id"]
            for row in csv.DictReader(file)
            if row["document_id"] == document_id and row["reported_in"] == "own_report"
        )


def with_other_figures(text: str, rows: dict[str, list[SeedRow]], own: str, chance: random.Random) -> Known:
    """The text with another figure in every place where a table prints one."""
    printed: dict[tuple[int, int], tuple[str, str]] = {}
    printed_facts: dict[Key, str] = {}
    figures: dict[Key, str] = {}
    for table, found in rows.items():
        for row in found:
            place = int(row["line_number"]), int(row["column_number"])
            fact = (table, *(row[name] for name in _FACT if name in row))
            if place not in printed:
                known = printed_facts.get(fact, "") if len(fact) > 2 else ""
                new = known or _other(table, row, chance)
                printed_facts.setdefault(fact, new)
                printed[place] = row["as_printed"], new
            figures[figure_key(table, row, own)] = _value_of(table, printed[place][1])
    return Known("\n".join(_replaced(text.split("\n"), printed)), figures)


def _replaced(lines: list[str], printed: dict[tuple[int, int], tuple[str, str]]) -> Iterable[str]:
    for (line, column), (old, new) in sorted(printed.items(), reverse=True):
        text = lines[line - 1]
        assert text[column - 1 :].startswith(old), (line, column, old)
        lines[line - 1] = text[: column - 1] + new + text[column - 1 + len(old) :]
    return lines


def _other(table: str, row: SeedRow, chance: random.Random) -> str:
    if table == "ratings":
        return chance.choice(RATINGS)
    if row.get("value_status", "reported") != "reported" and chance.random() < 0.7:
        return chance.choice(_MISSING)
    if table in ("staffing", "case_characteristics") and row["table_name"] and chance.random() < 0.1:
        return chance.choice(_MISSING)
    number = re.search(r"(\d[\d,]*)(\.\d+)?(.*)$", row["as_printed"], re.S)
    if number is None:
        return f"{chance.randint(0, 100)}%"
    whole, decimals, tail = number[1].replace(",", ""), number[2] or "", number[3]
    most = 100 if "%" in tail or "cent" in tail else 10 ** len(whole) - 1
    value = chance.randint(0, most)
    fraction = "" if not decimals or value == 100 else "." + "".join(chance.choice("123456789") for _ in decimals[1:])
    return (f"{value:,}" if "," in number[1] else str(value)) + fraction + tail


def _value_of(table: str, printed: str) -> str:
    if table == "ratings":
        return printed.lower().replace(" ", "_")
    low = printed.lower()
    if "provided" in low:
        return "not_provided"
    if "available" in low:
        return "not_available"
    if low == "n/a":
        return "not_applicable"
    number = re.search(r"\d[\d,]*(?:\.\d+)?", printed)
    assert number
    return f"{float(number.group().replace(',', '')):g}"
