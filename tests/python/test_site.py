"""The static site of a release: complete, whole, escaped, and showing what the file holds."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import duckdb
import pytest
from markupsafe import Markup
from test_analyses import ANALYSES, exposed, tables

from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release.audit import open_for_reading
from pdu_inspections.site import html
from pdu_inspections.site.content import Content
from pdu_inspections.site.pages import all_pages
from pdu_inspections.site.write import IN_RELEASE, write_site
from tests.support.warehouse import ROOT, Built

LARGEST_BYTES = 8_000_000
LARGEST_FIRST_PAGE_BYTES = 300_000


@pytest.fixture(scope="module")
def file(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_for_reading(release / DATABASE_NAME) as connection:
        yield connection


@dataclass
class Parsed(HTMLParser):
    """What a page links to, names, and says."""

    links: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    addresses: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.ids.append(named["id"])
        self.handlers += [name for name in named if name.startswith("on")]
        self.addresses += [named[name] for name in ("href", "src", "action", "data", "poster") if name in named]
        if tag == "a":
            self._open, self._words = named.get("href", ""), ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.text += " "
        if tag == "a" and self._open is not None:
            self.links.append((" ".join(self._words.split()), self._open))
            self._open = None

    def handle_data(self, data: str) -> None:
        self.text += data
        self._words += data


def parse(path: Path) -> Parsed:
    parsed = Parsed()
    parsed.feed(path.read_text(encoding="utf-8"))
    return parsed


@pytest.fixture(scope="module")
def pages(release: Path) -> dict[str, Parsed]:
    site = release / "site"
    return {path.relative_to(site).as_posix(): parse(path) for path in sorted(site.rglob("*.html"))}


def records(file: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    result = file.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def address(page: str, citation_id: str) -> str:
    """Where a page must link to for a citation."""
    document, _, place = citation_id.partition(":")
    return f"{'../' * page.count('/')}figures/{document}.html#{place.replace(':', '-')}"


def percent(value: Any) -> str:
    return f"{float(value):g}%"


# ------------------------------------------------------------------ whole


def test_there_is_a_page_for_everything(pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection) -> None:
    inspections = [row[0] for row in file.execute("select inspection_id from dim_inspection").fetchall()]
    pairs = file.execute(
        "select distinct earlier_inspection_id, later_inspection_id from rpt_key_question_comparison "
        "where comparable <> 'none'"
    ).fetchall()
    areas = [row[0] for row in file.execute("select distinct area_id from rpt_area_timeline").fetchall()]
    documents = [row[0] for row in file.execute("select distinct document_id from dim_citation").fetchall()]
    places = [row[0] for row in file.execute("select pdu_id from dim_pdu where is_registered").fetchall()]
    regions = [row[0] for row in file.execute("select region_id from dim_probation_region").fetchall()]
    chapters = {Path(analysis.path).parent.name[2:] for analysis in ANALYSES}
    expected = {
        *("index.html", "national.html", "reading.html", "method.html", "changes.html", "quality.html"),
        *("dictionary.html", "downloads.html"),
        *(f"{folder}/index.html" for folder in ("places", "inspections", "areas", "compare", "questions", "figures")),
        *(f"places/{name}.html" for name in (*places, *regions)),
        *(f"inspections/{name}.html" for name in inspections),
        *(f"compare/{earlier}--{later}.html" for earlier, later in pairs),
        *(f"areas/{name}.html" for name in areas),
        *(f"figures/{name}.html" for name in documents),
        *(f"questions/{name}.html" for name in chapters),
    }
    assert set(pages) == expected


def test_every_link_leads_somewhere(pages: dict[str, Parsed], release: Path) -> None:
    site = release / "site"
    broken = []
    for name, page in pages.items():
        for href in page.addresses:
            parts = urlsplit(href)
            if parts.scheme in {"https", "http", "data"}:
                continue
            target = ((site / name).parent / unquote(parts.path)).resolve() if parts.path else site / name
            there = target.is_file() and target.is_relative_to(release.resolve())
            if there and parts.fragment:
                there = parts.fragment in pages[target.relative_to(site.resolve()).as_posix()].ids
            if not there:
                broken.append((name, href))
    assert broken == []


def test_only_the_script_of_the_site_runs_and_nothing_is_fetched_from_elsewhere(
    pages: dict[str, Parsed], release: Path
) -> None:
    for name, page in pages.items():
        assert page.tags.keys().isdisjoint({"iframe", "object", "embed", "img"}), name
        assert page.tags["script"] == 1, name
        assert page.handlers == [], name
    for path in (release / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"<script[^>]*>", text) == [re.search(r'<script src="(?:\.\./)*site\.js" defer>', text)[0]], (
            path
        )
        assert not re.search(r"<link[^>]+href=\"(?!data:|(?:\.\./)*style\.css)|javascript:|@import", text), path
    assert "url(" not in (release / "site" / "style.css").read_text(encoding="utf-8")
    assert not re.search(r"https?:|fetch\(|import\(", (release / "site" / "site.js").read_text(encoding="utf-8"))


def test_ids_are_unique_on_every_page(pages: dict[str, Parsed]) -> None:
    assert {name: count for name, page in pages.items() if (count := len(page.ids) - len(set(page.ids)))} == {}


def test_every_table_is_named_and_every_page_says_whose_it_is(pages: dict[str, Parsed]) -> None:
    for name, page in pages.items():
        assert page.tags["table"] == page.tags["caption"], name
        assert page.tags["h1"] == 1, name
        assert "Open Government Licence v3.0" in page.text, name
        assert "not the\nInspectorate’s" in page.text, name


@pytest.mark.slow
def test_the_site_is_small_and_the_same_every_time(release: Path, tmp_path: Path) -> None:
    files = {path.relative_to(release / "site"): path for path in (release / "site").rglob("*") if path.is_file()}
    assert sum(path.stat().st_size for path in files.values()) < LARGEST_BYTES
    first = ("index.html", "style.css", "site.js")
    assert sum(files[Path(name)].stat().st_size for name in first) < LARGEST_FIRST_PAGE_BYTES
    assert files[Path("search-index.js")].stat().st_size < LARGEST_FIRST_PAGE_BYTES  # loaded when somebody searches
    write_site(release / DATABASE_NAME, ROOT, tmp_path, IN_RELEASE)
    again = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*") if path.is_file()}
    assert again.keys() == files.keys()
    assert [name for name, path in files.items() if path.read_bytes() != again[name].read_bytes()] == []


def test_the_exposure_names_the_tables_that_the_site_shows(built: Built, file: duckdb.DuckDBPyConnection) -> None:
    content = Content(file, ROOT, IN_RELEASE)
    assert list(all_pages(content))
    shown = {name for name in tables(file, content.queries) if not name.startswith(("ops_", "duckdb_"))}
    assert exposed(built.manifest, "site") == shown


# ------------------------------------------------------------------ figures


def test_key_questions_are_shown_as_the_file_has_them(
    pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection
) -> None:
    rows = records(file, "from fct_key_question")
    assert len(rows) > 50
    for row in rows:
        name = f"inspections/{row['inspection_id']}.html"
        assert (percent(row["yes_pct"]), address(name, row["citation_id"])) in pages[name].links
        if row["cases_n"] is not None:
            assert (str(row["cases_n"]), address(name, row["base_citation_id"])) in pages[name].links
            low, high = (round(row[f"yes_pct_{bound}_95"]) for bound in ("low", "high"))
            assert f"{percent(row['yes_pct'])} ({low}–{high})" in pages[name].text
            assert f"{low} to {high}" in pages[name].text


@pytest.mark.parametrize(
    ("table", "column"),
    [("fct_prompt", "yes_pct"), ("fct_outcome", "value_pct"), ("fct_criterion_score", "score_pct")],
)
def test_percentages_are_shown_as_the_file_has_them(
    pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection, table: str, column: str
) -> None:
    rows = records(file, f"select inspection_id, {column} as pct, citation_id from {table} where {column} is not null")
    assert rows
    for row in rows:
        name = f"inspections/{row['inspection_id']}.html"
        assert (percent(row["pct"]), address(name, row["citation_id"])) in pages[name].links


def test_ratings_and_measures_are_shown_as_the_file_has_them(
    pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection
) -> None:
    for row in records(file, "from fct_rating"):
        name = f"inspections/{row['inspection_id']}.html"
        assert (row["rating"], address(name, row["citation_id"])) in pages[name].links
        if row["standard_id"] == "overall":
            assert (row["rating"], address("index.html", row["citation_id"])) in pages["index.html"].links
    for row in records(file, "from fct_staffing"):
        name = f"inspections/{row['inspection_id']}.html"
        shown = [text for text, href in pages[name].links if href == address(name, row["citation_id"])]
        if row["value"] is None:
            assert html.MISSING[row["value_status"]] in shown
        else:
            assert f"{float(row['value']):,g}" in {text.split("%")[0].split(" ")[0] for text in shown}


def test_comparisons_are_shown_as_the_file_has_them(pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection) -> None:
    for row in records(file, "from rpt_key_question_comparison where comparable <> 'none'"):
        name = f"compare/{row['earlier_inspection_id']}--{row['later_inspection_id']}.html"
        for which in ("earlier", "later"):
            shown = (percent(row[f"{which}_yes_pct"]), address(name, row[f"{which}_citation_id"]))
            assert shown in pages[name].links
        if row["difference_points"] is None:
            assert row["comparable"] == "broad"
        else:
            assert f"{float(row['difference_points']):+.0f}".replace("-", "−").replace("+0", "0") in pages[name].text


def test_timelines_are_shown_with_every_break(pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection) -> None:
    rows = records(file, "from rpt_area_timeline")
    for row in rows:
        name = f"areas/{row['area_id']}.html"
        assert (row["as_printed"], address(name, row["citation_id"])) in pages[name].links
    for area_id in {row["area_id"] for row in rows}:
        breaks = sum(row["is_break"] for row in rows if row["area_id"] == area_id)
        assert pages[f"areas/{area_id}.html"].text.count("break: another") == breaks


def test_the_national_picture_is_that_of_the_published_pages(
    pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection
) -> None:
    page = pages["national.html"]
    units = records(
        file,
        "select u.pdu_id, u.pdu_name, u.latest_rating, r.published_year, r.citation_id from dim_pdu as u "
        "left join fct_published_rating as r on u.latest_published_rating_id = r.published_rating_id "
        "where u.is_registered",
    )
    rated = [unit for unit in units if unit["latest_rating"] is not None]
    assert f"{len(rated)} of the {len(units)} Probation Delivery Units" in " ".join(page.text.split())
    for unit in rated:
        assert any(
            f"{unit['pdu_name']}: {unit['latest_rating']}, {unit['published_year']}" in text for text, _ in page.links
        )
    for unit in units:
        assert unit["pdu_name"] in page.text
        own = pages[f"places/{unit['pdu_id']}.html"]
        rating = (unit["latest_rating"], address("places/x.html", unit["citation_id"] or ""))
        assert rating in own.links if unit["latest_rating"] else "No rating" in own.text
    published = records(file, "from fct_published_rating")
    for row in published:
        assert (row["rating"] or "not rated", address("national.html", row["citation_id"])) in page.links
    for year, count in file.execute(
        "select published_year, sum(rated_n)::int from rpt_regional_ratings group by 1"
    ).fetchall():
        assert re.search(rf"\n{year}\s+(?:\d+\s+)+{count}\s", page.text), year
    for name, key in (("fct_published_figure", "as_printed"), ("fct_published_standard_rating", "rating")):
        for row in records(file, f"from {name} where body_type = 'pdu'"):
            if row["body_id"] in {unit["pdu_id"] for unit in units} and row.get("is_about_body", True):
                shown = pages[f"places/{row['body_id']}.html"]
                assert (row[key], address("places/x.html", row["citation_id"])) in shown.links


def test_every_citation_has_its_place(pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection) -> None:
    for row in records(file, "from dim_citation"):
        page = pages[f"figures/{row['document_id']}.html"]
        assert row["url"] is None or row["url"] in page.addresses
        assert html.anchor(row["citation_id"]) in page.ids
        assert " ".join(row["as_printed"].split()) in " ".join(page.text.split())


def test_every_contradiction_is_told_on_its_page_and_on_that_of_its_report(
    pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection
) -> None:
    rows = records(file, "from fct_discrepancy")
    assert rows
    for row in rows:
        for name in ["quality.html"] + ([f"inspections/{row['inspection_id']}.html"] if row["inspection_id"] else []):
            assert row["subject"] in pages[name].text
            assert address(name, row["citation_id_a"]) in pages[name].addresses


def test_the_front_page_answers_which_pdu_is_weakest_how_sure_and_where(
    pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection
) -> None:
    worst = records(
        file,
        "from rpt_key_question as q inner join dim_citation as c on q.citation_id = c.citation_id "
        "where q.topic_name = 'Safety of other people' and q.framework_id = 'pdu_2021' order by q.yes_pct limit 1",
    )[0]
    text = " ".join(pages["index.html"].text.split())
    assert f"{worst['organisation_name']}, at {worst['standard_name'].lower()}." in text
    assert f"{percent(worst['yes_pct'])} of {worst['cases_n']} cases" in text
    assert f"from {worst['yes_pct_low_95']:.0f} to {worst['yes_pct_high_95']:.0f} per cent" in text
    where = next(text for text, href in pages["index.html"].links
                 if href == address("index.html", worst["citation_id"]) and text.startswith("page"))  # fmt: skip
    assert where in worst["locator"]


def test_every_chart_has_words_a_table_and_its_csv(release: Path, file: duckdb.DuckDBPyConnection) -> None:
    drawn = 0
    for path in (release / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        charts = re.findall(r'<svg class="chart" role="img" aria-labelledby="(\S+) (\S+)".*?</svg>', text, re.DOTALL)
        for name in re.findall(r'href="(?:\.\./)*(charts/[^"]+)"', text):
            assert (release / "site" / name).stat().st_size, path
        for title, description in charts:
            assert re.search(rf'<title id="{title}">[^<]+</title><desc id="{description}">[^<]+</desc>', text), path
        if charts:
            assert "<table" in text and re.search(r'href="(?:\.\./)*data/[^"]+\.csv"', text), path
        drawn += len(charts)
    assert drawn > 20
    with (release / "site" / "data" / "safety.csv").open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    assert [row["citation_id"] for row in rows] and all(
        file.execute("select yes_pct from fct_key_question where citation_id = ?", [row["citation_id"]]).fetchall()
        == [(duckdb.sql(f"select {row['yes_pct']}::decimal(7, 2)").fetchall()[0][0],)]
        for row in rows
    )


def test_every_table_of_an_inspection_has_its_csv(release: Path) -> None:
    tables = 0
    for path in (release / "site" / "inspections").glob("*_*.html"):
        text = path.read_text(encoding="utf-8")
        sheets = re.findall(r'href="\.\./(data/[^"]+\.csv)"', text)
        parts = len(re.findall(r'<table(?: class="sortable")?>', text)) + ('<table class="prompts">' in text)
        assert len(sheets) == len(set(sheets)) == parts, path
        assert all((release / "site" / sheet).stat().st_size for sheet in sheets)
        tables += parts
    assert tables > 20


def test_every_answer_is_shown_in_full(
    pages: dict[str, Parsed], release: Path, file: duckdb.DuckDBPyConnection
) -> None:
    for analysis in ANALYSES:
        page = pages[f"questions/{Path(analysis.path).parent.name[2:]}.html"]
        assert f"q{analysis.number}" in page.ids
        assert analysis.question in page.text
        with (release / "site" / "data" / f"question-{analysis.number}.csv").open(
            encoding="utf-8-sig", newline=""
        ) as sheet:
            shown = list(csv.reader(sheet))
        result = file.execute(analysis.sql)
        assert shown[0] == [column[0] for column in result.description]
        assert shown[1:] == [["" if value is None else str(value) for value in row] for row in result.fetchall()]


def test_the_dictionary_has_every_column(pages: dict[str, Parsed], file: duckdb.DuckDBPyConnection) -> None:
    columns = file.execute(
        "select table_name, column_name, comment from duckdb_columns() where not internal"
    ).fetchall()
    text = pages["dictionary.html"].text
    for table, column, comment in columns:
        assert table in pages["dictionary.html"].ids
        assert column in text
        assert (comment or "") in text


# ------------------------------------------------------------------ bad data, other places


@pytest.mark.slow
def test_what_the_file_says_is_never_markup(release: Path, tmp_path: Path) -> None:
    database = tmp_path / DATABASE_NAME
    shutil.copy(release / DATABASE_NAME, database)
    attack = "</title><script>alert('1')</script><b>&amp;\" onload=\"x"
    with duckdb.connect(str(database)) as connection:
        for table, column in [
            ("dim_inspection", "organisation_name"), ("rpt_key_question", "organisation_name"),
            ("dim_question", "question_text"), ("dim_citation", "as_printed"), ("dim_standard", "standard_name"),
            ("rpt_key_question", "standard_name"), ("rpt_key_question", "topic_name"), ("fct_discrepancy", "subject"),
            ("fct_recommendation", "title"), ("dim_document", "title"), ("rpt_area_timeline", "area_name"),
        ]:  # fmt: skip
            connection.execute(f"update {table} set {column} = ?", [attack])
    (tmp_path / "site").mkdir()
    write_site(database, ROOT, tmp_path / "site", IN_RELEASE)
    for path in (tmp_path / "site").rglob("*.html"):
        page = parse(path)
        assert page.tags.keys().isdisjoint({"b"}) and page.tags["script"] == 1, path
        assert page.handlers == [], path
    assert "&lt;script&gt;" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "<script>" not in (tmp_path / "site" / "search-index.js").read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_waits_and_what_others_have_is_said_wherever_it_matters(release: Path, tmp_path: Path) -> None:
    """One report has 84 figures that nobody has read and no contradiction yet, and prints a figure of all units."""
    name = "leicester_leicestershire_and_rutland_pdu_2022"
    database = tmp_path / DATABASE_NAME
    shutil.copy(release / DATABASE_NAME, database)
    with duckdb.connect(str(database)) as connection:
        for statement in (
            "update dim_inspection set coverage_status = 'partly_read' where inspection_id = $name",
            "update rpt_coverage set status = 'partly_read', waiting_n = 84 "
            "where inspection_id = $name and part = 'running_text'",
            "update rpt_scorecard set discrepancies_n = 0 where inspection_id = $name",
            "delete from rpt_data_quality where document_id = $name",
            "insert into fct_comparator by name select $name as inspection_id, 'staffing' as figure_table, "
            "'vacancy_rate' as measure_id, 'probation_officer' as grade_id, 'all_pdus' as comparator_id, "
            "'All units' as comparator_name, 12 as value, 'per_cent' as unit, "
            "'reported' as value_status, '12%' as as_printed, false as is_corrected, "
            "min(citation_id) as citation_id from fct_staffing where inspection_id = $name",
        ):
            connection.execute(statement, {"name": name})
    site = tmp_path / "site"
    site.mkdir()
    write_site(database, ROOT, site, IN_RELEASE)
    pages = ["index", f"inspections/{name}", "inspections/index", "quality", "questions/trusting_the_figures",
             f"figures/{name}", f"areas/{name.removesuffix('_pdu_2022')}", f"places/{name.removesuffix('_2022')}",
             f"compare/staffordshire_and_stoke_pdu_2022--{name}"]  # fmt: skip
    for page in pages:
        assert "not yet read: 84 figures" in parse(site / f"{page}.html").text, page
    assert "(partly read)" in parse(site / "compare" / "index.html").text
    row = next(line for line in parse(site / "quality.html").text.split("\n\n") if "Leicester" in line)
    assert "0not" not in row and "84 figures" in row
    answer = parse(site / "questions" / "trusting_the_figures.html").text
    assert "More may be found in reports not read to the end: Leicester" in answer
    assert "12%" in parse(site / "inspections" / f"{name}.html").text.partition("Figures of others beside these")[2]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["a"], "a"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcdefgh"), "a, b, c, d, e and 3 more"),
        ([], "none"),
        (["a", "b and c", "d"], "a; b and c; and d"),
        (["a", "b and c"], "a and b and c"),
    ],
)
def test_of_many_names_a_sentence_has_the_first_and_their_number(names: list[str], words: str) -> None:
    assert html.listed(names, 5) == words


def test_a_long_answer_is_divided_where_a_part_of_it_ends() -> None:
    short, rest = html.divided(Markup("One. Two."), 450)
    assert (short, rest) == ("One. Two.", "")
    parts = [f'<a href="#{n}">{n}%</a> in a body of number {n};' for n in range(60)]
    begin, rest = html.divided(Markup(" ".join(parts)), 450)
    assert begin.endswith(";") and f"{begin} {rest}" == " ".join(parts)
    assert 200 < len(begin.striptags()) <= 450 and begin.count("<a ") == begin.count("</a>")
