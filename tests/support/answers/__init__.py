"""The recorded answers of analyses/: one CSV for each question, reviewed when it changes.

    .venv/bin/python -m tests.support.answers [DATABASE]

writes them anew from a database, by default the one that plain dbt builds; `git diff` then shows what to review.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pdu_inspections.questions import Question

FOLDER = Path(__file__).parent


def write_answer(connection: duckdb.DuckDBPyConnection, analysis: Question, folder: Path = FOLDER) -> Path:
    """Write the answer of a question into a folder: a missing value is nothing, an empty text a pair of quotes."""
    path = folder / f"{Path(analysis.path).stem}.csv"
    connection.sql(analysis.sql).write_csv(str(path))
    return path
