"""The comparison of marts on two engines notices what differs, and only that."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.engines.compare import compare, parity, table
from tests.engines.ducklake import DuckLake
from tests.engines.engine import Engine, Row, UnavailableError, install
from tests.engines.page import write_section


class OtherEngine(Engine):
    """An engine that gives the rows of a list."""

    name = "Other"
    target = "other"
    version = "Other 1.0"
    given: list[Row]

    def __enter__(self) -> OtherEngine:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def rows(self, mart: str, columns: list[str]) -> list[Row]:
        return self.given


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "some.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table main.fct_a (a varchar, b decimal(5, 2), c boolean, d date)")
        connection.execute("insert into fct_a values ('x', 1.5, true, '2022-03-01'), ('y', null, false, null)")
    return path


def compared(database: Path, *rows: Row) -> tuple[bool, int, int]:
    engine = OtherEngine(database.parent)
    engine.given = list(rows)
    (mart,) = compare(database, engine)
    return mart.is_same, len(mart.missing), len(mart.surplus)


def test_the_same_rows_in_another_order_are_the_same(database: Path) -> None:
    assert compared(database, ("y", None, "false", None), ("x", "1.50", "true", "2022-03-01")) == (True, 0, 0)


@pytest.mark.parametrize(
    "row",
    [("x", "1.51", "true", "2022-03-01"), ("x", "1.5", "true", "2022-03-01"), ("x", None, "true", "2022-03-01")],
)
def test_another_digit_scale_or_a_missing_value_is_a_difference(database: Path, row: Row) -> None:
    assert compared(database, ("y", None, "false", None), row) == (False, 1, 1)


def test_an_empty_text_is_not_a_missing_value(database: Path) -> None:
    assert compared(database, ("x", "1.50", "true", "2022-03-01"), ("y", "", "false", None)) == (False, 1, 1)


def test_a_row_too_many_and_one_too_few_are_differences(database: Path) -> None:
    same_row = ("x", "1.50", "true", "2022-03-01")
    assert compared(database, same_row) == (False, 1, 0)
    assert compared(database, same_row, same_row, ("y", None, "false", None)) == (False, 0, 1)


def test_values_do_not_shift_between_columns() -> None:
    assert not parity("a", [("xy", "z")], [("x", "yz")]).is_same


def test_doubles_are_not_compared_as_text(tmp_path: Path) -> None:
    path = tmp_path / "some.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table main.fct_a as select 1.5::double as a")
    with pytest.raises(TypeError, match=r"fct_a\.a is of type DOUBLE"):
        compare(path, OtherEngine(tmp_path))


def test_the_table_counts_marts_that_are_the_same_and_shows_what_differs() -> None:
    marts = [parity("dim_a", [("x",)], [("x",)]), parity("fct_b", [("1",)], [("2",)])]
    text = table(marts, "Other")
    assert "1 of 2 marts hold the same rows." in text
    assert "fct_b, DuckDB only: ('1',)" in text
    assert "fct_b, Other only: ('2',)" in text


def test_a_section_is_written_anew_and_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    write_section(page, "PostgreSQL", ["old"])
    write_section(page, "Apache Spark", ["spark", "table"])
    write_section(page, "PostgreSQL", ["new"])
    assert page.read_text(encoding="utf-8").partition("## ")[2] == (
        "Apache Spark\n\nspark\n\ntable\n\n## PostgreSQL\n\nnew\n"
    )


def test_where_nothing_may_be_installed_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(UnavailableError, match=r"No PostgreSQL server found.*apt-get install postgresql"):
        install(["postgresql"], "PostgreSQL server")


def test_an_extension_for_another_version_of_duckdb_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "duckdb_extension_ducklake").mkdir()
    (tmp_path / "duckdb_extension_ducklake" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UnavailableError, match=rf"no extensions/v{duckdb.__version__}/ducklake.duckdb_extension"):
        DuckLake(tmp_path / "lake").__enter__()
