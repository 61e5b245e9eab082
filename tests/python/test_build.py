"""A build from beginning to end on the toy project, with a stand-in for dbt: releases, records, diffs, failures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.project import Project
from pdu_inspections.release.audit import open_for_reading
from pdu_inspections.release.build import Built, Settings, build
from pdu_inspections.release.dbt import DbtRun
from pdu_inspections.release.errors import BuildError
from pdu_inspections.release.exports.spreadsheet import SPREADSHEET_NAME
from pdu_inspections.release.journal import Journal
from pdu_inspections.release.progress import Event, Progress
from pdu_inspections.release.releases import Releases
from pdu_inspections.release.summary import format_summary
from tests.support.toy import StubDbt, write_project

pytestmark = pytest.mark.slow

DATABASE = Path("warehouse/current/pdu_inspections.duckdb")
SCORES = "seeds/reports/scores.csv"


def make(
    root: Path, settings: Settings | None = None, stub: type[StubDbt] = StubDbt, *listeners: Callable[[Event], None]
) -> Built:
    return build(Project(root), settings or Settings(), Progress(*listeners), stub)


def rows(root: Path, sql: str) -> list[tuple[object, ...]]:
    with open_for_reading(root / DATABASE) as connection:
        return connection.execute(sql).fetchall()


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def stub_with(sql: str) -> type[StubDbt]:
    return type("Stub", (StubDbt,), {"extra_sql": sql})


@pytest.fixture(scope="module")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_project(tmp_path_factory.mktemp("published"))
    (root / "CITATION.cff").write_text("title: Figures\n", encoding="utf-8")
    make(root)
    return root


@pytest.fixture
def published(published_once: Path, tmp_path: Path) -> Path:
    """A toy project with one release."""
    return Path(shutil.copytree(published_once, tmp_path / "project", symlinks=True))


def test_a_release_holds_the_marts_with_comments_keys_and_macros(published: Path) -> None:
    assert rows(published, "select count(*) from fct_score") == [(3,)]
    assert rows(published, "select double_it(4)") == [(8,)]
    assert rows(published, "select comment from duckdb_tables() where table_name = 'fct_score'") == [
        ("One row per body's year.",)
    ]
    assert rows(published, "select comment from duckdb_columns() where column_name = 'score_pct'") == [
        ("Score in per cent.",)
    ]
    keys = (
        "select constraint_column_names from duckdb_constraints() "
        "where table_name = 'fct_score' and constraint_type = 'PRIMARY KEY'"
    )
    assert rows(published, keys) == [(["body_id", "score_year"],)]


def test_a_release_holds_nothing_but_schema_main(published: Path) -> None:
    assert rows(published, "select distinct schema_name from duckdb_tables()") == [("main",)]
    assert rows(published, "select schema_name from duckdb_schemas() where not internal") == []


def test_a_release_holds_parquet_and_csv_of_every_mart(published: Path) -> None:
    release = published / "warehouse/current"
    assert sorted(path.name for path in (release / "csv").iterdir()) == ["dim_body.csv", "fct_score.csv"]
    assert (release / "csv/dim_body.csv").read_text(encoding="utf-8-sig") == (
        'body_id,body_name,note\nashby,Ashby PDU,\nbirch,"Birch, North",merged\n'
    )
    parquet = duckdb.sql(f"from '{release}/parquet/fct_score.parquet'").fetchall()
    assert parquet == rows(published, "from fct_score order by body_id, score_year")


def test_the_data_package_describes_every_csv(published: Path) -> None:
    release = published / "warehouse/current"
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert {(release / resource["path"]).name for resource in resources.values()} == {"dim_body.csv", "fct_score.csv"}
    assert resources["fct_score"]["schema"]["primaryKey"] == ["body_id", "score_year"]
    fields = {field["name"]: field for field in resources["fct_score"]["schema"]["fields"]}
    assert (fields["score_pct"]["type"], fields["score_pct"]["description"]) == ("number", "Score in per cent.")
    assert (fields["score_year"]["type"], fields["body_id"]["type"]) == ("integer", "string")


def test_a_release_is_closed_read_only_and_without_a_log(published: Path) -> None:
    files = [path for path in (published / "warehouse/current/").rglob("*") if path.is_file()]
    assert all(path.stat().st_mode & 0o222 == 0 for path in files)
    assert not [path for path in files if path.suffix == ".wal"]


def test_every_ops_table_and_column_has_a_comment(published: Path) -> None:
    assert rows(published, "select count(*) from duckdb_tables() where starts_with(table_name, 'ops_')") == [(5,)]
    undocumented = (
        "select table_name from duckdb_tables() where starts_with(table_name, 'ops_') and comment is null union all "
        "select table_name || '.' || column_name from duckdb_columns() "
        "where starts_with(table_name, 'ops_') and comment is null"
    )
    assert rows(published, undocumented) == []


def test_the_record_is_in_the_file_and_beside_it(published: Path) -> None:
    record = json.loads((published / "warehouse/current/build.json").read_text(encoding="utf-8"))
    assert rows(published, "select build_id, sequence_n, tests_n from ops_build") == [
        (record["build_id"], 1, len(record["tests"]))
    ]
    assert {item["path"] for item in record["inputs"]} >= {SCORES, "dbt_project.yml", "models/marts/dim_body.sql"}
    assert record["versions"]["duckdb"] == duckdb.__version__
    assert rows(published, "select distinct test_type, status from ops_test_result order by 1") == [
        ("data", "pass"),
        ("gate", "pass"),
    ]


def test_unit_tests_run_where_the_code_is_new(published: Path) -> None:
    asked: list[bool] = []

    class Asked(StubDbt):
        def __init__(self, run: DbtRun, inherited: int) -> None:
            super().__init__(run, inherited)
            asked.append(run.is_new_code)

    def append(name: str, text: str) -> None:
        with (published / name).open("a", encoding="utf-8") as file:
            file.write(text)

    make(published, None, Asked)
    append("seeds/reference/bodies.csv", "cedar,Cedar PDU,\n")
    make(published, None, Asked)
    append("models/marts/dim_body.sql", "-- by name\n")
    make(published, None, Asked)
    make(published, None, Asked)
    shutil.rmtree(published / "warehouse")
    make(published, None, Asked)
    assert asked == [False, False, True, False, True]


def test_history_carries_over_from_release_to_release(published: Path) -> None:
    make(published)
    make(published)
    assert rows(published, "select sequence_n from ops_build order by 1") == [(1,), (2,), (3,)]
    assert rows(published, "select count(distinct build_id) from ops_test_result") == [(3,)]
    assert rows(
        published,
        "select rows_added_n, rows_changed_n from ops_table_content where table_name = 'dim_body' order by build_id",
    ) == [(None, None), (0, 0), (0, 0)]


def test_the_same_input_gives_the_same_content(published: Path) -> None:
    make(published)
    hashes = "select table_name, count(distinct content_hash), count(*) from ops_table_content group by 1 order by 1"
    assert rows(published, hashes) == [("dim_body", 1, 2), ("fct_score", 1, 2)]
    ids = [release.path for release in Releases(published / "warehouse").all()]
    for name in ("csv/fct_score.csv", "parquet/fct_score.parquet"):
        assert (ids[0] / name).read_bytes() == (ids[1] / name).read_bytes()


def test_the_closing_words_give_rows_and_content_hash_of_every_mart(published: Path) -> None:
    built = make(published)
    assert built.record is not None
    lines = [line.split() for line in format_summary(Project(published), built).splitlines()]
    for mart in built.record.marts:
        assert [str(mart.rows_n), mart.content_hash[:16], mart.name] in lines


def test_a_release_says_how_to_cite_it(published: Path) -> None:
    release = published / "warehouse/current"
    assert f'version: "{release.resolve().name}"' in (release / "CITATION.cff").read_text(encoding="utf-8")
    assert "Open Government Licence" in (release / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    assert (release / SPREADSHEET_NAME).is_file()


def test_the_content_hash_notices_one_value_and_ignores_the_order_of_rows(published: Path) -> None:
    edit(
        published,
        SCORES,
        "ashby_2022,ashby,2021,48,ashby_2022:L4\nashby_2022,ashby,2022,52.5,ashby_2022:L5\n",
        "ashby_2022,ashby,2022,52.5,ashby_2022:L5\nashby_2022,ashby,2021,48,ashby_2022:L4\n",
    )
    make(published)
    edit(published, SCORES, "52.5", "52.6")
    make(published)
    hashes = rows(
        published, "select content_hash from ops_table_content where table_name = 'fct_score' order by build_id"
    )
    assert hashes[0] == hashes[1] != hashes[2]


def test_the_value_diff_lists_added_removed_and_changed_rows(published: Path) -> None:
    edit(published, SCORES, "52.5", "53")
    edit(published, SCORES, "2021,48,ashby_2022:L4", "2020,48,ashby_2022:L4")
    built = make(published)
    diff = json.loads((built.release / "value_diff.json").read_text(encoding="utf-8"))
    (table,) = diff["tables"]
    assert (table["table_name"], table["added_n"], table["removed_n"], table["changed_n"]) == ("fct_score", 1, 1, 1)
    changed = next(row for row in table["rows"] if row["change"] == "changed")
    assert changed["key"] == {"body_id": "ashby", "score_year": "2022"}
    assert changed["values"] == {"score_pct": ["52.5", "53.0"]}
    assert rows(
        published,
        "select rows_added_n, rows_removed_n, rows_changed_n from ops_table_content "
        "where table_name = 'fct_score' order by build_id desc limit 1",
    ) == [(1, 1, 1)]


CORRECTIONS = """\
seeds:
  - name: corrections
    config: {meta: {key: [citation_id]}}
    columns: [{name: citation_id}, {name: printed_value}, {name: corrected_value}, {name: reason}]
"""


def test_a_changed_row_is_explained_by_its_correction(published: Path) -> None:
    edit(published, SCORES, "52.5", "53")
    path = published / "seeds/reference/corrections.csv"
    path.write_text("citation_id,printed_value,corrected_value,reason\nashby_2022:L5,52.5,53,typo\n", encoding="utf-8")
    (published / "seeds/reference/_corrections.yml").write_text(CORRECTIONS, encoding="utf-8")
    built = make(published)
    diff = json.loads((built.release / "value_diff.json").read_text(encoding="utf-8"))
    assert diff["tables"][0]["rows"][0]["why"] == ["correction: typo"]


def test_a_new_and_a_vanished_table_are_in_the_diff(published: Path) -> None:
    built = make(
        published,
        Settings(loss_reason="dim_body has another name"),
        stub_with(
            "drop table dim_body; create table dim_other (a integer primary key); insert into dim_other values (1);"
        ),
    )
    assert built.record is not None
    changes = {diff.table_name: (diff.added_n, diff.removed_n) for diff in built.record.diffs if not diff.is_empty}
    assert changes == {"dim_other": (1, 0), "dim_body": (0, 2)}


def test_a_release_that_would_be_poorer_is_not_published_without_a_reason(published: Path) -> None:
    gutted = stub_with("delete from dim_body; update fct_score set score_pct = null where body_id = 'ashby';")
    error = unchanged_after(published, lambda: make(published, None, gutted))
    assert error.exit_code == ExitCode.BUILD_FAILED
    assert "dim_body: all 2 rows lost" in str(error)
    assert "fct_score.score_pct: 2 of 3 values lost" in str(error)
    assert "pdu build --accept-loss" in str(error)
    built = make(published, Settings(loss_reason="two bodies were closed"), gutted)
    assert built.record is not None
    assert built.record.losses[0] == "dim_body: all 2 rows lost"
    assert rows(published, "select loss_reason from ops_build order by sequence_n") == [
        (None,), ("two bodies were closed",)
    ]  # fmt: skip
    assert "losses" in format_summary(Project(published), built)
    again = make(published, Settings(loss_reason="no loss this time"), gutted)
    assert again.record is not None
    assert (again.record.losses, again.record.loss_reason) == ([], None)


def test_a_loss_is_noticed_where_the_current_release_is_damaged(published: Path) -> None:
    make(published)
    (published / "warehouse/current/build.json").resolve().unlink()
    error = None
    try:
        make(published, None, stub_with("delete from dim_body;"))
    except BuildError as caught:
        error = caught
    assert error is not None
    assert "poorer than 000001-" in str(error)


def test_changed_columns_are_in_the_diff(published: Path) -> None:
    built = make(
        published,
        None,
        stub_with("alter table dim_body add column region varchar; alter table dim_body drop column note;"),
    )
    assert built.record is not None
    diff = next(diff for diff in built.record.diffs if diff.table_name == "dim_body")
    assert (diff.columns_added, diff.columns_removed, diff.changed_n) == (("region",), ("note",), 0)


def test_nothing_is_built_where_nothing_changed(published: Path) -> None:
    built = make(published, Settings(if_changed=True))
    assert built.record is None
    assert len(Releases(published / "warehouse").all()) == 1
    success = json.loads((published / "warehouse/last_success.json").read_text(encoding="utf-8"))
    assert success["was_built"] is False


def test_a_changed_input_is_built(published: Path) -> None:
    edit(published, "models/marts/marts.yml", "Remark", "Remarks")
    assert make(published, Settings(if_changed=True)).record is not None


@pytest.mark.parametrize("harm", ["wal", "bytes"])
def test_a_damaged_current_release_is_built_anew(published: Path, harm: str) -> None:
    database = (published / DATABASE).resolve()
    if harm == "wal":
        database.with_name(f"{database.name}.wal").write_bytes(b"stale")
    else:
        database.chmod(0o644)
        content = bytearray(database.read_bytes())
        content[len(content) // 2] ^= 1
        database.write_bytes(content)
    events: list[Event] = []
    built = make(published, Settings(if_changed=True), StubDbt, events.append)
    assert built.record is not None
    assert any(event["event"] == "damaged" for event in events)
    assert rows(published, "select count(*) from fct_score") == [(3,)]


def test_withdrawn_inputs_are_not_built_unless_asked(published: Path) -> None:
    fingerprint = json.loads((published / "warehouse/current/build.json").read_text(encoding="utf-8"))["fingerprint"]
    edit(published, SCORES, "52.5", "53")
    make(published)
    edit(published, SCORES, "2022,53,", "2022,52.5,")
    Journal(published / "warehouse").withdraw("000001", fingerprint)
    assert make(published, Settings(if_changed=True)).record is None
    assert make(published).record is not None


def test_a_damaged_release_is_not_kept_for_the_sake_of_withdrawn_inputs(published: Path) -> None:
    fingerprint = json.loads((published / "warehouse/current/build.json").read_text(encoding="utf-8"))["fingerprint"]
    edit(published, SCORES, "52.5", "53")
    make(published)
    edit(published, SCORES, "2022,53,", "2022,52.5,")
    Journal(published / "warehouse").withdraw("000001", fingerprint)
    (published / DATABASE).resolve().unlink()
    with pytest.raises(BuildError, match="choose with pdu rollback") as caught:
        make(published, Settings(if_changed=True))
    assert caught.value.exit_code == ExitCode.PUBLISH_FAILED


def test_old_releases_are_deleted(published: Path) -> None:
    for _ in range(3):
        make(published, Settings(keep=2))
    assert [release.sequence_n for release in Releases(published / "warehouse").all()] == [3, 4]


def unchanged_after(root: Path, act: Callable[[], object]) -> BuildError:
    before = (root / "warehouse/current").readlink()
    content = rows(root, "from fct_score order by all")
    with pytest.raises(BuildError) as caught:
        act()
    assert (root / "warehouse/current").readlink() == before
    assert rows(root, "from fct_score order by all") == content
    assert not (root / "warehouse/work").exists()
    assert len(list((root / "warehouse/releases").iterdir())) == 1
    return caught.value


def test_a_shut_gate_changes_nothing(published: Path) -> None:
    edit(published, SCORES, "52.5", "520")
    error = unchanged_after(published, lambda: make(published))
    assert error.exit_code == ExitCode.GATE_FAILED
    assert f"{SCORES}:3 [score_pct]" in str(error)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("create view spare as select * from dim_body;", "view spare: marts are tables"),
        ("update dim_body set body_name = '=HYPERLINK(1)' where body_id = 'ashby';", "run as a formula"),
    ],
)
def test_the_audit_refuses_what_may_not_be_published(published: Path, sql: str, message: str) -> None:
    error = unchanged_after(published, lambda: make(published, None, stub_with(sql)))
    assert error.exit_code == ExitCode.BUILD_FAILED
    assert message in str(error)


def test_the_audit_refuses_a_copy_that_differs(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pdu_inspections.release import database as release

    copy = release.copy_marts

    def lossy(connection: duckdb.DuckDBPyConnection, marts: list[object]) -> None:
        copy(connection, marts)
        connection.execute(f"delete from {release.NEW}.main.fct_score where body_id = 'birch'")

    monkeypatch.setattr(release, "copy_marts", lossy)
    error = unchanged_after(published, lambda: make(published))
    assert error.exit_code == ExitCode.BUILD_FAILED
    assert "fct_score: dbt built [3," in str(error)


def test_an_unwritable_warehouse_is_told_and_changes_nothing(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pdu_inspections.release.exports.files.write_marts", full)
    error = unchanged_after(published, lambda: make(published))
    assert error.exit_code == ExitCode.PUBLISH_FAILED
    assert "No space left" in str(error)


def test_a_failed_build_is_in_the_journal_and_the_next_succeeds(published: Path) -> None:
    edit(published, SCORES, "52.5", "520")
    unchanged_after(published, lambda: make(published))
    last = json.loads((published / "warehouse/builds.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["exit_code"] == 3
    assert "score_pct" in last["error"]
    edit(published, SCORES, "520", "52")
    make(published)
    assert rows(published, "select count(*) from ops_build") == [(2,)]


def test_leftovers_of_a_build_that_was_cut_short_are_cleared(published: Path) -> None:
    (published / "warehouse/work/release").mkdir(parents=True)
    (published / "warehouse/work/pdu_inspections.duckdb").write_bytes(b"half a database")
    (published / "warehouse/trash/000000").mkdir(parents=True)
    make(published)
    assert not (published / "warehouse/work").exists()
    assert not (published / "warehouse/trash").exists()


def test_a_number_already_taken_is_not_used_again(published: Path) -> None:
    first = next((published / "warehouse/releases").iterdir())
    shutil.copytree(first, published / "warehouse/releases/unreadable")
    (published / "warehouse/releases/unreadable/build.json").chmod(0o644)
    (published / "warehouse/releases/unreadable/build.json").write_text("{", encoding="utf-8")
    assert make(published).build_id.startswith("000002-")


def test_a_release_without_git_is_of_unknown_revision(published: Path) -> None:
    assert rows(published, "select revision, is_dirty from ops_build") == [("unknown", False)]


def test_readers_see_the_old_or_the_new_release_and_nothing_else(published: Path) -> None:
    """The short form of the reader campaign in tests/campaigns/faults."""
    import threading

    errors: list[Exception] = []
    seen: set[object] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                target = (published / DATABASE).resolve()
                with duckdb.connect(str(target), read_only=True) as connection:
                    seen.add(connection.execute("select max(score_pct)::varchar, count(*) from fct_score").fetchone())
            except duckdb.Error as error:
                errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 4):
        edit(published, SCORES, "2022,71," if number == 1 else f"2022,8{number - 1},", f"2022,8{number},")
        make(published, Settings(keep=5))
    done.set()
    reader.join()
    assert errors == []
    assert seen <= {("71.0", 3), ("81.0", 3), ("82.0", 3), ("83.0", 3)}


def test_a_site_that_cannot_be_written_stops_the_release(published: Path) -> None:
    current = rows(published, "select build_id from ops_build")
    with pytest.raises(BuildError, match="the site cannot be written") as stopped:
        make(published, Settings(site=True))
    assert stopped.value.exit_code == ExitCode.PUBLISH_FAILED
    assert rows(published, "select build_id from ops_build") == current
