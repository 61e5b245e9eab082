"""`pdu read`: what it writes, what it refuses, what it tells, and that it writes all or nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pdu_inspections.reader.command import read
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.seeds import csv_text, lock_seeds
from tests.support.contract import BY_NAME, READ_TABLES
from tests.support.reader_help import ALL, CRC, ESI, LONG, SHORT, seed, write_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = write_project(tmp_path / "project")
    monkeypatch.chdir(directory)
    return directory


def run(*arguments: object) -> Result:
    return CliRunner().invoke(read, [str(argument) for argument in arguments], catch_exceptions=False)


def as_json(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--output", "json").stdout)
    return found


def contents(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((project / "seeds" / "reports").glob("*.csv"))}


def changed(path: Path, directory: Path, old: str, new: str, name: str = "") -> Path:
    """A copy of a report with other words in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    copy = directory / (name or path.name)
    copy.write_text(text.replace(old, new), encoding="utf-8")
    return copy


# ---------------------------------------------------------------------- writing


def test_reports_are_read_into_the_csvs(project: Path) -> None:
    result = run(*ALL)

    assert result.exit_code == 0
    assert {row["document_id"] for row in seed(project, "documents")} == {path.stem for path in ALL}
    assert len(seed(project, "prompts")) == 66
    assert "  prompts                     66 rows  66 new" in result.stdout


def test_all_tables_are_written_in_the_contracts_form(project: Path) -> None:
    run(*ALL)

    for name in READ_TABLES:
        text = (project / BY_NAME[name].path).read_bytes().decode("utf-8")
        assert text.splitlines()[0] == ",".join(BY_NAME[name].column_names)
        assert "\r" not in text
        assert text == csv_text(BY_NAME[name], seed(project, name))


def test_rows_are_sorted_by_document_line_and_column(project: Path) -> None:
    run(SHORT, CRC, LONG, ESI)

    for name in READ_TABLES:
        order = [(r["document_id"], int(r["line_number"]), int(r["column_number"])) for r in seed(project, name)]
        assert order == sorted(order)


def test_the_order_of_the_files_makes_no_difference(project: Path, tmp_path: Path) -> None:
    run(*ALL)
    first = contents(project)
    for path in (project / "seeds" / "reports").glob("*.csv"):
        path.unlink()
    run(*ALL[::-1])

    assert contents(project) == first


def test_curated_tables_are_left_alone(project: Path) -> None:
    curated = project / "seeds" / "reports" / "reported_figures.csv"
    curated.write_text(csv_text(BY_NAME["reported_figures"], []), encoding="utf-8")
    before = curated.read_bytes()
    run(LONG)

    assert curated.read_bytes() == before


def test_reading_again_changes_nothing(project: Path) -> None:
    run(*ALL)
    before = contents(project)
    result = run(*ALL)

    assert result.exit_code == 0
    assert result.stdout.count("nothing changed") == len(ALL)
    assert "written" not in result.stdout
    assert contents(project) == before


def test_rows_of_other_documents_are_left_alone(project: Path) -> None:
    run(LONG)
    before = seed(project, "ratings")
    run(SHORT)

    assert [row for row in seed(project, "ratings") if row["document_id"] == LONG.stem] == before


def test_a_dry_run_writes_nothing(project: Path) -> None:
    result = run(LONG, "--dry-run")

    assert result.exit_code == 0
    assert "dry run, nothing written" in result.stdout
    assert contents(project) == {}


# ---------------------------------------------------------------------- figures that differ


def test_a_figure_that_differs_is_shown_and_refused(project: Path, tmp_path: Path) -> None:
    run(LONG)
    before = contents(project)
    result = run(changed(LONG, tmp_path, "WMT average per PSO\t97", "WMT average per PSO\t79"))

    assert result.exit_code == 1
    assert "value: in the seeds '97', in the report '79'" in result.stdout
    assert "refused" in result.stdout
    assert contents(project) == before


def test_a_figure_that_is_gone_is_shown_and_refused(project: Path, tmp_path: Path) -> None:
    run(LONG)
    result = run(changed(LONG, tmp_path, "WMT average per PSO\t97\n", ""))

    assert result.exit_code == 1
    assert "in the seeds '97', in the report no longer found" in result.stdout


def test_replace_lets_the_new_figure_in(project: Path, tmp_path: Path) -> None:
    run(LONG)
    copy = changed(LONG, tmp_path, "WMT average per PSO\t97", "WMT average per PSO\t79")
    result = run(copy, "--replace")

    assert result.exit_code == 0
    assert [r["value"] for r in seed(project, "staffing") if r["label"] == "WMT average per PSO"] == ["79"]
    assert run(copy).stdout.count("nothing changed") == 1


def test_a_refused_report_does_not_stop_the_others(project: Path, tmp_path: Path) -> None:
    run(LONG)
    result = run(changed(LONG, tmp_path, "Score **13/27**", "Score **14/27**"), SHORT)

    assert result.exit_code == 1
    assert {row["document_id"] for row in seed(project, "documents")} == {LONG.stem, SHORT.stem}
    assert "13/27" in {row["value"] for row in seed(project, "inspection_facts")}


def test_a_second_version_is_linked_to_the_first(project: Path, tmp_path: Path) -> None:
    run(LONG)
    copy = changed(LONG, tmp_path, "WMT average per PSO\t97", "WMT average per PSO\t79", "ashmere_pdu_2023_v2.txt")

    assert run(copy).exit_code == 1
    assert run(copy, "--replace").exit_code == 0
    documents = {row["document_id"]: row["supersedes_document_id"] for row in seed(project, "documents")}
    assert documents == {"ashmere_pdu_2023": "", "ashmere_pdu_2023_v2": "ashmere_pdu_2023"}
    assert {row["document_id"] for row in seed(project, "staffing")} == {"ashmere_pdu_2023_v2"}
    assert run(copy).stdout.count("nothing changed") == 1


def test_the_same_file_under_another_name_is_told(project: Path, tmp_path: Path) -> None:
    run(LONG)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(LONG.read_bytes())
    result = run(copy)

    assert result.exit_code == 3
    assert "is the same file as ashmere_pdu_2023" in result.output


# ---------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "is empty"),
        ("spaces.txt", b" \n \n", "is empty"),
        ("latin.txt", "HM Inspectorate\nFenwick \xe9".encode("latin-1"), "is not UTF-8 text"),
        ("binary.txt", b"\x00\x01\x02report", "is a binary file"),
        ("list.txt", b"bread\nbutter\t2%\n", "is not an inspection report of a layout the reader knows"),
    ],
)
def test_bad_input_gets_one_clear_message(
    name: str, content: bytes, message: str, project: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = run(path)

    assert result.exit_code == 3
    assert result.stderr.startswith(f"{path}")
    assert message in result.stderr
    assert "expected:" in result.stderr
    assert "Traceback" not in result.output
    assert contents(project) == {}


def test_a_missing_file_is_told(project: Path, tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere.txt")

    assert result.exit_code == 3
    assert "does not exist" in result.stderr


def test_a_broken_encoding_is_told_with_its_line(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_bytes(LONG.read_bytes().replace(b"Ashmere is a place", b"Ashm\xffre is a place"))
    line = (
        LONG.read_text(encoding="utf-8")
        .split("\n")
        .index("Ashmere is a place nobody has inspected, and its figures are invented.")
        + 1
    )

    assert f"{path}:{line}: is not UTF-8 text" in run(path).stderr


def test_a_bad_file_does_not_harm_the_others(project: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00")
    result = run(SHORT, bad, ESI)

    assert result.exit_code == 3
    assert {row["document_id"] for row in seed(project, "documents")} == {SHORT.stem, ESI.stem}


def test_outside_a_project_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(LONG)

    assert result.exit_code == 2
    assert "no inspections project here" in result.stderr


def test_a_missing_vocabulary_is_told(project: Path) -> None:
    (project / "seeds" / "reference").rename(project / "seeds" / "elsewhere")
    result = run(LONG)

    assert result.exit_code == 3
    assert "is missing" in result.stderr


def test_a_row_of_another_report_is_never_removed_for_its_key(project: Path) -> None:
    run(LONG)
    path = project / "seeds" / "reports" / "ratings.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    result = run(SHORT)

    assert "a key stands more than once" in result.stderr
    assert path.read_text(encoding="utf-8").count(lines[-1]) == 2


def test_a_csv_edited_while_reports_are_read_is_not_overwritten(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(LONG)
    path = project / "seeds" / "reports" / "ratings.csv"

    def edit_meanwhile(*arguments: Any, **options: Any) -> Any:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
        return read_report(*arguments, **options)

    monkeypatch.setattr("pdu_inspections.reader.command.read_report", edit_meanwhile)
    result = run(SHORT)

    assert result.exit_code == 3
    assert "was changed by somebody else meanwhile" in result.stderr
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == lines[-2]
    assert {row["document_id"] for row in seed(project, "documents")} == {LONG.stem}


def test_a_csv_without_a_column_is_told(project: Path) -> None:
    run(LONG)
    path = project / "seeds" / "reports" / "ratings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("rating_id", "grade", 1), encoding="utf-8")
    result = run(SHORT)

    assert result.exit_code == 3
    assert "seeds/reports/ratings.csv:1: lacks columns" in result.stderr


def test_a_column_the_contract_does_not_have_is_told_before_it_is_lost(project: Path) -> None:
    run(LONG)
    path = project / "seeds" / "reports" / "rating_discretions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("as_printed", "as_printed,remark"), encoding="utf-8")
    result = run(CRC)

    assert result.exit_code == 3
    assert "has columns the contract does not have" in result.stderr
    assert path.read_text(encoding="utf-8").startswith("inspection_id")


def test_a_row_with_too_few_cells_is_told_with_its_line(project: Path) -> None:
    run(LONG)
    path = project / "seeds" / "reports" / "ratings.csv"
    path.write_text(path.read_text(encoding="utf-8") + "half,a,row\n", encoding="utf-8")
    result = run(SHORT)

    assert result.exit_code == 3
    assert "seeds/reports/ratings.csv:21: has a row with another number of cells" in result.stderr


def test_a_second_reader_waits_for_the_first(project: Path) -> None:
    with ThreadPoolExecutor() as pool:
        with lock_seeds(project):
            waiting = pool.submit(run, LONG)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
            assert contents(project) == {}

        assert waiting.result(timeout=30).exit_code == 0


def test_no_file_is_bad_usage() -> None:
    assert run().exit_code == 2


# ---------------------------------------------------------------------- all or nothing


def test_a_failure_while_writing_changes_no_csv(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(LONG)
    before = contents(project)
    replace, calls = Path.replace, []

    def fail_late(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 4:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_late)
    result = run(SHORT)

    assert len(calls) > 4  # the three that were renamed get their old names back
    assert result.exit_code == 3
    assert "cannot be written: No space left on device; no CSV was changed" in result.stderr
    assert contents(project) == before


def test_an_interruption_while_writing_changes_no_csv(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, calls = Path.replace, []

    def interrupt(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupt)
    run(LONG)

    assert contents(project) == {}


# ---------------------------------------------------------------------- for programs


def test_json_tells_all_there_is(project: Path) -> None:
    found = as_json(LONG)
    (file,) = found["files"]

    assert (found["exit_code"], file["status"], file["layout"]) == (0, "changed", "pdu_long")
    assert file["tables"]["prompts"] == 66
    assert len(file["rows"]["prompts"]) == 66
    assert file["notices"] == file["proposals"] == []
    assert "seeds/reports/prompts.csv" in found["written"]


def test_json_tells_differences_side_by_side(project: Path, tmp_path: Path) -> None:
    run(LONG)
    found = as_json(changed(LONG, tmp_path, "WMT average per PSO\t97", "WMT average per PSO\t79"))
    (change,) = [c for c in found["files"][0]["changes"] if c["table"] == "staffing"]

    assert (found["exit_code"], found["files"][0]["status"]) == (1, "refused")
    assert (change["before"]["value"], change["after"]["value"]) == ("97", "79")
    assert change["columns"] == ["value", "as_printed"]


def test_json_tells_problems(project: Path, tmp_path: Path) -> None:
    found = as_json(tmp_path / "nowhere.txt")

    assert found["exit_code"] == 3
    assert found["files"][0]["problems"][0]["message"] == "does not exist"


def test_what_could_not_be_placed_is_listed_with_its_line(project: Path, tmp_path: Path) -> None:
    copy = changed(LONG, tmp_path, "WMT average per PSO\t97", "Biscuits eaten per meeting\t97")
    result = run(copy)
    number = copy.read_text(encoding="utf-8").split("\n").index("Biscuits eaten per meeting\t97") + 1

    assert f"line {number}: measure_labels: biscuits_eaten_per_meeting" in result.stdout
    assert f"    line {number}: Biscuits eaten per meeting" in result.stdout


# ---------------------------------------------------------------------- figures of running text


def test_figures_of_running_text_are_proposed_until_they_are_accepted(project: Path, tmp_path: Path) -> None:
    found = as_json(LONG)["files"][0]
    accepted = [{**row, "description": "Cases inspected"} for row in found["candidates"][:2]]
    path = project / "seeds" / "reports" / "reported_figures.csv"
    path.write_text(csv_text(BY_NAME["reported_figures"], accepted), encoding="utf-8")

    assert as_json(LONG)["files"][0]["candidates"] == found["candidates"][2:]
    assert f"{len(found['candidates'])} found  2 in reported_figures.csv" in run(LONG).stdout


def test_numbers_of_running_text_that_went_nowhere_are_listed(project: Path, tmp_path: Path) -> None:
    copy = changed(LONG, tmp_path, "Background\n\n", "Background\n\n“It took three years to finish it all.”\n\n")
    number = copy.read_text(encoding="utf-8").split("\n").index("“It took three years to finish it all.”") + 1

    assert number in {line["line"] for line in as_json(copy)["files"][0]["numbers_not_placed"]}
