"""docs/add-a-report.md, followed command by command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the review page needs the extra `review`")
pytest.importorskip("uvicorn", reason="the review page needs the extra `review`")

from tests.python.test_end_to_end import OF_OTHER_REPORTS, copy_project, pdu, query, read_seed, write_seed
from tests.support.review_process import decide_all, open_review
from tests.support.warehouse import ROOT

PAGE = ROOT / "docs" / "add-a-report.md"
REPORT = "ashby_pdu_2023"
BLOCKS = [line[4:] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("    ")]
COMMANDS = [shlex.split(block.removeprefix(".venv/bin/"))[1:] for block in BLOCKS if block.startswith(".venv/bin/pdu ")]


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^]]{20,}\]\((images/[\w-]+\.png)\)", PAGE.read_text(encoding="utf-8"))
    assert len(pictures) == 2
    assert all((PAGE.parent / picture).stat().st_size < 200_000 for picture in pictures)


@pytest.mark.slow
def test_the_page_leads_from_the_file_to_the_release(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    for name in (*OF_OTHER_REPORTS, "recommendation_titles", "reported_figures", "statements", "expected_row_counts"):
        write_seed(project, name)
    known = read_seed(project, "known_discrepancies")
    write_seed(project, "known_discrepancies", *(row for row in known if row["rule_id"] == "published_pages_agree"))
    read, review, build, cite = COMMANDS
    assert len(COMMANDS) - 1 <= 4

    result = pdu(project, read[0], ROOT / read[1])
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] in BLOCKS
    with open_review(project, *review[1:]) as form:
        assert all(draft.decision for draft in decide_all(project, REPORT, form))
    built = pdu(project, *build)
    assert built.returncode == 0, built.stdout + built.stderr
    ((coverage,),) = query(project, f"select coverage_status from dim_inspection where inspection_id = '{REPORT}'")
    assert coverage == "complete"
    cited = pdu(project, *cite)
    assert cited.returncode == 0, cited.stderr
    ((printed,),) = query(project, f"select as_printed from dim_citation where citation_id = '{cite[1]}'")
    assert printed in cited.stdout
