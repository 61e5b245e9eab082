"""Pages of the project that show what is in the file: written from it, so always true (`make docs`)."""

from __future__ import annotations

import re
from pathlib import Path

import click
import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pdu_inspections import marts_page
from pdu_inspections.errors import InputError
from pdu_inspections.markdown import cell
from pdu_inspections.questions import Question
from pdu_inspections.release.query import format_table
from pdu_inspections.site import queries
from pdu_inspections.site.answers import Answer, answered
from pdu_inspections.site.content import Content
from pdu_inspections.site.html import TEMPLATES
from pdu_inspections.site.pages import ledger
from pdu_inspections.site.pages.questions import chapters

_QUERY = re.compile(r"(<!-- query -->\n```sql\n(?P<sql>.*?)```\n\n```text\n).*?(```\n)", flags=re.DOTALL)


def marked_queries(page: str) -> list[str]:
    """The queries of a Markdown page that are marked <!-- query -->."""
    return [match["sql"] for match in _QUERY.finditer(page)]


def with_results(page: str, connection: duckdb.DuckDBPyConnection) -> str:
    """A Markdown page with the result below each query marked <!-- query -->, as `pdu query` prints it."""

    def printed(match: re.Match[str]) -> str:
        result = connection.sql(match["sql"])
        return f"{match[1]}{format_table(result.columns, result.fetchall())}{match[3]}"

    return _QUERY.sub(printed, page)


def _answered(one: Answer) -> tuple[Question, str, bool]:
    """A question, its sentence without links, and whether it shows intervals."""
    return one.question, str(one.sentence(lambda shown, _: str(shown))), one.has_intervals


def pages(root: Path, connection: duckdb.DuckDBPyConnection) -> dict[Path, str]:
    """Every page that shows data, by its path, as it must read."""
    readme = root / "README.md"
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters["escaped"] = cell
    content = Content(connection, root, "")
    answers = [
        (chapter, [_answered(answered(content, one)) for one in questions])
        for chapter, _, questions in chapters(content)
    ]
    return {
        readme: with_results(readme.read_text(encoding="utf-8"), connection),
        root / "docs" / "data-quality.md": templates.get_template("data-quality.md").render(
            reports=content.rows(queries.FINDINGS_BY_REPORT),
            groups=ledger.findings_by_severity(content),
            unread=content.unread,
        ),
        root / "docs" / "questions.md": templates.get_template("questions.md").render(chapters=answers),
        root / "docs" / "marts.md": marts_page.render(root, connection),
    }


@click.command()
@click.argument("database", type=click.Path(exists=True, dir_okay=False))
def main(database: str) -> None:
    """Write the pages of the project in the current directory from a DATABASE file."""
    with duckdb.connect(database, read_only=True, config={"enable_external_access": "false"}) as connection:
        try:
            written = pages(Path.cwd(), connection)
        except InputError as error:
            raise click.ClickException(str(error)) from error
    for path, page in written.items():
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
