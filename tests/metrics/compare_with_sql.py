"""Metrics asked of the current release by the metrics command line, against plain SQL on the same file.

    make test-metrics

Prints every command with its answer, and ends with exit code 1 where one differs from SQL.
"""

from __future__ import annotations

import csv
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
DATABASE = Path(os.environ.get("PDU_DATABASE_PATH", ROOT / "warehouse" / "current" / "pdu_inspections.duckdb"))
MF = Path(sys.executable).with_name("mf")

Answer = list[tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """What mf is asked, and the same in SQL: columns in mf's order, that is groups, then metrics as asked."""

    metrics: str
    group_by: str
    sql: str


QUESTIONS = (
    Question(
        "pooled_yes_pct,judged_cases",
        "key_question__standard_name,key_question__topic_name",
        """
        with counted as (
            select
                standard_name, topic_name,
                case when framework_id = 'pdu_2021' and cases_n is not null then yes_n end as yes_n,
                case when framework_id = 'pdu_2021' and yes_n is not null then cases_n end as cases_n
            from rpt_key_question
        )
        select standard_name, topic_name, 100.0 * sum(yes_n) / sum(cases_n), sum(cases_n) from counted group by all
        """,
    ),
    Question(
        "inadequate_pct,requires_improvement_pct,good_or_better_pct,rated_inspections",
        "published_rating__body_type,published_rating__published__year",
        """
        select
            body_type, cast(concat(published_year, '-01-01') as date),
            100.0 * count(*) filter (rating = 'Inadequate') / nullif(count(rating), 0),
            100.0 * count(*) filter (rating = 'Requires improvement') / nullif(count(rating), 0),
            100.0 * count(*) filter (rating in ('Good', 'Outstanding')) / nullif(count(rating), 0),
            count(rating)
        from fct_published_rating group by all
        """,
    ),
    Question(
        "po_vacancy_pct,po_posts,po_average_caseload,po_officers,pso_average_caseload,"
        "pso_officers,caseload_per_practitioner,practitioners",
        "inspection__region_name",
        """
        with grades as (
            select
                inspection_id, grade_id,
                max(value) filter (measure_id = 'staff_headcount_fte') as fte,
                max(value) filter (measure_id = 'vacancy_rate') as rate,
                max(value) filter (measure_id = 'average_caseload') as caseload
            from fct_staffing where grade_id in ('po', 'pso') group by all
        ),
        posts as (
            select
                inspection_id,
                sum(fte / (1 - rate / 100)) filter (grade_id = 'po') as po_posts,
                sum(fte) filter (grade_id = 'po' and rate is not null) as po_filled,
                sum(fte * caseload) filter (grade_id = 'po') as po_cases,
                sum(fte * caseload) filter (grade_id = 'pso') as pso_cases,
                sum(fte) filter (grade_id = 'po' and caseload is not null) as po_officers,
                sum(fte) filter (grade_id = 'pso' and caseload is not null) as pso_officers,
                sum(fte) as practitioners
            from grades group by inspection_id
        )
        select
            inspections.region_name,
            100 * (1 - sum(po_filled) / sum(po_posts)), sum(po_posts),
            sum(po_cases) / sum(po_officers), sum(po_officers),
            sum(pso_cases) / sum(pso_officers), sum(pso_officers),
            sum(caseloads.value) filter (practitioners is not null) / sum(practitioners), sum(practitioners)
        from dim_inspection as inspections
        left join posts on inspections.inspection_id = posts.inspection_id
        left join fct_caseload as caseloads
            on
                inspections.inspection_id = caseloads.inspection_id
                and caseloads.measure_id = 'caseload_total' and caseloads.population_id = 'caseload'
        group by inspections.region_name
        """,
    ),
)


def main() -> int:
    """Ask every question both ways."""
    differing = 0
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        expected = [connection.execute(question.sql).fetchall() for question in QUESTIONS]
    for question, rows in zip(QUESTIONS, expected, strict=True):
        print(f"\nmf query --metrics {question.metrics} --group-by {question.group_by}\n", flush=True)
        names, answer = ask(question)
        print(shown([tuple(names), *answer]))
        wanted = sorted([tuple("" if value is None else str(value) for value in row) for row in rows])
        if not alike(sorted(answer), wanted):
            differing += 1
            print(f"SQL says otherwise:\n{shown(wanted)}")
    print(f"\n{len(QUESTIONS) - differing} of {len(QUESTIONS)} answers are those of plain SQL")
    return 1 if differing else 0


def ask(question: Question) -> tuple[list[str], Answer]:
    """Names as asked, and the rows that mf answers with."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "answer.csv"
        done = subprocess.run(
            [str(MF), "query", "--metrics", question.metrics, "--group-by", question.group_by, "--csv", str(path)],
            cwd=ROOT,
            env={
                **os.environ,
                "DBT_PROFILES_DIR": str(ROOT / "profiles" / "release"),
                "PDU_DATABASE_PATH": str(DATABASE),
                "DO_NOT_TRACK": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if not path.is_file():
            sys.exit(f"mf gave no answer:\n{done.stdout[-3000:]}{done.stderr[-2000:]}")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    asked = f"{question.group_by},{question.metrics}".split(",")
    return asked, [tuple("" if row[name] == "nan" else row[name] for name in asked) for row in rows]


def alike(answer: Answer, wanted: Answer) -> bool:
    """Whether two answers have the same rows, numbers to nine digits and dates by their day."""
    return len(answer) == len(wanted) and all(
        len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
        for one, other in zip(answer, wanted, strict=True)
    )


def same(one: str, other: str) -> bool:
    """Whether two printed values are the same."""
    try:
        return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-9)
    except ValueError:
        return one == other or (one[:10] == other[:10] and one[4:5] == "-")


def shown(rows: Answer) -> str:
    """Rows as a table for the eye."""
    cut = [[short(value) for value in row] for row in rows]
    widths = [max(len(row[i]) for row in cut) for i in range(len(cut[0]))] if cut else []
    return "\n".join("  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)) for row in cut)


def short(value: str) -> str:
    """A number to two decimals, a day without its midnight."""
    try:
        return f"{float(value):.2f}".rstrip("0").rstrip(".")
    except ValueError:
        return value.removesuffix("T00:00:00").removesuffix(" 00:00:00").split("__")[-1]


if __name__ == "__main__":
    sys.exit(main())
