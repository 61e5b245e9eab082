"""A project of the real one's shape, small enough to build in seconds: two seeds, two marts, a macro, three tests.

As a program, `python toy.py COMMAND ...` is `pdu` in the toy project, for tests that need a process of their own.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import duckdb

from pdu_inspections.release.dbt import DbtProcess, DbtResults, DbtRun, TestResult
from pdu_inspections.release.progress import Progress

FILES = {
    "seeds/reference/bodies.csv": 'body_id,body_name,note\nashby,Ashby PDU,\nbirch,"Birch, North",merged\n',
    "seeds/reports/scores.csv": (
        "document_id,body_id,score_year,score_pct,citation_id\n"
        "ashby_2022,ashby,2021,48,ashby_2022:L4\n"
        "ashby_2022,ashby,2022,52.5,ashby_2022:L5\n"
        "birch_2022,birch,2022,71,birch_2022:L9\n"
    ),
    "seeds/reference/expected_row_counts.csv": (
        "document_id,table_name,rows_n,reason\nashby_2022,scores,2,two years\nbirch_2022,scores,1,one year\n"
    ),
    "seeds/reference/_reference.yml": """\
seeds:
  - name: bodies
    description: Inspected bodies.
    config: {meta: {key: [body_id]}}
    columns:
      - {name: body_id, description: Body., config: {meta: {pattern: '^[a-z]+$'}}}
      - {name: body_name, description: Name.}
      - {name: note, description: Remark., config: {meta: {required: false}}}
  - name: expected_row_counts
    description: Rows expected.
    config: {meta: {key: [document_id, table_name]}, column_types: {rows_n: varchar}}
    columns:
      - {name: document_id, description: Report., config: {meta: {pattern: '^[a-z_0-9]+$'}}}
      - {name: table_name, description: Seed., config: {meta: {pattern: '^[a-z_]+$'}}}
      - {name: rows_n, description: Rows., config: {meta: {pattern: '^(?:0|[1-9][0-9]*)$'}}}
      - {name: reason, description: Why.}
""",
    "seeds/reports/_reports.yml": """\
seeds:
  - name: scores
    description: Scores by body and year.
    config:
      meta: {key: [body_id, score_year]}
      column_types: {score_pct: varchar, score_year: varchar}
    columns:
      - {name: document_id, description: Report., config: {meta: {pattern: '^[a-z_0-9]+$'}}}
      - {name: body_id, description: Body., config: {meta: {references: bodies.body_id}}}
      - {name: score_year, description: Year., config: {meta: {pattern: '^(?:19|20)[0-9]{2}$'}}}
      - name: score_pct
        description: Score in per cent.
        config: {meta: {pattern: '^(?:0|[1-9][0-9]*)(?:[.][0-9]+)?$', range: [0, 100]}}
      - {name: citation_id, description: Where it is printed., config: {meta: {pattern: '^[a-z_0-9]+:L[0-9]+$'}}}
""",
    "dbt_project.yml": """\
name: toy
version: "1.0.0"
profile: pdu_inspections
flags: {send_anonymous_usage_stats: false}
seeds:
  toy: {+schema: raw}
models:
  toy:
    +persist_docs: {relation: true, columns: true}
    staging: {+schema: staging, +materialized: view}
    marts: {+schema: main, +materialized: table, +contract: {enforced: true}}
on-run-end: ["create or replace macro double_it(n) as 2 * n"]
""",
    "profiles/profiles.yml": """\
pdu_inspections:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: "{{ env_var('PDU_DATABASE_PATH', 'dev.duckdb') }}"
      schema: main
      threads: 1
      config_options: {storage_compatibility_version: v1.4.0}
""",
    "macros/generate_schema_name.sql": (
        "{% macro generate_schema_name(name, node) %}{{ name or target.schema }}{% endmacro %}\n"
    ),
    "models/staging/stg_scores.sql": (
        "select document_id, body_id, cast(score_year as integer) as score_year,\n"
        "    cast(score_pct as decimal(5, 1)) as score_pct, citation_id\nfrom {{ ref('scores') }}\n"
    ),
    "models/marts/dim_body.sql": "select body_id, body_name, note from {{ ref('bodies') }}\n",
    "models/marts/fct_score.sql": ("select body_id, score_year, score_pct, citation_id from {{ ref('stg_scores') }}\n"),
    "models/marts/marts.yml": """\
models:
  - name: dim_body
    description: One row per body. It's a "body".
    columns:
      - {name: body_id, data_type: varchar, description: Body., constraints: [{type: primary_key}]}
      - {name: body_name, data_type: varchar, description: Name.}
      - {name: note, data_type: varchar, description: Remark.}
  - name: fct_score
    description: One row per body and year.
    constraints: [{type: primary_key, columns: [body_id, score_year]}]
    columns:
      - name: body_id
        data_type: varchar
        description: Body.
        data_tests: [not_null, {relationships: {arguments: {to: ref('dim_body'), field: body_id}}}]
      - {name: score_year, data_type: integer, description: Year.}
      - {name: score_pct, data_type: "decimal(5, 1)", description: Score in per cent., data_tests: [not_null]}
      - {name: citation_id, data_type: varchar, description: Where it is printed.}
""",
    "models/marts/exposures.yml": """\
exposures:
  - {name: a_page, type: dashboard, owner: {name: Nobody, email: nobody@example.org}, depends_on: [ref('fct_score')]}
""",
    "tests/consistency/score_is_no_placeholder.sql": (
        "select body_id, score_pct from {{ ref('fct_score') }} where score_pct = 99\n"
    ),
    "tests/consistency/consistency.yml": """\
data_tests:
  - name: score_is_no_placeholder
    description: "No score is 99: that is a placeholder. Compare with the report."
""",
}


_DATABASE = """
create schema raw;
create table raw.scores as from read_csv('{seeds}/reports/scores.csv', all_varchar = true, quote = '"');
create table dim_body (body_id varchar primary key, body_name varchar, note varchar);
insert into dim_body from read_csv('{seeds}/reference/bodies.csv', all_varchar = true, quote = '"');
create table fct_score (
    body_id varchar, score_year integer, score_pct decimal(5, 1), citation_id varchar not null,
    primary key (body_id, score_year)
);
insert into fct_score select body_id, score_year, score_pct, citation_id from raw.scores;
comment on table fct_score is 'One row per body''s year.';
comment on column fct_score.score_pct is 'Score in per cent.';
create macro double_it(n) as 2 * n;
"""


class StubDbt(DbtProcess):
    """Stands in for dbt where dbt is not what is tested: makes the same two marts in a moment."""

    extra_sql = ""

    def __init__(self, run: DbtRun, inherited: int) -> None:
        self._run = run

    def __enter__(self) -> StubDbt:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait(self, progress: Progress) -> DbtResults:
        config: dict[str, str | bool | int | float | list[str]] = {"storage_compatibility_version": "v1.4.0"}
        with duckdb.connect(str(self._run.database), config=config) as connection:
            connection.execute(_DATABASE.format(seeds=self._run.project.seeds) + self.extra_sql)
        return DbtResults([TestResult("test.toy.a", "claim_holds", "data", "A claim.", "pass", 0, 0.1)], 2)


def write_project(root: Path) -> Path:
    """Write the toy project below root."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def main() -> None:
    """`pdu` on the toy project; with TOY_DBT=stub the stand-in makes the marts, for tests of everything after dbt."""
    from pdu_inspections.cli import main as run_pdu
    from pdu_inspections.release import command

    if os.environ.get("TOY_DBT") == "stub":
        command.run_build = partial(command.run_build, start_dbt=StubDbt)
    arguments = sys.argv[1:]
    # The site shows marts that a toy does not have.
    run_pdu(prog_name="pdu", args=[*arguments, "--no-site"] if arguments[:1] == ["build"] else arguments)


if __name__ == "__main__":
    main()
