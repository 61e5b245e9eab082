"""Data workbooks: what a cell shows is what is read, beside the report or without it; hostile ones are refused."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from pdu_inspections.errors import InputError
from pdu_inspections.reader.command import read
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.formats.text_form import read_text
from pdu_inspections.reader.formats.workbook.formats import displayed_value
from pdu_inspections.reader.formats.workbook.sheet import column_name
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.reader_help import LONG, seed, write_project
from tests.support.workbooks import Sheets, ods, saved, sheets_of, xlsx

KINDS = {"xlsx": xlsx, "ods": ods}
TABLES = ("prompts", "staffing", "case_characteristics")


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    return sheets_of(LONG.read_text(encoding="utf-8"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = write_project(tmp_path / "project")
    monkeypatch.chdir(directory)
    return directory


def written(directory: Path, content: bytes, name: str = "ashmere_data_workbook.xlsx") -> Path:
    path = directory / name
    path.write_bytes(content)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(read, [str(argument) for argument in arguments], catch_exceptions=False)


def figures(reading: Reading, table: str) -> dict[str, str]:
    """Figures of a table by what they are of."""
    names = ("question_id", "measure_id", "grade_id", "population_id")
    return {" ".join(row.get(name, "") for name in names): row["as_printed"] for row in reading.rows.get(table, [])}


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_gives_the_figures_of_the_report(kind: str, sheets: Sheets, project: Path, tmp_path: Path) -> None:
    path = written(tmp_path, KINDS[kind](sheets), f"ashmere_data_workbook.{kind}")
    reading = read_report(open_report(path), Vocabulary(project))
    report = read_report(read_text(LONG), Vocabulary(project))

    assert reading.rows["documents"][0]["source_format"] == kind
    assert reading.rows["inspections"][0]["inspection_id"] == "ashmere_pdu_2023"
    for table in TABLES:
        annexes = {
            k: v
            for k, v in figures(report, table).items()
            if table != "case_characteristics" or k in figures(reading, table)
        }
        assert figures(reading, table) == annexes
    assert {row["section"] for row in reading.rows["prompts"]} == {"Case data"}
    assert {row["page_from"] for row in reading.rows["staffing"]} == {"3"}


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.67, "0%", "67%"),
        (0.665, "0%", "67%"),
        (0.3917, "0.00%", "39.17%"),
        (1234.5, "#,##0", "1,235"),
        (43.9, "General", "43.9"),
        (108, "General", "108"),
        (108.0, '0" cases"', "108"),
        (12.50, "0.##", "12.5"),
        (0.1 + 0.2, "General", "0.3"),
        ("Not provided", "0%", "Not provided"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: object, number_format: str, text: str) -> None:
    assert displayed_value(value, number_format) == text


def test_columns_have_letters() -> None:
    assert [column_name(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


# ---------------------------------------------------------------------- beside the report


def test_a_workbook_adds_what_its_report_lacks_and_takes_the_place_of_nothing(
    sheets: Sheets, project: Path, tmp_path: Path
) -> None:
    report = tmp_path / "ashmere_pdu_2023.txt"
    text = LONG.read_text(encoding="utf-8")
    report.write_text(text.replace("WMT average per PSO\t97\n", ""), encoding="utf-8")
    assert run(report).exit_code == 0
    workbook = written(tmp_path, xlsx(sheets))

    assert run(workbook).exit_code == 0
    owners = {(row["measure_id"], row["grade_id"]): row["document_id"] for row in seed(project, "staffing")}
    assert owners.pop(("workload_measurement_average", "pso")) == "ashmere_data_workbook"
    assert set(owners.values()) == {"ashmere_pdu_2023"}
    assert {row["supersedes_document_id"] for row in seed(project, "documents")} == {""}
    assert "nothing changed" in run(workbook).stdout
    assert "nothing changed" in run(report).stdout


def test_a_workbook_that_differs_from_its_report_is_shown_and_refused(
    sheets: Sheets, project: Path, tmp_path: Path
) -> None:
    run(LONG)
    changed = {**sheets, "Staffing": [[cell.replace("97", "79") for cell in row] for row in sheets["Staffing"]]}
    result = run(written(tmp_path, xlsx(changed)))

    assert result.exit_code == 1
    assert "value: in the seeds '97', in the report '79'" in result.stdout
    assert {row["document_id"] for row in seed(project, "documents")} == {LONG.stem}


# ---------------------------------------------------------------------- what is not taken at its word


def test_hidden_sheets_formulas_and_links_are_told(sheets: Sheets, project: Path, tmp_path: Path) -> None:
    workbook = load_workbook(BytesIO(xlsx(sheets)))
    workbook["Staffing"].sheet_state = "hidden"
    workbook["Case data"]["D1"] = "=1+1"
    reading = read_report(open_report(written(tmp_path, saved(workbook))), Vocabulary(project))
    told = [notice.message for notice in reading.notices]

    assert "sheet 'Staffing' is hidden: nothing in it was read" in told
    assert "sheet 'Case data', cell D1: is a formula without a stored value: nothing was read" in told
    assert "staffing" not in reading.rows


def test_a_share_that_is_not_shown_as_a_percentage_is_told(sheets: Sheets, project: Path, tmp_path: Path) -> None:
    workbook = load_workbook(BytesIO(xlsx(sheets)))
    for row in workbook["Case data"].iter_rows(min_col=2):
        for cell in row:
            cell.number_format = "General"
    reading = read_report(open_report(written(tmp_path, saved(workbook))), Vocabulary(project))

    assert sum("may be a share of 1" in notice.message for notice in reading.notices) > 50


def _archive(**files: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


_ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_HOSTILE = {
    "no archive": (b"PK\x03\x04 and nothing else", "malformed"),
    "old or encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
    "another archive": (_archive(word__document=b"<xml/>"), "neither a document nor a workbook"),
    "a bomb": (_archive(xl__workbook=b"", x=bytes(250_000_000)), "too large once unpacked"),
    "broken parts": (_archive(**{"xl/workbook.xml": b"<workbook"}), "malformed"),
    "no text": (saved(Workbook()), "no text"),
}


@pytest.mark.parametrize(("content", "said"), _HOSTILE.values(), ids=_HOSTILE)
def test_a_hostile_workbook_is_refused_and_harms_no_other_file(
    content: bytes, said: str, project: Path, tmp_path: Path
) -> None:
    result = run(written(tmp_path, content), LONG)

    assert result.exit_code == 3
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert {row["document_id"] for row in seed(project, "documents")} == {LONG.stem}


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "ha">{_ENTITIES}]><x>&i;</x>'
    content = _archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": bomb.encode()})

    with pytest.raises(InputError, match="malformed"):
        open_report(written(tmp_path, content, "ashmere.ods"))


def test_a_row_repeated_a_million_times_is_written_out_a_few_times(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>ha</text:p></table:table-cell></table:table-row>'
    )
    table = f'<table:table table:name="A">{row}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"

    assert len(open_report(written(tmp_path, ods({}, body), "ashmere.ods")).lines) < 100


def test_the_column_under_the_head_is_read_whatever_stands_before_it(
    sheets: Sheets, project: Path, tmp_path: Path
) -> None:
    expected = figures(read_report(open_report(written(tmp_path, xlsx(sheets))), Vocabulary(project)), "prompts")
    widened = [[row[0], "99%" if len(row) > 1 and "%" in row[1] and row[1][0].isdigit() else "", *row[1:]] for row in
               sheets["Case data"]]  # fmt: skip
    content = xlsx({**sheets, "Case data": widened})
    reading = read_report(open_report(written(tmp_path, content, "ashmere_wider.xlsx")), Vocabulary(project))

    assert len(expected) == 66
    assert figures(reading, "prompts") == expected
