"""One page for each inspection whose report is held."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdu_inspections.site import queries
from pdu_inspections.site.charts import shares
from pdu_inspections.site.content import Content, Page, Row
from pdu_inspections.site.pages.comparisons import pairs

KEY_QUESTION_COLUMNS = (
    "inspection_id", "organisation_name", "inspection_year", "question_id", "standard_name", "topic_name",
    "question_text", "yes_pct", "yes_n", "cases_n", "denominator_basis", "base_basis", "yes_pct_low_80",
    "yes_pct_high_80", "yes_pct_low_95", "yes_pct_high_95", "eligible_cases_n", "eligible_basis",
    "yes_pct_low_95_finite", "yes_pct_high_95_finite", "band", "is_driver", "cases_to_next_band", "citation_id",
)  # fmt: skip
CSV_COLUMNS = {
    "ratings": (
        "inspection_id", "standard_id", "standard_name", "rating", "points", "derived_rating", "citation_id",
    ),
    "key_questions": KEY_QUESTION_COLUMNS,
    "criteria": ("inspection_id", "criterion_id", "criterion_name", "score_pct", "is_adjusted", "citation_id"),
    "prompts": (
        "inspection_id", "question_id", "standard_name", "question_text", "yes_pct", "yes_n", "cases_n",
        "denominator_basis", "base_basis", "yes_pct_low_95", "yes_pct_high_95", "citation_id",
    ),
    "staffing": (
        "inspection_id", "measure_id", "measure_name", "grade_name", "value", "unit", "value_status", "as_printed",
        "region_value", "supplied_by", "citation_id",
    ),
    "caseloads": (
        "inspection_id", "measure_id", "measure_name", "population_id", "value", "unit", "as_printed", "supplied_by",
        "citation_id",
    ),
    "characteristics": (
        "inspection_id", "measure_id", "measure_name", "value", "unit", "value_status", "as_printed", "base_n",
        "share_pct_low_95", "share_pct_high_95", "supplied_by", "citation_id",
    ),
    "outcomes": (
        "inspection_id", "measure_id", "measure_name", "value_pct", "numerator_n", "denominator_n", "comparator_pct",
        "comparator_population_name", "target_pct", "supplied_by", "citation_id", "comparator_citation_id",
        "target_citation_id",
    ),
    "comparators": (
        "inspection_id", "figure_table", "question_id", "measure_id", "grade_id", "comparator_id", "comparator_name",
        "value", "unit", "value_status", "as_printed", "citation_id",
    ),
    "coverage": (
        "inspection_id", "part", "found_n", "accepted_n", "rejected_n", "waiting_n", "status", "rules_found_n",
    ),
    "recommendations": (
        "inspection_id", "recommendation_number", "title", "addressee_name", "theme_name", "second_theme_name",
        "citation_id",
    ),
    "progress": (
        "inspection_id", "progress_number", "title", "source_report", "theme_name", "progress", "citation_id",
        "source_citation_id",
    ),
}  # fmt: skip
"""Columns of the CSV of each table of the page."""


def pages(content: Content) -> Iterator[Page]:
    """The list of inspections, and a page for each."""
    yield Page("inspections/index.html", "inspections.html", "Inspections", {"inspections": content.inspections})
    tables = {
        "ratings": content.rows(queries.RATINGS),
        "key_questions": content.key_questions,
        "prompts": content.rows(queries.PROMPTS),
        "criteria": content.rows(queries.CRITERIA),
        "staffing": content.rows(queries.STAFFING),
        "caseloads": content.rows(queries.CASELOADS),
        "characteristics": content.rows(queries.CHARACTERISTICS),
        "outcomes": content.rows(queries.OUTCOMES),
        "recommendations": content.rows(queries.RECOMMENDATIONS),
        "progress": content.rows(queries.PROGRESS),
        "comparators": content.rows(queries.COMPARATORS),
        "coverage": [row for rows in content.coverage.values() for row in rows],
        "findings": content.findings,
        "facts": content.rows(queries.FACTS),
    }
    for inspection in content.inspections:
        inspection_id = inspection["inspection_id"]
        own = {name: [row for row in rows if row["inspection_id"] == inspection_id] for name, rows in tables.items()}
        name = content.inspection_names[inspection_id]
        path = f"inspections/{inspection_id}.html"
        words = (name, inspection["overall_rating"], inspection["region_name"])
        content.find("inspection", " ".join(filter(None, words)), path)
        standards = _by_standard(own["key_questions"])
        yield Page(path, "inspection.html", f"{inspection['organisation_name']}, {inspection['inspection_year']}", {
            **own,
            "unread_parts": [row for row in own["coverage"] if row["status"] in {"not_read", "partly_read"}],
            "inspection": inspection,
            "figure": content.figure(
                inspection_id,
                f"{name}: share of inspected cases judged sufficient, by key question",
                [
                    shares.intervals(f"standard-{index}", standard, group, content.bands)
                    for index, (standard, group) in enumerate(standards, start=1)
                ],
                "Thin line: 95% interval; thick line: 80%; of the base in the table, which is mostly assumed. "
                "Diamond: lowest key question of its standard.",
            ) if standards else None,
            "prompts": _by_standard(own["prompts"]),
            "pairs": pairs(content, inspection_id),
            "sheets": {
                table: content.csv(f"{inspection_id}-{table.replace('_', '-')}", columns, own[table])
                for table, columns in CSV_COLUMNS.items()
                if own[table]
            },
        })  # fmt: skip


def _by_standard(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    return [(name, list(group)) for name, group in groupby(rows, key=lambda row: str(row["standard_name"]))]
