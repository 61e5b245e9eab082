"""What the consistency rules will say of a figure of running text, told while it is decided.

These are the rules that can be judged from the row and the seeds alone; the build judges all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation

from pdu_inspections.reader.vocabulary import SeedRow

TABLES_OF_MEASURES = ("staffing", "case_characteristics", "caseloads", "contextual_facts")
_QUANTITIES = ("value", "numerator_n", "denominator_n", "value_pct")


@dataclass(frozen=True)
class Contradiction:
    """A breach of a rule: what disagrees, and where, in the order in which the rule names them.

    other_line: line of the other figure; 0 where a figure disagrees with itself.
    """

    rule_id: str
    text: str
    citation_a: str
    citation_b: str = ""
    other_line: int = 0

    @property
    def name(self) -> str:
        """Name of its field for an explanation."""
        return f"why {self.rule_id} {self.citation_a} {self.citation_b}".strip()


def find_contradictions(
    row: Mapping[str, str], figures: Sequence[SeedRow], measures: Sequence[SeedRow], questions: Sequence[SeedRow]
) -> list[Contradiction]:
    """Breaches of a figure. figures: accepted figures of the same report; measures, questions: rows of its tables."""
    return [
        *_against_itself(row),
        *_against_same_fact(row, figures),
        *_against_measures(row, measures),
        *_against_questions(row, questions),
    ]


def _against_itself(row: Mapping[str, str]) -> Iterator[Contradiction]:
    citation = _citation(row)
    numerator, denominator, percent = (_number(row, name) for name in ("numerator_n", "denominator_n", "value_pct"))
    if numerator is not None and denominator is not None and numerator > denominator:
        yield Contradiction(
            "count_within_base", f"{numerator} of {denominator}: the count is larger than its base", citation
        )
    elif numerator is not None and denominator and percent is not None:
        exact = 100 * numerator / denominator
        if not row.get("hedge_id") and percent not in _rounded(exact, percent):
            yield Contradiction(
                "fraction_agrees_with_its_percentage",
                f"{numerator} of {denominator} is {exact:.1f}%, not {percent}%",
                citation,
            )
    elif denominator and percent is not None and not row.get("hedge_id") and denominator == int(denominator):
        possible = any(
            percent in _rounded(Decimal(100 * k) / denominator, percent) for k in range(int(denominator) + 1)
        )
        if not possible:
            yield Contradiction(
                "text_percentage_possible_for_its_base",
                f"{percent}% of {denominator} is no whole number of cases",
                citation,
            )


def _against_same_fact(row: Mapping[str, str], figures: Sequence[SeedRow]) -> Iterator[Contradiction]:
    key = row.get("fact_key")
    for other in figures:
        if not key or other["fact_key"] != key or _place(other) == _place(row):
            continue
        for name in _QUANTITIES:
            mine, theirs = _number(row, name), _number(other, name)
            if mine is not None and theirs is not None and mine != theirs:
                first, second = sorted((_citation(row), _citation(other)), key=_order)
                yield Contradiction(
                    "same_fact_agrees_within_report",
                    f"{mine} here, {theirs} in line {other['line_number']}, for the same fact",
                    first,
                    second,
                    int(other["line_number"]),
                )


def _against_measures(row: Mapping[str, str], measures: Sequence[SeedRow]) -> Iterator[Contradiction]:
    mine = _number(row, "value") if row.get("value") else _number(row, "value_pct")
    if not row.get("measure_id") or mine is None or row.get("hedge_id") or row.get("comparator_kind"):
        return
    for other in measures:
        same = other["measure_id"] == row["measure_id"] and other.get("grade_id", "") in ("", row.get("grade_id", ""))
        theirs = _number(other, "value")
        same = same and other.get("population_id", "") in ("", row.get("population_id"))
        if same and theirs is not None and mine not in _rounded(theirs, mine):
            yield Contradiction(
                "text_agrees_with_measure_table",
                f"{mine} here, {theirs} in the table in line {other['line_number']}",
                _citation(row),
                _citation(other),
                int(other["line_number"]),
            )


def _against_questions(row: Mapping[str, str], questions: Sequence[SeedRow]) -> Iterator[Contradiction]:
    mine = _number(row, "value_pct")
    if not row.get("question_id") or mine is None or row.get("hedge_id") or row.get("polarity") == "failure":
        return
    for other in questions:
        theirs = _number({"value": other["as_printed"].rstrip("%")}, "value")
        if other["question_id"] == row["question_id"] and theirs is not None and theirs != mine:
            yield Contradiction(
                "text_agrees_with_question_table",
                f"{mine}% here, {theirs}% in the table in line {other['line_number']}",
                _citation(row),
                _citation(other),
                int(other["line_number"]),
            )


def _citation(row: Mapping[str, str]) -> str:
    return f"{row.get('document_id', '')}:L{row.get('line_number', '')}:C{row.get('column_number', '')}"


def _order(citation: str) -> tuple[int, ...]:
    return tuple(int(part[1:]) for part in citation.split(":")[1:])


def _number(row: Mapping[str, str], name: str) -> Decimal | None:
    try:
        return Decimal(row.get(name, "")) if row.get(name) else None
    except InvalidOperation:
        return None


def _rounded(exact: Decimal, like: Decimal) -> set[Decimal]:
    """The number rounded to the places of another, half up and half to even."""
    exponent = Decimal(1).scaleb(int(like.as_tuple().exponent))
    return {exact.quantize(exponent, rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


def _place(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row.get("document_id", ""), row.get("line_number", ""), row.get("column_number", "")
