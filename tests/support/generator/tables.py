"""Every table that grows with the reports, as a query on the bodies, answers and ratings of bodies.sql.

A query is a list of selects; a select gives the columns that are not the same everywhere. Columns left out are empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.contract import BY_NAME, LANDSCAPE, TABLES

Columns = dict[str, str]


@dataclass(frozen=True)
class Select:
    """One select of a table: where its rows come from, and its columns as SQL expressions."""

    source: str
    columns: Columns


def query(name: str) -> str:
    """SQL of a table, its columns in the contract's order, all of them text."""
    names = BY_NAME[name].column_names
    selects = []
    for select in SELECTS[name]:
        unknown = select.columns.keys() - set(names)
        if unknown:
            raise ValueError(f"{name} has no columns {sorted(unknown)}")
        listed = ", ".join(f"cast({select.columns.get(column, 'null')} as varchar) as {column}" for column in names)
        selects.append(f"select {listed} from {select.source}")
    return "\nunion all\n".join(selects)


def text(value: str) -> str:
    """A text as SQL."""
    return "'" + value.replace("'", "''") + "'"


def at(section: str, line: str | int, column: str | int = 40, pages: tuple[int, int] = (8, 24)) -> Columns:
    """Provenance of a figure in running text."""
    return {
        "inspection_id": "id",
        "document_id": "id",
        "section": text(section),
        "page_from": str(pages[0]),
        "page_to": str(pages[1]),
        "line_number": str(line),
        "column_number": str(column),
    }


def in_table(section: str, table: str, row: str | int, line: str | int, pages: tuple[int, int] = (8, 24)) -> Columns:
    """Provenance of a figure in a table."""
    return at(section, line, pages=pages) | {"table_name": text(table), "row_number": str(row)}


def cited(line: str | int, column: str | int = 40) -> str:
    """The citation of a line, as SQL."""
    return f"concat(id, ':L', {line}, ':C', {column})"


MONTHS = (
    "['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November',"
    " 'December']"
)

# ---------------------------------------------------------------- facts: name, value, as printed, precision, for whom

FACTS = (
    (
        "fieldwork_start_date",
        "format('{}-06-{:02d}', year_n, 1 + b % 9)",
        "format('{} June {}', 1 + b % 9, year_n)",
        "day",
    ),
    (
        "fieldwork_end_date",
        "format('{}-06-{:02d}', year_n, 12 + b % 9)",
        "format('{} June {}', 12 + b % 9, year_n)",
        "day",
    ),
    ("publication_month", "format('{}-11', year_n)", "format('November {}', year_n)", "month"),
    ("cases_inspected", "cases_n", "cases_n", None),
    (
        "community_cases",
        "community_n + case when breach_split then 1 else 0 end",
        "community_n + case when breach_split then 1 else 0 end",
        None,
    ),
    ("post_release_cases", "post_release_n", "post_release_n", None),
    ("practitioners_interviewed", "practitioners_n", "practitioners_n", None),
    ("court_reports_inspected", "court_n", "court_n", None),
    ("user_voice_contacts", "contacts_n", "contacts_n", None),
    ("score", "concat(printed_score, '/', score_max)", "concat(printed_score, '/', score_max)", None),
    ("planning_safety_cases", "planning_safety_n", "planning_safety_n", None),
    ("reviewing_safety_cases", "reviewing_safety_n", "reviewing_safety_n", None),
    ("unpaid_work_cases", "unpaid_n", "unpaid_n", None),
    ("through_the_gate_cases", "gate_n", "gate_n", None),
)
_PDU_FACTS = {"court_reports_inspected", "user_voice_contacts", "score"}
_CRC_FACTS = {"planning_safety_cases", "reviewing_safety_cases", "unpaid_work_cases", "through_the_gate_cases"}
FACT_LINES = {fact: 110 + number for number, (fact, *_) in enumerate(FACTS)}


def _facts() -> list[Select]:
    selects = []
    for fact, value, as_printed, precision in FACTS:
        whose = "is_pdu" if fact in _PDU_FACTS else "kind = 'crc'" if fact in _CRC_FACTS else "true"
        source = "overall" if fact == "score" else "bodies"
        columns = at("Background", FACT_LINES[fact], pages=(6, 7)) | {
            "fact": text(fact),
            "value": value,
            "as_printed": as_printed,
        }
        if precision:
            columns["value_precision"] = text(precision)
        selects.append(Select(f"{source} where {whose}", columns))
    return selects


# ---------------------------------------------------------------- staffing: measure, grade, value, unit, label

STAFFING = (
    ("staff_headcount_fte", "all", "staff_n", "people_fte", "Total staff headcount (full-time equivalent) (FTE)"),
    ("staff_headcount_fte", "spo", "spo_n", "people_fte", "Total number of senior probation officers (SPOs)"),
    ("staff_headcount_fte", "po", "po_n", "people_fte", "Total number of probation officers (POs) (FTE)"),
    ("staff_headcount_fte", "pso", "pso_n", "people_fte", "Total number of probation services officers (PSOs) (FTE)"),
    ("vacancy_rate", "all", "case when breach_vacancy then 1 else vacancy_all end", "per_cent", "Vacancy rate"),
    ("vacancy_rate", "spo", "vacancy_spo", "per_cent", "Vacancy rate of SPO grade only"),
    ("vacancy_rate", "po", "vacancy_po", "per_cent", "Vacancy rate of PO grade only"),
    ("vacancy_rate", "pso", "vacancy_pso", "per_cent", "Vacancy rate of PSO grade only"),
    ("sickness_absence_days", "all", "8 + draw(i, 50, 120) / 10.0", "days_per_person", "Sickness absence rate"),
    ("attrition_rate", "all", "5 + draw(i, 51, 15)", "per_cent", "Staff attrition"),
    (
        "average_caseload",
        "po",
        "average_po * case when breach_officers then 2 else 1 end",
        "cases_per_officer",
        "Average caseload per PO (FTE)",
    ),
    (
        "average_caseload",
        "pso",
        "average_pso * case when breach_officers then 2 else 1 end",
        "cases_per_officer",
        "Average caseload per PSO (FTE)",
    ),
    ("workload_measurement_average", "po", "85 + draw(i, 52, 50)", "per_cent_of_capacity", "WMT average per PO"),
)
STAFFING_LINE = 601
MISPRINT_LINE = STAFFING_LINE + [measure for measure, *_ in STAFFING].index("attrition_rate")
_SHORT_STAFFING = {"attrition_rate", "sickness_absence_days", "workload_measurement_average"}


def _plain(value: str) -> str:
    whole = f"cast(cast({value} as bigint) as varchar)"
    return f"case when {value} = floor({value}) then {whole} else cast({value} as varchar) end"


def _staffing() -> list[Select]:
    selects = []
    for row, (measure, grade, value, unit, label) in enumerate(STAFFING):
        whose = "is_pdu" if measure in _SHORT_STAFFING else "kind = 'long'"
        selects.append(
            Select(
                f"(select *, {_plain(f'({value})')} as shown from bodies) where {whose}",
                in_table(
                    "Annexe two – Staffing and workload data",
                    "Key staffing data",
                    row + 1,
                    STAFFING_LINE + row,
                    (36, 38),
                )
                | {
                    "measure_id": text(measure),
                    "grade_id": text(grade),
                    "population_id": "'workforce'",
                    "label": text(label),
                    "value": "shown",
                    "unit": text(unit),
                    "value_status": "'reported'",
                    "supplied_by": "'probation_service'",
                    "as_printed": "concat(shown, '%')" if unit == "per_cent" else "shown",
                },
            )
        )
    return selects


CHARACTERISTICS = (
    ("inspected_female", "Proportion of inspected cases who are female"),
    ("inspected_ethnic_minority", "Proportion of inspected cases who are black, Asian or minority ethnic"),
    ("inspected_disability", "Proportion of inspected cases with a disability"),
    ("inspected_drug_misuse", "Proportion of inspected cases with drug misuse problems"),
    ("inspected_alcohol_misuse", "Proportion of inspected cases with alcohol misuse problems"),
    ("programmes_not_commenced_other", "Proportion of accredited programme requirements that have not commenced"),
)
CHARACTERISTIC_LINE = 651


def _characteristics() -> list[Select]:
    selects = []
    for row, (measure, label) in enumerate(CHARACTERISTICS):
        share = f"cast(floor(100.0 * draw(i, {60 + row}, cases_n) / cases_n + 0.5) as integer)"
        if measure == "inspected_female":
            share = f"case when breach_characteristic then impossible_pcts[1] else {share} end"
        label_sql = text(label)
        if measure == "programmes_not_commenced_other":
            number = text("Number of accredited programme requirements that have not commenced")
            label_sql = f"case when breach_label then {number} else {label_sql} end"
        selects.append(
            Select(
                f"(select *, {share} as share from bodies) where kind = 'long'",
                in_table(
                    "1. Organisational delivery",
                    "Characteristics of inspected cases",
                    row + 1,
                    CHARACTERISTIC_LINE + row,
                )
                | {
                    "measure_id": text(measure),
                    "label": label_sql,
                    "value": "share",
                    "unit": "'per_cent'",
                    "value_status": "'reported'",
                    "supplied_by": "'hmip_inspection'",
                    "as_printed": "concat(share, '%')",
                },
            )
        )
    return selects


# ---------------------------------------------------------------- caseloads: held_n is what officers hold between them

_TOTAL = "(held_n + case when breach_parts then 10 else 0 end)"
_LICENCE, _CUSTODY = "(held_n * 3 // 10)", "(held_n * 2 // 10)"
_WOMEN = "(held_n // 9)"
_WOMEN_SHARE = f"cast(100.0 * {_WOMEN} / {_TOTAL} as decimal(7, 1))"
CASELOADS = (
    ("caseload_total", _TOTAL, "cases"),
    ("caseload_community", f"(held_n - {_LICENCE} - {_CUSTODY})", "cases"),
    ("caseload_licence", _LICENCE, "cases"),
    ("caseload_custody", _CUSTODY, "cases"),
    ("caseload_women", _WOMEN, "cases"),
    ("caseload_share_women", f"({_WOMEN_SHARE} + case when breach_share then 5 else 0 end)", "per_cent"),
)
CASELOAD_LINE = 171


def caseload_column(measure: str) -> int:
    """Character at which a caseload stands in its line."""
    return 101 + 20 * [name for name, *_ in CASELOADS].index(measure)


def _caseloads() -> list[Select]:
    return [
        Select(
            f"(select *, {_plain(value)} as shown from bodies) where is_pdu",
            at("Background", CASELOAD_LINE, caseload_column(measure), (6, 7))
            | {
                "measure_id": text(measure),
                "population_id": "'caseload'",
                "value": "shown",
                "unit": text(unit),
                "supplied_by": "'not_stated'",
                "as_printed": "concat(shown, ' per cent')" if unit == "per_cent" else "shown",
            },
        )
        for measure, value, unit in CASELOADS
    ]


CONTEXTUAL = (
    ("caseload_total", "all_crcs", "value", "151788", "cases"),
    ("caseload_total", "caseload", "value", "2000 + draw(i, 70, 2000)", "cases"),
    ("proven_reoffending_adjusted", "caseload", "value", "35 + draw(i, 71, 20)", "per_cent"),
    ("proven_reoffending_adjusted", "all_crcs", "value", "45", "per_cent"),
    ("order_completion", "caseload", "value", "70 + draw(i, 72, 25)", "per_cent"),
    ("order_completion", "england_and_wales", "comparator", "79", "per_cent"),
    ("order_completion", "england_and_wales", "target", "75", "per_cent"),
    ("licence_compliance", "caseload", "value", "50 + draw(i, 73, 40)", "per_cent"),
    ("licence_compliance", "england_and_wales", "comparator", "71", "per_cent"),
    ("licence_compliance", "england_and_wales", "target", "65", "per_cent"),
)


def _contextual() -> list[Select]:
    return [
        Select(
            f"(select *, {value} as shown from bodies) where kind = 'crc'",
            in_table("Contextual Facts", "Contextual Facts", row + 1, 239 + row, (11, 12))
            | {
                "measure_id": text(measure),
                "population_id": text(population),
                "figure_role": text(role),
                "value": "shown",
                "unit": text(unit),
                "supplied_by": "'ministry_of_justice'",
                "as_printed": "concat(shown, '%')" if unit == "per_cent" else "shown",
            },
        )
        for row, (measure, population, role, value, unit) in enumerate(CONTEXTUAL)
    ]


# ---------------------------------------------------------------- figures of running text

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


def _share_of(count: str, base: str) -> str:
    return f"cast(floor(100.0 * ({count}) / {base} + 0.5) as integer)"


def _moved(count: str, base: str, by: int) -> str:
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


def _figures() -> list[Select]:
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
    told_pct = _share_of(answered, "survey_n")
    failed = f"case when breach_complement then {_moved('yes_n', 'base_n', 4)} else yes_n end"
    ever_pct = _share_of("draw(i, 81, survey_n)", "survey_n")
    meetings = "10 + draw(i, 82, 10)"
    whole = f"{meetings} + case when breach_whole then 2 else 0 end"
    meetings_of = {"unit": "'meetings'", "description": "'Meetings held'"}
    return [
        _restating(
            "pct",
            f"case when breach_text then {_share_of(_moved('yes_n', 'base_n', 3), 'base_n')} else pct end",
            per_cent | {"description": "'Cases in which the assessment engaged the person'"},
        ),
        _restating(
            "count",
            f"case when breach_count then {_moved('yes_n', 'base_n', 2)} else yes_n end",
            {
                "numerator_n": "shown",
                "denominator_n": "base_n",
                "as_printed": "concat(shown, ' of ', base_n)",
                "description": "'Cases in which the assessment covered what leads to offending'",
            },
        ),
        _restating(
            "complement",
            _share_of(f"base_n - {failed}", "base_n"),
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


# ---------------------------------------------------------------- all tables

_PROGRESS = "'Region Community Rehabilitation Company report 2019'"
_SOURCE_ORGANISATION = (
    "case when breach_predecessor then format('{}_other_crc', block) else format('{}_crc', block) end"
)
_DIGITS = "concat('9781', lpad(cast(i as varchar), 8, '0'))"
_SUM = " + ".join(f"{3 if place % 2 else 1} * cast(substr(digits, {place + 1}, 1) as integer)" for place in range(12))
_CHECKED = (
    f"(select *, (10 - ({_SUM}) % 10 + case when breach_isbn then 1 else 0 end) % 10 as check_digit "
    f"from (select *, {_DIGITS} as digits from bodies))"
)
_ISBN = "concat('978-1-', substr(digits, 5, 8), '-', check_digit)"
_QUESTION = {"standard_id": "standard_id", "question_id": "question_id", "question_text": "question_text"}
_RATING = "['Inadequate', 'Requires improvement', 'Good', 'Outstanding'][{0} + 1]"
_RATING_ID = "['inadequate', 'requires_improvement', 'good', 'outstanding'][{0} + 1]"
_OTHER_PLACE = "case when breach_place and topic_id = 'services' then (points + 1) % 4 else points end"


def _rating(points: str) -> Columns:
    return {"rating_id": _RATING_ID.format(f"({points})"), "as_printed": _RATING.format(f"({points})")}


def _titles(number: str) -> Columns:
    return {"inspection_id": "id", number: "number", "title": "'Better work with risk'", "theme_id": "'risk_of_harm'"}


_TWO = "bodies cross join (values (1), (2)) as numbers (number)"

SELECTS: dict[str, list[Select]] = {
    "documents": [
        Select(
            _CHECKED,
            at("Cover", 9, 1, (1, 2))
            | {
                "title": "concat('An inspection of probation services in ', organisation_name)",
                "publication_month": "format('{}-11', year_n)",
                "isbn": _ISBN,
                "isbn_line_number": "47",
                "isbn_column_number": "7",
                "isbn_as_printed": _ISBN,
                "layout": "case kind when 'long' then 'pdu_long' when 'short' then 'pdu_short' when 'crc' then 'crc' "
                "else 'esi_follow_up' end",
                "source_format": "'text'",
                "sha256": "repeat(format('{:08x}', i), 8)",
                "as_printed": "'An inspection of probation services in'",
            },
        )
    ],
    "inspections": [
        Select(
            "bodies",
            at("Cover", 10, 1, (1, 2))
            | {
                "organisation_id": "organisation_id",
                "framework_id": "framework_id",
                "inspection_type": "'full'",
                "inspection_year": "year_n",
                "reported_in": "'own_report'",
                "as_printed": "organisation_name",
            },
        )
    ],
    "inspection_facts": _facts(),
    "ratings": [
        Select(
            "ratings",
            at("Ratings", "210 + standard_n", 1, (3, 5))
            | {"place": "'summary'", "standard_id": "standard_id"}
            | _rating("points"),
        ),
        Select(
            "overall where kind <> 'esi'",
            at("Ratings", 201, 1, (3, 5)) | {"place": "'summary'", "standard_id": "'overall'"} | _rating("points"),
        ),
        Select(
            "ratings where is_pdu",
            at("1. Organisational delivery", "310 + standard_n", 1)
            | {"place": "'chapter'", "standard_id": "standard_id"}
            | _rating(_OTHER_PLACE),
        ),
        Select(
            "ratings where kind = 'crc' and topic_id = 'services'",
            at("1. Organisational delivery", "310 + standard_n", 1)
            | {"place": "'chapter'", "standard_id": "standard_id"}
            | _rating(_OTHER_PLACE),
        ),
    ],
    "rating_discretions": [],
    "key_questions": [
        Select(
            "answers where question_level = 'key_question'",
            in_table("2. Court work and case supervision", "Key questions", "question_n", "question_line", (14, 20))
            | {"place": "'chapter'", "as_printed": "concat(pct, '%')"}
            | _QUESTION,
        ),
        Select(
            "(select *, case when breach_second_place and question_id = 'crc_2018.2.1.1' then "
            f"{_share_of(_moved('yes_n', 'base_n', 2), 'base_n')} else pct end as second_pct from answers) "
            "where kind = 'crc'",
            in_table("Annex 2: Inspection results", "Key questions", "question_n", "question_line + 50", (36, 39))
            | {"place": "'results'", "as_printed": "concat(second_pct, '%')"}
            | _QUESTION,
        ),
    ],
    "prompts": [
        Select(
            "answers where question_level = 'prompt'",
            in_table("Annexe three – Inspection data", "Inspection data", "question_n", "question_line", (38, 45))
            | {"flags": "flags", "as_printed": "concat(pct, '%')"}
            | _QUESTION,
        )
    ],
    "staffing": _staffing(),
    "case_characteristics": _characteristics(),
    "contextual_facts": _contextual(),
    "caseloads": _caseloads(),
    "rating_bands": [
        Select(
            "bodies where kind = 'crc'",
            in_table("Annex 2: Inspection results", "Rating bands", row + 1, 785 + row, (36, 39))
            | {"rating_id": text(rating), "low_pct": low, "high_pct": high, "as_printed": printed},
        )
        for row, (rating, low, high, printed) in enumerate(
            (
                ("inadequate", "null", "50", "'<50%'"),
                ("requires_improvement", "50", "64", "'50-64%'"),
                (
                    "good",
                    "case when breach_band then 66 else 65 end",
                    "79",
                    "case when breach_band then '66-79%' else '65-79%' end",
                ),
                ("outstanding", "80", "null", "'80%+'"),
            )
        )
    ],
    "recommendations": [
        Select(
            f"{_TWO} where kind <> 'esi'",
            at("Recommendations", "150 + number", 1, (5, 6))
            | {
                "recommendation_number": "number",
                "addressee_id": "case when is_pdu then 'pdu' else 'crc' end",
                "addressee_as_printed": "organisation_name",
                "as_printed": "number",
            },
        )
    ],
    "recommendation_progress": [
        Select(
            f"{_TWO} where kind = 'long'",
            at("Annexe one – Progress", "770 + 5 * number", 18, (32, 36))
            | {
                "progress_number": "number",
                "source_report": f"replace({_PROGRESS}, '2019', case when breach_dated then '2018' else '2019' end)",
                "source_line_number": "760",
                "source_column_number": "21",
                "source_as_printed": "'Region Community Rehabilitation Company report'",
                "source_report_year": "case when breach_dated then 2018 else 2019 end",
                "source_organisation_id": _SOURCE_ORGANISATION,
                "progress_id": "['no_progress', 'some_progress', 'sufficient_progress'][1 + draw(i, 90 + number, 3)]",
                "improvement_required": "'yes'",
                "as_printed": "['No progress', 'Some progress', 'Sufficient progress'][1 + draw(i, 90 + number, 3)]",
            },
        )
    ],
    "criterion_scores": [
        Select(
            f"(select *, {share} as share from bodies) where kind = 'esi'",
            in_table(section, "SCORING SUMMARY SHEET", row + 1, line + row, (6, 7))
            | {"place": text(place), "criterion_id": text(criterion), "as_printed": "concat(share, '%')"},
        )
        for row, criterion in enumerate(("esi_2003.B1", "esi_2003.B3", "esi_2003.C2"))
        for share, section, place, line in (
            (f"40 + draw(i, {95 + row}, 40)", "Summary of the findings", "summary", 130),
            (
                f"40 + draw(i, {95 + row}, 40) + case when breach_criterion and {row} = 0 then 4 else 0 end",
                "Quality of assessment",
                "chapter",
                140,
            ),
        )
    ],
    "reported_figures": _figures(),
    "statements": [
        Select(
            "bodies where kind <> 'esi'",
            at("Background", 188, 142, (6, 7))
            | {"description": "'Date of the caseload in the text'", "as_printed": "'at the time of the inspection'"},
        )
    ],
    "organisations": [
        Select(
            "bodies where round_n = 0",
            {
                "organisation_id": "organisation_id",
                "organisation_name": "organisation_name",
                "organisation_type": "case kind when 'esi' then 'probation_area' when 'crc' then 'crc' else 'pdu' end",
                "region_name": "case when is_pdu then format('Region {}', b % 12) end",
                "area_id": "case when kind <> 'crc' then format('b{:06d}_a{}', b, area) end",
            },
        ),
        Select(
            "bodies where j = 0",
            {
                "organisation_id": "format('b{:06d}_other_crc', b)",
                "organisation_name": "format('Other CRC of region {}', b)",
                "organisation_type": "'crc'",
            },
        ),
    ],
    "areas": [
        Select(
            "bodies where j = 0 or (is_pdu and round_n = 0 and area > 0)",
            {
                "area_id": "format('b{:06d}_a{}', b, area)",
                "area_name": "format('Area {}-{}', b, area)",
                "description": "'Made by the generator.'",
            },
        )
    ],
    "organisation_lineage": [
        Select(
            "bodies where is_pdu and round_n = 0",
            {
                "predecessor_organisation_id": "format('{}_crc', block)",
                "successor_organisation_id": "organisation_id",
                "relation": "'transferred_part_to'",
                "predecessor_share": "'part'",
                "successor_share": "'part'",
                "effective_date": "'2021-06'",
                "source_document_id": "id",
                "source_line_number": "186",
            },
        )
    ],
    "recommendation_titles": [Select(f"{_TWO} where kind <> 'esi'", _titles("recommendation_number"))],
    "progress_titles": [Select(f"{_TWO} where kind = 'long'", _titles("progress_number"))],
    "corrections": [
        Select(
            "(select *, 5 + draw(i, 51, 15) as shown from bodies) where breach_misprint",
            {
                "citation_id": cited(MISPRINT_LINE),
                "printed_value": "concat(shown, '%')",
                "corrected_value": "concat(shown + 1, '%')",
                "reason": "'Planted by the generator.'",
            },
        )
    ],
    "curated_findings": [],
    "finding_citations": [],
    "stated_margins": [],
    **{table.name: [] for table in TABLES if table.folder == LANDSCAPE},
}

# ---------------------------------------------------------------- what is planted: rule, source, first and second place

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
