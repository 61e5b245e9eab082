"""What the hand-written pages say about the project's files and keys is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pdu_inspections.docs import declared_references

ROOT = Path(__file__).parents[2]
GENERATED = {"questions.md", "data-quality.md"}
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / ".github").glob("*.md")]
    if path.name not in GENERATED
)
# Files that the reader of CONTRIBUTING.md makes.
EXAMPLES = ("published_after_fieldwork", "410_officers_in_post")
FOLDERS = "models|seeds|macros|tests|analyses|profiles|pdu_inspections|docs|bi|lint|benchmarks|schedulers|requirements"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [page.parent / target for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)", text)]
    named = [ROOT / path for path in re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", text)]
    paths = [path for path in [*linked, *named] if not any(example in path.name for example in EXAMPLES)]
    missing = [str(path.resolve().relative_to(ROOT)) for path in paths if not path.exists()]
    if page.name != "CHANGELOG.md":  # which names files that are gone
        assert not missing


def test_the_diagram_of_keys_draws_what_the_models_declare() -> None:
    drawn = re.findall(r"^ +(\w+) \|\|--o\{ (\w+) : (\w+)$", (ROOT / "docs/architecture.md").read_text(), re.MULTILINE)
    references = declared_references(ROOT)
    assert drawn
    assert [edge for edge in drawn if references[edge[1]][edge[2]][0] != edge[0]] == []
