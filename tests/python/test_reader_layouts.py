"""Each layout, on a small report written for the tests: what is printed is what comes out, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdu_inspections.errors import InputError
from pdu_inspections.reader.formats.text_form import read_text
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.contract import BY_NAME
from tests.support.reader_help import (
    ALL,
    CRC,
    ESI,
    LONG,
    REPORTS,
    SHORT,
    printed,
    read_lines,
    rows,
    values,
    write_project,
)

LAYOUTS = ("pdu_long", "pdu_short", "crc", "esi_follow_up")


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(write_project(tmp_path_factory.mktemp("project") / "project"))


@pytest.fixture(scope="module")
def long(vocabulary: Vocabulary) -> Reading:
    return read_report(read_text(LONG), vocabulary)


@pytest.fixture(scope="module")
def short(vocabulary: Vocabulary) -> Reading:
    return read_report(read_text(SHORT), vocabulary)


@pytest.fixture(scope="module")
def crc(vocabulary: Vocabulary) -> Reading:
    return read_report(read_text(CRC), vocabulary)


@pytest.fixture(scope="module")
def esi(vocabulary: Vocabulary) -> Reading:
    return read_report(read_text(ESI), vocabulary)


# ---------------------------------------------------------------------- what holds for all


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_figure_is_where_its_row_says(path: Path, vocabulary: Vocabulary) -> None:
    source = read_text(path)
    reading = read_report(source, vocabulary)

    for table, found in reading.rows.items():
        for row in found:
            line = source.lines[int(row["line_number"]) - 1].text
            at = int(row["column_number"]) - 1
            assert line[at : at + len(row["as_printed"])] == row["as_printed"], (table, row)
            assert row["as_printed"].strip() == row["as_printed"] != ""


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_rows_have_the_contracts_columns_and_no_key_twice(path: Path, vocabulary: Vocabulary) -> None:
    reading = read_report(read_text(path), vocabulary)

    for table, found in reading.rows.items():
        contract = BY_NAME[table]
        assert all(tuple(row) == contract.column_names for row in found)
        keys = [tuple(row[name] for name in contract.key) for row in found]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_plain_report_gives_nothing_to_look_at(path: Path, vocabulary: Vocabulary) -> None:
    reading = read_report(read_text(path), vocabulary)

    assert reading.notices == []
    assert reading.proposals == []
    assert [unplaced for unplaced in reading.unplaced_lines if unplaced.has_figure] == []


@pytest.mark.parametrize(("path", "layout"), list(zip(ALL, LAYOUTS, strict=True)), ids=LAYOUTS)
def test_the_layout_is_recognised(path: Path, layout: str, vocabulary: Vocabulary) -> None:
    assert read_report(read_text(path), vocabulary).layout == layout


# ---------------------------------------------------------------------- long PDU report


def test_long_report_names_its_inspection(long: Reading) -> None:
    (inspection,) = rows(long, "inspections")

    assert inspection["inspection_id"] == "ashmere_pdu_2023"
    assert inspection["organisation_id"] == "ashmere_pdu"
    assert (inspection["framework_id"], inspection["inspection_type"]) == ("pdu_2021", "full")
    assert inspection["as_printed"] == "Ashmere PDU"


def test_long_report_describes_its_document(long: Reading) -> None:
    (document,) = rows(long, "documents")

    assert document["title"] == (
        "An inspection of probation services in Ashmere PDU, The Probation Service – Northern Lakes region"
    )
    assert (document["publication_month"], document["isbn"]) == ("2023-05", "978-1-00000-001-1")


def test_long_report_facts(long: Reading) -> None:
    assert values(long, "inspection_facts", "fact", "value_precision") == {
        ("publication_month", "month"): "2023-05",
        ("score", ""): "13/27",
        ("fieldwork_start_date", "day"): "2023-03-06",
        ("fieldwork_end_date", "day"): "2023-03-10",
        ("cases_inspected", ""): "60",
        ("sample_1_start_date", "day"): "2022-08-01",
        ("sample_1_end_date", "day"): "2022-08-07",
        ("sample_2_start_date", "day"): "2022-08-29",
        ("sample_2_end_date", "day"): "2022-09-04",
        ("practitioners_interviewed", ""): "41",
        ("announcement_date", "day"): "2023-01-09",
        ("user_voice_contacts", ""): "48",
        ("user_voice_interviews", ""): "12",
        ("community_cases", ""): "41",
        ("post_release_cases", ""): "19",
        ("court_reports_inspected", ""): "21",
        ("outcomes_cases", ""): "60",
    }


def test_long_report_ratings_in_both_places(long: Reading) -> None:
    ratings = printed(long, "ratings", "place", "standard_id")

    assert len(ratings) == 19
    assert ratings["summary", "overall"] == "Requires improvement"
    for code, rating in {"1.1": "Requires improvement", "1.2": "Good", "1.3": "Requires improvement"}.items():
        assert ratings["summary", f"pdu_2021.{code}"] == ratings["chapter", f"pdu_2021.{code}"] == rating
    assert ratings["chapter", "pdu_2021.1.4"] == "Outstanding"


def test_long_report_key_questions_of_the_chapters(long: Reading) -> None:
    found = printed(long, "key_questions", "place", "question_id")

    assert len(found) == 14
    assert found["chapter", "pdu_2021.2.1.1"] == "67%"
    assert found["chapter", "pdu_2021.2.4.3"] == "40%"
    assert found["chapter", "pdu_2021.2.6.1"] == "38%"


def test_long_report_prompts_with_their_flags(long: Reading) -> None:
    found = rows(long, "prompts")
    flags = {row["question_id"]: row["flags"] for row in found}

    assert len(found) == 66
    assert flags["pdu_2021.2.4.2.3"] == "* **"
    assert flags["pdu_2021.2.3.2.1"] == "*"
    assert flags["pdu_2021.2.2.2.2"] == "**"
    assert flags["pdu_2021.2.2.1.1"] == ""
    assert all("*" not in row["question_text"] for row in found)


def test_headings_without_a_value_take_no_figure_from_the_row_below(long: Reading) -> None:
    assert {row["place"] for row in rows(long, "key_questions")} == {"chapter"}


def test_post_custody_prompts_stand_in_their_own_group(long: Reading) -> None:
    ids = [row["question_id"] for row in rows(long, "prompts") if row["question_id"].startswith("pdu_2021.2.4.4")]

    assert ids == [f"pdu_2021.2.4.4.{number}" for number in (1, 2, 3)]


def test_long_report_staffing(long: Reading) -> None:
    found = values(long, "staffing", "measure_id", "grade_id", "population_id")

    assert len(found) == 19
    assert found["staff_headcount_fte", "all", "workforce"] == "140.5"
    assert found["vacancy_rate", "po", "workforce"] == "22.5"
    assert found["workload_measurement_average", "po", "workforce"] == "118"
    assert found["workload_measurement_average", "pso", "workforce"] == "97"
    assert found["workload_unmanageable", "pso", "practitioner_interviews"] == "57"


def test_a_missing_value_has_a_status_and_a_supplier(long: Reading) -> None:
    row = next(r for r in rows(long, "staffing") if (r["measure_id"], r["grade_id"]) == ("attrition_rate", "spo"))

    assert (row["value"], row["value_status"], row["as_printed"]) == ("", "not_provided", "Not provided")
    assert (row["supplied_by"], row["unit"]) == ("probation_service", "per_cent")


def test_long_report_case_characteristics_and_who_supplied_them(long: Reading) -> None:
    found = {row["measure_id"]: row for row in rows(long, "case_characteristics")}

    assert len(found) == 9
    assert found["inspected_female"]["supplied_by"] == "hmip_inspection"
    assert found["programmes_not_commenced_sexual"]["value"] == "52"
    assert found["programmes_not_commenced_other"]["value"] == "61.5"
    assert found["rar_waiting_time"]["value_status"] == "not_available"
    assert found["programmes_not_commenced_sexual"]["supplied_by"] == "probation_service"
    assert found["unpaid_work_outstanding_12_months"]["supplied_by"] == "not_stated"
    assert found["inspected_female"]["table_name"] == "Characteristics of inspected cases"


def test_long_report_caseloads(long: Reading) -> None:
    assert values(long, "caseloads", "measure_id", "population_id") == {
        ("caseload_total", "caseload"): "1250",
        ("caseload_community", "caseload"): "640",
        ("caseload_licence", "caseload"): "350",
        ("caseload_custody", "caseload"): "260",
        ("caseload_women", "caseload"): "150",
        ("caseload_ethnic_minority", "caseload"): "75",
        ("caseload_custody_offender_management", "caseload"): "90",
    }


def test_long_report_recommendations_and_addressees(long: Reading) -> None:
    assert [(r["recommendation_number"], r["addressee_id"]) for r in rows(long, "recommendations")] == [
        ("1", "pdu"),
        ("2", "pdu"),
        ("3", "region"),
        ("4", "hmpps"),
    ]


def test_long_report_progress_in_its_three_forms(long: Reading) -> None:
    found = [
        (
            r["progress_number"],
            r["source_organisation_id"],
            r["source_report_year"],
            r["progress_id"],
            r["improvement_required"],
        )
        for r in rows(long, "recommendation_progress")
    ]

    assert found == [
        ("1", "lakeland_and_moors_crc", "2019", "some_progress", ""),
        ("2", "nps_midlands_division", "2018", "no_progress", "yes"),
        ("3", "nps_midlands_division", "2018", "sufficient_progress", ""),
    ]


def test_sections_have_the_pages_of_the_contents_list(long: Reading) -> None:
    pages = {row["section"]: (row["page_from"], row["page_to"]) for t in long.rows.values() for row in t}

    assert pages["Cover"] == ("1", "2")
    assert pages["Annexe three – Inspection data"] == ("29", "36")
    assert pages["1. Organisational delivery"] == ("7", "15")


# ---------------------------------------------------------------------- short PDU report


def test_short_report_staffing_from_bullets(short: Reading) -> None:
    assert values(short, "staffing", "measure_id", "grade_id", "population_id") == {
        ("vacancy_rate", "po", "workforce"): "17",
        ("vacancy_rate", "pso", "workforce"): "24",
        ("vacancy_rate", "court_staff", "workforce"): "38",
        ("workload_unmanageable", "practitioner", "practitioner_interviews"): "71",
        ("workload_measurement_average", "po", "workforce"): "124",
        ("sickness_absence_days", "all", "workforce"): "11.4",
        ("sickness_absence_days", "all", "region"): "12.1",
        ("workforce_ethnic_minority", "all", "workforce"): "19",
        ("workforce_female", "all", "workforce"): "78",
    }


def test_short_report_caseloads_with_their_source(short: Reading) -> None:
    assert values(short, "caseloads", "measure_id", "population_id", "supplied_by") == {
        ("caseload_total", "region", "ministry_of_justice"): "18040",
        ("caseload_total", "caseload", "not_stated"): "1804",
        ("caseload_share_of_wider", "caseload", "not_stated"): "10",
        ("caseload_share_ethnic_minority", "caseload", "not_stated"): "21",
        ("caseload_unpaid_work", "caseload", "not_stated"): "812",
        ("caseload_share_women", "caseload", "not_stated"): "11",
    }


def test_short_report_key_questions_and_ratings(short: Reading) -> None:
    assert len(rows(short, "key_questions")) == 14
    assert len(rows(short, "ratings")) == 19
    assert rows(short, "prompts") == []
    assert values(short, "case_characteristics", "measure_id") == {("unpaid_work_outstanding_12_months",): "39"}


def test_short_report_outcomes_have_their_own_base(short: Reading) -> None:
    assert values(short, "inspection_facts", "fact")["outcomes_cases",] == "48"


# ---------------------------------------------------------------------- CRC report


def test_crc_ratings_in_three_places(crc: Reading) -> None:
    found = printed(crc, "ratings", "place", "standard_id")

    assert len(found) == 27
    assert found["summary", "crc_2018.4.1"] == found["chapter", "crc_2018.4.1"] == "Outstanding"
    assert found["results", "crc_2018.2.1"] == "Good"
    assert ("results", "crc_2018.1.1") not in found


def test_crc_discretion_footnote(crc: Reading) -> None:
    (row,) = rows(crc, "rating_discretions")

    assert (row["standard_id"], row["footnote_mark"], row["as_printed"]) == (
        "crc_2018.2.1",
        "3",
        "professional discretion",
    )


def test_crc_key_questions_of_the_annex(crc: Reading) -> None:
    found = printed(crc, "key_questions", "place", "question_id")

    assert len(found) == 19
    assert found["results", "crc_2018.2.1.3"] == "62%"
    assert found["results", "crc_2018.4.2.2"] == "47%"


def test_crc_contextual_facts_with_comparator_and_target(crc: Reading) -> None:
    assert values(crc, "contextual_facts", "measure_id", "population_id", "figure_role") == {
        ("caseload_total", "all_crcs", "value"): "140200",
        ("proven_reoffending_adjusted", "caseload", "value"): "41.7",
        ("caseload_total", "caseload", "value"): "5608",
        ("proven_reoffending_adjusted", "all_crcs", "value"): "44.9",
        ("order_completion", "caseload", "value"): "76",
        ("order_completion", "england_and_wales", "comparator"): "78",
        ("order_completion", "england_and_wales", "target"): "75",
        ("caseload_share_of_wider", "caseload", "value"): "4",
    }


def test_crc_rating_bands(crc: Reading) -> None:
    assert [(r["rating_id"], r["low_pct"], r["high_pct"], r["as_printed"]) for r in rows(crc, "rating_bands")] == [
        ("inadequate", "", "50", "<50%"),
        ("requires_improvement", "50", "64", "50-64%"),
        ("good", "65", "79", "65-79%"),
        ("outstanding", "80", "", "80%+"),
    ]


def test_crc_facts(crc: Reading) -> None:
    found = values(crc, "inspection_facts", "fact")

    assert found["fieldwork_start_date",] == "2019-09"
    assert found["fieldwork_end_date",] == "2019-10"
    assert found["cases_inspected",] == "72"
    assert (found["planning_safety_cases",], found["reviewing_safety_cases",]) == ("61", "38")
    assert (found["unpaid_work_cases",], found["through_the_gate_cases",]) == ("22", "15")
    assert (found["practitioners_interviewed",], found["meetings_held",]) == ("33", "27")


def test_crc_sections_are_the_finest_the_contents_list(crc: Reading) -> None:
    chapters = {row["standard_id"]: row["section"] for row in rows(crc, "ratings") if row["place"] == "chapter"}

    assert chapters["crc_2018.1.2"] == "1.2. Staff"
    assert chapters["crc_2018.4.2"] == "4.2. Through the Gate"


def test_a_ratings_page_whose_heading_was_a_picture_is_found(crc: Reading) -> None:
    overall = next(row for row in rows(crc, "ratings") if row["standard_id"] == "overall")

    assert (overall["section"], overall["page_from"]) == ("Summary of ratings", "7")


def test_an_incomplete_isbn_stays_as_printed(crc: Reading) -> None:
    assert rows(crc, "documents")[0]["isbn"] == "978-1-00000-003"


# ---------------------------------------------------------------------- follow-up of 2003-06


def test_follow_up_reports_two_inspections(esi: Reading) -> None:
    found = [(r["inspection_id"], r["inspection_type"], r["reported_in"]) for r in rows(esi, "inspections")]

    assert found == [
        ("hillshire_area_2006", "follow_up", "own_report"),
        ("hillshire_area_2005", "full", "later_report"),
    ]


def test_follow_up_scores_of_both_inspections_in_both_places(esi: Reading) -> None:
    found = printed(esi, "criterion_scores", "inspection_id", "place", "criterion_id")

    assert len(found) == 12
    assert found["hillshire_area_2005", "summary", "esi_2003.B1"] == "41%"
    assert found["hillshire_area_2006", "chapter", "esi_2003.B3"] == "66%"
    assert found["hillshire_area_2006", "summary", "esi_2003.C2"] == "52%"


def test_follow_up_facts_and_recommendations_of_the_original(esi: Reading) -> None:
    found = values(esi, "inspection_facts", "inspection_id", "fact")

    assert found["hillshire_area_2005", "publication_month"] == "2005-05"
    assert found["hillshire_area_2006", "fieldwork_start_date"] == "2006-06"
    assert found["hillshire_area_2006", "high_risk_cases"] == "2"
    assert {row["inspection_id"] for row in rows(esi, "recommendations")} == {"hillshire_area_2005"}
    assert {row["addressee_id"] for row in rows(esi, "recommendations")} == {"probation_board"}


# ---------------------------------------------------------------------- what is not understood


@pytest.mark.parametrize(
    "text",
    [
        "A shopping list\n\nbread\nbutter\t2%",
        "HM Inspectorate of Probation\n\nA circular about parking.",
        "HM Inspectorate of Probation\n\nAn inspection of schools in Ashmere\n\nOverall rating\n\nGood",
    ],
)
def test_what_is_no_report_is_told(text: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError, match="is not an inspection report"):
        read_lines(text, vocabulary)


def test_an_unknown_question_is_proposed_and_not_guessed(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8")
    known = "Is there a sufficient record of the advice given, and the reasons for it?"
    reading = read_lines(text.replace(known, "Was tea served to all who waited?"), vocabulary)

    (proposal,) = reading.proposals
    assert (proposal.vocabulary, proposal.wording) == ("questions", "Was tea served to all who waited?")
    assert proposal.score < 0.75
    assert len(rows(reading, "prompts")) == 65
    assert any("pdu_2021.2.1.1.9" in notice.message for notice in reading.notices)
    assert [unplaced.line for unplaced in reading.unplaced_lines] == [proposal.line]


def test_an_unknown_measure_is_proposed(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8").replace(
        "Average caseload per PSO (FTE)\t47.1", "Biscuits eaten per meeting\t47.1"
    )
    reading = read_lines(text, vocabulary)

    assert [(p.vocabulary, p.wording) for p in reading.proposals] == [("measure_labels", "Biscuits eaten per meeting")]
    assert len(rows(reading, "staffing")) == 18


def test_an_unknown_body_is_proposed(tmp_path: Path) -> None:
    vocabulary = Vocabulary(write_project(tmp_path / "project", with_organisations=False))
    reading = read_report(read_text(SHORT), vocabulary)

    (proposal,) = reading.proposals
    assert (proposal.vocabulary, proposal.proposed_id) == ("organisations", "saltmarsh_and_fenwick_pdu")


def test_a_figure_printed_twice_with_different_values_is_told(vocabulary: Vocabulary) -> None:
    row = "Average caseload per PO (FTE)\t36.4"
    text = LONG.read_text(encoding="utf-8").replace(row, f"{row}\nAverage caseload per PO (FTE)\t99.9")
    reading = read_lines(text, vocabulary)

    assert values(reading, "staffing", "measure_id", "grade_id")["average_caseload", "po"] == "36.4"
    assert any("'99.9' differs from '36.4'" in notice.message for notice in reading.notices)


def test_parts_that_do_not_sum_to_the_caseload_are_told(vocabulary: Vocabulary) -> None:
    reading = read_lines(LONG.read_text(encoding="utf-8").replace("640 community", "641 community"), vocabulary)

    assert any("the parts of the caseload sum to 1251" in notice.message for notice in reading.notices)


def test_a_percentage_above_100_is_told(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8").replace("other people safe?\t65%", "other people safe?\t165%")
    reading = read_lines(text, vocabulary)

    assert any("'165%' is no percentage from 0 to 100" in notice.message for notice in reading.notices)


def test_a_contents_entry_without_a_heading_is_told(vocabulary: Vocabulary) -> None:
    text = LONG.read_text(encoding="utf-8").replace("Annexe four – Web links\t36", "Annexe four – Recipes\t36")
    reading = read_lines(text, vocabulary)

    assert any("the contents list 'Annexe four – Recipes'" in notice.message for notice in reading.notices)


def test_nothing_in_the_small_reports_is_real() -> None:
    assert all(
        "This made-up report was written for tests." in path.read_text("utf-8") for path in REPORTS.glob("*.txt")
    )
