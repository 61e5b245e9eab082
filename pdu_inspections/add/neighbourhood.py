"""The neighbourhood of inspections: everything whose rows in any table can depend on theirs.

Two things are linked where a model or a rule reads them together. The links of the corpus are followed from the
inspections added until nothing new is reached, so whatever is built from the neighbourhood alone is what the whole
corpus would give for it. A rule that compares inspections in a new way needs its link here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pdu_inspections.contract import LANDSCAPE, REPORTS, TABLES, Table
from pdu_inspections.sql import literal, texts

LARGE = "large"
KINDS = ("inspection", "document", "organisation", "area")
GROWING = [table for table in TABLES if table.grows]


@dataclass(frozen=True)
class Neighbourhood:
    """Ids that belong together, those of the database that the corpus no longer has included."""

    inspections: frozenset[str]
    documents: frozenset[str]
    organisations: frozenset[str]
    areas: frozenset[str]

    def ids(self, kind: str) -> frozenset[str]:
        """Ids of a kind: inspection, document, organisation or area."""
        found: frozenset[str] = getattr(self, f"{kind}s")
        return found


def rows_of(corpus: Path, table: str) -> str:
    """SQL of a table's rows in a corpus."""
    return f"read_parquet({literal(f'{corpus}/{table}/*.parquet')})"


def find(connection: duckdb.DuckDBPyConnection, corpus: Path, inspections: Iterable[str]) -> Neighbourhood:
    """The neighbourhood of inspections in the corpus, and of what the database attached as LARGE holds of them."""
    connection.execute(f"create or replace temp table given as select unnest({texts(inspections)}) as id")
    connection.execute(f"create or replace temp table units as {_units(corpus)}")
    connection.execute(f"create or replace temp table links as from ({_links(corpus)}) where a <> b")
    connection.execute(
        f"create or replace temp table reached as select distinct node from ({_start()}) where node is not null"
    )
    return _followed(connection)


def with_new_bodies(connection: duckdb.DuckDBPyConnection, corpus: Path) -> Neighbourhood:
    """What find gave, and the bodies that the corpus has and the database has not, though nobody inspected them."""
    connection.execute(
        f"insert into reached select 'organisation ' || organisation_id from {rows_of(corpus, 'organisations')} "
        f"where organisation_id not in (select organisation_id from {LARGE}.main.dim_organisation)"
    )
    return _followed(connection)


def _followed(connection: duckdb.DuckDBPyConnection) -> Neighbourhood:
    """Everything the links lead to from what is reached."""
    found = 1
    while found:
        row = connection.execute(
            "insert into reached select distinct links.b from links semi join reached on links.a = reached.node "
            "anti join reached on links.b = reached.node"
        ).fetchone()
        found = int(row[0]) if row else 0
    nodes: dict[str, set[str]] = {}
    for (node,) in connection.execute("select node from reached").fetchall():
        kind, _, name = node.partition(" ")
        nodes.setdefault(kind, set()).add(name)
    return Neighbourhood(*(frozenset(nodes.get(kind, ())) for kind in KINDS))


def hold(connection: duckdb.DuckDBPyConnection, neighbourhood: Neighbourhood) -> None:
    """The ids of a neighbourhood in temporary tables: inspections, documents, organisations, areas."""
    for kind in KINDS:
        ids = texts(sorted(neighbourhood.ids(kind)))
        connection.execute(f"create or replace temp table {kind}s as select unnest({ids}) as id")


def write(connection: duckdb.DuckDBPyConnection, corpus: Path, neighbourhood: Neighbourhood, directory: Path) -> None:
    """Write the report tables of a neighbourhood, one folder a table below directory; published pages whole."""
    hold(connection, neighbourhood)
    connection.execute(
        f"create or replace temp table citable as from documents union select document_id "
        f"from {rows_of(corpus, 'collected_sources')}"
    )
    for table in GROWING:
        folder = directory / table.name
        folder.mkdir(parents=True)
        connection.execute(
            f"copy (select * from {rows_of(corpus, table.name)} where {_belongs(table)}) "
            f"to {literal(folder / 'part.parquet')} (format parquet)"
        )


def _start() -> str:
    """The given inspections, what they are linked to in the database, and who is held against their per cent signs."""
    return f"""
        select 'inspection ' || id as node from given
        union all
        select unnest(['organisation ' || organisation_id, 'document ' || document_id])
        from {LARGE}.main.dim_inspection semi join given on inspection_id = id
        union all
        select unnest(['organisation ' || predecessor_organisation_id, 'organisation ' || successor_organisation_id])
        from {LARGE}.main.bridge_organisation_lineage semi join (
            select organisation_id from {LARGE}.main.dim_inspection semi join given on inspection_id = id
        ) as bodies on organisation_id in (predecessor_organisation_id, successor_organisation_id)
        union all
        select 'area ' || area_id from {LARGE}.main.dim_inspection semi join given on inspection_id = id
        where area_id is not null
        union all
        select 'fact ' || fact_key from {LARGE}.main.fct_reported_figure semi join given on inspection_id = id
        where fact_key is not null
        union all
        select 'organisation ' || source_organisation_id
        from {LARGE}.main.fct_recommendation_progress semi join given on inspection_id = id
        union all
        select unnest(['inspection ' || inspection_id, {_document("citation_id_b")}])
        from {LARGE}.main.fct_discrepancy
        where inspection_id is not null and citation_id_b is not null and (
            inspection_id in (from given)
            or split_part(citation_id_b, ':', 1)
            in (select document_id from {LARGE}.main.dim_inspection semi join given on inspection_id = id)
        )
        union all
        select 'inspection ' || plain_id from units where signed_id in (from given)
    """


def _links(corpus: Path) -> str:
    """SQL of pairs a, b: whoever reaches a reaches b. A node is its kind and its id."""
    printed = " union all ".join(
        f"select inspection_id, document_id from {rows_of(corpus, table.name)}"
        for table in GROWING
        if table.folder == REPORTS
    )
    both_ways = [
        "select 'inspection ' || inspection_id as a, 'document ' || document_id as b "
        f"from (select distinct * from ({printed}))"
    ]
    lineage = rows_of(corpus, "organisation_lineage")
    figures = rows_of(corpus, "reported_figures")
    successor = "'organisation ' || successor_organisation_id"
    both_ways += [
        "select 'inspection ' || inspection_id, 'organisation ' || organisation_id "
        f"from {rows_of(corpus, 'inspections')}",
        "select 'inspection ' || inspection_id, 'organisation ' || source_organisation_id "
        f"from {rows_of(corpus, 'recommendation_progress')}",
        "select 'organisation ' || organisation_id, 'area ' || area_id "
        f"from {rows_of(corpus, 'organisations')} where area_id is not null",
        f"select 'organisation ' || predecessor_organisation_id, {successor} from {lineage}",
        f"select {successor}, 'document ' || source_document_id from {lineage}",
        "select 'document ' || document_id, 'document ' || supersedes_document_id "
        f"from {rows_of(corpus, 'documents')} where supersedes_document_id is not null",
        f"select 'inspection ' || inspection_id, 'fact ' || fact_key from {figures} where fact_key is not null",
        *(
            f"select {_document('citation_id_a')}, {_document('citation_id_b')} from {rows_of(corpus, table)} "
            "where citation_id_b is not null"
            for table in ("known_discrepancies", "curated_findings")
        ),
    ]
    pages = f"(select 'document ' || document_id from {rows_of(corpus, 'collected_sources')})"
    return f"""
        with pairs as ({" union all ".join(both_ways)}),
        linked as (select * from pairs where a not in {pages} and b not in {pages})
        select a, b from linked
        union all
        select b as a, a as b from linked
        union all
        select 'inspection ' || plain_id as a, 'inspection ' || signed_id as b from units
    """


def _units(corpus: Path) -> str:
    """SQL of plain_id, signed_id: who prints a measure as a plain number, and whose per cent sign it is held against.

    As the rule workload_unit_printed_alike reads them: the first of its framework, measure and grade.
    """
    selects = (
        ("staffing", "grade_id", "value_status"),
        ("case_characteristics", "'all'", "value_status"),
        ("caseloads", "'all'", "'reported'"),
        ("contextual_facts", "'all'", "'reported'"),
    )
    printed = " union all ".join(
        f"select inspection_id, document_id, line_number, column_number, measure_id, {grade} as grade_id, as_printed "
        f"from {rows_of(corpus, table)} where {status} = 'reported'"
        for table, grade, status in selects
    )
    return f"""
        with printed as ({printed}),
        placed as (
            select
                printed.*, framework_id,
                try_cast(inspection_year as integer) as inspection_year,
                concat(printed.document_id, ':L', printed.line_number, ':C', printed.column_number) as citation_id,
                contains(printed.as_printed, '%') or contains(printed.as_printed, 'per cent') as has_sign
            from printed
            inner join {rows_of(corpus, "inspections")} as inspections using (inspection_id)
        ),
        signed as (
            select
                framework_id, measure_id, grade_id,
                arg_min(inspection_id, (inspection_year, citation_id)) as signed_id
            from placed where has_sign group by all
        )
        select distinct placed.inspection_id as plain_id, signed_id
        from placed inner join signed using (framework_id, measure_id, grade_id)
        where not has_sign
    """


def _document(citation: str) -> str:
    return f"'document ' || split_part({citation}, ':', 1)"


def _belongs(table: Table) -> str:
    """SQL condition: whether a row is of the neighbourhood. Findings are where all that they cite is."""
    if table.folder == LANDSCAPE:
        return "true"
    if table.folder == REPORTS:
        return "inspection_id in (from inspections)"
    names = table.column_names
    if "citation_id_a" in names:
        cited = "split_part({}, ':', 1) in (from citable)"
        return f"{cited.format('citation_id_a')} and (citation_id_b is null or {cited.format('citation_id_b')})"
    return {
        "organisations": "organisation_id in (from organisations)",
        "areas": "area_id in (from areas)",
        "organisation_lineage": "successor_organisation_id in (from organisations)",
        "recommendation_titles": "inspection_id in (from inspections)",
        "progress_titles": "inspection_id in (from inspections)",
        "expected_row_counts": "document_id in (from documents)",
        "corrections": "split_part(citation_id, ':', 1) in (from documents)",
    }[table.name]
