"""Questions answered: a page for each chapter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdu_inspections.questions import Question
from pdu_inspections.site.answers import MOST_ROWS_OF_A_CHART, Answer, answered
from pdu_inspections.site.charts.drawing import Figure
from pdu_inspections.site.content import Content, CsvFile, Page


def chapters(content: Content) -> list[tuple[str, str, list[Question]]]:
    """Chapters with the path of their page and their questions."""
    return [
        (chapter, f"questions/{group[0].chapter_slug}.html", group)
        for chapter, rows in groupby(content.questions, key=lambda one: one.chapter)
        for group in [list(rows)]
    ]


def pages(content: Content) -> Iterator[Page]:
    """The list of questions, and a page for each chapter."""
    all_chapters = chapters(content)
    yield Page("questions/index.html", "questions.html", "Questions answered", {"chapters": all_chapters})
    addresses = {one.number: f"{path}#q{one.number}" for _, path, group in all_chapters for one in group}
    for chapter, path, group in all_chapters:
        answers = []
        for one in group:
            told = answered(content, one)
            content.queries.append(one.sql)
            content.csv_files.append(
                CsvFile(f"question-{one.number}", told.names, [list(row.values()) for row in told.rows])
            )
            content.find("question", one.question, f"{path}#q{one.number}")
            answers.append((told, _figure(content, told)))
        yield Page(path, "chapter.html", chapter, {"answers": answers, "addresses": addresses})


def _figure(content: Content, told: Answer) -> Figure | None:
    chart = told.question.chart
    if not told.panels or chart is None:
        return None
    note = chart.get("note", "")
    if len(told.rows) > MOST_ROWS_OF_A_CHART:
        note += " The chart shows the first rows of the table."
    return content.figure(f"question-{told.question.number}", chart["title"], told.panels, note.strip())
