"""The seed contract: read from the YAML beside the CSVs, with an error for what is not well formed there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdu_inspections.errors import InputError
from pdu_inspections.gate.contract import read_contract

PATTERNS = "anchors:\n  - {name: id, regex: '[a-z]+', description: lower case letters}\n"
BODIES = """\
seeds:
  - name: bodies
    description: Inspected
      bodies.
    config: {enabled: "{{ not var('report_tables', none) }}", meta: {key: [body_id]}}
    columns:
      - {name: body_id, description: Body., config: {meta: {pattern: id}}}
      - {name: kind, config: {meta: {values: [pdu, region], required: false}}}
      - {name: parent_id, config: {meta: {references: bodies.body_id, required: false}}}
      - {name: score_pct, config: {meta: {pattern: '^[0-9]+$', range: [0, 100]}}}
"""


def write(seeds: Path, text: str = BODIES) -> Path:
    (seeds / "reference").mkdir(parents=True, exist_ok=True)
    (seeds / "_patterns.yml").write_text(PATTERNS, encoding="utf-8")
    (seeds / "reference" / "_reference.yml").write_text(text, encoding="utf-8")
    return seeds


def test_a_table_is_as_its_yaml_says(tmp_path: Path) -> None:
    table = read_contract(write(tmp_path))["bodies"]
    assert table.path == "seeds/reference/bodies.csv"
    assert table.description == "Inspected bodies."
    assert table.key == ("body_id",)
    assert table.grows
    body, kind, parent, score = table.columns
    assert body.pattern is not None
    assert (body.pattern.regex, body.pattern.description, body.required) == ("[a-z]+", "lower case letters", True)
    assert (kind.values, kind.required) == (("pdu", "region"), False)
    assert parent.references == ("bodies", "body_id")
    assert (score.pattern and score.pattern.regex, score.low, score.high) == ("[0-9]+", 0, 100)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    assert read_contract(write(tmp_path)).keys() == {"bodies"}
    assert read_contract(
        write(
            tmp_path,
            BODIES.replace("name: bodies", "name: boroughs", 1).replace("references: bodies", "references: boroughs"),
        )
    ).keys() == {"boroughs"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("pattern: id", "pattern: di", "_reference.yml:7 [body_id]: unknown pattern"),
        ("required: false", "mandatory: false", "unknown key of config.meta"),
        ("references: bodies.body_id", "references: areas.area_id", "refers to a column that no seed has"),
        ("references: bodies.body_id", "references: bodies", "references is not table.column"),
        ("key: [body_id]", "key: [id]", "key is not made of columns of the seed"),
        ("seeds:", "seeds: [", "YAML cannot be read"),
        (
            "  - name: bodies",
            "  - {name: bodies, config: {meta: {key: [a]}}, columns: [{name: a}]}\n  - name: bodies",
            "seed is described twice",
        ),
    ],
)
def test_yaml_that_is_not_well_formed_is_an_error_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in BODIES
    write(tmp_path / "seeds", BODIES.replace(old, new))
    with pytest.raises(InputError, match=r"seeds/reference") as raised:
        read_contract(tmp_path / "seeds")
    assert told in str(raised.value)


def test_every_named_pattern_of_the_project_is_used_and_says_what_it_means(project_root: Path) -> None:
    contract = read_contract(project_root / "seeds")
    named = [column.pattern for table in contract.values() for column in table.columns if column.pattern]
    assert named
    assert all(pattern.description for pattern in named)
