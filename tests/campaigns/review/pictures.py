"""The pictures of docs/add-a-report.md, of the page that `pdu review` shows of the invented report.

.venv/bin/python -m tests.campaigns.review.pictures
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from pdu_inspections.review.drafts import DraftKind
from pdu_inspections.review.store import ReviewStore
from tests.python.test_site_browser import OPTIONS, installed
from tests.support.reader_help import ROOT
from tests.support.review_help import project_with_drafts, review_page

IMAGES = ROOT / "docs" / "images"
REPORT = ROOT / "tests" / "support" / "small_reports" / "ashby_pdu_2023.txt"


def main() -> None:
    """Write the list of the report and the page of one figure."""
    options = webdriver.ChromeOptions()
    for option in (*OPTIONS, "--window-size=1100,760", "--force-color-profile=srgb"):
        options.add_argument(option)
    with tempfile.TemporaryDirectory() as folder:
        options.add_argument(f"--user-data-dir={folder}/profile")
        project = project_with_drafts(Path(folder) / "project", REPORT)
        figure = next(
            draft
            for draft in ReviewStore(project).drafts()
            if draft.kind is DraftKind.FIGURE and "description" in draft.row
        )
        driver = webdriver.Chrome(options=options, service=Service(str(installed())))
        try:
            with review_page(project) as (address, token):
                driver.get(f"{address}/{REPORT.stem}?token={token}&state=waiting")
                driver.save_screenshot(str(IMAGES / "review-list.png"))
                driver.get(f"{address}/{REPORT.stem}/figure/{figure.item}?state=waiting")
                driver.save_screenshot(str(IMAGES / "review-figure.png"))
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
