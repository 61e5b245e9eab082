"""The Superset export and the notebook against the tables they read. `make test-superset` asks Superset itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from test_analyses import exposed, tables

from bi.superset.bundle import EXPORT, bundle
from pdu_inspections import questions
from pdu_inspections.project import DATABASE_NAME
from tests.support.warehouse import ROOT, Built


def read(kind: str) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(EXPORT.glob(f"{kind}/**/*.yaml"))]


DATASETS = {dataset["table_name"]: dataset for dataset in read("datasets")}


def sql(dataset: dict[str, Any]) -> str:
    return str(dataset.get("sql") or f"select * from {dataset['table_name']}")


@pytest.fixture(scope="module")
def file(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(release / DATABASE_NAME), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS.keys())
def test_a_dataset_has_the_columns_of_its_table(file: duckdb.DuckDBPyConnection, dataset: dict[str, Any]) -> None:
    described = file.execute(f"describe {sql(dataset)}").fetchall()
    listed = [(column["column_name"], column["type"]) for column in dataset["columns"] if "expression" not in column]
    assert listed == [(name, kind) for name, kind, *_ in described]


def test_the_exposure_names_the_tables_that_the_dashboard_shows(built: Built, file: duckdb.DuckDBPyConnection) -> None:
    shown = tables(file, [sql(dataset) for dataset in DATASETS.values()])
    assert exposed(built.manifest, "superset_dashboard") == {name for name in shown if not name.startswith("ops_")}


def test_the_dashboard_answers_the_question_of_safety_as_the_analysis_does(file: duckdb.DuckDBPyConnection) -> None:
    analysis = next(analysis for analysis in questions.read(ROOT) if analysis.number == "101")
    asked = file.sql(analysis.sql).select("body, yes_pct, cases_n, lower_than is not null").order("all").fetchall()
    shown = file.sql(sql(DATASETS["safety_of_other_people"]))
    assert shown.select("organisation_name, yes_pct, cases_n, behind_n > 0").order("all").fetchall() == asked


def test_the_dashboard_shows_every_chart_and_nothing_else() -> None:
    (dashboard,) = read("dashboards")
    shown = {
        part["meta"]["uuid"]
        for part in dashboard["position"].values()
        if isinstance(part, dict) and part["type"] == "CHART"
    }
    assert shown == {chart["uuid"] for chart in read("charts")}
    assert {chart["dataset_uuid"] for chart in read("charts")} == {dataset["uuid"] for dataset in DATASETS.values()}


def test_the_bundle_names_the_file_that_superset_is_to_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle(tmp_path / DATABASE_NAME))) as archive:
        database = yaml.safe_load(archive.read("probation_inspections/databases/probation_inspections.yaml"))
    uri = database["sqlalchemy_uri"]
    assert uri == f"duckdb:///{tmp_path / DATABASE_NAME}?access_mode=read_only&enable_external_access=false"
