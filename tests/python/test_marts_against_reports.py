"""Every figure in the marts against the line of the real report it cites."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.support.warehouse import Built

COUNTING = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
WORDS = {
    **{word: number for number, word in enumerate(COUNTING)},
    "fifty": 50, "sixty": 60, "twenty-seven": 27, "fifty-eight": 58, "sixty-two": 62, "single": 1, "first": 1,
    "fourth": 4, "fifth": 5, "seventh": 7, "ninth": 9, "both": 2, "no": 0, "a": 1, "£1m": 1_000_000,
}  # fmt: skip
SHARES = {
    "half": 50.0, "third": 33.33, "two.thirds": 66.67, "quarter": 25.0, "three.quarters": 75.0, "a fifth": 20.0,
    "nearly all": 100.0,
}  # fmt: skip


def numbers_in(print_: str) -> set[float]:
    """Every number a print can be read as: digits, number words, shares in words."""
    text = print_.casefold().replace("\u2019", "'")
    found = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    found |= {float(value) for word, value in WORDS.items() if re.search(rf"(?<!\w){word}(?!\w)", text)}
    found |= {share for words, share in SHARES.items() if re.search(rf"(?<!\w){words}(?!\w)", text)}
    return found


@pytest.fixture(scope="module")
def connection(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.database), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def lines(reports_dir: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    documents = connection.execute(
        "select document_id, sha256 from dim_document where document_kind = 'report'"
    ).fetchall()
    read = {}
    for document_id, sha256 in documents:
        data = (reports_dir / f"{document_id}.txt").read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256, document_id
        read[document_id] = data.decode("utf-8").split("\n")
    return read


def test_every_citation_is_printed_where_it_says(
    connection: duckdb.DuckDBPyConnection, lines: dict[str, list[str]]
) -> None:
    citations = connection.execute(
        "select citation_id, document_id, line_number, column_number, as_printed from dim_citation "
        "where citation_kind = 'printed_figure'"
    ).fetchall()
    assert len(citations) > 900
    for citation_id, document_id, line_number, column_number, as_printed in citations:
        line = lines[document_id][line_number - 1]
        assert line[column_number - 1 :].startswith(as_printed), citation_id


@pytest.mark.parametrize(
    ("mart", "column"),
    [
        ("fct_key_question", "yes_pct"),
        ("fct_prompt", "yes_pct"),
        ("fct_staffing", "value"),
        ("fct_case_characteristic", "value"),
        ("fct_caseload", "value"),
        ("fct_outcome", "value_pct"),
        ("fct_criterion_score", "score_pct"),
        ("fct_recommendation", "recommendation_number"),
        ("fct_inspection_fact", "value_n"),
        ("fct_inspection_fact", "score"),
        ("fct_reported_figure", "value"),
        ("fct_reported_figure", "value_pct"),
    ],
)
def test_every_number_is_the_one_printed(
    connection: duckdb.DuckDBPyConnection, lines: dict[str, list[str]], mart: str, column: str
) -> None:
    rows = connection.execute(
        f"""
        select m.citation_id, cast(m.{column} as double), c.document_id, c.line_number, c.column_number,
            {"m" if mart == "fct_reported_figure" else "c"}.as_printed
        from {mart} as m
        inner join dim_citation as c on m.citation_id = c.citation_id
        where m.{column} is not null
        """
    ).fetchall()
    assert rows
    wrong = []
    for citation_id, number, document_id, line_number, column_number, as_printed in rows:
        printed = lines[document_id][line_number - 1][column_number - 1 :][: len(as_printed)]
        if round(number, 2) not in {round(value, 2) for value in numbers_in(printed)}:
            wrong.append((citation_id, number, printed))
    assert not wrong, wrong


@pytest.mark.parametrize("column", ["numerator_n", "denominator_n"])
def test_every_count_and_base_of_running_text_is_on_its_line(
    connection: duckdb.DuckDBPyConnection, lines: dict[str, list[str]], column: str
) -> None:
    rows = connection.execute(
        f"""
        select f.citation_id, f.{column}, f.denominator_n - f.numerator_n, c.document_id, c.line_number
        from fct_reported_figure as f
        inner join dim_citation as c on f.citation_id = c.citation_id
        where f.{column} is not null
        """
    ).fetchall()
    assert rows
    wrong = [
        (citation_id, float(number))
        for citation_id, number, rest, document_id, line_number in rows
        if not numbers_in(lines[document_id][line_number - 1])
        & {float(number), *([] if rest is None else [float(rest)])}
    ]
    assert not wrong, wrong


def test_every_rating_is_the_one_printed(connection: duckdb.DuckDBPyConnection, lines: dict[str, list[str]]) -> None:
    ratings = connection.execute(
        """
        select r.rating, c.document_id, c.line_number, c.column_number
        from fct_rating as r
        inner join dim_citation as c on r.citation_id = c.citation_id
        """
    ).fetchall()
    assert len(ratings) == 41
    for rating, document_id, line_number, column_number in ratings:
        printed = lines[document_id][line_number - 1][column_number - 1 :]
        assert printed.casefold().startswith(rating.casefold())
