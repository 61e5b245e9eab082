"""Questions answered: a page for each chapter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdu_inspections.questions import Question
from pdu_inspections.site.answers import Answer, answer
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
            answered = answer(one, content.connection, content.bands)
            content.queries.append(one.sql)
            content.csv_files.append(
                CsvFile(f"question-{one.number}", answered.names, [list(row.values()) for row in answered.rows])
            )
            content.find("question", one.question, f"{path}#q{one.number}")
            answers.append((answered, _figure(content, answered)))
        yield Page(path, "chapter.html", chapter, {"answers": answers, "addresses": addresses})


def _figure(content: Content, answered: Answer) -> Figure | None:
    chart = answered.question.chart
    if not answered.panels or chart is None:
        return None
    return content.figure(
        f"question-{answered.question.number}", chart["title"], answered.panels, chart.get("note", "")
    )
