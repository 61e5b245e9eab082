"""What no ready-made linter looks at: the list of rules, text seeds, keys of marts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lint import rule_list
from tests.support.warehouse import Built

LISTED = "{%- set rules = [\n    'one',\n] -%}\nselect 1\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one rule."""
    for path, text in (
        (rule_list.RULES, "rule_id,claim\none,Holds.\n"),
        (rule_list.MODELS / "int_rule__one.sql", "select 1"),
        (rule_list.UNION, LISTED),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_new_rule_is_asked_for_and_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rule_list.main([], project) == 0
    with (project / rule_list.RULES).open("a", encoding="utf-8") as file:
        file.write("two,Holds too.\n")
    (project / rule_list.MODELS / "int_rule__two.sql").write_text("select 2", encoding="utf-8")
    assert rule_list.main([], project) == 1
    assert "run python -m lint.rule_list --write" in capsys.readouterr().out
    assert rule_list.main(["--write"], project) == 0
    assert (project / rule_list.UNION).read_text(encoding="utf-8") == LISTED.replace("'one',", "'one',\n    'two',")


def test_a_rule_without_a_model_and_a_model_without_a_rule_are_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / rule_list.MODELS / "int_rule__one.sql").rename(project / rule_list.MODELS / "int_rule__other.sql")
    assert rule_list.main(["--write"], project) == 1
    told = capsys.readouterr().out
    assert "one has no model" in told
    assert "int_rule__other.sql: no row" in told


def test_every_seed_column_is_loaded_as_text(built: Built, project_root: Path) -> None:
    seeds = [node for node in built.manifest["nodes"].values() if node["resource_type"] == "seed"]
    assert seeds
    for seed in seeds:
        with (project_root / seed["original_file_path"]).open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        assert seed["config"]["column_types"] == dict.fromkeys(header, "varchar"), seed["name"]


def test_every_mart_has_a_primary_key_and_its_comments_in_the_file(built: Built) -> None:
    marts = [
        node for node in built.manifest["nodes"].values() if node["original_file_path"].startswith("models/marts/")
    ]
    marts = [node for node in marts if node["resource_type"] == "model"]
    assert marts
    for mart in marts:
        columns = [constraint for column in mart["columns"].values() for constraint in column["constraints"]]
        assert "primary_key" in {constraint["type"] for constraint in [*mart["constraints"], *columns]}, mart["name"]
        assert mart["config"]["persist_docs"] == {"relation": True, "columns": True}, mart["name"]
