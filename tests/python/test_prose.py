"""Figures in running text, on invented sentences: what is a figure, what it says, and what it is about."""

from __future__ import annotations

import pytest

from pdu_inspections.reader.document import Line
from pdu_inspections.reader.passages import join_lines
from pdu_inspections.reader.prose import read_prose
from pdu_inspections.reader.text import clean_text
from pdu_inspections.reader.vocabulary import SeedRow

CHAPTER = "1. Organisational delivery"


def figures(*paragraphs: str, section: str = CHAPTER) -> list[SeedRow]:
    """The candidates of these paragraphs, one line each."""
    passages = [join_lines((clean_text(Line(number, text)),)) for number, text in enumerate(paragraphs, 1)]
    return [candidate.values() for candidate in read_prose(passages, lambda _: section).candidates]


def reasons(*paragraphs: str) -> dict[str, str]:
    """Why numbers of these paragraphs became no candidates."""
    passages = [join_lines((clean_text(Line(number, text)),)) for number, text in enumerate(paragraphs, 1)]
    return {number.as_printed: number.reason for number in read_prose(passages, lambda _: CHAPTER).rejected}


def only(*paragraphs: str, section: str = CHAPTER) -> SeedRow:
    """The one candidate there is."""
    found = figures(*paragraphs, section=section)
    assert len(found) == 1, [row["as_printed"] for row in found]
    return found[0]


def printed_value(row: SeedRow) -> str:
    """What a candidate says, in short: 9/13, 44%, 9/13=69%, 12 cases."""
    share = f"{row['numerator_n']}/{row['denominator_n']}" if row["numerator_n"] else ""
    percent = f"{row['value_pct']}%" + (f" of {row['denominator_n']}" if row["denominator_n"] and not share else "")
    if row["value"]:
        return f"{row['value']} {row['unit']}"
    return "=".join(part for part in (share, percent if row["value_pct"] else "") if part)


def all_said(*paragraphs: str, section: str = CHAPTER) -> list[str]:
    return [printed_value(row) for row in figures(*paragraphs, section=section)]


# ---------------------------------------------------------------- shares


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The plan was good enough in 44 per cent of files.", "44%"),
        ("The plan was good enough in 44% of files.", "44%"),
        ("We found that half of the plans were late.", "50.00%"),
        ("Some fall short of the standard. Nine of 13 do not.", "9/13"),
        ("Eleven per cent had no plan at all.", "11%"),
        ("Sixty-two per cent of staff agreed.", "62%"),
        ("Some 12.5 per cent of visits were missed.", "12.5%"),
        ("Two thirds of the visits were missed.", "66.67%"),
        ("Visits were missed in one-quarter of orders.", "25.00%"),
        ("Half the visits were missed.", "50.00%"),
        ("One in five visits was missed.", "20.00%"),
        ("Nine of 13 colleagues agreed.", "9/13"),
        ("Nine out of the 13 colleagues agreed.", "9/13"),
        ("Nine colleagues out of 13 agreed.", "9/13"),
        ("In our survey nine from 13 colleagues agreed.", "9/13"),
        ("Of the 13 colleagues asked, nine agreed.", "9/13"),
        ("We found that 9/13 plans were late.", "9/13"),
        ("Ten of 29 orders (34 per cent) ended early.", "10/29=34%"),
        ("Ten (34 per cent) of the 29 orders ended early.", "10/29=34%"),
        ("Early ends came to 34 per cent (10 of 29).", "10/29=34%"),
        ("Half of the 32 orders ended early.", "50.00% of 32"),
        ("Early ends came to 25 per cent of the 32 orders.", "25% of 32"),
        ("None of the 13 colleagues agreed.", "0/13"),
        ("In all but one of the 37 orders the plan was there.", "36/37"),
        ("All seven respondents agreed.", "7/7"),
        ("The team had just four trainers from a planned complement of 13.", "4/13"),
    ],
)
def test_share_in_any_wording_is_read(sentence: str, expected: str) -> None:
    assert printed_value(only(sentence)) == expected


def test_both_ends_of_a_range_of_percentages_are_figures() -> None:
    assert all_said("Between 20 and 30 per cent of orders ended early.") == ["20%", "30%"]


def test_share_in_words_and_its_percentage_are_two_figures() -> None:
    assert all_said("Over a third of orders (36 per cent) ended early.") == ["33.33%", "36%"]


def test_change_in_per_cent_is_no_share() -> None:
    assert printed_value(only("There was a 12 per cent increase in visits.")) == "12 per_cent"


def test_percentage_beyond_a_hundred_is_workload() -> None:
    row = only("The workload measurement tool put probation officers at 126 per cent.")

    assert (printed_value(row), row["measure_id"], row["grade_id"]) == (
        "126 per_cent_of_capacity",
        "workload_measurement_average",
        "po",
    )


def test_confidence_level_is_no_finding() -> None:
    sentence = "Our sample has a confidence level of 90 per cent and a margin of error of 6."

    assert all_said(sentence) == ["90 per_cent", "6 per_cent"]


# ---------------------------------------------------------------- bases


def test_base_holds_for_every_number_of_its_sentence() -> None:
    sentence = "Of the seven reports we read, five were short, one was long and one was oral."

    assert all_said(sentence) == ["5/7", "1/7", "1/7"]


def test_base_close_to_its_numerator_is_part_of_the_figure() -> None:
    assert only("Of the 46 people surveyed, 28 felt safe.")["as_printed"] == "46 people surveyed, 28"


def test_base_far_from_its_numerator_is_a_figure_of_its_own() -> None:
    sentence = "Of the 16 cases where the home was linked to offending in one way or another, only five did well."

    assert all_said(sentence) == ["16 cases", "5/16"]


def test_base_without_a_numerator_may_have_none() -> None:
    sentence = "Of the nine cases where money was linked to offending, no improvements were seen."

    assert all_said(sentence) == ["9 cases", "0/9"]


def test_of_these_takes_up_the_count_before() -> None:
    assert all_said("We had word from 70 people. Of these, 53 per cent were content.") == ["70 people", "53% of 70"]


def test_of_them_takes_up_the_numerator_before() -> None:
    assert all_said("Nine of the 13 files were late. Eight of them were lost.") == ["9/13", "8/9"]


def test_respondents_share_the_base_of_the_survey() -> None:
    text = "In our questionnaire, nine of 13 respondents were content. However, only three respondents wanted more."

    assert all_said(text) == ["9/13", "3/13"]


def test_answer_without_a_noun_shares_the_base_of_its_sentence() -> None:
    assert all_said("Ten of 13 respondents agreed, and one did not know.") == ["10/13", "1/13"]


def test_part_of_a_count_named_with_including() -> None:
    assert all_said("We heard from 50 individuals, including two women.") == ["50 people", "2/50"]


def test_parts_of_a_caseload_are_counts() -> None:
    text = "The unit manages 2,800 cases. Of these cases, 1,700 were community orders, 600 licence cases."

    assert all_said(text)[1:] == ["1700 cases", "600 cases"]


# ---------------------------------------------------------------- counts and measurements


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The unit is run from three offices.", "3 sites"),
        ("There are 33 probation practitioners in training.", "33 people"),
        ("There are 14.75 PSO vacancies.", "14.75 posts"),
        ("The region has 15 FTE probation officers.", "15 people_fte"),
        ("Hearings are held in two courts.", "2 sites"),
        ("There are five district councils.", "5 organisations"),
        ("People wait six weeks on the whole.", "6 weeks"),
        ("Up to £1m is spent there.", "1000000 pounds"),
        ("The ratio of officers stands at 2:1.", "2 ratio"),
        ("A team of 12 delivers it.", "12 other_count"),
        ("Over 1,200 orders were made.", "1200 cases"),
        ("The number of referrals reached 480.", "480 cases"),
        ("One hundred and twenty people took part.", "120 people"),
        ("A dozen volunteers help.", "12 people"),
        ("This was found in all but one case.", "1 cases"),
        ("This is the ninth unit to be inspected in 2022.", "9 organisations"),
        ("The unit is the fifth largest of 12.", "5 other_count"),
    ],
)
def test_count_has_the_unit_of_its_noun(sentence: str, expected: str) -> None:
    assert expected in all_said(sentence)


def test_average_caseloads_are_cases_per_officer() -> None:
    rows = figures("The average caseload is 33.7 for probation officers (POs) and 44.9 for PSOs.")

    assert [(printed_value(row), row["measure_id"], row["grade_id"]) for row in rows] == [
        ("33.7 cases_per_officer", "average_caseload", "po"),
        ("44.9 cases_per_officer", "average_caseload", "pso"),
    ]


def test_rate_to_compare_with_keeps_unit_and_names_its_population() -> None:
    rows = figures("Sickness absence was 14.2 days, above the regional (11.1) and national (10.4) figures.")

    assert [(printed_value(row), row["population_id"]) for row in rows] == [
        ("14.2 days_per_person", "workforce"),
        ("11.1 days_per_person", "region"),
        ("10.4 days_per_person", "england_and_wales"),
    ]


def test_range_gives_two_figures_with_one_noun() -> None:
    assert all_said("A full load is 40 to 50 cases.") == ["40 cases", "50 cases"]


def test_range_of_time_written_with_an_article() -> None:
    assert all_said("People wait between six months and a year.") == ["6 months", "1 years"]


def test_second_of_two_kinds_of_case() -> None:
    assert all_said("There were 37 community and 13 post-release cases.") == ["37 cases", "13 cases"]


def test_parallel_number_counts_what_the_first_does() -> None:
    assert all_said("We saw that three cases were dropped and four finished.") == ["3 cases", "4 cases"]


def test_nobody_is_a_figure() -> None:
    assert "0 people" in all_said("No sentencers responded to our survey of 2022.")


# ---------------------------------------------------------------- no figures


@pytest.mark.parametrize(
    "sentence",
    [
        "We were there on 27 June 2022 and from 01 to 12 November 2021.",
        "The plan for 2022-25 follows the one of 2018/2019.",
        "A man aged 19 and a 22-year-old woman lived there.",
        "The service for people aged 18 to 25 is new.",
        "See annexe three, table 4.8 and page 12.",
        "Domain two covers levels 2 and 3.",
        "Section 10 of the Offender Act 2014 says so.",
        "They meet at 10:30 and at 4pm.",
        "Covid-19 and form M3 3FX made it worse.",
        "This is a three-way meeting in a two-tier authority, one-to-one.",
        "No one knew which one was meant, nor another one.",
        "Work is done by the third sector and a third party.",
        "We answer three key questions about this.",
        "It scored 7/27 in all.",
        "The code is 2.2.3 there.",
        "In the previous 12 months much was done.",
        "Those sentenced to two years are not there.",
        "One officer told us of it.",
        "In one case, the man was ill.",
    ],
)
def test_sentence_without_a_figure_gives_none(sentence: str) -> None:
    assert figures(sentence) == []


def test_footnote_mark_is_no_part_of_a_number() -> None:
    row = only("The total caseload of the unit is 15,372³ by now.")

    assert (row["as_printed"], printed_value(row)) == ("15,372", "15372 cases")


def test_quotation_holds_no_figures() -> None:
    assert figures('"I have seen nine officers in three years and it does not help me."') == []


def test_quotation_inside_a_sentence_holds_no_figures() -> None:
    text = "Half of them agreed: “I had 12 officers in all and three of them never came at all.”"

    assert all_said(text) == ["50.00%"]


def test_practice_example_holds_no_figures() -> None:
    text = ("Good practice example", "Sam was seen twice a week by two officers for eight months.")

    assert figures(*text) == []


def test_practice_example_ends_at_the_next_heading() -> None:
    text = ("Good practice example", "Sam had two officers.", "2.2. Assessment", "We saw three officers.")

    assert all_said(*text) == ["3 people"]


def test_rule_of_rating_holds_no_figures() -> None:
    assert figures("Where 70 per cent of plans do, then the rating is 'Good'; with 40 per cent it is lower.") == []


def test_heading_holds_no_figures() -> None:
    assert figures("1.2. Staff of three teams") == []


def test_short_line_that_says_a_share_is_no_heading() -> None:
    assert printed_value(only("Plans were there in 35 per cent of files")) == "35%"


def test_mark_of_a_list_is_no_figure() -> None:
    assert all_said("3. The unit has two offices.") == ["2 sites"]


def test_cover_holds_no_figures() -> None:
    assert figures("The unit has two offices.", section="Cover") == []


# ---------------------------------------------------------------- hedges


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("almost", "almost"),
        ("just under", "almost"),
        ("less than", "less_than"),
        ("fewer than", "less_than"),
        ("just over", "just_over"),
        ("a little over", "just_over"),
        ("more than", "over"),
        ("over", "over"),
        ("at least", "at_least"),
        ("up to", "up_to"),
        ("about", "about"),
        ("approximately", "about"),
        ("only", "only"),
        ("in only", "only"),
        ("", ""),
    ],
)
def test_hedge_of_the_words_before(words: str, hedge: str) -> None:
    assert only(f"The plans were late in {words} half of files.")["hedge_id"] == hedge


def test_hedge_of_the_words_after() -> None:
    assert only("Some officers hold 50 or more cases.")["hedge_id"] == "at_least"


def test_only_stands_away_from_its_figure() -> None:
    assert only("Risk was only addressed in 25 per cent of cases.")["hedge_id"] == "only"


def test_over_a_span_of_time_means_during() -> None:
    assert only("They are seen over two days.")["hedge_id"] == ""


# ---------------------------------------------------------------- what it is about


@pytest.mark.parametrize(
    ("sentence", "population"),
    [
        ("Plans were good in 44 per cent of cases we inspected.", "inspected_cases"),
        ("We inspected 32 cases.", "inspection_activity"),
        ("In our staff survey, nine of 13 respondents agreed.", "staff_survey"),
        ("Of the practitioners we interviewed, 44 per cent agreed.", "practitioner_interviews"),
        ("In the User Voice survey, 21 of 46 respondents agreed.", "user_survey"),
        ("Women make up 16 per cent of the caseload.", "caseload"),
        ("Some 79 per cent of staff are women.", "workforce"),
        ("Checks were made for 57 per cent of court reports.", "court_reports"),
        ("There were 201 women on probation in the caseload.", "caseload"),
    ],
)
def test_population_is_read_from_the_sentence(sentence: str, population: str) -> None:
    assert only(sentence)["population_id"] == population


def test_population_is_read_from_the_heading() -> None:
    found = figures("Engagement of people on probation", "Some 65 per cent of respondents were content.")

    assert [row["population_id"] for row in found] == ["user_survey"]


def test_survey_named_once_holds_under_its_heading() -> None:
    found = figures("In our staff survey, nine of 13 agreed.", "Another 62 per cent felt safe at work.")

    assert [row["population_id"] for row in found] == ["staff_survey", "staff_survey"]


@pytest.mark.parametrize(
    ("sentence", "group"),
    [
        ("Plans were good in 44 per cent of post-release cases.", "post_release"),
        ("Plans were good in 44 per cent of community cases.", "community"),
        ("Plans were good in 44 per cent of cases where this was needed.", "relevant"),
        ("Plans were good in 44 per cent of cases.", "all"),
    ],
)
def test_part_of_the_population_is_read_from_the_base(sentence: str, group: str) -> None:
    assert only(sentence)["case_group_id"] == group


def test_vacancy_rates_by_grade() -> None:
    rows = figures("Vacancy rates were 31 per cent for probation officers and five per cent for SPOs.")

    assert [(row["measure_id"], row["grade_id"], row["polarity"]) for row in rows] == [
        ("vacancy_rate", "po", "neutral"),
        ("vacancy_rate", "spo", "neutral"),
    ]


# ---------------------------------------------------------------- where it is printed


def test_figure_is_placed_at_its_column() -> None:
    line = "- **Plans** were good in 44 per cent of files."
    row = only(line)

    assert line[int(row["column_number"]) - 1 :].startswith(row["as_printed"])


def test_figure_of_a_wrapped_paragraph_is_placed_on_its_own_line() -> None:
    lines = (Line(1, "Plans were good enough and in time in"), Line(2, "44 per cent of files."))
    passage = join_lines(tuple(clean_text(line) for line in lines))

    candidate = read_prose([passage], lambda _: CHAPTER).candidates[0]

    assert (candidate.line_number, candidate.column_number, candidate.as_printed) == (2, 1, "44 per cent")


def test_rows_of_tables_are_left_to_their_reader() -> None:
    passage = join_lines((clean_text(Line(1, "Plans were good in 44 per cent of files.")),))

    assert read_prose([passage], lambda _: CHAPTER, in_tables={0}).candidates == []
