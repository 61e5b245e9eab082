"""`pdu review` as a process of its own, decided by sending the forms of its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pdu_inspections.review.drafts import Draft, DraftKind
from pdu_inspections.review.store import ReviewStore
from tests.campaigns.review.reviewer import Form
from tests.support.warehouse import ROOT

_ADDRESS = re.compile(r"Open (http://[\d.:]+)/\S*?\?token=([\w-]+)")


@contextmanager
def open_review(project: Path, *arguments: str) -> Iterator[Form]:
    """The page that `pdu review` serves for a project."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pdu_inspections", "review", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = _ADDRESS.match(process.stdout.readline())
        assert address is not None
        yield Form(address[1], address[2])
    finally:
        process.terminate()
        process.wait()


def decide_all(project: Path, report: str, form: Form) -> list[Draft]:
    """Accept every draft of a report, with what a person has to add; what was decided."""
    for draft in ReviewStore(project).drafts(report):
        if draft.decision is None:
            form.send(f"/{report}/{draft.kind}/{draft.item}/decide", action="accept", **_completed(draft))
    return ReviewStore(project).drafts(report)


def _completed(draft: Draft) -> dict[str, str]:
    row = dict(draft.row)
    if draft.kind is DraftKind.FIGURE:
        row.setdefault("description", "An invented figure")
    elif draft.kind in (DraftKind.RECOMMENDATION_TITLE, DraftKind.PROGRESS_TITLE):
        row |= {"title": "An invented title", "theme_id": "risk_of_harm"}
    elif draft.target_table == "organisations":
        row |= {"organisation_type": "pdu", "region_name": "North"}
    elif draft.kind is DraftKind.FINDING:
        row["explanation"] = "Both are invented."
    return row
