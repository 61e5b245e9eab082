"""Drafts and decisions: what waits after a report was read, and what the CSVs hold once a person has decided."""

from __future__ import annotations

import csv
import threading
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from pdu_inspections.errors import InputError
from pdu_inspections.reader.seeds import csv_text
from pdu_inspections.release.dbt import UNEXPLAINED
from pdu_inspections.review.command import cite, read_unexplained
from pdu_inspections.review.contradictions import find_contradictions
from pdu_inspections.review.copies import find_passage, parse_citation, read_lines
from pdu_inspections.review.drafts import Decision, Draft, DraftKind, finding, to_row
from pdu_inspections.review.store import ReviewStore, RowError
from pdu_inspections.site.passages import Passages
from tests.support.reader_help import LONG, seed

pytest.importorskip("starlette", reason="the review page needs the extra `review`")
pytest.importorskip("uvicorn", reason="the review page needs the extra `review`")

from tests.support.review_help import REVIEWER, project_with_drafts, read_again, review_page

DOCUMENT = LONG.stem


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_with_drafts(tmp_path / "project")


@pytest.fixture
def store(project: Path) -> ReviewStore:
    return ReviewStore(project)


def first(store: ReviewStore, kind: DraftKind) -> Draft:
    return next(draft for draft in store.drafts(DOCUMENT) if draft.kind is kind)


def described(draft: Draft) -> dict[str, str]:
    return {**draft.row, "description": "Cases of an invented kind"}


# ---------------------------------------------------------------------- drafts


def test_a_report_that_was_read_leaves_drafts_of_every_kind(store: ReviewStore) -> None:
    drafts = store.drafts(DOCUMENT)
    assert {draft.kind for draft in drafts} >= {
        DraftKind.FIGURE,
        DraftKind.RECOMMENDATION_TITLE,
        DraftKind.PROGRESS_TITLE,
        DraftKind.ROW_COUNTS,
    }
    assert all(draft.decision is None for draft in drafts)


def test_a_draft_is_no_fact(project: Path, store: ReviewStore) -> None:
    assert store.drafts(DOCUMENT)
    assert not (project / "seeds/reports/reported_figures.csv").exists()


def test_reading_again_changes_no_draft(project: Path, store: ReviewStore) -> None:
    before = (project / "seeds/review/drafts.csv").read_bytes()
    read_again(project)
    assert (project / "seeds/review/drafts.csv").read_bytes() == before


def test_what_was_decided_is_not_proposed_again(project: Path, store: ReviewStore) -> None:
    rejected, accepted = [draft for draft in store.drafts(DOCUMENT) if draft.kind is DraftKind.FIGURE][:2]
    store.decide(rejected.key, Decision.REJECTED, REVIEWER, reason="a threshold")
    store.decide(accepted.key, Decision.ACCEPTED, REVIEWER, described(accepted))
    read_again(project)
    states = {draft.key: draft.decision for draft in store.drafts(DOCUMENT)}
    assert states[rejected.key] is Decision.REJECTED
    assert states[accepted.key] is Decision.CORRECTED
    assert list(states.values()).count(None) == len(states) - 2


# ---------------------------------------------------------------------- decisions


def test_an_accepted_figure_becomes_a_row_with_its_place(project: Path, store: ReviewStore) -> None:
    draft = first(store, DraftKind.FIGURE)
    decided = store.decide(draft.key, Decision.ACCEPTED, REVIEWER, described(draft))
    (row,) = seed(project, "reported_figures")
    assert row["description"] == "Cases of an invented kind"
    assert (row["line_number"], row["as_printed"]) == (draft.place["line_number"], draft.place["as_printed"])
    assert (decided.decision, decided.reviewed_by) == (Decision.CORRECTED, REVIEWER)
    assert decided.reviewed_on
    assert decided.corrected == {"description": "Cases of an invented kind"}


def test_what_is_accepted_as_proposed_is_not_called_corrected(store: ReviewStore) -> None:
    draft = next(d for d in store.drafts() if d.kind is DraftKind.FIGURE and d.proposed.get("description"))
    assert store.decide(draft.key, Decision.ACCEPTED, REVIEWER).decision is Decision.ACCEPTED


def test_figures_are_counted_without_anybody_typing_the_count(project: Path, store: ReviewStore) -> None:
    figures = [draft for draft in store.drafts() if draft.kind is DraftKind.FIGURE][:3]
    for draft in figures:
        store.decide(draft.key, Decision.ACCEPTED, REVIEWER, described(draft))
    store.undo(figures[0].key)
    counts = {
        row["table_name"]: row["rows_n"] for row in store.rows("expected_row_counts") if row["document_id"] == DOCUMENT
    }
    assert counts == {"reported_figures": "2"}


def test_the_counts_of_the_reader_are_confirmed_once(project: Path, store: ReviewStore) -> None:
    draft = first(store, DraftKind.ROW_COUNTS)
    store.decide(draft.key, Decision.ACCEPTED, REVIEWER)
    counted = {
        row["table_name"]: row["rows_n"] for row in store.rows("expected_row_counts") if row["document_id"] == DOCUMENT
    }
    assert counted == dict(draft.proposed)
    assert counted["prompts"] == str(len(seed(project, "prompts")))
    read_again(project)
    assert first(store, DraftKind.ROW_COUNTS).decision is Decision.ACCEPTED


def test_the_counts_wait_again_where_the_reader_finds_more_rows(project: Path, store: ReviewStore) -> None:
    store.decide(first(store, DraftKind.ROW_COUNTS).key, Decision.ACCEPTED, REVIEWER)
    label = "Average caseload per PSO (FTE)"
    report = LONG.read_text(encoding="utf-8").replace(label, f"Average caseload per SPO (FTE)\t2\n{label}")
    longer = project / LONG.name
    longer.write_text(report, encoding="utf-8")
    read_again(project, longer)
    recounted = first(store, DraftKind.ROW_COUNTS)
    assert recounted.decision is None
    store.decide(recounted.key, Decision.ACCEPTED, REVIEWER)
    counted = {row["table_name"]: row["rows_n"] for row in store.rows("expected_row_counts")}
    assert counted["staffing"] == str(len(seed(project, "staffing")))


def test_a_title_needs_its_words_and_its_theme(project: Path, store: ReviewStore) -> None:
    draft = first(store, DraftKind.RECOMMENDATION_TITLE)
    with pytest.raises(RowError) as raised:
        store.decide(draft.key, Decision.ACCEPTED, REVIEWER)
    assert raised.value.problems == {"title": "a value is needed", "theme_id": "a value is needed"}
    values = {"title": "Read assessments twice", "theme_id": "risk_of_harm"}
    store.decide(draft.key, Decision.ACCEPTED, REVIEWER, values)
    assert store.rows("recommendation_titles")[-1] == {
        "inspection_id": draft.inspection_id, "recommendation_number": "1", "second_theme_id": "", **values,
    }  # fmt: skip


def test_undo_leaves_the_csvs_as_they_were(project: Path, store: ReviewStore) -> None:
    paths = [project / "seeds" / name for name in ("reports/reported_figures.csv", "review/drafts.csv")]
    one, two = [draft for draft in store.drafts() if draft.kind is DraftKind.FIGURE][:2]
    store.decide(one.key, Decision.ACCEPTED, REVIEWER, described(one))
    before = [path.read_bytes() for path in paths]
    store.decide(two.key, Decision.ACCEPTED, REVIEWER, described(two))
    store.undo(two.key)
    assert [path.read_bytes() for path in paths] == before


def test_a_decision_can_be_changed(project: Path, store: ReviewStore) -> None:
    draft = first(store, DraftKind.FIGURE)
    store.decide(draft.key, Decision.ACCEPTED, REVIEWER, described(draft))
    store.decide(draft.key, Decision.ACCEPTED, REVIEWER, {**described(draft), "description": "Another kind"})
    assert [row["description"] for row in seed(project, "reported_figures")] == ["Another kind"]
    store.decide(draft.key, Decision.REJECTED, REVIEWER)
    assert seed(project, "reported_figures") == []


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("population_id", "nobody", "not in populations.csv"),
        ("polarity", "good", "expected one of"),
        ("value_pct", "1,000", "expected a plain number"),
        ("description", "=1+1", "formula"),
    ],
)
def test_a_row_that_the_gate_would_refuse_is_refused_at_once(
    project: Path, store: ReviewStore, column: str, value: str, told: str
) -> None:
    draft = first(store, DraftKind.FIGURE)
    with pytest.raises(RowError) as raised:
        store.decide(draft.key, Decision.ACCEPTED, REVIEWER, {**described(draft), column: value})
    assert told in raised.value.problems[column]
    assert not (project / "seeds/reports/reported_figures.csv").exists()
    assert first(store, DraftKind.FIGURE).decision is None


def test_two_people_at_once_lose_nothing(project: Path, store: ReviewStore) -> None:
    figures = [draft for draft in store.drafts() if draft.kind is DraftKind.FIGURE]

    def accept(part: list[Draft]) -> None:
        own = ReviewStore(project)
        for draft in part:
            own.decide(draft.key, Decision.ACCEPTED, REVIEWER, described(draft))

    people = [threading.Thread(target=accept, args=(figures[start::2],)) for start in (0, 1)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    lines = [int(row["line_number"]) for row in seed(project, "reported_figures")]
    assert len(lines) == len(figures)
    assert lines == sorted(lines)


# ---------------------------------------------------------------------- what the rules say


def test_contradictions_are_told_with_the_line_of_the_other_figure() -> None:
    place = {"document_id": "a", "line_number": "9", "column_number": "1"}
    blank = dict.fromkeys(("value", "numerator_n", "denominator_n", "value_pct", "fact_key"), "")
    same = {**blank, "document_id": "a", "line_number": "5", "column_number": "1", "fact_key": "cases", "value": "30"}
    table = {"measure_id": "vacancy_rate", "grade_id": "all", "value": "43.4", "line_number": "70"}
    prompt = {"question_id": "q", "as_printed": "63%", "line_number": "80"}

    def rules(**row: str) -> list[tuple[str, int]]:
        found = find_contradictions({**place, **row}, [same], [table], [prompt])
        return [(one.rule_id, one.other_line) for one in found]

    assert rules(numerator_n="5", denominator_n="4") == [("count_within_base", 0)]
    assert rules(numerator_n="1", denominator_n="3", value_pct="34") == [("fraction_agrees_with_its_percentage", 0)]
    assert rules(numerator_n="1", denominator_n="3", value_pct="33") == []
    assert rules(denominator_n="3", value_pct="50") == [("text_percentage_possible_for_its_base", 0)]
    assert rules(fact_key="cases", value="31") == [("same_fact_agrees_within_report", 5)]
    assert rules(fact_key="cases", value="30") == []
    assert rules(measure_id="vacancy_rate", grade_id="all", value_pct="45") == [("text_agrees_with_measure_table", 70)]
    assert rules(measure_id="vacancy_rate", grade_id="all", value_pct="43") == []
    assert rules(question_id="q", value_pct="60") == [("text_agrees_with_question_table", 80)]
    assert rules(question_id="q", value_pct="60", hedge_id="about") == []


# ---------------------------------------------------------------------- passages


def test_a_citation_leads_to_its_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    draft = first(ReviewStore(project), DraftKind.FIGURE)
    printed = CliRunner().invoke(cite, [f"{DOCUMENT}:{draft.item}", "--around", "1"])
    assert printed.exit_code == 0
    cited = next(line for line in printed.stdout.splitlines() if line.startswith(">"))
    assert cited.endswith(read_lines(project, DOCUMENT)[draft.line_number - 1])
    caret = printed.stdout.splitlines()[printed.stdout.splitlines().index(cited) + 1]
    assert cited[caret.index("^") :].startswith(draft.place["as_printed"])


@pytest.mark.parametrize("citation", ["nonsense", "a:L1", "../etc/passwd:L1:C1", f"{DOCUMENT}:L0:C1"])
def test_a_citation_of_no_place_is_refused(citation: str, project: Path) -> None:
    with pytest.raises(InputError):
        place = parse_citation(citation)
        find_passage(read_lines(project, place.document_id), place.line_number)


def test_without_a_copy_the_remedy_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="pdu read FILE"):
        read_lines(tmp_path, "ashby_pdu_2022")


def test_a_site_shows_passages_only_of_reports_that_are_at_hand(project: Path) -> None:
    draft = first(ReviewStore(project), DraftKind.FIGURE)
    passage = Passages(project)
    assert draft.place["as_printed"] in passage(f"{DOCUMENT}:{draft.item}")
    assert passage(f"{DOCUMENT}:L999999:C1") == ""
    assert passage("another_pdu_2022:L4:C1") == ""
    assert passage("published_page:row:4") == ""


# ---------------------------------------------------------------------- findings


def test_a_finding_waits_until_it_is_explained(project: Path, store: ReviewStore) -> None:
    breach = finding("same_fact_agrees_within_report", f"{DOCUMENT}:L4:C1", f"{DOCUMENT}:L9:C2", "40 / 41")
    assert store.record_findings([breach]) == 1
    read_again(project)
    with pytest.raises(RowError, match="explanation"):
        store.decide(breach.key, Decision.ACCEPTED, REVIEWER)
    store.decide(breach.key, Decision.ACCEPTED, REVIEWER, {**breach.row, "explanation": "One is of April."})
    (row,) = [row for row in store.rows("known_discrepancies") if row["citation_id_a"] == f"{DOCUMENT}:L4:C1"]
    assert (row["explanation"], row["is_resolved"]) == ("One is of April.", "false")
    assert store.record_findings([breach]) == 0


def test_what_a_build_left_unexplained_becomes_findings(tmp_path: Path) -> None:
    left = tmp_path / UNEXPLAINED
    left.write_text(
        "rule_id,claim,subject,value_a,value_b,row_for_known_discrepancies_csv\n"
        'count_within_base,A count is within its base.,Cases,9,,"count_within_base,a:L4:C1,,,,,false,WHY"\n'
        "a_rule,No model.,,,,\n",
        encoding="utf-8",
    )
    (found,) = read_unexplained(left)
    assert found.row["citation_id_a"] == "a:L4:C1"
    assert found.row["citation_id_b"] == ""
    with pytest.raises(InputError, match="pdu build"):
        read_unexplained(tmp_path / "none.csv")


# ---------------------------------------------------------------------- figures that the reader missed


def test_a_figure_that_the_reader_missed_is_added_where_it_is_printed(project: Path, store: ReviewStore) -> None:
    lines = read_lines(project, DOCUMENT)
    number = next(n for n, line in enumerate(lines, 1) if " the " in line and n > 40)
    added = store.add_figure(DOCUMENT, number, "the", REVIEWER)
    column = int(added.place["column_number"]) - 1
    assert lines[number - 1][column : column + 3] == "the"
    read_again(project)
    assert added.key in {draft.key for draft in store.drafts(DOCUMENT)}
    with pytest.raises(InputError, match="as printed"):
        store.add_figure(DOCUMENT, number, "no such words", REVIEWER)


# ---------------------------------------------------------------------- who may open the page


def test_the_page_is_for_whoever_has_the_token_on_this_machine(project: Path) -> None:
    with review_page(project) as (address, token):
        stranger = urllib.request.build_opener()
        known = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        assert refused(stranger, f"{address}/") == 403
        assert refused(stranger, f"{address}/?token=guess") == 403
        assert known.open(f"{address}/?token={token}").status == 200
        assert refused(stranger, f"{address}/?token={token}") == 403
        assert known.open(f"{address}/{DOCUMENT}").status == 200
        other_name = urllib.request.Request(f"{address}/{DOCUMENT}", headers={"Host": "example.org"})
        assert refused(known, other_name) == 403
        other_page = urllib.request.Request(
            f"{address}/{DOCUMENT}/row_counts/all/decide", b"action=accept", {"Origin": "http://example.org"}
        )
        assert refused(known, other_page) == 403


def test_odd_requests_are_refused_and_change_nothing(project: Path) -> None:
    before = (project / "seeds" / "review" / "drafts.csv").read_bytes()
    with review_page(project) as (address, token):
        stranger = urllib.request.build_opener()
        assert refused(stranger, f"{address}/?token=%C3%A9") == 403
        assert refused(stranger, urllib.request.Request(f"{address}/", headers={"Cookie": "pdu_review=\xe9"})) == 403
        known = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        known.open(f"{address}/?token={token}")

        def post(path: str, form: bytes) -> int:
            return refused(known, urllib.request.Request(f"{address}/{DOCUMENT}/{path}", form, {"Origin": address}))

        assert refused(known, f"{address}/page/{DOCUMENT}/{'9' * 5000}.png") == 404
        assert post("accept-alike", b"like=nothing") == 409
        assert post("row_counts/all/decide", b"action=reject&reason=" + b"x" * 200_000) == 422
    assert (project / "seeds" / "review" / "drafts.csv").read_bytes() == before


def test_accepting_all_alike_takes_the_repeats_of_an_accepted_figure(project: Path) -> None:
    store = ReviewStore(project)
    figures = [draft for draft in store.drafts(DOCUMENT) if draft.kind is DraftKind.FIGURE]
    first = next(draft for draft in figures if draft.proposed.get("description"))
    repeat, other = (
        replace(
            first,
            item=f"L{number}:C1",
            place={**first.place, "line_number": str(number), "column_number": "1", "as_printed": printed},
            confidence={"value": 0.1},
        )
        for number, printed in ((9001, first.place["as_printed"]), (9002, "another"))
    )
    path = project / store.contract["drafts"].path
    path.write_text(csv_text(store.contract["drafts"], map(to_row, (first, repeat, other))), encoding="utf-8")
    store.decide(first.key, Decision.ACCEPTED, REVIEWER, {**first.row, "description": "Corrected"})
    with review_page(project) as (address, token):
        known = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        known.open(f"{address}/?token={token}")
        form = f"like={first.kind}/{first.item}".encode()
        known.open(urllib.request.Request(f"{address}/{DOCUMENT}/accept-alike", form, {"Origin": address}))
    decided = {draft.item: draft for draft in store.drafts(DOCUMENT)}
    assert decided[repeat.item].row["description"] == "Corrected"
    assert decided[other.item].decision is None


@pytest.mark.parametrize("spoilt", ["[]", "{", "[" * 100_000, '{"value": '])
def test_a_spoilt_draft_is_named(spoilt: str, project: Path) -> None:
    path = project / "seeds" / "review" / "drafts.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    rows[0]["proposed_row"] = spoilt
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(InputError, match=f"cannot be read\n.*{DOCUMENT}"):
        ReviewStore(project).drafts()


def refused(opener: urllib.request.OpenerDirector, request: str | urllib.request.Request) -> int:
    with pytest.raises(urllib.error.HTTPError) as raised:
        opener.open(request)
    return raised.value.code
