"""Every table that grows with the reports, as a query on the bodies, answers and ratings of bodies.sql.

A query is a list of selects; a select gives the columns that are not the same everywhere. Columns left out are empty.
"""

from __future__ import annotations

from tests.support.contract import BY_NAME, LANDSCAPE, TABLES
from tests.support.generator.measures import (
    MISPRINT_LINE,
    select_caseloads,
    select_characteristics,
    select_contextual_facts,
    select_facts,
    select_staffing,
)
from tests.support.generator.running_text import moved_count, select_figures, share_of
from tests.support.generator.selects import Columns, Select, at, cited, in_table, text

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
    "inspection_facts": select_facts(),
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
            f"{share_of(moved_count('yes_n', 'base_n', 2), 'base_n')} else pct end as second_pct from answers) "
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
    "staffing": select_staffing(),
    "case_characteristics": select_characteristics(),
    "contextual_facts": select_contextual_facts(),
    "caseloads": select_caseloads(),
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
    "reported_figures": select_figures(),
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
    "comparators": [],
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
    "drafts": [],
    **{table.name: [] for table in TABLES if table.folder == LANDSCAPE},
}


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
