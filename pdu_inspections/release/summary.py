"""What a person reads at the end of a build: what was built, where it is, and three queries to try."""

from __future__ import annotations

from pdu_inspections.project import DATABASE_NAME, SITE, Project
from pdu_inspections.release.build import Built
from pdu_inspections.release.exports.files import DIFF_NAME

INSPECTIONS = "dim_inspection"
_HASH_SHOWN = 16
CITATIONS = "dim_citation"
FROM_PAGES = ("fct_published_rating", "fct_published_figure", "fct_published_standard_rating")
"""Tables whose rows cite a public page, which has no lines."""

QUERIES = (
    (
        "How was each body rated?",
        "select inspection_id, inspection_year, overall_rating, score, score_max from dim_inspection order by 2, 1",
    ),
    (
        "Which key questions held ratings down, and how sure is the figure?",
        "select inspection_id, question_id, yes_pct, cases_n from fct_key_question where is_driver order by yes_pct",
    ),
    (
        "Where is a figure printed?",
        "select document_id, section, line_number, as_printed, locator from dim_citation using sample 5",
    ),
)
"""Queries to try; a test runs them on the real release."""


def format_summary(project: Project, built: Built) -> str:
    """The closing words of a build that published."""
    assert built.record is not None
    record = built.record
    rows = {mart.name: mart.rows_n for mart in record.marts}
    figures_n = rows.get(CITATIONS, 0) - sum(rows.get(name, 0) for name in FROM_PAGES)
    shown = (project.warehouse / "current" / DATABASE_NAME).relative_to(project.root)
    changed = [diff for diff in record.diffs if not diff.is_empty]
    lines = [
        "",
        f"  database     {shown} ({(built.release / DATABASE_NAME).stat().st_size / 1e6:.1f} MB)",
        f"  inspections  {rows.get(INSPECTIONS, 0):,}",
        f"  figures      {figures_n:,}, each with the line it is printed on",
        f"  tables       {len(record.marts)} with {sum(rows.values()):,} rows",
        f"  checks       {record.tests_n():,} run, {record.tests_n('pass'):,} passed",
    ]
    if (built.release / SITE).is_dir():
        lines.insert(2, f"  pages        {shown.parent / SITE / 'index.html'}")
    if record.previous_build_id:
        changes = f"{len(changed)} tables differ, see {DIFF_NAME}" if changed else "every row the same"
        lines.append(f"  changes      since {record.previous_build_id}: {changes}")
    if record.losses:
        lines.append(f"  losses       {len(record.losses)} accepted, because {record.loss_reason}")
    lines += ["", f"  {'rows':>7}  {'content hash':{_HASH_SHOWN}}  table"]
    lines += [f"  {mart.rows_n:>7,}  {mart.content_hash[:_HASH_SHOWN]}  {mart.name}" for mart in record.marts]
    lines += ["", "Try:"]
    for question, sql in QUERIES:
        lines += [f"  {question}", f'    .venv/bin/pdu query "{sql}"']
    return "\n".join(lines)
