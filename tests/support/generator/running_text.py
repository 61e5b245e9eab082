"""Figures of running text, several of which restate what a table prints."""

from __future__ import annotations

from tests.support.generator.selects import Columns, Select, at, text

# name: (lines, source, columns). Sources join the answer a figure restates as q.
FIGURE_LINES = {
    "pct": 701,
    "count": 702,
    "complement": 703,
    "hedge": 704,
    "practitioners": 705,
    "practitioners_again": 706,
    "buildings": 707,
    "users": 708,
    "fraction": 709,
    "possible": 710,
    "meetings": 711,
    "meetings_part_1": 712,
    "meetings_part_2": 713,
    "measure": 714,
}
RESTATED = {
    "pct": "pdu_2021.2.2.1",
    "count": "pdu_2021.2.2.2",
    "complement": "pdu_2021.2.2.3",
    "hedge": "pdu_2021.2.3.1",
}


def share_of(count: str, base: str) -> str:
    return f"cast(floor(100.0 * ({count}) / {base} + 0.5) as integer)"


def moved_count(count: str, base: str, by: int) -> str:
    """A count moved by so much, to the side on which there is room."""
    return f"case when {count} + {by} <= {base} then {count} + {by} else {count} - {by} end"


def _figure(name: str, source: str, columns: Columns) -> Select:
    section = "2. Court work and case supervision" if name in RESTATED else "1. Organisational delivery"
    common = {"polarity": "'neutral'", "case_group_id": "'all'", "population_id": "'inspection_activity'"}
    return Select(source, at(section, FIGURE_LINES[name]) | common | columns)


def _restating(name: str, shown: str, columns: Columns) -> Select:
    source = f"(select *, {shown} as shown from answers where is_pdu and question_id = {text(RESTATED[name])})"
    return _figure(
        name,
        source,
        {
            "population_id": "'inspected_cases'",
            "standard_id": "standard_id",
            "question_id": "question_id",
            "polarity": "'success'",
        }
        | columns,
    )


def select_figures() -> list[Select]:
    pdu = "bodies where is_pdu"
    per_cent = {"value_pct": "shown", "as_printed": "concat(shown, ' per cent')"}
    practitioners = {
        "value": "practitioners_n",
        "unit": "'interviews'",
        "fact_key": "concat(id, '_practitioners')",
        "as_printed": "practitioners_n",
        "description": "'Practitioners interviewed'",
    }
    again = "practitioners_n + case when breach_same_fact then 1 else 0 end"
    buildings = "buildings_seed_of_pair + case when breach_other_report then 1 else 0 end"
    contacts = "contacts_n + case when breach_population then 3 else 0 end"
    users = f"case when breach_base then {contacts} + 2 else ({contacts}) * 6 // 10 end"
    answered = "(1 + draw(i, 80, survey_n - 1))"
    told_pct = share_of(answered, "survey_n")
    failed = f"case when breach_complement then {moved_count('yes_n', 'base_n', 4)} else yes_n end"
    ever_pct = share_of("draw(i, 81, survey_n)", "survey_n")
    meetings = "10 + draw(i, 82, 10)"
    whole = f"{meetings} + case when breach_whole then 2 else 0 end"
    meetings_of = {"unit": "'meetings'", "description": "'Meetings held'"}
    return [
        _restating(
            "pct",
            f"case when breach_text then {share_of(moved_count('yes_n', 'base_n', 3), 'base_n')} else pct end",
            per_cent | {"description": "'Cases in which the assessment engaged the person'"},
        ),
        _restating(
            "count",
            f"case when breach_count then {moved_count('yes_n', 'base_n', 2)} else yes_n end",
            {
                "numerator_n": "shown",
                "denominator_n": "base_n",
                "as_printed": "concat(shown, ' of ', base_n)",
                "description": "'Cases in which the assessment covered what leads to offending'",
            },
        ),
        _restating(
            "complement",
            share_of(f"base_n - {failed}", "base_n"),
            per_cent
            | {"polarity": "'failure'", "description": "'Cases in which the assessment left the safety of others out'"},
        ),
        _restating(
            "hedge",
            "case when breach_hedge then case when pct <= 80 then pct + 15 else pct - 15 end else pct end",
            per_cent | {"hedge_id": "'about'", "description": "'Cases in which planning engaged the person, about'"},
        ),
        _figure("practitioners", pdu, practitioners),
        _figure("practitioners_again", pdu, practitioners | {"value": again, "as_printed": again}),
        _figure(
            "buildings",
            "(select *, 1 + (b * 7 + area * 3 + round_n // 2) % 9 as buildings_seed_of_pair from bodies) where is_pdu",
            {
                "value": buildings,
                "unit": "'sites'",
                "population_id": "'workforce'",
                "fact_key": "format('{}_a{}_buildings_{}', block, area, round_n // 2)",
                "as_printed": buildings,
                "description": "'Criminal justice buildings the body works from'",
            },
        ),
        _figure(
            "users",
            pdu,
            {
                "numerator_n": users,
                "denominator_n": contacts,
                "polarity": "'success'",
                "population_id": "'user_survey'",
                "standard_id": "'pdu_2021.1.3'",
                "as_printed": f"concat({users}, ' out of ', {contacts})",
                "description": "'Surveyed people on probation happy with the services'",
            },
        ),
        _figure(
            "fraction",
            f"(select *, {told_pct} as told_pct from bodies) where is_pdu",
            {
                "numerator_n": answered,
                "denominator_n": "survey_n",
                "value_pct": "told_pct + case when not breach_fraction then 0 when told_pct > 50 then -9 else 9 end",
                "polarity": "'success'",
                "population_id": "'staff_survey'",
                "as_printed": f"concat({answered}, ' of the ', survey_n)",
                "description": "'Surveyed staff who found their caseload manageable'",
            },
        ),
        _figure(
            "possible",
            f"(select bodies.*, survey.pcts[1] as never_pct, {ever_pct} as ever_pct "
            "from bodies left join impossible as survey on bodies.survey_n = survey.n) where is_pdu",
            {
                "denominator_n": "survey_n",
                "value_pct": "case when breach_possible then never_pct else ever_pct end",
                "polarity": "'success'",
                "population_id": "'staff_survey'",
                "as_printed": "concat(case when breach_possible then never_pct else ever_pct end, ' per cent')",
                "description": "'Surveyed staff who had the training they needed'",
            },
        ),
        _figure(
            "meetings",
            pdu,
            meetings_of | {"value": whole, "as_printed": whole, "fact_key": "concat(id, '_meetings')"},
        ),
        _figure(
            "meetings_part_1",
            pdu,
            meetings_of | {"value": "4", "as_printed": "'four'", "part_of_fact_key": "concat(id, '_meetings')"},
        ),
        _figure(
            "meetings_part_2",
            pdu,
            meetings_of
            | {
                "value": f"{meetings} - 4",
                "as_printed": f"{meetings} - 4",
                "part_of_fact_key": "concat(id, '_meetings')",
            },
        ),
        _figure(
            "measure",
            "(select *, average_po * case when breach_officers then 2 else 1 end "
            "+ case when breach_measure then 5 else 0 end as shown from bodies) where kind = 'long'",
            {
                "value": "shown",
                "unit": "'cases_per_officer'",
                "population_id": "'workforce'",
                "standard_id": "'pdu_2021.1.2'",
                "measure_id": "'average_caseload'",
                "grade_id": "'po'",
                "as_printed": "shown",
                "description": "'Average caseload of a probation officer'",
            },
        ),
    ]
