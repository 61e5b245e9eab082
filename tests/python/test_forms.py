"""Other forms of a release: the spreadsheet, the data package and how to cite it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest
import yaml

from pdu_inspections.release.dbt import read_references
from pdu_inspections.release.exports.attribution import ATTRIBUTION, cite_release
from pdu_inspections.release.exports.datapackage import datapackage
from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME, write_spreadsheet
from pdu_inspections.release.marts import Mart, read_marts
from pdu_inspections.release.records import BuildRecord
from tests.support.warehouse import Built


class Forms:
    """The marts of the project's own seeds, and the spreadsheet of them as a reader finds it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, marts: list[Mart], directory: Path) -> None:
        self.connection = connection
        self.marts = {mart.name: mart for mart in marts}
        self.record = record_of(marts)
        self.spreadsheet = directory / SPREADSHEET_NAME
        write_spreadsheet(connection, "built", self.spreadsheet, self.record, marts)
        self.workbook = openpyxl.load_workbook(self.spreadsheet)
        self.names = self.workbook.sheetnames
        self.rows = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in self.workbook}

    def first_row(self, sheet: str) -> int:
        """Row of the header of a sheet's table, from 1."""
        (table,) = self.workbook[sheet].tables.values()
        return int(table.ref.partition(":")[0].removeprefix("A"))

    def table(self, sheet: str) -> list[dict[str, object]]:
        """The marked-up table of a sheet, by heading."""
        header, *rows = self.rows[sheet][self.first_row(sheet) - 1 :]
        return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def record_of(marts: list[Mart]) -> BuildRecord:
    return BuildRecord(
        "000007-20260102T030405Z-abcdef0", 7, None, "2026-01-02T03:04:05", "2026-01-02T03:05:00", 1.0, "abcdef0123456",
        False, "f", {}, [], [], 0, marts, [],
    )  # fmt: skip


@pytest.fixture(scope="module")
def forms(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    connection = duckdb.connect()
    connection.execute(f"attach '{built.database}' as built (read_only)")
    held = read_references(built.manifest["nodes"].values())
    marts = [replace(mart, references=held.get(mart.name, {})) for mart in read_marts(connection, "built")]
    return Forms(connection, marts, tmp_path_factory.mktemp("forms"))


def test_the_spreadsheet_opens_on_a_cover_then_contents_notes_and_columns(forms: Forms) -> None:
    assert forms.names[:5] == ["Cover", "Contents", "Notes", "Columns", "Area_timeline"]
    cover = [row[0] for row in forms.rows["Cover"]]
    assert cover[0] == "Figures printed in inspection reports of HM Inspectorate of Probation, England and Wales"
    assert ATTRIBUTION in cover
    assert any("000007-20260102T030405Z-abcdef0" in str(line) for line in cover)


def test_the_contents_lead_to_every_table_with_its_number_of_rows(forms: Forms) -> None:
    contents = forms.table("Contents")
    names = forms.names
    assert [line["Worksheet"] for line in contents] == names[4:]
    sheet = forms.workbook["Contents"]
    targets = {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    for line in contents:
        mart = forms.marts[str(line["Name in the DuckDB, Parquet and CSV files"])]
        assert line["Rows (number)"] == mart.rows_n == len(forms.table(str(line["Worksheet"])))
        assert f"'{line['Worksheet']}'!A1" in targets


def test_every_table_is_marked_up_on_a_sheet_of_its_own_with_unique_headings(forms: Forms) -> None:
    for name in forms.names[1:]:
        (table,) = forms.workbook[name].tables.values()
        assert table.name == name
        assert table.autoFilter is None
        header = list(forms.table(name)[0])
        assert len(header) == len(set(header)), name


def test_no_cell_is_blank_merged_hidden_or_a_formula(forms: Forms) -> None:
    for sheet in forms.workbook:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    for name in forms.names[1:]:
        assert all(line[0] not in {"", None} for line in forms.rows[name]), name
        blank = [row for row in forms.table(name) if any(value in {"", None} for value in row.values())]
        assert blank == [], name


def test_every_sheet_prints_on_landscape_pages_as_wide_as_the_page(forms: Forms) -> None:
    for sheet in forms.workbook:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_every_sheet_has_its_title_first_and_says_how_header_rows_stay_in_view(forms: Forms) -> None:
    for name in forms.names[1:]:
        position = forms.first_row(name)
        notes = [str(row[0]) for row in forms.rows[name][: position - 1]]
        assert name.replace("_", " ").partition(" ")[0] in notes[0]
        assert "Freeze" in notes[-1]
        assert forms.workbook[name].freeze_panes == f"A{position + 1}"
        assert forms.workbook[name].print_title_rows == f"${position}:${position}"


def test_the_document_has_title_and_author(forms: Forms) -> None:
    properties = forms.workbook.properties
    assert (
        properties.title == "Figures printed in inspection reports of HM Inspectorate of Probation, England and Wales"
    )
    assert properties.creator == "Probation inspections warehouse"


def test_missing_values_carry_the_shorthand_that_their_status_asks_for(forms: Forms) -> None:
    facts = forms.table("Inspection_fact")
    by_status = {
        str(row["Value status"]): {str(row["Value (number)"]) for row in facts if row["Value status"] == status}
        for row in facts
        for status in [row["Value status"]]
    }
    assert by_status["not_printed"] == {"[x]"}
    assert by_status["not_applicable"] == {"[z]"}
    staffing = {str(row["Value"]) for row in forms.table("Staffing") if row["Value status"] != "reported"}
    assert staffing == {"[x]"}
    explained = " ".join(str(value) for row in forms.table("Notes") for value in row.values())
    assert "[x]" in explained
    assert "[z]" in explained


def test_values_of_the_spreadsheet_are_those_of_the_marts(forms: Forms) -> None:
    shown = {
        (row["Inspection id"], row["Question id"]): (row["Yes (per cent)"], row["Cases (number)"], row["Is driver"])
        for row in forms.table("Key_question")
    }
    sql = "select inspection_id, question_id, yes_pct, cases_n, is_driver from built.main.rpt_key_question"
    stored = {
        (inspection, question): (float(yes), "[x]" if cases is None else cases, "Yes" if driver else "No")
        for inspection, question, yes, cases, driver in forms.connection.execute(sql).fetchall()
    }
    assert shown == stored


def test_ids_have_the_names_they_stand_for_beside_them(forms: Forms) -> None:
    rows = [row for row in forms.table("Staffing") if row["Inspection id"] == "warwickshire_pdu_2022"]
    assert {row["Inspection"] for row in rows} == {"Warwickshire PDU, 2022"}
    vacancy = next(row for row in rows if row["Measure id"] == "vacancy_rate")
    assert "vacancy" in str(vacancy["Measure"]).lower()
    assert "pages 36 to 38" in str(vacancy["Citation"])


def test_every_column_is_explained(forms: Forms) -> None:
    explained = {(row["Worksheet"], row["Column"]): row["Meaning"] for row in forms.table("Columns")}
    for name in forms.names[4:]:
        for heading in forms.table(name)[0]:
            assert explained[name, heading] != "[x]", (name, heading)


def test_the_same_release_gives_the_same_bytes(forms: Forms, tmp_path: Path) -> None:
    again = tmp_path / SPREADSHEET_NAME
    write_spreadsheet(forms.connection, "built", again, forms.record, list(forms.marts.values()))
    assert again.read_bytes() == forms.spreadsheet.read_bytes()


def test_a_text_that_looks_like_a_formula_or_is_too_long_stays_text(tmp_path: Path) -> None:
    connection = duckdb.connect()
    connection.execute(
        "attach ':memory:' as built; create table built.dim_x (a varchar primary key, b integer, c date)"
    )
    connection.execute(
        "insert into built.dim_x values ('=1+1', 12345, '2022-02-01'), (repeat('long ', 10000), 1, null)"
    )
    marts = read_marts(connection, "built")
    write_spreadsheet(connection, "built", tmp_path / "x.xlsx", record_of(marts), marts)
    rows = list(openpyxl.load_workbook(tmp_path / "x.xlsx")["X_list"].iter_rows(min_row=5))
    values = {str(row[0].value)[:4]: row for row in rows}
    assert values["=1+1"][0].data_type == "s"
    assert (values["=1+1"][1].value, values["=1+1"][1].number_format) == (12345, "#,##0")
    assert str(values["=1+1"][2].value).startswith("2022-02-01")
    assert str(values["long"][0].value).endswith("(cut: too long for a cell)")


def test_the_data_package_holds_the_references_that_tests_hold(forms: Forms) -> None:
    package = {resource["name"]: resource for resource in json.loads(datapackage(forms.record))["resources"]}
    keys = package["fct_staffing"]["schema"]["foreignKeys"]
    assert {"fields": ["measure_id"], "reference": {"resource": "dim_measure", "fields": ["measure_id"]}} in keys


def test_a_release_is_cited_as_the_project_with_its_version_and_date(project_root: Path) -> None:
    in_root = (project_root / "CITATION.cff").read_text(encoding="utf-8")
    assert " ".join(yaml.safe_load(in_root)["abstract"].split()).endswith(ATTRIBUTION)
    cited = yaml.safe_load(cite_release(record_of([]), in_root))
    assert (cited["version"], str(cited["date-released"])) == ("000007-20260102T030405Z-abcdef0", "2026-01-02")
    assert cited["license"] == "OGL-UK-3.0"
