"""The answer to a question: a sentence generated from the result, a chart, and a table that people can read."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from itertools import groupby
from types import MappingProxyType
from typing import Any

import duckdb
import yaml
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from pdu_inspections.questions import Question
from pdu_inspections.site.charts import shares
from pdu_inspections.site.charts.drawing import TINTS, Panel
from pdu_inspections.site.content import Content, Unread
from pdu_inspections.site.html import TEMPLATES, dated, listed, number, words

Row = Mapping[str, Any]
Cite = Callable[[object, str | None], str | Markup]

MISSING = "–"
MOST_ROWS_OF_A_CHART = 24
MOST_PANELS = 6
MOST_NAMED = 5
"""Names in a sentence's list, where there are more of them."""
MOST_ROWS_SHOWN = 200
"""Rows of a table on a page; the CSV has all."""
_INTERVAL = re.compile(r"(?P<of>.*?)_?low_(?P<confidence>80|95|998)")
_HIDDEN = re.compile(r".*_id(?:_[ab])?|.*_high_(?:80|95|998)|high_(?:80|95|998)|.*_precision|.*_order|is_difference")
_COUNTS_FINDINGS = re.compile(r"fct_discrepancy|rpt_data_quality|discrepancies_n|findings_n")
_COUNTS_OF_FINDINGS = {"findings_n", "high_n", "medium_n", "low_n", "open_n", "settled_n", "per_100_figures"}
_BODY = {"body", "pdu", "report"}
_NUMERIC = (int, float, Decimal)
BASES = {
    "printed_with_figure": "printed with the figure",
    "printed_for_group": "printed for the group",
    "assumed": "assumed: if all were judged",
    "not_printed": "not printed",
}
"""How a base is known, in words."""


@dataclass(frozen=True)
class Column:
    """A column as the table shows it: its head, whether numbers stand in it, and what its figures link to."""

    name: str
    head: str
    is_numeric: bool
    cited_by: str | None = None
    interval: str | None = None


@dataclass(frozen=True)
class Cell:
    """A value as it is shown, with the citation or page that it leads to and what it is sorted by."""

    text: str
    citation_id: str | None = None
    address: str | None = None
    sort: str = ""


@dataclass(frozen=True)
class Answer:
    """Everything that a page shows of a question."""

    question: Question
    columns: Sequence[Column]
    cells: Sequence[Sequence[Cell]]
    names: Sequence[str]
    rows: Sequence[Row]
    panels: Sequence[Panel]
    unread: Mapping[str, Unread]

    @property
    def has_intervals(self) -> bool:
        """Whether the result holds an interval, so that a reader must know what it leaves out."""
        return any(column.interval for column in self.columns)

    def sentence(self, cite: Cite) -> str | Markup:
        """The answer in words, for any data; cite makes a link of a figure."""
        sentence = "Nothing held here answers this."
        if self.rows:
            template = _sentences().from_string(self.question.answer)
            sentence = " ".join(template.render(rows=self.rows, first=self.rows[0], cite=cite).split())
        if self.unread:
            waiting = listed((f"{escape(one.body)} ({one.words})" for one in self.unread.values()), MOST_NAMED)
            sentence += f" More may be found in reports not read to the end: {waiting}."
        return Markup(re.sub(r"\s+([.,;:)])", r"\1", sentence))


def answer(
    question: Question,
    connection: duckdb.DuckDBPyConnection,
    bands: Sequence[Row],
    names: Mapping[str, str] = MappingProxyType({}),
    unread: Mapping[str, Unread] = MappingProxyType({}),
) -> Answer:
    """Ask the file, and put the result into words, marks and cells.

    names: inspections by id, with year; unread: those whose report is not read to the end.
    """
    result = connection.execute(question.sql)
    columns_found = [str(column[0]) for column in result.description]
    found = [dict(zip(columns_found, row, strict=True)) for row in result.fetchall()]
    rows = _told_apart(found, names, unread)
    columns = [
        _column(question, name, columns_found, rows)
        for name in columns_found
        if not _HIDDEN.fullmatch(name) and question.columns.get(name) != "hidden"
    ]
    return Answer(
        question,
        columns,
        [[_cell(column, row, unread) for column in columns] for row in rows[:MOST_ROWS_SHOWN]],
        columns_found,
        rows,
        _panels(question, rows, bands) if question.chart and rows else [],
        unread if _COUNTS_FINDINGS.search(question.sql) else {},
    )


def answered(content: Content, question: Question) -> Answer:
    """The answer as the pages of a release show it."""
    return answer(question, content.connection, content.bands, content.inspection_names, content.unread)


def _told_apart(rows: list[dict[str, Any]], names: Mapping[str, str], unread: Mapping[str, Unread]) -> Sequence[Row]:
    """Rows that name a body's inspection by its year where several stand in the result, and mark what is not read."""
    inspections: dict[str, set[str]] = {}
    places = [
        (row, column, inspection_id)
        for row in rows
        for column in row
        if (
            inspection_id := row.get(f"{column}_inspection_id")
            or (row.get("inspection_id") if column in _BODY else None)
        )
    ]
    for row, column, inspection_id in places:
        inspections.setdefault(row[column], set()).add(inspection_id)
    for row, column, inspection_id in places:
        if inspection_id in names and (inspection_id in unread or len(inspections[row[column]]) > 1):
            row[column] = names[inspection_id]
    return rows


def _column(question: Question, name: str, names: Sequence[str], rows: Sequence[Row]) -> Column:
    interval = _INTERVAL.fullmatch(name)
    own = question.columns.get(name, _heads().get(name))
    settings = own if isinstance(own, dict) else {"head": own}
    head = settings.get("head")
    if head is None and interval is not None:
        head = f"{interval['confidence']}% interval"
    values = [row[name] for row in rows if row[name] is not None]
    return Column(
        name=name,
        head=head or _derived_head(name),
        is_numeric=interval is not None
        or (bool(values) and all(isinstance(value, _NUMERIC) and not isinstance(value, bool) for value in values)),
        cited_by=settings.get("cite") or (f"{name}_citation_id" if f"{name}_citation_id" in names else None),
        interval=None if interval is None else name.replace("low_", "high_"),
    )


def _derived_head(name: str) -> str:
    text = name.removesuffix("_pct").removesuffix("_n").replace("_", " ")
    return text[0].upper() + text[1:] + (" (%)" if name.endswith("_pct") else "")


def _cell(column: Column, row: Row, unread: Mapping[str, Unread]) -> Cell:
    value = row[column.name]
    waiting = unread.get(row.get("inspection_id") or "")
    if waiting is not None and not value and column.name in _COUNTS_OF_FINDINGS:
        return Cell(waiting.words if column.name == "findings_n" else MISSING)
    citation_id = row.get(column.cited_by) if column.cited_by else None
    if column.interval is not None:
        high = row[column.interval]
        if value is None or high is None:
            return Cell(MISSING)
        is_difference = "difference" in column.name or row.get("is_difference")
        show = shares.signed if is_difference else lambda bound: f"{bound:.0f}"
        return Cell(f"{show(value)} to {show(high)}", sort=str(value))
    address = None
    if column.name in _BODY and row.get("inspection_id"):
        address = f"inspections/{row['inspection_id']}.html"
    elif column.name in {"body", "pdu"} and row.get("pdu_id"):
        address = f"places/{row['pdu_id']}.html"
    elif row.get(f"{column.name}_inspection_id"):
        address = f"inspections/{row[f'{column.name}_inspection_id']}.html"
    precision = row.get(f"{column.name}_precision")
    return Cell(shown(value, column.name, precision), citation_id, address, "" if value is None else str(value))


def shown(value: object, name: str = "", precision: str | None = None) -> str:
    """A value as a reader wants it: yes and no, numbers without idle zeros, signs where a change is meant."""
    match value:
        case None:
            return MISSING
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            if re.search(r"less|change|difference", name) and value > 0:
                return f"+{number(value)}"
            # A year and a number of an entry are no quantities.
            return str(value) if name in {"year", "earlier", "later"} or name.endswith("_year") else number(value)
        case dt.date():
            return dated(value, precision or "day")
        case str() if name == "base_basis":
            return BASES[value]
        case _:
            return str(value)


@cache
def _heads() -> dict[str, Any]:
    """Heads of columns that several questions share, and what their figures link to."""
    heads: dict[str, Any] = yaml.safe_load((TEMPLATES / "column_heads.yml").read_text(encoding="utf-8"))
    return heads


# ------------------------------------------------------------------ the sentence


@cache
def _sentences() -> Environment:
    made = Environment(
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        autoescape=True,
        undefined=StrictUndefined,
    )
    made.filters |= {
        "pct": lambda value: f"{number(value)}%",
        "number": number,
        "signed": shares.signed,
        "count": counted,
        "listed": partial(listed, most=MOST_NAMED),
        "part_of": part_of,
        "words": words,
        "dated": dated,
        "between": lambda row, name="": f"{row[f'{name}low_95']:.0f} to {row[f'{name}high_95']:.0f}",
        "tally": lambda rows, name: Counter(row[name] for row in rows).most_common(),
        "tallied": lambda rows, name: listed(
            (f"{n} in {value}" for value, n in Counter(row[name] for row in rows).most_common()), MOST_NAMED
        ),
        "lower_first": lambda text: str(text)[:1].lower() + str(text)[1:],
        "of_cases": _of_cases,
        "noun": _noun,
        "staff": lambda grade: f"{grade[:1].lower()}{grade[1:]}{'' if grade.endswith('staff') else 's'}",
        "question_name": lambda row: ", ".join(dict.fromkeys((row["stage"].lower(), row["topic"].lower()))),
    }
    return made


def counted(count: int, one: str = "", several: str = "") -> str:
    """A count with its noun, in words up to nine: one case, 12 cases."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    shown_count = small[int(count)] if 0 <= count < len(small) else number(int(count))
    noun = one if count == 1 else several or f"{one}s"
    return f"{shown_count} {noun}".strip() if one else ("none" if count == 0 else shown_count)


def part_of(count: int, whole: int) -> str:
    """A part of a whole, in words where both are small: two of three, all three, none of 21."""
    if whole == 0:
        return "none"
    if count == whole:
        return "the only one" if whole == 1 else f"all {counted(whole)}"
    return f"{counted(count) if count == 0 or whole < 10 else number(count)} of {counted(whole)}"


def _noun(row: Row) -> str:
    """What a share is of: court reports where a row is of court work, else cases."""
    return "court report" if "Court work" in (row.get("stage"), row.get("standard")) else "case"


def _of_cases(row: Row) -> str:
    """The base of a share with its interval, as far as the row has them."""
    if row.get("cases_n") is None:
        return f"of its {_noun(row)}s (no base is printed)"
    base = f"of {number(row['cases_n'])} {_noun(row)}s"
    if row.get("base_basis") == "assumed":
        base += ", if all were judged"
    if row.get("low_95") is None:
        return base
    return f"{base} (95% interval {row['low_95']:.0f} to {row['high_95']:.0f}%)"


# ------------------------------------------------------------------ the chart


def _panels(question: Question, rows: Sequence[Row], bands: Sequence[Row]) -> list[Panel]:
    chart = question.chart
    assert chart is not None
    value = chart.get("value", "yes_pct")
    kept = [row for row in rows if chart["kind"] == "counts" or row[value] is not None]
    if chart.get("only"):
        kept = [row for row in kept if all(row[name] == wanted for name, wanted in chart["only"].items())]
    by = chart.get("panel")
    groups = [(str(name), list(group)) for name, group in groupby(kept, key=lambda row: row[by] if by else "")]
    if len(kept) > MOST_ROWS_OF_A_CHART:
        groups = [(name, group[: MOST_ROWS_OF_A_CHART // (2 if by else 1)]) for name, group in groups[:MOST_PANELS]]
    return [
        _panel(question, f"q{question.number}-{index}", name, group, bands)
        for index, (name, group) in enumerate(groups, start=1)
    ]


def _panel(question: Question, chart_id: str, name: str, rows: Sequence[Row], bands: Sequence[Row]) -> Panel:
    chart = question.chart
    assert chart is not None
    value, label = chart.get("value", "yes_pct"), chart.get("label", "body")
    labels = [", ".join(str(row[one]) for one in ([label] if isinstance(label, str) else label)) for row in rows]
    match chart["kind"]:
        case "intervals":
            drawn = [
                {
                    "label": text,
                    "yes_pct": row[value],
                    "band": row.get("band"),
                    **{f"yes_pct_{end}_{c}": row.get(f"{end}_{c}") for end in ("low", "high") for c in (80, 95)},
                }
                for text, row in zip(labels, rows, strict=True)
            ]
            return shares.intervals(chart_id, name, drawn, bands if chart.get("bands") else [])
        case "differences":
            drawn = [
                {
                    "label": text,
                    "group": row[chart["group"]] if "group" in chart else "Difference in percentage points",
                    "difference_points": row[value],
                    "difference_low_95": row.get("low_95"),
                    "difference_high_95": row.get("high_95"),
                    "is_distinguishable": bool(row.get(chart.get("filled", ""), True)),
                }
                for text, row in zip(labels, rows, strict=True)
            ]
            return shares.differences(chart_id, name, drawn)
        case "counts":
            fills = (*TINTS, "#e6e8eb", "#cfd4da")
            series = [(column, head, fills[index]) for index, (column, head) in enumerate(chart["series"].items())]
            return shares.counts(
                chart_id, name, [{**row, "label": text} for text, row in zip(labels, rows, strict=True)], series
            )
        case _:
            unit = chart.get("unit", "%")
            drawn = [
                {"label": text, "value": row[value], "figure": f"{number(row[value])}{unit}"}
                for text, row in zip(labels, rows, strict=True)
            ]
            return shares.bars(chart_id, name, drawn, chart.get("highest"))
