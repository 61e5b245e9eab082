"""Other forms of a release: the spreadsheet, the data contract, the data package and how to cite it."""

from __future__ import annotations

import datetime
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
import yaml
from python_calamine import CalamineWorkbook

from pdu_inspections.release.dbt import references
from pdu_inspections.release.exports import ods
from pdu_inspections.release.exports.attribution import ATTRIBUTION, citation
from pdu_inspections.release.exports.datacontract import datacontract
from pdu_inspections.release.exports.datapackage import datapackage
from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME, write_spreadsheet
from pdu_inspections.release.marts import Mart, read_marts
from pdu_inspections.release.records import BuildRecord
from tests.support.warehouse import Built

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
PROPERTIES = ods.Properties("A title", "An author", "About it", ("a", "b"), "2026-01-02T03:04:05")


class Forms:
    """The marts of the project's own seeds, and the spreadsheet of them as a reader finds it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, marts: list[Mart], directory: Path) -> None:
        self.connection = connection
        self.marts = {mart.name: mart for mart in marts}
        self.record = record_of(marts)
        self.spreadsheet = directory / SPREADSHEET_NAME
        write_spreadsheet(connection, "built", self.spreadsheet, self.record, marts)
        with zipfile.ZipFile(self.spreadsheet) as archive:
            self.parts = {
                name: ElementTree.fromstring(archive.read(f"{name}.xml")) for name in ("content", "settings", "meta")
            }
        workbook = CalamineWorkbook.from_path(self.spreadsheet)
        self.names = workbook.sheet_names
        self.rows = {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names
        }
        self.ranges = {
            str(item.get(f"{TABLE}name")): str(item.get(f"{TABLE}target-range-address"))
            for item in self.parts["content"].iter(f"{TABLE}database-range")
        }

    def table(self, sheet: str) -> list[dict[str, object]]:
        """The marked-up table of a sheet, by heading."""
        first = int(self.ranges[sheet].split(".A")[1].split(":")[0])
        header, *rows = self.rows[sheet][first - 1 :]
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
    held = references(built.manifest["nodes"].values())
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
    targets = {
        link.get("{http://www.w3.org/1999/xlink}href")
        for link in forms.parts["content"].iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a")
    }
    for line in contents:
        mart = forms.marts[str(line["Name in the DuckDB, Parquet and CSV files"])]
        assert line["Rows (number)"] == mart.rows_n == len(forms.table(str(line["Worksheet"])))
        assert f"#{line['Worksheet']}.A1" in targets


def test_every_table_is_marked_up_on_a_sheet_of_its_own_with_unique_headings(forms: Forms) -> None:
    content = forms.parts["content"]
    ranges = list(content.iter(f"{TABLE}database-range"))
    names = forms.names
    assert [item.get(f"{TABLE}name") for item in ranges] == names[1:]
    assert {item.get(f"{TABLE}contains-header") for item in ranges} == {"true"}
    assert {item.get(f"{TABLE}display-filter-buttons") for item in ranges} == {"false"}
    for name in names[1:]:
        header = list(forms.table(name)[0])
        assert len(header) == len(set(header)), name
        assert str(ranges[names.index(name) - 1].get(f"{TABLE}target-range-address")).startswith(f"{name}.A")


def test_no_cell_is_blank_merged_or_hidden(forms: Forms) -> None:
    content = forms.parts["content"]
    assert not [cell for cell in content.iter() if f"{TABLE}number-columns-spanned" in cell.attrib]
    assert not [item for item in content.iter() if item.get(f"{TABLE}visibility") or item.get(f"{TABLE}display")]
    for name in forms.names[1:]:
        lines = forms.rows[name]
        assert all(line[0] not in {"", None} for line in lines), name
        blank = [row for row in forms.table(name) if any(value in {"", None} for value in row.values())]
        assert blank == [], name


def test_no_cell_holds_a_formula(forms: Forms) -> None:
    assert not [cell for cell in forms.parts["content"].iter() if f"{TABLE}formula" in cell.attrib]


def test_every_sheet_has_its_title_first_and_says_how_header_rows_stay_in_view(forms: Forms) -> None:
    settings = forms.parts["settings"]
    views = {
        entry.get(f"{CONFIG}name"): {item.get(f"{CONFIG}name"): item.text for item in entry}
        for entry in settings.iter(f"{CONFIG}config-item-map-entry")
    }
    for name in forms.names[1:]:
        told = [str(row[0]) for row in forms.rows[name][:4]]
        assert name.replace("_", " ").partition(" ")[0] in told[0]
        position = int(str(views[name]["VerticalSplitPosition"]))
        assert "Freeze" in told[position - 2]
        assert str(forms.rows[name][position - 1][0]) == next(iter(forms.table(name)[0]))


def test_the_document_tells_title_language_and_author(forms: Forms) -> None:
    meta = {item.tag.partition("}")[2]: item.text for item in forms.parts["meta"].iter()}
    assert meta["title"] == "Figures printed in inspection reports of HM Inspectorate of Probation, England and Wales"
    assert (meta["language"], meta["creator"]) == ("en-GB", "Probation inspections warehouse")


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


def test_kinds_of_values_survive_the_writing(tmp_path: Path) -> None:
    row: list[ods.Value] = [
        "=1+1 & <b>",
        12345,
        2022,
        Decimal("9.50"),
        datetime.date(2022, 2, 1),
        ods.Link("there", sheet="S"),
    ]
    columns = tuple(
        ods.Column(name, is_number=name == "year") for name in ("text", "count", "year", "d", "date", "link")
    )
    path = tmp_path / "kinds.ods"
    ods.write(path, [ods.Sheet("S", (ods.Line("Title", 1),), ods.Table("T", columns, [row]))], PROPERTIES)
    values = CalamineWorkbook.from_path(path).get_sheet_by_name("S").to_python(skip_empty_area=False)[2]
    assert values == ["=1+1 & <b>", 12345, 2022, 9.5, datetime.date(2022, 2, 1), "there"]
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        styles = [
            cell.get(f"{TABLE}style-name")
            for cell in ElementTree.fromstring(archive.read("content.xml")).iter(f"{TABLE}table-cell")
        ]
    assert styles[-6:] == [None, "Count", None, None, "Date", "Link"]


def test_the_data_package_and_the_contract_hold_the_references_that_tests_hold(forms: Forms) -> None:
    package = {resource["name"]: resource for resource in json.loads(datapackage(forms.record))["resources"]}
    keys = package["fct_staffing"]["schema"]["foreignKeys"]
    assert {"fields": ["measure_id"], "reference": {"resource": "dim_measure", "fields": ["measure_id"]}} in keys
    contract = {table["name"]: table for table in yaml.safe_load(datacontract(forms.record))["schema"]}
    column = next(item for item in contract["fct_staffing"]["properties"] if item["name"] == "measure_id")
    assert column["relationships"] == [{"type": "foreignKey", "to": "dim_measure.measure_id"}]
    assert (column["required"], column["primaryKeyPosition"]) == (True, 2)


def test_the_contract_promises_every_column_of_every_mart_and_its_checks(forms: Forms) -> None:
    contract = {table["name"]: table for table in yaml.safe_load(datacontract(forms.record))["schema"]}
    assert contract.keys() == forms.marts.keys()
    for name, mart in forms.marts.items():
        assert [item["name"] for item in contract[name]["properties"]] == list(mart.column_names)
        for check in contract[name].get("quality", []):
            forms.connection.execute("use built")
            assert forms.connection.execute(check["query"]).fetchone() == (check["mustBe"],)
    assert contract["fct_staffing"]["quality"]


def test_the_project_and_a_release_are_cited_alike(project_root: Path) -> None:
    in_root = (project_root / "CITATION.cff").read_text(encoding="utf-8")
    assert in_root.startswith(citation())  # the version follows: test_version.py
    cited = yaml.safe_load(citation(record_of([])))
    assert (cited["version"], str(cited["date-released"])) == ("000007-20260102T030405Z-abcdef0", "2026-01-02")
    assert yaml.safe_load(in_root)["license"] == "OGL-UK-3.0"
