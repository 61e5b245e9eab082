"""Small invented reports, each for a kind of print: columns, frameworks, contents, footnote marks, checks."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from pdu_inspections.errors import InputError
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.reader_help import read_lines, rows, write_project

CASES = Path(__file__).parents[1] / "support" / "reader_cases"
COVER = """\
HM Inspectorate of Probation
An inspection of probation services in:
Ashmere PDU
HM Inspectorate of Probation, March 2023

Ratings

Fieldwork started January 2023

Overall rating

Inadequate

"""
ENGAGING = "Does assessment focus sufficiently on engaging the person on probation?"
VACANCY = (
    "Vacancy rate of PO grade only (total number of unfilled posts as a percentage of total number of "
    "required PO posts)"
)
SAFE = "Does assessment focus sufficiently on keeping other people safe?"


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(write_project(tmp_path_factory.mktemp("project") / "project"))


def case(name: str) -> str:
    return (CASES / f"{name}.txt").read_text(encoding="utf-8")


def questions(reading: Reading) -> dict[str, str]:
    found = [*rows(reading, "key_questions"), *rows(reading, "prompts")]
    return {row["question_id"].partition(".")[2]: row["as_printed"] for row in found}


def measures(reading: Reading, table: str) -> dict[str, str]:
    return {row["measure_id"]: row["as_printed"] for row in rows(reading, table)}


def comparators(reading: Reading) -> dict[tuple[str, str], str]:
    return {
        (row["question_id"].partition(".")[2] or row["measure_id"], row["comparator_id"]): row["as_printed"]
        for row in rows(reading, "comparators")
    }


def messages(reading: Reading) -> str:
    return "\n".join(f"{notice.line}: {notice.message}" for notice in reading.notices)


def table(head: str, *lines: str) -> str:
    """A report with one table of results."""
    return COVER + "\n".join(["Annexe three – Inspection data", "", "2.2. Assessment", "", head, *lines])


# ---------------------------------------------------------------------- columns


def test_the_column_of_the_head_is_the_bodys_own_and_a_word_of_status_is_a_value(vocabulary: Vocabulary) -> None:
    reading = read_lines(case("comparator_taken"), vocabulary)

    assert measures(reading, "staffing") == {
        "vacancy_rate": "Not provided",
        "attrition_rate": "n/a",
        "workload_measurement_average": "121",
        "average_caseload": "43.9",
    }
    statuses = {row["measure_id"]: row["value_status"] for row in rows(reading, "staffing")}
    assert statuses["vacancy_rate"] == "not_provided"
    assert statuses["attrition_rate"] == "not_applicable"
    assert questions(reading) == {"2.2.1": "Not available", "2.2.3": "23%"}
    assert [row["value_status"] for row in rows(reading, "prompts") + rows(reading, "key_questions")] == [
        "not_available",
        "reported",
    ]
    assert comparators(reading) == {
        ("vacancy_rate", "all_pdus"): "12%",
        ("attrition_rate", "all_pdus"): "9%",
        ("workload_measurement_average", "all_pdus"): "108%",
        ("average_caseload", "all_pdus"): "38.2",
        ("2.2.1", "all_pdus"): "57%",
        ("2.2.3", "all_pdus"): "31%",
    }


OWN_HEADS = ("This PDU", "Ashmere PDU", "Ashmere", "% yes", "This inspection", "2023", "PDU (%)", "Percentage ‘Yes’")
OTHER_HEADS = {
    "All PDUs inspected": "all_pdus",
    "All PDUs (average)": "all_pdus",
    "Region": "region",
    "Regional average": "region",
    "England and Wales": "england_and_wales",
    "National average": "england_and_wales",
    "Target": "target",
    "Previous inspection": "previous_inspection",
}


@pytest.mark.parametrize("own", OWN_HEADS)
@pytest.mark.parametrize("other", OTHER_HEADS)
def test_own_and_comparator_are_told_by_their_heads_in_either_order(
    own: str, other: str, vocabulary: Vocabulary
) -> None:
    for heads, cells in (((own, other), ("41%", "57%")), ((other, own), ("57%", "41%"))):
        reading = read_lines(table("\t".join(["Key question", *heads]), "\t".join([ENGAGING, *cells])), vocabulary)

        assert questions(reading) == {"2.2.1": "41%"}, heads
        assert comparators(reading) == {("2.2.1", OTHER_HEADS[other]): "57%"}, heads


def test_columns_in_every_order_are_read_by_their_heads(vocabulary: Vocabulary) -> None:
    columns = (("This PDU", "41%"), ("All PDUs", "57%"), ("Target", "80%"), ("Number of cases", "32"))
    for order in permutations(columns):
        head = "\t".join(["Key question", *(one for one, _ in order)])
        reading = read_lines(table(head, "\t".join([ENGAGING, *(cell for _, cell in order)])), vocabulary)

        assert questions(reading) == {"2.2.1": "41%"}, head
        assert comparators(reading) == {("2.2.1", "all_pdus"): "57%", ("2.2.1", "target"): "80%"}, head


@pytest.mark.parametrize("word", ["Not provided", "n/a", "Not available", "N/A", "Data not available", ""])
def test_where_the_own_cell_has_no_figure_the_comparator_is_not_taken(word: str, vocabulary: Vocabulary) -> None:
    reading = read_lines(table("Key question\tThis PDU\tAll PDUs", f"{ENGAGING}\t{word}\t57%"), vocabulary)

    assert questions(reading) == ({"2.2.1": word} if word else {})
    assert comparators(reading) == {("2.2.1", "all_pdus"): "57%"}
    assert word or "2.2.1" in messages(reading)


def test_earlier_years_beside_the_bodys_own_are_of_a_previous_inspection(vocabulary: Vocabulary) -> None:
    reading = read_lines(table("Key question\t2021\t2023", f"{ENGAGING}\t63%\t53%"), vocabulary)

    assert questions(reading) == {"2.2.1": "53%"}
    assert comparators(reading) == {("2.2.1", "previous_inspection"): "63%"}


@pytest.mark.parametrize("head", ["", "Key question\tQuarter 2\tQuarter 3", "Key question\tNorthshire\tSouthshire"])
def test_figures_under_no_head_that_settles_them_are_shown_and_not_taken(head: str, vocabulary: Vocabulary) -> None:
    reading = read_lines(table(head, f"{ENGAGING}\t63%\t53%"), vocabulary)

    assert questions(reading) == comparators(reading) == {}
    assert "'63%', '53%'" in messages(reading)


def test_a_head_of_another_table_settles_nothing(vocabulary: Vocabulary) -> None:
    before = ["2.1. Court work", "", "Key question\tThis PDU\tAll PDUs", "Something else?\t5%\t6%", ""]
    text = table("", f"{ENGAGING}\t63%\t53%").replace("2.2. Assessment", "\n".join([*before, "2.2. Assessment"]))
    reading = read_lines(text, vocabulary)

    assert questions(reading) == {}
    assert "'63%', '53%'" in messages(reading)


def test_two_figures_parted_by_single_spaces_are_shown(vocabulary: Vocabulary) -> None:
    reading = read_lines(table("", f"{ENGAGING} 63% 53%"), vocabulary)

    assert questions(reading) == {}
    assert "63%" in messages(reading)


def test_a_table_of_comparators_alone_gives_no_figure_of_the_body(vocabulary: Vocabulary) -> None:
    reading = read_lines(table("Key question\tAll PDUs\tEngland and Wales", f"{ENGAGING}\t63%\t53%"), vocabulary)

    assert questions(reading) == {}
    assert set(comparators(reading)) == {("2.2.1", "all_pdus"), ("2.2.1", "england_and_wales")}


def test_heads_of_two_rows_are_put_together(vocabulary: Vocabulary) -> None:
    head = "Key question\tThis\tAll\n\tPDU\tPDUs"
    reading = read_lines(table(head, f"{ENGAGING}\t41%\t57%"), vocabulary)

    assert questions(reading) == {"2.2.1": "41%"}
    assert comparators(reading) == {("2.2.1", "all_pdus"): "57%"}


def test_columns_of_spaces_are_matched_by_their_place(vocabulary: Vocabulary) -> None:
    head = f"{'Key question':<90}{'This PDU':>10}     {'All PDUs':>10}"
    lines = [f"{ENGAGING:<90}{'':>10}     {'57%':>10}", f"{SAFE:<90}{'23%':>10}     {'31%':>10}"]
    reading = read_lines(table(head, *lines), vocabulary)

    assert questions(reading) == {"2.2.3": "23%"}
    assert comparators(reading)["2.2.1", "all_pdus"] == "57%"


# ---------------------------------------------------------------------- frameworks


@pytest.mark.parametrize("name", ["framework_2023_no_prefix", "framework_2023_P_prefix"])
def test_the_revision_of_2023_is_told_by_maximum_and_names(name: str, vocabulary: Vocabulary) -> None:
    reading = read_lines(case(name), vocabulary)

    assert rows(reading, "inspections")[0]["framework_id"] == "pdu_2023"
    assert {row["standard_id"]: row["rating_id"] for row in rows(reading, "ratings")} == {
        "overall": "inadequate",
        "pdu_2023.1.1": "good",
        "pdu_2023.1.2": "inadequate",
        "pdu_2023.2.1": "inadequate",
    }
    assert questions(reading) == {"2.1.1": "41%"}


def test_a_region_is_an_inspected_body(vocabulary: Vocabulary) -> None:
    reading = read_lines(case("region_page"), vocabulary)
    inspection = rows(reading, "inspections")[0]

    assert inspection["framework_id"] == "region_2023"
    assert inspection["inspection_id"] == "border_counties_region_2024"
    assert {row["standard_id"] for row in rows(reading, "ratings")} == {"overall", "region_2023.2.1"}
    assert questions(reading) == {"2.1.1": "33%"}


@pytest.mark.parametrize(
    ("title", "date", "rest", "framework", "body"),
    [
        (
            "An inspection of\nNorth Marches division\nNational Probation Service",
            "June 2019",
            "Score 14/30\n\nOverall rating\n\nGood\n\n3.2 Statutory victim work\n\nGood",
            "nps_2018",
            "north_marches_nps_division",
        ),
        (
            "Dynamic Inspection of Public Protection in Downs, Weald and Marsh",
            "December 2025",
            f"C1 {SAFE}\n\nKey question\t% yes\n{SAFE}\t44%",
            "dynamic_2025",
            "downs_weald_and_marsh_region",
        ),
        (
            "National Inspection – April 2025",
            "April 2025",
            "Overall rating\n\nRequires improvement\n\nN 1.3 Services\n\nInadequate",
            "national_2025",
            "england_and_wales_nation",
        ),
        (
            "An inspection of probation services in\nAshmere region",
            "June 2024",
            "Score 9/24\n\nOverall rating\n\nRequires improvement",
            "region_2023",
            "ashmere_region",
        ),
    ],
)
def test_frameworks_by_cover_codes_and_score(
    title: str, date: str, rest: str, framework: str, body: str, vocabulary: Vocabulary
) -> None:
    text = f"HM Inspectorate of Probation\n\n{title}\n\nHM Inspectorate of Probation, {date}\n\nRatings\n\n{rest}\n"
    inspection = rows(read_lines(text, vocabulary), "inspections")[0]

    assert inspection["framework_id"] == framework
    assert inspection["organisation_id"] == body


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("Score 2/21→Score 2/27", "score out of 27"),
        ("January 2024→January 2019", "fieldwork or publication in 2019-01"),
        ("Ashmere PDU→Ashmere region", "Ashmere region"),
    ],
)
def test_evidence_that_disagrees_is_refused_and_named(change: str, named: str, vocabulary: Vocabulary) -> None:
    old, new = change.split("→")
    with pytest.raises(InputError, match="prints evidence of different frameworks") as refused:
        read_lines(case("framework_2023_no_prefix").replace(old, new), vocabulary)

    assert named in str(refused.value)
    assert "this fits" in str(refused.value)
    assert "nothing was read" in str(refused.value)


@pytest.mark.parametrize("change", ["Score 2/21→Score 2/33", "1.1 Leadership→Y 1.1 Leadership"])
def test_a_framework_nobody_knows_is_refused_with_the_next_step(change: str, vocabulary: Vocabulary) -> None:
    old, new = change.split("→")
    with pytest.raises(InputError, match="under a framework the reader does not know") as refused:
        read_lines(case("framework_2023_no_prefix").replace(old, new), vocabulary)

    assert "seeds/reference" in str(refused.value)


def test_a_report_that_leaves_the_framework_open_asks_for_its_name(vocabulary: Vocabulary) -> None:
    text = COVER.replace("January 2023", "December 2023") + "Nothing else.\n"
    with pytest.raises(InputError, match="does not tell the framework") as refused:
        read_lines(text, vocabulary)

    assert "--framework" in str(refused.value)


# ---------------------------------------------------------------------- headings, contents, footnote marks


@pytest.mark.parametrize("words", ["(Back to top)", "[Back to top]", "Back to contents", "↑ Return to top", ""])
def test_words_of_a_link_are_no_part_of_a_heading(words: str, vocabulary: Vocabulary) -> None:
    reading = read_lines(case("back_to_top").replace("(Back to top)", words), vocabulary)

    assert measures(reading, "caseloads") == {"caseload_total": "1,449"}
    assert questions(reading) == {"2.2.1": "41%"}
    assert {row["standard_id"] for row in rows(reading, "ratings")} == {"overall", "pdu_2021.2.2"}


@pytest.mark.parametrize("mark", ["", "- ", "• ", "2) "])
def test_a_contents_list_without_page_numbers_is_no_part_of_the_report(mark: str, vocabulary: Vocabulary) -> None:
    text = case("contents_without_pages")
    head, contents, body = text.partition("Contents\n\n")
    entries, rest = body.split("\n\nRatings\n", 1)
    listed = "\n\n".join(f"{mark}{entry}" for entry in entries.split("\n\n"))
    reading = read_lines(f"{head}{contents}{listed}\n\nRatings\n{rest}", vocabulary)

    row = rows(reading, "key_questions")[0]
    assert (row["section"], row["place"], row["as_printed"]) == (
        "2. Court work and case supervision",
        "chapter",
        "41%",
    )
    assert {row["place"] for row in rows(reading, "ratings")} == {"summary"}


@pytest.mark.parametrize("number", ["7", "3", "12", "104"])
def test_a_number_that_leads_to_a_footnote_is_no_value(number: str, vocabulary: Vocabulary) -> None:
    text = case("footnote_number_as_value").replace("commenced 7", f"commenced {number}")
    reading = read_lines(text.replace("\n7 Data", f"\n{number} Data"), vocabulary)

    assert measures(reading, "case_characteristics") == {
        "inspected_female": "16%",
        "programmes_not_commenced_sexual": "61%",
        "inspected_disability": "63%",
    }


# ---------------------------------------------------------------------- checks at reading


@pytest.mark.parametrize(
    ("label", "value", "finding"),
    [
        (VACANCY, "0.125", "may be a share of 1"),
        (VACANCY, "125%", "is no percentage from 0 to 100"),
        ("Workload management tool (WMT) average per PO", "1.04", "may be a share of 1"),
        ("Staff attrition (percentage of all staff leaving in 12-month period)", "0.09", "may be a share of 1"),
    ],
)
def test_staffing_is_checked_as_questions_are(label: str, value: str, finding: str, vocabulary: Vocabulary) -> None:
    text = (
        COVER + f"2.2. Assessment\n\nAnnexe two – Staffing and workload data\n\nKey staffing data\n{label}\t{value}\n"
    )
    reading = read_lines(text, vocabulary)
    line = text.split("\n").index(f"{label}\t{value}") + 1

    assert f"{line}: {value!r} {finding}" in messages(reading)


def test_a_percentage_no_number_of_cases_gives_is_shown_with_its_line(vocabulary: Vocabulary) -> None:
    text = table("Key question\t% yes", f"{ENGAGING}\t42%", f"{SAFE}\t40%") + "\n\nWe inspected 10 cases.\n"
    reading = read_lines(text, vocabulary)

    assert "'42%' is no share of 10 cases" in messages(reading)
    assert "'40%'" not in messages(reading)


def test_a_score_that_the_ratings_do_not_give_is_shown(vocabulary: Vocabulary) -> None:
    standards = ["1.1 Leadership", "1.2 Staffing", "1.3 Services", "2.1 Assessment", "2.2 Planning"]
    standards += ["2.3 Implementation and delivery", "2.4 Reviewing"]
    ratings = "\n\n".join(f"{standard}\n\nGood" for standard in standards)
    text = COVER.replace("January 2023", "January 2024").replace("Overall", "Score 13/21\n\nOverall") + ratings

    assert "the score is 13, but the ratings of the standards give 14" in messages(read_lines(text, vocabulary))
