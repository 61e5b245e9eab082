"""The front page: which PDU is weakest at keeping people safe, how sure that is, and the ways on."""

from __future__ import annotations

from itertools import groupby

from pdu_inspections.site.answers import answered
from pdu_inspections.site.charts import shares
from pdu_inspections.site.content import Content, Page, Row
from pdu_inspections.site.pages.inspections import KEY_QUESTION_COLUMNS
from pdu_inspections.site.pages.questions import chapters
from pdu_inspections.site.queries import FIGURE_COUNTS

SAFETY = "safety"
LEADING = ("403", "912", "603", "702", "901", "903")
"""Questions whose answers stand on the front page."""
MOST_SHOWN_OF_A_STAGE = 12


def page(content: Content, title: str) -> Page:
    """The front page."""
    newest = max((row["framework_first_year"] for row in content.inspections if row["score"] is not None), default=0)
    bodies = {row["inspection_id"] for row in content.inspections if row["framework_first_year"] == newest}
    rows = [
        row | {"label": row["organisation_name"]}
        for row in content.key_questions
        if row["topic_id"] == SAFETY and row["inspection_id"] in bodies and row["yes_pct"] is not None
    ]
    rows.sort(key=lambda row: (row["standard_order"], row["yes_pct"], row["inspection_id"]))
    stages = [
        (name, list(group)[:MOST_SHOWN_OF_A_STAGE])
        for name, group in groupby(rows, key=lambda row: row["standard_name"])
    ]
    by_number = {one.number: one for one in content.questions}
    leading = [by_number[number] for number in LEADING if number in by_number]
    return Page("index.html", "index.html", title, {
        "counts": content.rows(FIGURE_COUNTS)[0],
        "reports_n": len({row["document_id"] for row in content.inspections}),
        "findings_n": len(content.findings),
        "bodies_n": len({row["inspection_id"] for row in rows}),
        "inspections": content.inspections,
        "safety": [row for _, group in stages for row in group],
        "safety_n": len(rows),
        "lowest": [_compared(content, min(group, key=lambda row: row["yes_pct"])) for _, group in stages],
        "figure": content.figure(
            "safety",
            "Share of inspected cases in which enough was done for the safety of other people, by stage of casework",
            [
                shares.intervals(f"safety-{index}", name, group, content.bands)
                for index, (name, group) in enumerate(stages, start=1)
            ],
            "Thin line: 95% interval, if all inspected cases were judged; thick line: 80%. "
            "Diamond: lowest of its standard, which decides the rating.",
        ),
        "sheet": content.csv("safety", KEY_QUESTION_COLUMNS, rows),
        "answers": [
            (told, f"questions/{told.question.chapter_slug}.html#q{told.question.number}")
            for told in (answered(content, one) for one in leading)
            if told.rows
        ],
        "chapters": chapters(content),
    })  # fmt: skip


def _compared(content: Content, row: Row) -> Row:
    """A figure with the bodies that it is lower than by more than chance explains, all differences allowed for."""
    lower_than: list[str] = []
    others: list[str] = []
    own = (row["inspection_id"], row["question_id"])
    for pair in content.safety_comparisons:
        for side, other, sign in (("later", "earlier", 1), ("earlier", "later", -1)):
            if (pair[f"{side}_inspection_id"], pair[f"{side}_question_id"]) == own:
                is_lower = pair["is_distinguishable_in_all"] and sign * pair["difference_points"] < 0
                (lower_than if is_lower else others).append(content.inspection_names[pair[f"{other}_inspection_id"]])
    return row | {"lower_than": lower_than, "others": others}
