"""Twenty questions of analysts, asked of a database once its build is done.

    python -m benchmarks.scale.queries DATABASE

Prints the seconds of each as JSON; every query is run twice and the second run counts.
"""

from __future__ import annotations

import json
import sys
import time

import duckdb

_ANY = "(select max(inspection_id) from dim_inspection where framework_id = 'pdu_2021')"
QUERIES = {
    "inspections_by_rating": "select overall_rating, count(*) from dim_inspection group by 1",
    "mean_score_by_region_and_year": (
        "select region_name, inspection_year, avg(score) from dim_inspection group by 1, 2 order by 1, 2"
    ),
    "ratings_by_standard": "select standard_id, rating, count(*) from fct_rating group by 1, 2 order by 1, 2",
    "ratings_that_disagree": "select standard_id, count(*) from fct_rating where not rating_agrees group by 1",
    "pooled_share_by_question": (
        "select question_id, 100.0 * sum(yes_n) / sum(cases_n) from fct_key_question where yes_n is not null group by 1"
    ),
    "drivers_by_question": "select question_id, count(*) from fct_key_question where is_driver group by 1 order by 2",
    "weakest_at_safety": (
        "select organisation_name, yes_pct, yes_pct_low_95, locator from rpt_key_question "
        "where question_id = 'pdu_2021.2.2.3' order by yes_pct limit 20"
    ),
    "near_a_band": "select count(*) from fct_key_question where cases_to_next_band <= 2",
    "prompts_least_often_met": (
        "select question_id, 100.0 * sum(yes_n) / sum(cases_n) as pct from fct_prompt group by 1 order by 2 limit 10"
    ),
    "prompts_of_one_inspection": f"select question_id, yes_pct from fct_prompt where inspection_id = {_ANY}",
    "vacancies_against_scores": (
        "select corr(s.value, i.score) from fct_staffing as s inner join dim_inspection as i using (inspection_id) "
        "where s.measure_id = 'vacancy_rate' and s.grade_id = 'po'"
    ),
    "caseload_by_grade": (
        "select grade_name, quantile_cont(value, 0.5) from fct_staffing "
        "where measure_id = 'average_caseload' group by 1"
    ),
    "women_in_caseloads": "select avg(value) from fct_caseload where measure_id = 'caseload_share_women'",
    "recommendations_by_addressee": "select addressee_name, count(*) from fct_recommendation group by 1",
    "progress": "select progress, count(*) from fct_recommendation_progress group by 1",
    "findings_by_rule": "select rule_id, severity, count(*) from fct_discrepancy group by 1, 2 order by 3 desc",
    "one_scorecard": f"select * from rpt_scorecard where inspection_id = {_ANY}",
    "where_is_a_number": "select organisation_name, what, locator from rpt_figure where value = 44 limit 100",
    "one_citation": (
        "select locator from dim_citation where citation_id = "
        f"(select min(citation_id) from fct_rating where inspection_id = {_ANY})"
    ),
    "one_area_over_time": (
        "select inspection_year, conformed_topic_id, value from rpt_area_timeline "
        "where area_id = (select max(area_id) from rpt_area_timeline) order by 1, 2"
    ),
}


def main(database: str) -> None:
    seconds = {}
    with duckdb.connect(database, read_only=True, config={"threads": 2}) as connection:
        for name, query in QUERIES.items():
            for _ in range(2):
                began = time.monotonic()
                connection.execute(query).fetchall()
                seconds[name] = round(time.monotonic() - began, 4)
    print(
        json.dumps({"seconds": round(sum(seconds.values()), 3), "slowest": max(seconds.values()), "queries": seconds})
    )


if __name__ == "__main__":
    main(sys.argv[1])
