"""A scripted reviewer reads reports as if they were new, and gets the seeds that people made."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the review page needs the extra `review`")
pytest.importorskip("uvicorn", reason="the review page needs the extra `review`")

from tests.campaigns.review.reviewer import review
from tests.support.reader_help import LONG, SHORT

pytestmark = pytest.mark.slow
REAL = ("warwickshire_area_2006", "leicester_leicestershire_and_rutland_pdu_2022")
"""The shortest; the campaign of reviews takes all five."""


@pytest.mark.parametrize("report", REAL)
def test_review_makes_the_seeds_of_a_report(report: str, reports_dir: Path, tmp_path: Path) -> None:
    outcome = review(reports_dir / f"{report}.txt", tmp_path / "project")
    assert outcome.rows == outcome.expected
    assert outcome.decided_n <= 1.3 * outcome.figures_n


@pytest.mark.parametrize("report", [LONG, SHORT])
def test_review_leaves_nothing_waiting_of_an_invented_report(report: Path, tmp_path: Path) -> None:
    outcome = review(report, tmp_path / "project")
    assert outcome.figures_n == outcome.proposed_n
    assert all(row["description"] == "An invented figure" for row in outcome.rows["reported_figures"])
