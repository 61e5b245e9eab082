"""Questions answered by SQL on the published file against pandas over the CSVs of the release, turn by turn.

    python -m benchmarks.questions RELEASE [ROUNDS] [--write]

RELEASE is a release directory, such as warehouse/current. pandas has its CSVs in memory before the clock starts, and
answers as an analyst would write it; both must give the same rows. Processor time of one thread, in turns; the medians
and their ratio are printed, and kept in benchmarks/results/questions.md with --write.
"""

from __future__ import annotations

import argparse
import importlib
import math
import os
import platform
import statistics
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from benchmarks.questions.shared import Answer, Tables
from pdu_inspections import questions
from pdu_inspections.questions import Analysis

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "benchmarks" / "results" / "questions.md"


@dataclass(frozen=True)
class Timing:
    """Median milliseconds of a question's answers."""

    analysis: Analysis
    sql: float
    pandas: float

    @property
    def ratio(self) -> float:
        return self.sql / self.pandas


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions")
    parser.add_argument("release", type=Path)
    parser.add_argument("rounds", type=int, nargs="?", default=15)
    parser.add_argument("--write", action="store_true", help=f"keep the table in {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    analyses = questions.read(ROOT)
    answers = pandas_answers(analyses)
    tables = {path.stem: pd.read_csv(path) for path in sorted((options.release / "csv").glob("*.csv"))}
    timings = []
    with duckdb.connect(str(options.release / "pdu_inspections.duckdb"), read_only=True) as connection:
        connection.execute("set threads = 1")
        for analysis in analyses:
            timings.append(compare(analysis, connection, answers[analysis.number], tables, options.rounds))
    timed = table(timings)
    print(timed)
    if options.write:
        PAGE.write_text(page(timed, options.rounds), encoding="utf-8")


def pandas_answers(analyses: list[Analysis]) -> dict[str, Callable[[Tables], Answer]]:
    """The functions named as the files of the queries, in modules named as their folders; every question needs one."""
    answers = {}
    missing = []
    for analysis in analyses:
        chapter, name = (part.partition("_")[2] for part in Path(analysis.path).with_suffix("").parts[-2:])
        module = f"benchmarks.questions.{chapter}"
        answer = getattr(importlib.import_module(module), name, None) if find_spec(module) else None
        if answer is None:
            missing.append(analysis.path)
        else:
            answers[analysis.number] = answer
    if missing:
        sys.exit(f"no answer by pandas: {', '.join(missing)}")
    return answers


def compare(
    analysis: Analysis,
    connection: duckdb.DuckDBPyConnection,
    answer: Callable[[Tables], Answer],
    tables: Tables,
    rounds: int,
) -> Timing:
    """Both answers timed in turns, once they are found to be the same."""

    def by_sql() -> list[tuple[Any, ...]]:
        return connection.execute(analysis.sql).fetchall()

    same_answer(analysis.number, by_sql(), answer(tables))
    in_sql, in_pandas = [], []
    for _ in range(rounds):
        in_sql.append(milliseconds(by_sql))
        in_pandas.append(milliseconds(lambda: answer(tables)))
    return Timing(analysis, statistics.median(in_sql), statistics.median(in_pandas))


def milliseconds(answer: Callable[[], Any]) -> float:
    """Processor time of one answer."""
    began = time.process_time()
    answer()
    return 1000 * (time.process_time() - began)


def same_answer(number: str, rows: list[tuple[Any, ...]], frame: Answer) -> None:
    """Stops where pandas answers another question than SQL."""
    expected = [tuple(map(plain, row)) for row in rows]
    found = [tuple(map(plain, row)) for row in frame.itertuples(index=False, name=None)]
    if expected != found:
        wrong = next((pair for pair in zip(expected, found, strict=False) if pair[0] != pair[1]), None)
        sys.exit(f"question {number}: {len(expected)} rows in SQL, {len(found)} in pandas; first other {wrong}")


def plain(value: Any) -> Any:
    """A value that compares the same from either side: a CSV does not tell numbers and dates from text."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    try:
        return round(float(value), 1)
    except (TypeError, ValueError):
        return str(value)


def table(timings: list[Timing]) -> str:
    """The timings as Markdown, and what they say."""
    lines = ["| question | SQL ms | pandas ms | ratio |", "|---|---:|---:|---:|"]
    lines += [
        f"| {timing.analysis.number} {timing.analysis.question} | {timing.sql:.1f} | {timing.pandas:.1f} "
        f"| {timing.ratio:.2f} |"
        for timing in timings
    ]
    ratios = [timing.ratio for timing in timings]
    slower = [timing.analysis.number for timing in timings if timing.ratio >= 1]
    lines += [
        "",
        f"SQL needs {min(ratios):.2f} to {max(ratios):.2f} of pandas's time, median {statistics.median(ratios):.2f}.",
        f"Slower in SQL than in pandas: {', '.join(slower) or 'none'}.",
    ]
    return "\n".join(lines)


def page(timed: str, rounds: int) -> str:
    """The page that keeps the table."""
    text = f"""
        Every question of `analyses/`, answered by SQL on the published file and by pandas over the release's CSVs,
        which it has in memory before the clock starts. Both give the same rows and columns, or the benchmark stops.
        Processor time of one thread, medians of {rounds} turns each, on {os.cpu_count()} cores with other work beside:
        ratios are what counts, and one close to 1 can come out on its other side in another run. The tables are small,
        so most of the time is not spent on rows: DuckDB plans a query, pandas sets up a frame at every step. DuckDB
        {duckdb.__version__}, pandas {pd.__version__} {"with" if find_spec("pyarrow") else "without"} PyArrow, Python
        {platform.python_version()}.
    """
    paragraph = textwrap.fill(" ".join(text.split()), 120)
    made_by = f"Made by `python -m benchmarks.questions warehouse/current {rounds} --write`."
    return f"# Questions\n\n{paragraph}\n\n{made_by}\n\n{timed}\n"


if __name__ == "__main__":
    main()
