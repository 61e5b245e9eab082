"""Which rows of a built table go with which inspections: what an addition replaces, recomputes or leaves.

Every table that dbt makes is in one of the three groups; a test holds them against dbt's manifest.
"""

from __future__ import annotations

OWNED = {
    "int_corrections__states": "document_id",
    "int_discrepancies__found": "inspection_id",
    "int_measures__values": "inspection_id",
    "int_percentages__possible_counts": "inspection_id",
    "int_ratings__derived": "inspection_id",
    "int_reported_figures__against_questions": "inspection_id",
    "int_reported_figures__normalised": "inspection_id",
    "int_reported_figures__pairs": "inspection_id",
    "int_shares__bases_and_counts": "inspection_id",
    "bridge_organisation_lineage": "successor_organisation_id",
    "dim_citation": "document_id",
    "dim_document": "document_id",
    "dim_inspection": "inspection_id",
    "dim_organisation": "organisation_id",
    "fct_case_characteristic": "inspection_id",
    "fct_caseload": "inspection_id",
    "fct_criterion_score": "inspection_id",
    "fct_inspection_fact": "inspection_id",
    "fct_key_question": "inspection_id",
    "fct_outcome": "inspection_id",
    "fct_prompt": "inspection_id",
    "fct_rating": "inspection_id",
    "fct_recommendation": "inspection_id",
    "fct_recommendation_progress": "inspection_id",
    "fct_reported_figure": "inspection_id",
    "fct_staffing": "inspection_id",
    "rpt_area_timeline": "inspection_id",
    "rpt_figure": "inspection_id",
    "rpt_key_question": "inspection_id",
    "rpt_key_question_comparison": "earlier_inspection_id",
    "rpt_scorecard": "inspection_id",
}
"""Rows of the neighbourhood are deleted and written anew: by table, the column that says whose a row is."""

RECOMPUTED = (
    "int_landscape__published_inspections",
    "fct_discrepancy",
    "dim_consistency_rule",
    "rpt_data_quality",
    "rpt_key_question_funnel",
    "dim_pdu",
    "fct_published_rating",
    "dim_probation_region",
    "rpt_regional_ratings",
    "rpt_reinspection",
)
"""Made again from the large file's own tables, each after those it reads: they speak of all inspections or of pages."""

FIXED = (
    "int_numbers__spine",
    "dim_criterion",
    "dim_framework",
    "dim_measure",
    "dim_question",
    "dim_rating",
    "dim_standard",
    "start_here",
)
"""Made from vocabularies and from the project alone: must be the same in both files."""

RULES_ON_PAGES = ("careful_reading", "published_page_agrees_with_report", "published_pages_agree")
"""Rules whose findings may be about pages only: found again over the large file."""


def kind_of(column: str) -> str:
    """What a column of OWNED identifies: inspection, document or organisation."""
    return column.removesuffix("_id").rpartition("_")[2]
