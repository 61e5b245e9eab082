"""The generator: numbers, breaches and tables made in DuckDB, a batch of inspections at a time, written as Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.support.contract import BY_NAME, REPORTS
from tests.support.generator.planted import planted
from tests.support.generator.tables import SELECTS, query

ROOT = Path(__file__).parents[3]
BATCH = 20_000
_PLANTED = "planted"


@dataclass(frozen=True)
class Corpus:
    """Which inspections: the same numbers give the same rows. breaches: share that breaks a rule, per rule."""

    first: int
    inspections: int
    seed: int = 1
    breaches: float = 0.01


def write(directory: Path, corpus: Corpus) -> int:
    """Write every table of the corpus below directory; gives the rows of report tables written."""
    rows = 0
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = true")
        _prepare(connection, corpus)
        last = corpus.first + corpus.inspections
        for first in range(corpus.first, last, BATCH):
            rows += _write_batch(connection, directory, first, min(first + BATCH, last))
    return rows


def _prepare(connection: duckdb.DuckDBPyConnection, corpus: Corpus) -> None:
    """Random numbers that no version of the engine changes, and what the vocabularies say of questions and ratings."""
    mixed = f"((i * 1000003 + salt * 7919 + {corpus.seed} * 104729 + 12345) % 2147483647 * 48271 % 2147483647)"
    connection.execute(
        f"create macro draw(i, salt, below) as (xor({mixed}, {mixed} >> 15) * 69621 % 2147483647) // 7 % below;"
        f"create macro breaks(i, rule_n) as draw(i, 900 + rule_n, 1000000) < {round(corpus.breaches * 1_000_000)};"
        f"create macro n_inspections() as {corpus.first + corpus.inspections}"
    )
    reference = ROOT / "seeds" / "reference"
    connection.execute(
        f"""
        create temp table standards as
        select
            standard_id, framework_id, standard_name, rating_basis, topic_id, is_case_supervision = 'true'
            as is_case_supervision,
            row_number() over (partition by framework_id order by standard_id) as standard_n
        from read_csv('{reference}/standards.csv', all_varchar = true)
        where is_rated = 'true' and standard_id <> 'overall';
        create temp table questions as
        select
            questions.question_id, questions.standard_id, standards.framework_id, questions.question_text,
            questions.question_level, questions.parent_question_id,
            cast(questions.question_order as integer) as question_order,
            questions.post_custody_only = 'true' as post_custody_only,
            nullif(concat_ws(
                ' ', case when excludes_unpaid_work_only = 'true' then '*' end,
                case when not_in_every_case = 'true' then '**' end
            ), '') as flags,
            row_number() over numbered as question_n,
            row_number() over numbered + case question_level when 'prompt' then 800 else 400 end as question_line
        from read_csv('{reference}/questions.csv', all_varchar = true) as questions
        inner join read_csv('{reference}/standards.csv', all_varchar = true) as standards using (standard_id)
        where question_level <> 'prompt_group' and standards.rating_basis <> 'judgement'
        window numbered as (partition by framework_id, question_level order by question_id);
        create temp table score_bands as
        select
            frameworks.framework_id, cast(bands.score_max as integer) as score_max,
            cast(low_score as integer) as low_score, cast(high_score as integer) as high_score,
            cast(scale.points as integer) as points
        from read_csv('{reference}/score_bands.csv', all_varchar = true) as bands
        inner join read_csv('{reference}/frameworks.csv', all_varchar = true) as frameworks using (score_max)
        inner join read_csv('{reference}/rating_scale.csv', all_varchar = true) as scale using (rating_id);
        -- percentages that no count of n rounds to, half up or half to even
        create temp table impossible as
        select
            n,
            list(pct order by pct) filter (n * (2 * pct + 1) - pct % 2 < 200 * ceil(n * (2 * pct - 1) / 200.0)) as pcts
        from range(10, 121) as bases (n), range(1, 100) as percentages (pct)
        group by n
        """
    )


def _write_batch(connection: duckdb.DuckDBPyConnection, directory: Path, first: int, last: int) -> int:
    connection.execute(f"create or replace macro first_i() as {first}; create or replace macro last_i() as {last}")
    connection.execute(Path(__file__).with_name("bodies.sql").read_text(encoding="utf-8"))
    rows = 0
    for name in SELECTS:
        connection.execute(f"create or replace temp table written_{name} as {query(name) or _empty(name)}")
        rows += _copy(connection, directory, name, first, f"from written_{name}")
    connection.execute(f"create or replace temp table written_planted as {planted()}")
    _copy(connection, directory, _PLANTED, first, "from written_planted order by all")
    _copy(
        connection,
        directory,
        "known_discrepancies",
        first,
        "select rule_id, citation_id_a, citation_id_b, cast(null as varchar) as same_as, "
        "cast(null as varchar) as severity, cast(null as varchar) as severity_reason, 'false' as is_resolved, "
        "'Planted by the generator.' as explanation from written_planted",
    )
    counts = " union all ".join(
        f"select document_id, '{name}' as table_name, cast(count(*) as varchar) as rows_n, "
        f"'Made by the generator.' as reason from written_{name} group by document_id"
        for name in SELECTS
        if BY_NAME[name].folder == REPORTS
    )
    _copy(connection, directory, "expected_row_counts", first, counts)
    return rows


def _empty(name: str) -> str:
    columns = ", ".join(f"cast(null as varchar) as {column}" for column in BY_NAME[name].column_names)
    return f"select {columns} where false"


def _copy(connection: duckdb.DuckDBPyConnection, directory: Path, name: str, first: int, rows: str) -> int:
    folder = directory / name
    folder.mkdir(parents=True, exist_ok=True)
    path = str(folder / f"part-{first:08d}.parquet").replace("'", "''")
    copied = connection.execute(f"copy ({rows}) to '{path}' (format parquet, compression zstd)").fetchone()
    return int(copied[0]) if copied and BY_NAME.get(name) and BY_NAME[name].folder == REPORTS else 0
