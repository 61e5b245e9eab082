"""From report to published file, through the commands a person would type."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from tests.support.contract import BY_NAME, REPORTS, TABLES
from tests.support.warehouse import DBT_FILES, ROOT

pytestmark = pytest.mark.slow

SMALL = Path(__file__).parents[1] / "support" / "small_reports" / "ashby_pdu_2023.txt"
CURATED = {"reported_figures", "statements"}
OF_OTHER_REPORTS = (
    "curated_findings",
    "finding_citations",
    "stated_margins",
    "progress_titles",
    "organisation_lineage",
    "drafts",
)


def pdu(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pdu_inspections", *map(str, arguments)],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def query(project: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(
        str(project / "warehouse" / "current" / "pdu_inspections.duckdb"), read_only=True
    ) as connection:
        return connection.execute(sql).fetchall()


def write_seed(project: Path, name: str, *rows: dict[str, str]) -> None:
    """A seed of the given rows and no others; columns that a row leaves out are empty."""
    with (project / BY_NAME[name].path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, BY_NAME[name].column_names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_seed(project: Path, name: str) -> list[dict[str, str]]:
    with (project / BY_NAME[name].path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project without what was read from reports."""
    return copy_project(tmp_path / "project")


def copy_project(copy: Path) -> Path:
    for name in DBT_FILES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name)
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    for table in TABLES:
        if table.folder == REPORTS and table.name not in CURATED:
            (copy / table.path).unlink()
    return copy


def make_room_for_the_small_report(project: Path) -> None:
    """The vocabularies know its body; nothing curated speaks of other reports."""
    organisations = read_seed(project, "organisations")
    ashby = {"organisation_id": "ashby_pdu", "organisation_name": "Ashby PDU", "organisation_type": "pdu"}
    write_seed(project, "organisations", *organisations, ashby | {"region_name": "North"})
    for name in (*CURATED, *OF_OTHER_REPORTS):
        write_seed(project, name)
    known = read_seed(project, "known_discrepancies")
    write_seed(project, "known_discrepancies", *(row for row in known if row["rule_id"] == "published_pages_agree"))
    title = {"inspection_id": "ashby_pdu_2023", "title": "Do better", "theme_id": "risk_of_harm"}
    titles = [title | {"recommendation_number": number} for number in ("1", "2", "3")]
    write_seed(project, "recommendation_titles", *titles)


def expect_what_was_read(project: Path) -> None:
    counted = [
        {"document_id": document_id, "table_name": table.name, "rows_n": str(rows_n), "reason": "Counted by hand."}
        for table in TABLES
        if table.folder == REPORTS
        for document_id, rows_n in Counter(row["document_id"] for row in read_seed(project, table.name)).items()
    ]
    write_seed(project, "expected_row_counts", *counted)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project into which a report was read that nobody has seen, built and published."""
    project = copy_project(tmp_path_factory.mktemp("published") / "project")
    make_room_for_the_small_report(project)
    read = pdu(project, "read", SMALL)
    assert read.returncode == 0, read.stderr
    expect_what_was_read(project)
    built = pdu(project, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "warehouse/current/site/index.html" in built.stdout
    return project


def test_a_report_nobody_has_seen_is_read_checked_built_and_published(published: Path) -> None:
    project = published
    assert query(
        project,
        "select overall_rating, score, score_max, cases_inspected, community_cases, post_release_cases, "
        "court_reports_inspected, practitioners_interviewed from dim_inspection",
    ) == [("Requires improvement", 6, 27, 40, 30, 10, 11, 21)]
    assert query(
        project,
        "select yes_pct, cases_n, yes_n, band, is_driver, cases_to_next_band from fct_key_question "
        "where question_id = 'pdu_2021.2.2.3'",
    ) == [(53, 40, 21, "Requires improvement", True, 5)]
    assert query(
        project,
        "select yes_pct, cases_n, yes_n_status, largest_possible_cases_n from fct_prompt "
        "where question_id = 'pdu_2021.2.2.2.2'",
    ) == [(61, None, "impossible", 38)]
    assert query(
        project,
        "select measure_id, value, value_status from fct_staffing where grade_id = 'all' order by measure_id",
    ) == [("sickness_absence_days", None, "not_available"), ("staff_headcount_fte", 80, "reported")]
    assert query(project, "select count(*) from fct_rating") == [(10,)]
    of_the_report = "inspection_id = 'ashby_pdu_2023' and status <> 'explained'"
    assert query(project, f"select discrepancy_id from fct_discrepancy where {of_the_report}") == []
    waiting = query(project, "select waiting_n from rpt_coverage where part = 'running_text'")[0][0]
    assert waiting
    for page in ("index", "inspections/ashby_pdu_2023", "quality", "questions/trusting_the_figures"):
        text = (project / "warehouse" / "current" / "site" / f"{page}.html").read_text(encoding="utf-8")
        assert "Ashby PDU" in text and f"not yet read: {waiting} figures" in text, page


def test_a_contradiction_in_a_new_report_stops_the_build_and_leaves_what_was_published(
    published: Path, tmp_path: Path
) -> None:
    project = published
    changed = tmp_path / SMALL.name
    text = SMALL.read_text(encoding="utf-8")
    changed.write_text(text.replace("700 community cases", "710 community cases"), encoding="utf-8")
    refused = pdu(project, "read", changed)
    assert refused.returncode != 0
    assert "710" in refused.stdout + refused.stderr
    assert pdu(project, "read", changed, "--replace").returncode == 0
    stopped = pdu(project, "build")
    assert stopped.returncode == 4, stopped.stdout + stopped.stderr
    assert "caseload_parts_sum_to_total" in stopped.stdout + stopped.stderr
    assert query(project, "select value from fct_caseload where measure_id = 'caseload_community'") == [(700,)]


def test_the_real_reports_give_the_seeds_that_are_here(project: Path, reports_dir: Path) -> None:
    reports = sorted(path for path in reports_dir.glob("*.txt") if path.stem in published_documents())
    read = pdu(project, "read", *reports)
    assert read.returncode == 0, read.stderr
    for table in TABLES:
        if table.folder == REPORTS:
            assert (project / table.path).read_bytes() == (ROOT / table.path).read_bytes(), table.name


def published_documents() -> set[str]:
    return {row["document_id"] for row in read_seed(ROOT, "documents")}
