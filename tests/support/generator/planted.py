"""What the generated tables break: rule, source, first and second place."""

from __future__ import annotations

from tests.support.generator.measures import (
    CASELOAD_LINE,
    CASELOADS,
    CHARACTERISTIC_LINE,
    CHARACTERISTICS,
    FACT_LINES,
    MISPRINT_LINE,
    STAFFING,
    STAFFING_LINE,
    caseload_column,
)
from tests.support.generator.running_text import FIGURE_LINES, RESTATED
from tests.support.generator.selects import cited, text

_QUESTION_LINE = "(select question_line from questions where question_id = {})"


def _asked(question: str) -> str:
    return cited(_QUESTION_LINE.format(text(question)))


_CASES = cited(FACT_LINES["cases_inspected"])
_STAFF_LINES = {(measure, grade): STAFFING_LINE + row for row, (measure, grade, *_) in enumerate(STAFFING)}
_FIGURE = {name: cited(line) for name, line in FIGURE_LINES.items()}
_CASELOAD = {measure: cited(CASELOAD_LINE, caseload_column(measure)) for measure, *_ in CASELOADS}
_BOUNDS_RATING = (
    "(select ratings.*, (select min(concat(ratings.id, ':L', answers.question_line, ':C40')) from answers "
    "where answers.i = ratings.i and answers.standard_id = ratings.standard_id and answers.pct = ratings.lowest_pct "
    "and answers.question_level = 'key_question') as lowest_id from ratings)"
)
_RATED = "concat(id, ':L', 210 + standard_n, ':C1')"
_ROUND_BEFORE = (
    "(select later.*, earlier.id as earlier_id from bodies as later inner join neighbours as earlier "
    "on later.b = earlier.b and later.area = earlier.area and later.is_pdu and earlier.is_pdu "
    "and later.round_n = earlier.round_n + 1)"
)
_DATED = (
    "(select one.id, other.id as other_id from neighbours as one inner join neighbours as other "
    "on one.b = other.b and one.year_n = other.year_n and one.id < other.id "
    "where greatest(one.i, other.i) >= first_i() and one.kind = 'long' and other.kind = 'long' "
    "and not one.breach_predecessor and not other.breach_predecessor "
    "and one.breach_dated <> other.breach_dated)"
)

PLANTED: tuple[tuple[str, str, str, str], ...] = (
    (
        "rating_matches_lowest_key_question",
        f"{_BOUNDS_RATING} where breach_rating and topic_id = 'assessment'",
        _RATED,
        "lowest_id",
    ),
    (
        "rating_same_in_every_place",
        "ratings where breach_place and topic_id = 'services'",
        _RATED,
        "concat(id, ':L', 310 + standard_n, ':C1')",
    ),
    ("score_is_sum_of_points", "overall where breach_score", cited(FACT_LINES["score"]), cited(201, 1)),
    ("overall_rating_matches_score", "overall where breach_overall", cited(201, 1), cited(FACT_LINES["score"])),
    (
        "leadership_within_decision_rule",
        "(select *, min(case when is_case_supervision and points = best_points then "
        "concat(id, ':L', 210 + standard_n, ':C1') end) over (partition by i) as best_id from ratings) "
        "where breach_leadership",
        _RATED,
        "best_id",
    ),
    ("key_question_possible_for_its_base", "bodies where breach_key_question", _asked("pdu_2021.2.3.2"), _CASES),
    ("prompt_possible_for_all_cases", "bodies where breach_prompt", _asked("pdu_2021.2.2.1.1"), _CASES),
    (
        "key_question_within_its_prompts",
        "answers where breach_beyond_prompts and question_id = 'pdu_2021.2.3.3' and pct > 0",
        _asked("pdu_2021.2.3.3"),
        _asked("pdu_2021.2.3.3.1"),
    ),
    (
        "post_custody_prompt_fits_its_group",
        "bodies where breach_post_custody",
        _asked("pdu_2021.2.4.4.1"),
        cited(FACT_LINES["post_release_cases"]),
    ),
    (
        "case_split_sums_to_cases_inspected",
        "bodies where breach_split",
        _CASES,
        cited(FACT_LINES["community_cases"]),
    ),
    ("isbn_is_valid", "bodies where breach_isbn", cited(47, 7), "null"),
    (
        "caseload_parts_sum_to_total",
        "bodies where breach_parts",
        _CASELOAD["caseload_total"],
        _CASELOAD["caseload_community"],
    ),
    (
        "share_matches_counts",
        "bodies where breach_share",
        _CASELOAD["caseload_share_women"],
        _CASELOAD["caseload_women"],
    ),
    (
        "caseload_matches_officers",
        "bodies where breach_officers",
        cited(_STAFF_LINES["average_caseload", "po"]),
        _CASELOAD["caseload_total"],
    ),
    (
        "vacancy_rate_covers_its_grades",
        "bodies where breach_vacancy",
        cited(_STAFF_LINES["vacancy_rate", "all"]),
        f"case when vacancy_po >= vacancy_pso then {cited(_STAFF_LINES['vacancy_rate', 'po'])} "
        f"else {cited(_STAFF_LINES['vacancy_rate', 'pso'])} end",
    ),
    (
        "workload_label_matches_unit",
        "bodies where breach_label",
        cited(CHARACTERISTIC_LINE + len(CHARACTERISTICS) - 1),
        "null",
    ),
    (
        "characteristic_possible_for_its_base",
        "bodies where breach_characteristic",
        cited(CHARACTERISTIC_LINE),
        _CASES,
    ),
    (
        "key_question_same_in_every_place",
        "bodies where breach_second_place",
        _asked("crc_2018.2.1.1"),
        cited(f"{_QUESTION_LINE.format(text('crc_2018.2.1.1'))} + 50"),
    ),
    ("criterion_score_same_in_every_place", "bodies where breach_criterion", cited(130), cited(140)),
    ("printed_bands_match_rules", "bodies where breach_band", cited(787), "null"),
    (
        "progress_follows_own_predecessor",
        "bodies where breach_predecessor and b * 20 + 3 + area < n_inspections()",
        cited(760, 21),
        cited(10, 1),
    ),
    ("earlier_report_dated_alike", _DATED, cited(760, 21), "concat(other_id, ':L760:C21')"),
    ("text_agrees_with_question_table", "bodies where breach_text", _FIGURE["pct"], _asked(RESTATED["pct"])),
    ("text_count_agrees_with_question_table", "bodies where breach_count", _FIGURE["count"], _asked(RESTATED["count"])),
    (
        "text_complement_agrees_with_question_table",
        "bodies where breach_complement",
        _FIGURE["complement"],
        _asked(RESTATED["complement"]),
    ),
    ("hedge_agrees_with_figure", "bodies where breach_hedge", _FIGURE["hedge"], _asked(RESTATED["hedge"])),
    (
        "same_fact_agrees_within_report",
        "bodies where breach_same_fact",
        _FIGURE["practitioners"],
        _FIGURE["practitioners_again"],
    ),
    (
        "same_fact_agrees_across_reports",
        f"(select earlier_id as id, id as later_id from {_ROUND_BEFORE} where breach_other_report)",
        _FIGURE["buildings"],
        f"concat(later_id, ':L', {FIGURE_LINES['buildings']}, ':C40')",
    ),
    (
        "base_within_population",
        "bodies where breach_population",
        _FIGURE["users"],
        cited(FACT_LINES["user_voice_contacts"]),
    ),
    ("count_within_base", "bodies where breach_base", _FIGURE["users"], "null"),
    ("fraction_agrees_with_its_percentage", "bodies where breach_fraction", _FIGURE["fraction"], "null"),
    ("text_percentage_possible_for_its_base", "bodies where breach_possible", _FIGURE["possible"], "null"),
    ("parts_sum_to_whole", "bodies where breach_whole", _FIGURE["meetings"], _FIGURE["meetings_part_1"]),
    (
        "text_agrees_with_measure_table",
        "bodies where breach_measure",
        _FIGURE["measure"],
        cited(_STAFF_LINES["average_caseload", "po"]),
    ),
    ("printed_value_needs_no_correction", "bodies where breach_misprint", cited(MISPRINT_LINE), "null"),
)


def planted() -> str:
    """SQL of what the tables break: rule_id, inspection_id, citation_id_a, citation_id_b."""
    return "\nunion all\n".join(
        f"select {text(rule)} as rule_id, id as inspection_id, {first} as citation_id_a, {second} as citation_id_b "
        f"from {source}"
        for rule, source, first, second in PLANTED
    )
