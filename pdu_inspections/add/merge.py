"""The rows of a neighbourhood written into the large file, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections.add.neighbourhood import Neighbourhood, hold
from pdu_inspections.add.ownership import FIXED, OWNED, RECOMPUTED, RULES_ON_PAGES, kind_of
from pdu_inspections.build.errors import BuildError
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.sql import literal, quoted

SMALL = "neighbourhood"
_FINDINGS = "int_discrepancies__found"


def merge(database: Path, small: Path, neighbourhood: Neighbourhood, manifest: dict[str, Any]) -> None:
    """Replace the neighbourhood's rows in the database by those of the small build, and recompute what spans them.

    manifest: dbt's, of the small build; its SQL must name the catalog as the database's file is named. Raises
    BuildError, and leaves the database as it was, where the two were not made by the same state of the project or a
    data test fails on the whole.
    """
    with duckdb.connect(str(database), config={"preserve_insertion_order": False}) as connection:
        connection.execute(f"attach {literal(small)} as {SMALL} (read_only)")
        _Merge(connection, quoted(database.stem), neighbourhood, manifest).run()
        connection.execute(f"detach {SMALL}")


class _Merge:
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        catalog: str,
        neighbourhood: Neighbourhood,
        manifest: dict[str, Any],
    ) -> None:
        self._connection = connection
        self._catalog = catalog
        self._neighbourhood = neighbourhood
        self._nodes = {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] != "analysis"}
        self._columns = {
            tuple(place): columns
            for *place, columns in self._execute(
                "select database_name, schema_name, table_name, list((column_name, data_type) order by column_index) "
                "from duckdb_columns() group by all"
            )
        }

    def run(self) -> None:
        self._require_one_project()
        self._execute("begin")
        try:
            hold(self._connection, self._neighbourhood)
            for table, column in OWNED.items():
                self._replace(table, f"{quoted(column)} in (from {kind_of(column)}s)")
            for table in RECOMPUTED:
                self._recompute(table)
                if table == "int_landscape__published_inspections":
                    self._find_on_pages()
            self._test()
        except BaseException:
            self._execute("rollback")
            raise
        self._execute("commit")

    def _execute(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    def _table(self, name: str, catalog: str | None = None) -> str:
        return f"{catalog or self._catalog}.{quoted(self._nodes[name]['schema'])}.{quoted(name)}"

    def _require_one_project(self) -> None:
        """Tables of the same columns, and the same vocabularies: else rows of the two do not go together."""
        names = (*OWNED, *RECOMPUTED, *FIXED)
        seeds = tuple(name for name, node in self._nodes.items() if node["resource_type"] == "seed")
        differing = [name for name in (*names, *seeds) if self._columns_of(name) != self._columns_of(name, SMALL)]
        differing = differing or [name for name in (*FIXED, *seeds) if self._differs(name)]
        if differing:
            raise BuildError(
                ExitCode.BUILD_FAILED,
                f"the database was built by another state of the project: {', '.join(sorted(differing))} "
                "would not be the same; build it anew",
            )

        if self._execute(self._unrelated_pairs()):
            raise BuildError(
                ExitCode.BUILD_FAILED,
                "the database compares inspections of unrelated bodies (the variable compare): an addition does not; "
                "build it anew",
            )

    def _unrelated_pairs(self) -> str:
        related = (
            f"select predecessor_organisation_id as a, successor_organisation_id as b "
            f"from {self._table('bridge_organisation_lineage')}"
        )
        inspections = self._table("dim_inspection")
        return f"""
            with pairs as (
                select distinct one.organisation_id as a, other.organisation_id as b
                from {self._table("rpt_key_question_comparison")}
                inner join {inspections} as one on earlier_inspection_id = one.inspection_id
                inner join {inspections} as other on later_inspection_id = other.inspection_id
                where one.organisation_id <> other.organisation_id
            )
            from pairs anti join ({related} union select b, a from ({related})) as related using (a, b) limit 1
        """

    def _columns_of(self, name: str, catalog: str | None = None) -> list[tuple[str, str]] | None:
        """Names and types of a table's columns; None where there is no such table."""
        return self._columns.get(((catalog or self._catalog).strip('"'), self._nodes[name]["schema"], name))

    def _differs(self, name: str) -> bool:
        here, there = self._table(name), self._table(name, SMALL)
        return bool(
            self._execute(
                f"(from {here} except all from {there}) union all (from {there} except all from {here}) limit 1"
            )
        )

    def _replace(self, table: str, owned: str) -> None:
        self._execute(f"delete from {self._table(table)} where {owned}")
        self._execute(f"insert into {self._table(table)} by name from {self._table(table, SMALL)} where {owned}")

    def _recompute(self, table: str) -> None:
        """The table as its SQL now gives it."""
        self._execute(f"delete from {self._table(table)}")
        self._execute(f"insert into {self._table(table)} by name {self._nodes[table]['compiled_code']}")

    def _find_on_pages(self) -> None:
        """Findings about published pages anew: the neighbourhood came with its own alone."""
        rules = ", ".join(f"'{rule}'" for rule in RULES_ON_PAGES)
        self._execute(f"delete from {self._table(_FINDINGS)} where rule_id in ({rules})")
        for rule in RULES_ON_PAGES:
            sql = self._nodes[f"int_rule__{rule}"]["compiled_code"]
            self._execute(f"insert into {self._table(_FINDINGS)} by name from ({sql})")

    def _test(self) -> None:
        """Data tests of what was recomputed, over the whole file. The neighbourhood has passed its own."""
        failed = []
        for node in self._tests():
            rows = self._execute(f"from ({node['compiled_code']}) limit 1")
            if rows:
                failed.append(f"{node['name']}: {' '.join(node['description'].split())}\n  first row: {rows[0]}")
        if failed:
            raise BuildError(
                ExitCode.BUILD_FAILED, "\n".join([f"{len(failed)} tests failed on the whole database", *failed])
            )

    def _tests(self) -> Iterator[dict[str, Any]]:
        recomputed = set(RECOMPUTED)
        for node in self._nodes.values():
            if node["resource_type"] == "test":
                read = {name.rpartition(".")[2] for name in node["depends_on"]["nodes"]}
                if read & recomputed and read <= recomputed | {*OWNED, *FIXED}:
                    yield node
