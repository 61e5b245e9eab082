"""Facts, staffing, characteristics of cases, caseloads and contextual facts of every inspection."""

from __future__ import annotations

from tests.support.generator.selects import Select, at, in_table, text

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


def select_facts() -> list[Select]:
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
    ("staff_headcount", "spo", "spo_n", "people", "Total number of senior probation officers (SPOs)"),
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


def plain_number(value: str) -> str:
    whole = f"cast(cast({value} as bigint) as varchar)"
    return f"case when {value} = floor({value}) then {whole} else cast({value} as varchar) end"


def select_staffing() -> list[Select]:
    selects = []
    for row, (measure, grade, value, unit, label) in enumerate(STAFFING):
        whose = "is_pdu" if measure in _SHORT_STAFFING else "kind = 'long'"
        selects.append(
            Select(
                f"(select *, {plain_number(f'({value})')} as shown from bodies) where {whose}",
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


def select_characteristics() -> list[Select]:
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


def select_caseloads() -> list[Select]:
    return [
        Select(
            f"(select *, {plain_number(value)} as shown from bodies) where is_pdu",
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


def select_contextual_facts() -> list[Select]:
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
