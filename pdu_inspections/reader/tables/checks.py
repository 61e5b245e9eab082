"""Checks at reading, the same for every table: each finding is shown to a person with its line, and changes nothing."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from pdu_inspections.reader.report import Report
from pdu_inspections.reader.vocabulary import SeedRow

_SHARES = frozenset({"per_cent", "per_cent_of_capacity"})
_LEAST_CAPACITY = 10
"""Workload in per cent of capacity is never so low; 1.04 stands for 104%."""
_MOST = {"per_cent": 100, "per_cent_of_capacity": 400, "days_per_person": 366, "cases_per_officer": 300}
_COUNTS = frozenset({"people_fte", "people", "posts", "cases"})
_MEASURES = ("staffing", "case_characteristics", "caseloads", "contextual_facts", "comparators")
_TOLERANCE = Decimal("0.01")
"""Sums of rounded parts may miss their total by as much, as a share of it."""


def check_figures(report: Report) -> None:
    """Every figure of the tables: a share of 1, out of range, impossible for its base, a total that its parts miss."""
    rows = report.reading.rows
    bases = _bases(report)
    for table in ("key_questions", "prompts", "criterion_scores"):
        for row in rows.get(table, []):
            value = _value(row["as_printed"])
            if value is not None:
                _check_value(report, row, value, "per_cent", _is_signed(row))
                if table == "key_questions":
                    _check_base(report, row, value, bases)
    for table in _MEASURES:
        for row in rows.get(table, []):
            if row["value"]:
                _check_value(report, row, Decimal(row["value"]), row["unit"], _is_signed(row))
    _check_totals(report)


def check_score(report: Report) -> None:
    """The printed score against the points of the standards' ratings, where all of them were found."""
    score = next((row for row in report.reading.rows.get("inspection_facts", []) if row["fact"] == "score"), None)
    standards = [s for s in report.vocabulary.framework_standards(report.framework_id) if s.is_rated]
    ratings = {
        row["standard_id"]: row["rating_id"]
        for row in report.reading.rows.get("ratings", [])
        if row["place"] == "summary"
    }
    if score is None:
        return
    points, most = map(int, score["value"].split("/"))
    index = int(score["line_number"]) - 1
    if points > most:
        report.notice(index, f"the score {score['as_printed']!r} is more than its maximum")
    if all(standard.standard_id in ratings for standard in standards):
        total = sum(report.vocabulary.points[ratings[standard.standard_id]] for standard in standards)
        if total != points:
            report.notice(index, f"the score is {points}, but the ratings of the standards give {total}")


def _is_signed(row: SeedRow) -> bool:
    return "%" in row["as_printed"] or "cent" in row["as_printed"].lower()


def _value(printed: str) -> Decimal | None:
    digits = printed.replace(",", "").split("%")[0].lower().split("per")[0].strip(" *_")
    return Decimal(digits) if digits.replace(".", "", 1).isdigit() else None


def _check_value(report: Report, row: SeedRow, value: Decimal, unit: str, is_signed: bool) -> None:
    index, printed = int(row["line_number"]) - 1, row["as_printed"]
    is_fraction = value != int(value)
    least = _LEAST_CAPACITY if unit == "per_cent_of_capacity" else 1
    if unit in _SHARES and not is_signed and is_fraction and 0 < value < least:
        report.notice(index, f"{printed!r} may be a share of 1, not a percentage")
    elif unit in _MOST and not 0 <= value <= _MOST[unit]:
        words = "percentage" if unit in _SHARES else "value"
        report.notice(index, f"{printed!r} is no {words} from 0 to {_MOST[unit]}")


def _bases(report: Report) -> dict[str, int]:
    """Number of cases by the standard, group or question whose percentages are shares of all of them."""
    facts = {row["fact"]: row["value"] for row in report.reading.rows.get("inspection_facts", [])}
    return {
        row["scope_id"]: int(facts[row["base_fact"]])
        for row in report.vocabulary.question_bases
        if row["denominator_basis"] == "all_cases" and facts.get(row["base_fact"], "").isdigit()
    }


def _check_base(report: Report, row: SeedRow, value: Decimal, bases: dict[str, int]) -> None:
    """Key questions alone: of a prompt's cases the report leaves out those to which it does not apply."""
    scope = row["question_id"]
    while scope and scope not in bases:
        scope = scope.rpartition(".")[0]
    if not scope or not 0 <= value <= 100:
        return
    base = bases[scope]
    if not is_possible(value, base):
        report.notice(int(row["line_number"]) - 1, f"{row['as_printed']!r} is no share of {base} cases, rounded")


def is_possible(value: Decimal, base: int) -> bool:
    """Whether some whole number of a base's cases rounds to a percentage, half up or half to even."""
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    near = int(value * base / 100)
    return any(
        (Decimal(100 * k) / base).quantize(step, rounding) == value
        for k in range(max(near - 1, 0), min(near + 2, base) + 1)
        for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )


def _check_totals(report: Report) -> None:
    """Numbers of staff and posts by grade against the total over all grades in the same table."""
    found: dict[tuple[str, str, str], dict[str, SeedRow]] = defaultdict(dict)
    for row in report.reading.rows.get("staffing", []):
        if row["unit"] in _COUNTS and row["value"] and row["table_name"]:
            found[row["measure_id"], row["population_id"], row["table_name"]][row["grade_id"]] = row
    for (measure_id, _, _), by_grade in found.items():
        total = by_grade.pop("all", None)
        if total is None or len(by_grade) < 2:
            continue
        parts, whole = sum(Decimal(row["value"]) for row in by_grade.values()), Decimal(total["value"])
        if parts - whole > whole * _TOLERANCE:
            index = int(total["line_number"]) - 1
            report.notice(index, f"the grades of {measure_id} sum to {parts}, more than {total['as_printed']}")
