"""The Superset dashboard over a release: its figures against plain SQL, and a new release while Superset is connected.

    make test-superset

Works on a copy of the project with its current release, builds the new release there, and leaves the warehouse as it
is. Prints a table, and ends with exit code 1 where anything differs.
"""

from __future__ import annotations

import contextlib
import csv
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import requests

from bi.superset.bundle import DASHBOARD_SLUG, charts
from bi.superset.server import ROOT, Server, Session, SupersetError, free_port, running
from pdu_inspections.project import DATABASE_NAME, Project
from pdu_inspections.release.releases import Releases, remove_tree

Rows = list[tuple[Any, ...]]

CASEWORK = "framework_id = 'pdu_2021' and topic_name in ('Engagement', 'Desistance', 'Safety of other people')"
STAGE = "concat(regexp_extract(question_id, 'pdu_2021.([0-9]+.[0-9]+)', 1), ' ', standard_name)"
SAFETY = "from rpt_key_question as q where organisation_type = 'pdu' and topic_name = 'Safety of other people'"

SQL = {
    "Keeping other people safe by stage": f"""
        select
            {STAGE}, organisation_name, yes_pct, yes_pct_low_95, yes_pct_high_95, cases_n,
            (
                select count(*) from rpt_key_question_comparison as c
                where c.comparable = 'exact' and (
                    (c.later_inspection_id, c.later_question_id) = (q.inspection_id, q.question_id)
                    and c.is_distinguishable_in_all and c.difference_points < 0
                    or (c.earlier_inspection_id, c.earlier_question_id) = (q.inspection_id, q.question_id)
                    and c.is_distinguishable_in_all and c.difference_points > 0
                )
            ),
            locator
        {SAFETY}
    """,
    "Intervals of keeping other people safe": f"""
        select
            concat({STAGE}, ': ', replace(organisation_name, ' PDU', '')),
            yes_pct_low_95, yes_pct - yes_pct_low_95, yes_pct_high_95 - yes_pct
        {SAFETY}
    """,
    "Scorecards": """
        select
            organisation_name, inspection_year, overall_rating, score, score_max, leadership_rating, staff_rating,
            services_rating, information_and_facilities_rating, court_work_rating, assessment_rating, planning_rating,
            delivery_rating, reviewing_rating
        from rpt_scorecard where framework_id <> 'esi_2003'
    """,
    "Ratings and where they are printed": """
        select organisation_name, inspection_year, figure_description, as_printed, locator
        from rpt_figure where mart = 'fct_rating'
    """,
    "Case work of all PDUs pooled": f"""
        select {STAGE}, topic_name, 100.0 * sum(yes_n) / sum(cases_n)
        from rpt_key_question where yes_n is not null and {CASEWORK} group by all
    """,
    "Cases that the pooled shares rest on": f"""
        select {STAGE}, topic_name, 100.0 * sum(yes_n) / sum(cases_n), sum(cases_n)
        from rpt_key_question where yes_n is not null and {CASEWORK} group by all
    """,
    "Key questions": """
        select
            organisation_name, inspection_year, standard_name, question_text, yes_pct, yes_pct_low_95, yes_pct_high_95,
            cases_n, band, cases_to_next_band, locator
        from rpt_key_question
    """,
    "Vacancy rates": """
        select grade_name, organisation_name, value from fct_staffing inner join dim_inspection using (inspection_id)
        where measure_id = 'vacancy_rate' and value is not null and grade_id <> 'all'
    """,
    "Staffing": """
        select
            organisation_name, measure_name, grade_name, f.value, replace(f.unit, '_', ' '), f.as_printed,
            replace(value_status, '_', ' '), replace(supplied_by, '_', ' '), locator
        from rpt_figure as f
        inner join fct_staffing as s on f.citation_id = s.citation_id and f.mart = 'fct_staffing'
        inner join dim_measure using (measure_id)
    """,
    "Early outcomes": """
        select
            measure_name, organisation_name, value_pct, value_pct_low_95, value_pct_high_95, numerator_n,
            denominator_n, locator
        from fct_outcome as o
        inner join dim_inspection using (inspection_id)
        inner join dim_measure using (measure_id)
        inner join dim_citation as c on o.citation_id = c.citation_id
        where population_id = 'inspected_cases'
    """,
    "Performance of the provider": """
        select
            measure_name, organisation_name, replace(population_id, '_', ' '), value_pct, comparator_pct, target_pct,
            locator
        from fct_outcome as o
        inner join rpt_figure as f on f.citation_id = o.citation_id and f.mart = 'fct_outcome'
        inner join dim_measure using (measure_id)
        where population_id <> 'inspected_cases'
    """,
    "Find a figure": """
        select organisation_name, inspection_year, figure_description, value, unit, base_n, as_printed, locator
        from rpt_figure
    """,
    "Release": """
        select build_id, epoch_ms(built_at), tests_n, tests_passed_n from ops_build order by sequence_n desc limit 1
    """,
}
"""What each chart shows, in plain SQL: the chart's columns in its order, in any order of rows."""


def main() -> int:
    """Run every check in turn; the first that Superset refuses ends it."""
    if set(SQL) != set(charts()):
        sys.exit(f"charts without SQL here, or SQL without a chart: {sorted(set(SQL) ^ set(charts()))}")
    try:
        with copied_project() as project:
            return check(project)
    except SupersetError as error:
        print(error, file=sys.stderr)
        return 1


def check(project: Project) -> int:
    """Compare, publish, compare, roll back, compare; the number of lines that do not say ok, as exit code 0 or 1."""
    database = project.warehouse / "current" / DATABASE_NAME
    lines: list[tuple[str, str, str]] = []
    with running(database, free_port(), print) as server:
        session = Session(server)
        before = release_shown(session)
        lines += compare(session, database, "first release")
        print("building a new release, with one measure renamed, while Superset goes on asking ...", flush=True)
        with asking(server) as seen:
            pdu(project, "build", "--no-site")
        after = release_shown(session)
        in_order = seen == [before, after] and before != after
        lines.append(
            ("refresh", f"releases seen while it was built: {' then '.join(seen)}", "ok" if in_order else "WRONG")
        )
        names = {str(row[1]) for row in answer(session, "Staffing")}
        lines.append(("refresh", f"renamed measure: {RENAMED[1]}", "ok" if RENAMED[1] in names else "WRONG"))
        lines += compare(session, database, "new release")
        pdu(project, "rollback")
        back = release_shown(session)
        lines.append(("rollback", f"release seen: {back}", "ok" if back == before else "WRONG"))
    widths = [max(len(line[i]) for line in lines) for i in range(3)]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
    return 0 if all(line[2] == "ok" for line in lines) else 1


# ---------------------------------------------------------------- the dashboard's figures


def compare(session: Session, database: Path, when: str) -> list[tuple[str, str, str]]:
    """Every chart asked through the API, against plain SQL on the file that `database` leads to now."""
    lines = []
    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        for name, sql in SQL.items():
            found, expected = answer(session, name), connection.execute(sql).fetchall()
            same = bool(expected) and comparable(found) == comparable(expected)
            lines.append((when, f"{name}: {len(found)} rows", "ok" if same else "DIFFERS"))
    return lines


def answer(session: Session, name: str) -> Rows:
    """What a chart of the dashboard shows, one row per tuple, columns in the chart's order."""
    shown = session.get(f"dashboard/{DASHBOARD_SLUG}/charts")["result"]
    form = next(chart["form_data"] for chart in shown if chart["slice_name"] == name)
    dataset, _, kind = form["datasource"].partition("__")
    query = query_of(form)
    context = {
        "datasource": {"id": int(dataset), "type": kind},
        "queries": [query],
        "result_format": "json",
        "result_type": "full",
    }
    result = session.post("chart/data", context)["result"][0]
    metrics = [metric if isinstance(metric, str) else metric["label"] for metric in query.get("metrics", [])]
    return [tuple(row[column] for column in [*query["columns"], *metrics]) for row in result["data"]]


def query_of(form: dict[str, Any]) -> dict[str, Any]:
    """The query that a browser makes of a table's or a bar chart's settings, without its order of rows."""
    filters = [
        {"col": one["subject"], "op": one["operator"], "val": one["comparator"]} for one in form["adhoc_filters"]
    ]
    query = {"filters": filters, "row_limit": form["row_limit"]}
    if form.get("query_mode") == "raw":
        return query | {"columns": form["all_columns"]}
    axis = [form["x_axis"]] if "x_axis" in form else []
    return query | {"columns": axis + form["groupby"], "metrics": form["metrics"]}


def comparable(rows: Rows) -> list[tuple[str, ...]]:
    """Rows sorted, numbers to nine digits: Superset sends decimals as floating point numbers."""
    return sorted(tuple(text_of(value) for value in row) for row in rows)


def text_of(value: Any) -> str:
    """A value as text."""
    if value is None or isinstance(value, str):
        return str(value)
    return f"{float(value):.9g}" if float(value) < 1e9 else str(int(value))


# ---------------------------------------------------------------- releases

RENAMED = ("Staff attrition", "Staff who left within the year")


@contextlib.contextmanager
def copied_project() -> Iterator[Project]:
    """A copy of the project in a temporary directory, with its current release and one measure renamed."""
    source = Project(ROOT)
    current = Releases(source.warehouse).current()
    if current is None:
        sys.exit("nothing is published yet; make a release with make warehouse")
    directory = Path(tempfile.mkdtemp(prefix="pdu-"))
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        for name in filter(None, listed.stdout.split("\0")):
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, directory / name)
        project = Project(directory)
        shutil.copytree(current.path, project.warehouse / "releases" / current.build_id)
        Releases(project.warehouse).point_to(current.build_id)
        rename_measure(project.seeds / "reference" / "measures.csv")
        yield project
    finally:
        remove_tree(directory)


def rename_measure(path: Path) -> None:
    """Give a measure another name, as the one change that the new release brings."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    column = header.index("measure_name")
    rows = [
        [*row[:column], RENAMED[1] if row[column] == RENAMED[0] else row[column], *row[column + 1 :]] for row in rows
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def pdu(project: Project, *arguments: str) -> None:
    """A pdu command in the copied project; ends with what it printed where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "pdu_inspections", *arguments], cwd=project.root, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SupersetError(f"pdu {' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-3000:]}")


@contextlib.contextmanager
def asking(server: Server) -> Iterator[list[str]]:
    """Three readers that refresh without pause; the list gets each release the first of them sees, once it changes.

    A refusal becomes an entry of the list too.
    """
    seen: list[str] = []
    stop = threading.Event()

    def refresh(session: Session, into: list[str]) -> None:
        while not stop.is_set():
            try:
                release = release_shown(session)
            except (SupersetError, requests.RequestException) as error:
                release = f"refused ({error})"
            if into[-1:] != [release]:
                into.append(release)

    others: list[list[str]] = [[], []]
    threads = [threading.Thread(target=refresh, args=(Session(server), into)) for into in (seen, *others)]
    for thread in threads:
        thread.start()
    try:
        yield seen
        time.sleep(2)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    seen += [entry for other in others for entry in other if entry not in seen]


def release_shown(session: Session) -> str:
    """The build id that the dashboard shows."""
    return str(answer(session, "Release")[0][0])


if __name__ == "__main__":
    sys.exit(main())
