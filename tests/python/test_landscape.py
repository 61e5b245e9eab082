"""The landscape: the seeds hold what was collected, and the marts keep it apart from what was read."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.support.warehouse import ROOT, Built

SEEDS = ROOT / "seeds" / "landscape"
COLLECTED = ROOT.parent / "shared" / "data"

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def collected(name: str) -> list[Row]:
    path = COLLECTED / name
    if not path.is_file():
        pytest.skip(f"{name} as it was collected is not here")
    return rows(path)


@pytest.fixture(scope="module")
def connection(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.database), read_only=True) as opened:
        yield opened


# The notes of the collection give better dates and addresses: body, date as collected -> date, address.
# None leaves what was collected.
HMIP = "https://hmiprobation.justiceinspectorates.gov.uk/"
PRESS_RELEASES = "https://www.justiceinspectorates.gov.uk/hmiprobation/media/press-releases/"
BETTER: dict[tuple[str, str], tuple[str | None, str | None]] = {
    ("Dorset, Devon and Cornwall", "2019-02-15"): (None, f"{PRESS_RELEASES}2019/02/ddcrc"),
    ("Staffordshire and West Midlands", "2018-12"): ("2018-12-19", None),
    ("Staffordshire and West Midlands", "2020-03"): ("2020-03-05", None),
    ("Kent, Surrey and Sussex", "2025/26"): ("2026-01-29", f"{HMIP}?p=6464"),
    ("Bristol and South Gloucestershire", "2023"): ("2023-08-17", None),
    ("Dorset", "2023"): (None, f"{HMIP}?p=2050"),
    ("Knowsley and St Helens", "2023"): ("2023-06-29", None),
    ("South Tyneside and Gateshead", "2022-12"): (None, f"{HMIP}?p=1171"),
    ("Cardiff and the Vale", "2025"): (
        None,
        f"{HMIP}document/an-inspection-of-probation-services-in-cardiff-and-the-vale-pdu-2025",
    ),
    ("Dyfed Powys", "2025"): ("2025-10-28", None),
    ("Gateshead and South Tyneside", "2025"): (None, f"{HMIP}?p=4259"),
    ("Gwent", "2025"): (None, f"{HMIP}?p=5870"),
    ("Leicester, Leicestershire and Rutland", "2025"): ("2025-05-30", None),
    ("Newcastle upon Tyne", "2025"): (None, f"{HMIP}?p=4080"),
    ("Redcar, Cleveland and Middlesbrough", "2025"): (None, f"{HMIP}?p=4659"),
    ("Sheffield", "2024"): ("2024-10-24", None),
    ("Sunderland", "2025"): (None, f"{HMIP}?p=4510"),
    ("Kent, Surrey and Sussex", "2024-05"): ("2024-05-09", None),
}


def test_every_published_rating_is_as_collected_or_better_by_the_notes_of_the_collection() -> None:
    names = {row["programme_id"]: row["collected_as"] for row in rows(SEEDS / "inspection_programmes.csv")}
    ratings = {"": "", "inadequate": "Inadequate", "requires_improvement": "Requires improvement", "good": "Good"}

    def score(row: Row) -> str:
        return row["score_low"] if row["score_low"] == row["score_high"] else f"{row['score_low']}-{row['score_high']}"

    def before(row: Row) -> str:
        date = row["previous_rating_date"]
        return ratings[row["previous_rating_id"]] + (f" ({date})" if date else "")

    def place_and_date(row: Row, body: str) -> tuple[str, str]:
        published, url = BETTER.get((body, row["published"]), (None, None))
        return published or row["published"], url or row["url"]

    seeded = Counter(
        (names[row["programme_id"]], row["body_name"], row["delius_code"], ratings[row["rating_id"]],
         score(row), row["score_max"], before(row), (row["published"], row["url"]))
        for row in rows(SEEDS / "published_ratings.csv")
    )  # fmt: skip
    source = Counter(
        (row["framework"], body, row["delius_code"], row["overall_rating"],
         row["score"], row["score_max"], row["previous_rating"], place_and_date(row, body))
        for name in ("published_ratings.csv", "more_inspections.csv")
        for row in collected(name)
        for body in [row["unit"].split(": ")[-1]]
    )  # fmt: skip
    assert seeded == source


def test_every_published_figure_and_rating_of_a_standard_is_as_collected() -> None:
    same = ("measure", "value", "as_printed", "is_about_body", "url", "source_type")
    seeded = Counter(
        (row["body_name"], row["numerator_n"], row["denominator_n"], *(row[column] for column in same))
        for row in rows(SEEDS / "published_figures.csv")
    )
    source = Counter(
        (row["unit"].split(": ")[-1], row["numerator"], row["denominator"], *(row[column] for column in same))
        for row in collected("published_figures.csv")
    )
    assert seeded == source
    standards = Counter(
        (row["rating_id"].replace("_", " "), row["as_printed"], row["url"])
        for row in rows(SEEDS / "published_standard_ratings.csv")
    )
    assert standards == Counter(
        (row["rating"].lower(), row["as_printed"], row["url"]) for row in collected("standard_ratings.csv")
    )


def test_every_unit_of_the_register_is_as_collected() -> None:
    columns = ("delius_code", "registered_name", "region", "register_uuid")
    seeded = {tuple(row[c] for c in columns) for row in rows(SEEDS / "pdu_register.csv") if row["register_uuid"]}
    source = {(r["delius_code"], r["name"], r["region"], r["uuid"]) for r in collected("pdu_register.csv")}
    assert seeded == source


@pytest.mark.parametrize(
    ("document_id", "name"),
    [
        ("published_pages", "published_ratings.csv"),
        ("more_published_pages", "more_inspections.csv"),
        ("published_page_figures", "published_figures.csv"),
        ("published_page_standard_ratings", "standard_ratings.csv"),
        ("pdu_register", "pdu_register.csv"),
    ],
)
def test_a_collection_has_the_checksum_of_its_file(document_id: str, name: str) -> None:
    collected(name)
    (source,) = [row for row in rows(SEEDS / "collected_sources.csv") if row["document_id"] == document_id]
    assert source["sha256"] == hashlib.sha256((COLLECTED / name).read_bytes()).hexdigest()


def test_inspections_whose_report_is_held_are_found(connection: duckdb.DuckDBPyConnection) -> None:
    linked = connection.execute(
        "select inspection_id, published_rating_id from fct_published_rating where inspection_id is not null order by 1"
    ).fetchall()
    assert set(linked) >= {
        (
            "leicester_leicestershire_and_rutland_pdu_2022",
            "leicester_leicestershire_and_rutland_pdu_published_2023",
        ),
        ("staffordshire_and_stoke_pdu_2022", "staffordshire_and_stoke_pdu_published_2022"),
        ("warwickshire_and_west_mercia_crc_2019", "warwickshire_and_west_mercia_crc_published_2019"),
        ("warwickshire_pdu_2022", "warwickshire_pdu_published_2022"),
    }


def test_nothing_of_the_landscape_is_among_the_figures_that_were_read(connection: duckdb.DuckDBPyConnection) -> None:
    (mixed,) = connection.execute(
        "select count(*) from rpt_figure where citation_id in "
        "(select citation_id from dim_citation where citation_kind = 'published_page')"
    ).fetchone() or (None,)
    assert mixed == 0


def test_shares_of_a_region_and_year_make_a_whole(connection: duckdb.DuckDBPyConnection) -> None:
    wrong = connection.execute(
        "select region_id, published_year, sum(rated_n), max(inspections_n), sum(share_pct) from rpt_regional_ratings "
        "group by all having sum(rated_n) <> max(inspections_n) or abs(sum(share_pct) - 100) > 0.02"
    ).fetchall()
    assert wrong == []


def test_every_rated_pdu_inspection_is_in_its_region(connection: duckdb.DuckDBPyConnection) -> None:
    counts = connection.execute(
        "select (select sum(rated_n) from rpt_regional_ratings), "
        "(select count(*) from fct_published_rating where pdu_id is not null and rating is not null)"
    ).fetchone()
    assert counts is not None
    assert counts[0] == counts[1]
