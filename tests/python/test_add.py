"""Inspections added to a warehouse built from Parquet: the same rows as a build of everything."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from benchmarks.generate.tables import MISPRINT_LINE
from benchmarks.generate.write import Corpus, write
from benchmarks.scale import floor
from pdu_inspections.add.merge import merge
from pdu_inspections.add.neighbourhood import Neighbourhood
from pdu_inspections.add.ownership import FIXED, OWNED, RECOMPUTED, RULES_ON_PAGES, kind_of
from pdu_inspections.add.run import Added, add
from pdu_inspections.build.dbt import DbtResults
from pdu_inspections.build.errors import BuildError
from pdu_inspections.build.marts import read_marts
from pdu_inspections.build.progress import Progress
from pdu_inspections.cli import main
from pdu_inspections.contract import LANDSCAPE, TABLES
from pdu_inspections.errors import InputError
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.project import DATABASE_NAME, Project

HELD = 43
"""Two blocks of twenty inspections, which nothing links, and three of a third."""
NEW = "b000002_a0_pdu_2021"
NEW_BODY = "b000002_a0_pdu"
OTHER_BLOCK = "b000001_a2_pdu_2021"
FIRST_BLOCK = "b000000_%"
Manifests = Callable[[Path], dict[str, Any]]


@dataclass(frozen=True)
class World:
    """A corpus, and the database built from it by the project's SQL alone; keys as dbt's contracts give them."""

    directory: Path
    root: Path
    compiled_over: Manifests

    @property
    def corpus(self) -> Path:
        return self.directory / "corpus"

    @property
    def database(self) -> Path:
        return self.directory / "large" / DATABASE_NAME

    def build(self, name: str = "large") -> Path:
        database = self.directory / name / DATABASE_NAME
        database.parent.mkdir(exist_ok=True)
        floor.build(self.compiled_over(self.corpus), database, self.root, kinds=("seed", "model"))
        return database

    def edit(self, table: str, **columns: str) -> None:
        """Write a table's files anew with other expressions for some of its columns."""
        for path in (self.corpus / table).iterdir():
            changed = ", ".join(f"{expression} as {column}" for column, expression in columns.items())
            with duckdb.connect() as connection:
                connection.execute(f"create table edited as select * replace ({changed}) from '{path}'")
                connection.execute(f"copy edited to '{path}' (format parquet)")

    def more(self, table: str, rows: str) -> None:
        """Put rows of a query into the corpus as a new file."""
        name = f"more-{len(list((self.corpus / table).iterdir()))}.parquet"
        duckdb.sql(f"copy (from (from '{self.corpus / table}/*.parquet' limit 0) union all by name {rows}) "
                   f"to '{self.corpus / table / name}' (format parquet)")  # fmt: skip

    def add(self, *inspections: str) -> Added:
        return add(Project(self.root), self.corpus, self.database, inspections, Progress(), self.client)

    def client(self, _: Project, database: Path, inherited: int, *, target: Path, variables: Mapping[str, str],
               unit_tests: bool) -> Client:  # fmt: skip
        return Client(self, database, target, Path(variables["report_tables"]))


@dataclass(frozen=True)
class Client:
    """Stands in for dbt: the same compiled SQL through the DuckDB client."""

    world: World
    database: Path
    target: Path
    tables: Path

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def build(self, _: Progress) -> DbtResults:
        manifest = self.world.compiled_over(self.tables)
        floor.build(manifest, self.database, self.world.root, kinds=("seed", "model"))
        self.target.mkdir(exist_ok=True)
        (self.target / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return DbtResults([], 0, 0)


@pytest.fixture
def world(tmp_path: Path, project_root: Path, compiled_over: Manifests) -> World:
    made = World(tmp_path, project_root, compiled_over)
    write(made.corpus, Corpus(0, HELD, seed=7, breaches=0.1))
    return made


def contents(database: Path) -> dict[str, tuple[int, str]]:
    """Rows and content hash of every mart, and of every other table."""
    with duckdb.connect(str(database), read_only=True) as connection:
        held = {mart.name: (mart.rows_n, mart.content_hash) for mart in read_marts(connection, "pdu_inspections")}
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'intermediate'"
        ).fetchall():
            row = connection.execute(f"select count(*), sum(hash(t)) from intermediate.{name} as t").fetchone()
            assert row is not None
            held[name] = (row[0], str(row[1]))
        return held


def differing(database: Path, whole: Path) -> set[str]:
    ours, theirs = contents(database), contents(whole)
    return {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}


def models(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}


def ancestors(manifest: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    nodes = manifest["nodes"]
    waiting = list(models(manifest)[name]["depends_on"]["nodes"])
    while waiting:
        node = nodes[waiting.pop()]
        yield node
        waiting += node.get("depends_on", {}).get("nodes", [])


def test_every_table_that_is_made_is_owned_recomputed_or_fixed(compiled_over: Manifests) -> None:
    made = {
        name: node
        for name, node in models(compiled_over(Path("/corpus"))).items()
        if node["config"]["materialized"] == "table"
    }
    listed = [*OWNED, *RECOMPUTED, *FIXED]
    assert sorted(made) == sorted(listed)
    assert {kind_of(column) for column in OWNED.values()} == {"inspection", "document", "organisation"}
    for name, column in OWNED.items():
        if made[name]["config"]["contract"]["enforced"]:
            assert column in made[name]["columns"], name


def test_recomputed_tables_follow_what_they_read_and_fixed_ones_read_no_report(compiled_over: Manifests) -> None:
    manifest = compiled_over(Path("/corpus"))
    for place, name in enumerate(RECOMPUTED):
        assert not {node["name"] for node in ancestors(manifest, name)} & set(RECOMPUTED[place:]), name
    for name in FIXED:
        assert not any("read_parquet" in node.get("compiled_code", "") for node in ancestors(manifest, name)), name


def test_rules_that_read_published_pages_are_found_again(compiled_over: Manifests) -> None:
    manifest = compiled_over(Path("/corpus"))
    reading = {
        name.removeprefix("int_rule__")
        for name in models(manifest)
        if name.startswith("int_rule__") and any("landscape" in node["name"] for node in ancestors(manifest, name))
    }
    assert reading == set(RULES_ON_PAGES)


def test_the_command_gives_the_rows_of_a_build_of_everything(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    with duckdb.connect(str(world.database)) as connection:
        connection.execute("comment on table main.rpt_figure is 'Every figure.'")
    write(world.corpus, Corpus(HELD, 1, seed=7, breaches=0.1))
    is_changed = f"inspection_id = '{OTHER_BLOCK}' and measure_id = 'sickness_absence_days'"
    world.edit("staffing", **{name: f"case when {is_changed} then '3.3' else {name} end"
                              for name in ("value", "as_printed")})  # fmt: skip
    monkeypatch.chdir(world.root)

    done = CliRunner().invoke(
        main, ["add", "--corpus", str(world.corpus), "--database", str(world.database), NEW, OTHER_BLOCK]
    )

    assert done.exit_code == 0, done.output
    assert f"added {OTHER_BLOCK}, {NEW} in" in done.output
    assert "24 inspections built again" in done.output
    assert differing(world.database, world.build("whole")) == set()
    with duckdb.connect(str(world.database), read_only=True) as connection:
        assert connection.execute("select comment from duckdb_tables() where table_name = 'rpt_figure'").fetchone() == (
            "Every figure.",
        )
        assert connection.execute("select count(*) from staging.stg_reports__inspections").fetchone() == (HELD + 1,)
    assert sorted(path.name for path in world.database.parent.iterdir()) == [
        DATABASE_NAME, f"{DATABASE_NAME}.dbt", f"{DATABASE_NAME}.lock"
    ]  # fmt: skip
    nothing = CliRunner().invoke(main, ["add", "--corpus", str(world.corpus), "--database", str(world.database)])
    assert (nothing.exit_code, "nothing to add" in nothing.output) == (0, True)
    assert "SQL kept from dbt" not in done.output

    write(world.corpus, Corpus(HELD + 1, 1, seed=7, breaches=0.1))
    next_one = CliRunner().invoke(main, ["add", "--corpus", str(world.corpus), "--database", str(world.database)])

    assert next_one.exit_code == 0, next_one.output
    assert "SQL kept from dbt" in next_one.output
    assert differing(world.database, world.build("whole")) == set()

    before = contents(world.database)
    print_without_sign(world, OTHER_BLOCK)
    failing = CliRunner().invoke(
        main, ["add", "--corpus", str(world.corpus), "--database", str(world.database), OTHER_BLOCK]
    )
    assert failing.exit_code == ExitCode.BUILD_FAILED
    assert re.search("workload_unit_printed_alike: Got 1 result", failing.output), failing.output
    assert f"citation_id_a: {OTHER_BLOCK}:" in failing.output
    assert contents(world.database) == before, "a failed test leaves the database as it was"

    write(world.corpus, Corpus(HELD + 2, 20, seed=7, breaches=0.1))
    others = CliRunner().invoke(main, ["add", "--corpus", str(world.corpus), "--database", str(world.database), NEW])
    assert others.exit_code == ExitCode.BAD_INPUT
    assert "other inspections that the database has not" in others.output


def test_the_gate_is_heard_with_and_without_kept_sql(world: World) -> None:
    world.build()
    write(world.corpus, Corpus(HELD, 1, seed=7, breaches=0.1))
    spoiled = f"case when inspection_id = '{NEW}' then rating_id || '_indeed' else rating_id end"
    for is_kept in (False, True):
        before = contents(world.database)
        world.edit("ratings", rating_id=spoiled)
        with pytest.raises(BuildError, match="_indeed") as raised:
            world.add(NEW)
        assert raised.value.exit_code == ExitCode.GATE_FAILED
        assert contents(world.database) == before
        assert world.database.with_name(f"{DATABASE_NAME}.dbt").exists() == is_kept
        world.edit("ratings", rating_id="replace(rating_id, '_indeed', '')")
        world.add(NEW)


def test_links_are_followed_and_unexplained_findings_stop_the_addition(world: World, project_root: Path) -> None:
    page = publish_pages(world, project_root)
    write(world.corpus, Corpus(HELD, 1, seed=7, breaches=0.1))
    for table in ("inspections", "documents"):  # held back until the database is built
        shutil.move(world.corpus / table / f"part-{HELD:08d}.parquet", world.directory / table)
    world.build()
    for table in ("inspections", "documents"):
        shutil.move(world.directory / table, world.corpus / table / f"part-{HELD:08d}.parquet")
    print_without_sign(world, OTHER_BLOCK)
    state_alike(world, OTHER_BLOCK)
    before = contents(world.database)
    with pytest.raises(BuildError, match="workload_unit_printed_alike") as raised:
        world.add(NEW, OTHER_BLOCK)
    assert raised.value.exit_code == ExitCode.BUILD_FAILED
    assert contents(world.database) == before, "a finding nobody has accounted for leaves the database as it was"
    account_for(world, page)

    added = world.add(NEW, OTHER_BLOCK)

    assert added.neighbourhood_n == HELD + 1, "the first report that prints the sign is of the first block"
    assert differing(world.database, world.build("whole")) == set()
    with duckdb.connect(str(world.database), read_only=True) as connection:
        assert found(connection, "workload_unit_printed_alike") == 1
        assert found(connection, "same_fact_agrees_across_reports") >= 1
        assert connection.execute(
            "select inspection_id from fct_published_rating where published_rating_id = ?", [page]
        ).fetchone() == (NEW,)
        first = connection.execute(
            "select split_part(citation_id_b, ':', 1) from fct_discrepancy "
            "where rule_id = 'workload_unit_printed_alike'"
        ).fetchone()
    assert first is not None

    print_without_sign(world, first[0])
    world.add(first[0])

    assert differing(world.database, world.build("whole")) == set()

    other = Path(shutil.copy(world.database, world.directory))
    manifest = world.compiled_over(world.corpus)
    for spoiled, told in (
        (
            "update dim_rating set rating = 'Excellent' where rating = 'Good'",
            "another state of the project: dim_rating",
        ),
        (
            f"insert into rpt_key_question_comparison select * replace ('{OTHER_BLOCK}' as earlier_inspection_id, "
            f"'{NEW}' as later_inspection_id) from rpt_key_question_comparison limit 1; "
            "update dim_rating set rating = 'Good' where rating = 'Excellent'",
            "unrelated bodies",
        ),
    ):
        with duckdb.connect(str(other)) as connection:
            connection.execute(spoiled)
        with pytest.raises(BuildError, match=told):
            merge(other, world.database, Neighbourhood(*[frozenset[str]()] * 4), manifest)


def found(connection: duckdb.DuckDBPyConnection, rule: str) -> int:
    row = connection.execute("select count(*) from fct_discrepancy where rule_id = ?", [rule]).fetchone()
    assert row is not None
    return int(row[0])


def publish_pages(world: World, root: Path) -> str:
    """The project's published pages in the corpus, one of them about the new inspection; gives its id."""
    for table in TABLES:
        if table.folder == LANDSCAPE:
            rows = f"read_csv('{root / table.path}', all_varchar = true, header = true)"
            world.more(table.name, f"from {rows}")
    pages = f"'{world.corpus}/published_ratings/*.parquet'"
    row = duckdb.sql(
        f"select published_rating_id, body_id from {pages} where programme_id = 'pdu_2021' and body_type = 'pdu' "
        f"and published like '2022%' and body_id not in (select body_id from {pages} group by all having count(*) > 1) "
        "order by all limit 1"
    ).fetchone()
    assert row is not None
    page, body = row
    renamed = f"case when {{0}} = '{body}' then '{NEW_BODY}' else {{0}} end"
    world.edit("published_ratings", body_id=renamed.format("body_id"))
    world.edit("pdu_register", **{name: renamed.format(name) for name in ("pdu_id", "predecessor_pdu_id")})
    return str(page)


def print_without_sign(world: World, inspection: str) -> None:
    """A per cent sign less: the print is held against the first report that has it."""
    is_it = f"inspection_id = '{inspection}' and measure_id = 'attrition_rate'"
    world.edit("staffing", as_printed=f"case when {is_it} then replace(as_printed, '%', '') else as_printed end")


def state_alike(world: World, inspection: str) -> None:
    """A figure of one block becomes a statement of the new inspection's fact."""
    is_it = f"inspection_id = '{inspection}' and fact_key like '%buildings%'"
    world.edit(
        "reported_figures",
        fact_key=f"case when {is_it} then '{NEW_BODY.removesuffix('_pdu')}_buildings_0' else fact_key end",
        value=f"case when {is_it} then '77' else value end",
        as_printed=f"case when {is_it} then '77' else as_printed end",
    )


def account_for(world: World, page: str) -> None:
    """Every finding the edits can make."""
    columns = "'false' as is_resolved, 'Made by the test.' as explanation"
    sheet = f"'{world.corpus}/{{}}/*.parquet'"
    unit = f"citation like '%:L{MISPRINT_LINE}:C40'"
    cited = "concat(document_id, ':L', line_number, ':C', column_number) as citation"
    figures = f"(select {cited}, fact_key from {sheet.format('reported_figures')} where fact_key like '%buildings%')"
    staffing = f"(select {cited} from {sheet.format('staffing')})"
    of_new = " union ".join(f"select {cited} from {sheet.format(name)} where inspection_id = '{NEW}'"
                            for name in ("inspection_facts", "ratings"))  # fmt: skip
    world.more(
        "known_discrepancies",
        f"""(
            select 'workload_unit_printed_alike' as rule_id, one.citation as citation_id_a,
                other.citation as citation_id_b, {columns}
            from (from {staffing} where {unit}) as one, (from {staffing} where {unit}) as other
            union all
            select 'same_fact_agrees_across_reports', one.citation, other.citation, {columns}
            from {figures} as one inner join {figures} as other using (fact_key)
            where one.citation < other.citation and starts_with(other.citation, '{NEW}:')
            union all
            select 'published_page_agrees_with_report', citation, 'published_pages:{page}', {columns} from ({of_new})
            union all
            select rule_id, citation_id_a, citation_id_b, {columns}
            from read_csv('{world.root}/seeds/reference/known_discrepancies.csv', all_varchar = true)
            where rule_id like 'published_pages%'
        )""",
    )


def test_what_cannot_be_added_is_told(world: World, tmp_path: Path) -> None:
    staged = tmp_path / "elsewhere"
    write(staged, Corpus(0, 1, seed=7))
    database = staged / DATABASE_NAME
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            f"create schema staging; create view staging.stg_reports__inspections as "
            f"from read_parquet('{world.corpus}/inspections/*.parquet'); "
            f"create table dim_inspection as select inspection_id from '{world.corpus}/inspections/*.parquet'"
        )

    def told(corpus: Path, *inspections: str) -> str:
        with pytest.raises(InputError) as raised:
            add(Project(world.root), corpus, database, inspections, Progress(), world.client)
        return str(raised.value)

    assert "it was built from" in told(staged)
    path = world.corpus / "inspections" / "part-00000000.parquet"
    rows = path.read_bytes()
    path.write_bytes(rows[:100])
    assert "corpus or database cannot be read" in told(world.corpus)
    path.write_bytes(rows)
    unknown = told(world.corpus, "nobody_pdu_2021")
    assert "no inspection of this id" in unknown and "nobody_pdu_2021" in unknown
    shutil.rmtree(world.corpus / "prompts")
    assert "prompts: no Parquet files" in told(world.corpus)
    shutil.rmtree(world.corpus)
    write(world.corpus, Corpus(0, 1, seed=7))
    assert "an inspection that the corpus has not" in told(world.corpus)
    database.write_bytes(b"no database at all, but text" * 400)
    assert "it is no DuckDB database" in told(world.corpus)
    database.unlink()
    duckdb.connect(str(database)).close()
    assert "it has no view stg_reports__inspections" in told(world.corpus)
