"""The site as people meet it: in a browser from a folder, on a phone, on paper, through a screen reader.

Chromium comes from Debian's packages, axe-core from npm; where they cannot be installed the tests are skipped.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest
from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.slow

AXE = "4.14.1"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip
MOST_PRINTED_PAGES = 10
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
DESKTOP = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}


def installed() -> Path:
    """The driver of Chromium, installed where that can be done; else the tests are skipped."""
    if shutil.which("chromedriver") is None or shutil.which("chromium") is None:
        if os.name == "nt" or os.geteuid() != 0 or shutil.which("apt-get") is None:
            pytest.skip(
                "no chromium and chromedriver here, and no right to install them: apt-get install chromium-driver"
            )
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"]
        for command in (install, ["apt-get", "update", "-qq"], install):
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if shutil.which("chromedriver") is not None:
                break
        else:
            pytest.skip(f"chromium cannot be installed: {done.stderr.strip()[-300:]}")
    driver = shutil.which("chromedriver")
    assert driver is not None
    return Path(driver)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    driver = installed()
    options = webdriver.ChromeOptions()
    for option in OPTIONS:
        options.add_argument(option)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(str(driver)))
    started.set_script_timeout(300)  # a busy machine needs minutes for what an idle one does in a second
    yield started
    started.quit()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The accessibility checker's source."""
    if shutil.which("npm") is None:
        pytest.skip("no npm here to install axe-core with")
    directory = tmp_path_factory.mktemp("axe")
    done = subprocess.run(
        ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(directory),
         f"axe-core@{AXE}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    source = directory / "node_modules" / "axe-core" / "axe.min.js"
    if done.returncode != 0 or not source.is_file():
        pytest.skip(f"axe-core cannot be installed: {done.stderr.strip()[-300:]}")
    assert hashlib.sha256(source.read_bytes()).hexdigest() == AXE_SHA256
    return source.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def moved(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in another place than it was written in, as somebody finds it who was sent the folder."""
    return Path(shutil.copytree(release / "site", tmp_path_factory.mktemp("sent") / "the site"))


def every_page(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def one_of_each_kind(site: Path) -> list[str]:
    """The smallest page of each folder that has figures, and every page at the top."""
    chosen: dict[str, Path] = {}
    for path in sorted(site.rglob("*.html"), key=lambda path: path.stat().st_size):
        name = path.relative_to(site).as_posix()
        kind = name if "/" not in name or name.endswith("index.html") else name.partition("/")[0]
        chosen.setdefault(kind, path)
    return [path.relative_to(site).as_posix() for path in chosen.values()]


def open_page(browser: webdriver.Chrome, site: Path, name: str, screen: dict[str, Any]) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.get("file://" + quote(str(site / name)))
    WebDriverWait(browser, 60).until(
        lambda driver: driver.execute_script("return getComputedStyle(document.body).margin === '0px'"),
        "the stylesheet is not applied",
    )


def test_no_page_complains_or_asks_for_anything_outside_its_folder(browser: webdriver.Chrome, moved: Path) -> None:
    browser.get_log("performance")
    for name in every_page(moved):
        open_page(browser, moved, name, DESKTOP)
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    requests = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    asked = {params["request"]["url"] for params in requests if params["documentURL"].startswith("file:")}
    own = "file://" + quote(str(moved))
    assert len(asked) > len(every_page(moved))
    assert [url for url in asked if not url.startswith((own, "data:"))] == []


def test_no_page_is_wider_than_a_phone(browser: webdriver.Chrome, moved: Path) -> None:
    wide = {}
    for name in every_page(moved):
        open_page(browser, moved, name, PHONE)
        width = browser.execute_script("return document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[name] = width
    assert wide == {}


def test_the_letters_of_charts_can_be_read_on_a_phone(browser: webdriver.Chrome, moved: Path) -> None:
    open_page(browser, moved, "index.html", PHONE)
    smallest = browser.execute_script(
        "return Math.min(...[...document.querySelectorAll('svg.chart')].map("
        "svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)) * 11"
    )
    assert smallest >= 10


def test_a_chart_can_be_taken_away_as_a_picture(browser: webdriver.Chrome, moved: Path, tmp_path: Path) -> None:
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    open_page(browser, moved, "index.html", DESKTOP)
    browser.execute_script("document.querySelector('figure.drawn .csv a:last-child').click()")
    picture = tmp_path / "safety.png"
    WebDriverWait(browser, 60).until(lambda _: picture.is_file(), "no picture comes")
    with Image.open(picture) as painted:
        assert painted.width > 1000 and len(painted.convert("RGB").getcolors(1 << 24)) > 50


def test_a_checker_of_accessibility_finds_nothing_serious(browser: webdriver.Chrome, moved: Path, axe: str) -> None:
    found = {}
    for name in one_of_each_kind(moved):
        open_page(browser, moved, name, DESKTOP)
        browser.execute_script("document.querySelectorAll('details').forEach(details => details.open = true)")
        browser.execute_script(axe)
        result = browser.execute_async_script("axe.run({resultTypes: ['violations']}).then(arguments[0])")
        serious = [one for one in result["violations"] if one["impact"] in {"serious", "critical"}]
        if serious:
            found[name] = [(one["id"], one["nodes"][0]["html"][:200], len(one["nodes"])) for one in serious]
    assert found == {}


def test_a_figure_leads_to_its_print_by_one_click(browser: webdriver.Chrome, moved: Path) -> None:
    open_page(browser, moved, "index.html", DESKTOP)
    browser.execute_script("document.querySelector('.answer a.figure').click()")
    row = browser.execute_script(
        "const row = document.querySelector(':target'); const box = row.getBoundingClientRect();"
        "return [row.innerText, box.top >= 0 && box.bottom <= innerHeight]"
    )
    assert "9%" in row[0] and "650" in row[0]
    assert row[1]


def test_the_search_finds_places_questions_figures_and_contradictions(browser: webdriver.Chrome, moved: Path) -> None:
    open_page(browser, moved, "questions/ratings.html", DESKTOP)
    field = browser.find_element("id", "search")
    for words, kind, address in (
        ("dorset", "place", "places/dorset_pdu.html"),
        ("vacant posts", "question", "questions/staff.html#q403"),
        ("nine per cent warwickshire", "figure", "figures/warwickshire_pdu_2022.html#"),
        ("home visits", "contradiction", "quality.html#"),
    ):
        field.clear()
        field.send_keys(words)
        WebDriverWait(browser, 60).until(
            lambda driver, kind=kind, address=address: driver.execute_script(
                "return [...document.querySelectorAll('.found li')].some(item =>"
                "item.querySelector('span')?.textContent === arguments[0]"
                "&& item.querySelector('a').href.includes(arguments[1]))",
                kind,
                address,
            ),
            f"{words} leads to no {kind}",
        )


def test_a_place_is_picked_by_region_and_rating(browser: webdriver.Chrome, moved: Path) -> None:
    open_page(browser, moved, "places/index.html", DESKTOP)
    browser.execute_script(
        "const pick = (id, value) => { const field = document.getElementById(id); field.value = value;"
        "field.dispatchEvent(new Event('input', { bubbles: true })); };"
        "pick('pick-region', 'South West'); pick('pick-rating', 'Inadequate');"
    )
    shown = browser.execute_script(
        "return [...document.querySelectorAll('table.picked tbody tr')].filter(row => !row.hidden)"
        ".map(row => [row.cells[1].textContent, row.cells[2].textContent.trim()])"
    )
    assert shown and all(row == ["South West", "Inadequate"] for row in shown)


def test_a_table_sorts_by_numbers_and_back(browser: webdriver.Chrome, moved: Path) -> None:
    open_page(browser, moved, "questions/ratings.html", DESKTOP)
    read = (
        "const table = document.querySelector('#q102 ~ .scroll table, section table.sortable');"
        "const column = [...table.tHead.rows[0].cells].findIndex(cell => cell.textContent.startsWith('Cases'));"
        "if (arguments[0]) table.tHead.rows[0].cells[column].querySelector('button').click();"
        "return [...table.tBodies[0].rows].map(row => parseInt(row.cells[column].textContent))"
    )
    unsorted = browser.execute_script(read, False)
    assert browser.execute_script(read, True) == sorted(unsorted)
    assert browser.execute_script(read, True) == sorted(unsorted, reverse=True)


def test_without_script_every_table_and_link_is_there(browser: webdriver.Chrome, moved: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get("file://" + quote(str(moved / "places" / "index.html")))
        rows = browser.find_elements("css selector", "table.picked tbody tr")
        assert len(rows) > 100
        assert not browser.find_element("css selector", "form.search").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_no_column_of_a_table_is_lost_on_a_phone(browser: webdriver.Chrome, moved: Path) -> None:
    open_page(browser, moved, "questions/staff.html", PHONE)
    lost = browser.execute_script(
        "document.querySelectorAll('details').forEach(details => details.open = true);"
        "return [...document.querySelectorAll('table.result tbody td')].filter("
        "cell => cell.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert lost == 0


def test_print_holds_what_the_screen_folds_away(browser: webdriver.Chrome, moved: Path) -> None:
    open_page(browser, moved, "inspections/warwickshire_pdu_2022.html", DESKTOP)
    folded = browser.execute_script("return document.querySelector('details table.prompts th[scope=row]').textContent")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    document = pypdfium2.PdfDocument(b64decode(printed["data"]))
    pages = [page.get_textpage().get_text_range() for page in document]
    words = " ".join(" ".join(pages).split())
    assert 3 <= len(pages) <= MOST_PRINTED_PAGES
    assert "9%" in words and "Contradictions found" in words
    assert " ".join(folded.split()[:4]) in words
    assert "Overview" not in words
