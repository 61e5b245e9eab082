"""The review page as a person meets it: in headless Chromium, by keyboard alone.

Chromium comes from Debian's packages; where it cannot be installed the tests are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the review page needs the extra `review`")
pytest.importorskip("uvicorn", reason="the review page needs the extra `review`")
pytest.importorskip("selenium")

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from pdu_inspections.review.drafts import Decision, DraftKind
from pdu_inspections.review.store import ReviewStore
from tests.python.test_site_browser import browser  # noqa: F401  (the fixture that starts Chromium)
from tests.support.reader_help import LONG, seed
from tests.support.review_help import REVIEWER, project_with_drafts, review_page

pytestmark = pytest.mark.slow
DOCUMENT = LONG.stem


class Keyboard:
    """A person at the page who has no mouse."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def press_and_wait(self, *keys: str) -> None:
        """Press keys that lead to another page."""
        body = self.driver.find_element(By.TAG_NAME, "body")
        self.press(*keys)
        WebDriverWait(self.driver, 10).until(lambda _: is_gone(body))

    def control_enter(self) -> None:
        """Accept what stands in the fields."""
        body = self.driver.find_element(By.TAG_NAME, "body")
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
        WebDriverWait(self.driver, 10).until(lambda _: is_gone(body))

    @property
    def focused(self) -> str:
        return self.driver.switch_to.active_element.get_attribute("name") or ""


def is_gone(element: object) -> bool:
    from selenium.common.exceptions import StaleElementReferenceException

    try:
        element.is_enabled()  # type: ignore[attr-defined]
    except StaleElementReferenceException:
        return True
    return False


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_with_drafts(tmp_path / "project")


@pytest.fixture
def keyboard(browser: webdriver.Chrome, project: Path) -> Iterator[Keyboard]:  # noqa: F811
    with review_page(project) as (address, token):
        browser.get(f"{address}/{DOCUMENT}?token={token}&kind=figure&state=waiting")
        yield Keyboard(browser)


def decisions(store: ReviewStore) -> list[Decision | None]:
    return [draft.decision for draft in store.drafts() if draft.kind is DraftKind.FIGURE]


def test_figures_are_accepted_corrected_rejected_and_undone_by_keyboard(keyboard: Keyboard, project: Path) -> None:
    store = ReviewStore(project)
    figures = [draft for draft in store.drafts() if draft.kind is DraftKind.FIGURE]
    keyboard.press_and_wait("n")
    marked = keyboard.driver.find_element(By.TAG_NAME, "mark").text
    assert marked == figures[0].place["as_printed"]

    keyboard.press("c")
    assert keyboard.focused == "description"
    keyboard.press(" and its kind")
    keyboard.control_enter()
    keyboard.press_and_wait("r")
    assert decisions(store)[:3] == [Decision.CORRECTED, Decision.REJECTED, None]
    keyboard.press_and_wait("u")
    assert keyboard.driver.find_element(By.TAG_NAME, "mark").text == figures[1].place["as_printed"]
    assert decisions(store)[:3] == [Decision.CORRECTED, None, None]
    keyboard.press_and_wait("s")
    assert keyboard.driver.find_element(By.TAG_NAME, "mark").text == figures[2].place["as_printed"]
    keyboard.press_and_wait("p")
    keyboard.press_and_wait("a")
    assert decisions(store)[:3] == [Decision.CORRECTED, Decision.ACCEPTED, None]
    assert seed(project, "reported_figures")[0]["description"].endswith("and its kind")


def test_a_figure_that_contradicts_another_is_told_before_it_is_accepted(keyboard: Keyboard, project: Path) -> None:
    keyboard.press_and_wait("n")
    assert "No rule" in keyboard.driver.find_element(By.ID, "contradictions").text
    numerator = keyboard.driver.find_element(By.NAME, "numerator_n")
    keyboard.driver.execute_script("arguments[0].focus()", numerator)
    keyboard.press("9", Keys.TAB, "4", Keys.TAB)
    said = keyboard.driver.find_element(By.ID, "contradictions")
    WebDriverWait(keyboard.driver, 10).until(lambda _: "larger than its base" in said.text)


def test_what_is_wrong_is_said_beside_the_field(keyboard: Keyboard, project: Path) -> None:
    keyboard.press_and_wait("n")
    keyboard.press("c")
    ActionChains(keyboard.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
    keyboard.press(Keys.DELETE)
    keyboard.control_enter()
    assert "a value is needed" in keyboard.driver.find_element(By.CSS_SELECTOR, ".wrong .hint").text
    assert not (project / "seeds/reports/reported_figures.csv").exists()


def test_a_person_at_the_keyboard_finishes_a_report(keyboard: Keyboard, project: Path) -> None:
    store = ReviewStore(project)
    waiting = [draft for draft in store.drafts() if draft.kind is DraftKind.FIGURE]
    keyboard.press_and_wait("n")
    for _ in waiting:
        keyboard.press("c")
        ActionChains(keyboard.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
        keyboard.press("An invented figure")
        keyboard.control_enter()
    drafts = [draft for draft in store.drafts() if draft.kind is DraftKind.FIGURE]
    assert {draft.reviewed_by for draft in drafts} == {REVIEWER}
    assert len(seed(project, "reported_figures")) == len(waiting)


def test_every_field_has_a_name_for_a_screen_reader(keyboard: Keyboard) -> None:
    keyboard.press_and_wait("n")
    fields = keyboard.driver.find_elements(By.CSS_SELECTOR, "#decision :is(input, select, textarea)")
    assert len(fields) > 10
    assert all(field.accessible_name for field in fields)
    assert keyboard.driver.find_elements(By.CSS_SELECTOR, "[role=status]")
