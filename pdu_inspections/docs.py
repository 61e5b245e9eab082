"""Pages of the project that show what is in the file: written from it, so always true (`make docs`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import duckdb
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pdu_inspections.errors import InputError
from pdu_inspections.questions import Question
from pdu_inspections.release.dbt import read_references
from pdu_inspections.release.query import format_table
from pdu_inspections.site import queries
from pdu_inspections.site.answers import Answer, answered
from pdu_inspections.site.content import Content
from pdu_inspections.site.html import TEMPLATES
from pdu_inspections.site.pages import ledger
from pdu_inspections.site.pages.questions import chapters

CHAPTERS = {
    "core": "What reports print",
    "reporting": "Ready to read",
    "quality": "Contradictions",
    "landscape": "Other inspections, known from public pages",
}
"""Folders of models/marts, and what their tables are called on the page of published tables."""
_SPECIAL = re.compile(r"[\\`*_\[\]<>|#]")
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


def escaped(value: object) -> str:
    """Text on one line that Markdown shows as it is, in a table too."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", " ".join(str(value).split()))


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def declared_references(root: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """By mart and column, the table and column that the YAML of the models says it refers to."""
    files = sorted((root / "models" / "marts").glob("*/*.yml"))
    models = [model for file in files for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", [])]
    return read_references(
        {"name": model["name"], "resource_type": "model", "columns": {one["name"]: one for one in model["columns"]}}
        for model in models
    )


def _published_tables(
    root: Path, connection: duckdb.DuckDBPyConnection
) -> Iterator[tuple[str, list[tuple[str, str, list[str], list[str]]]]]:
    """Chapters of published tables: each table with its description, its key, and the tables it refers to."""
    references = declared_references(root)
    found = {
        name: (comment, key)
        for name, comment, key in connection.execute(
            "select table_name, comment, constraint_column_names from duckdb_tables() as tables "
            "left join duckdb_constraints() as keys using (database_name, schema_name, table_name) "
            "where schema_name = 'main' and constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    }
    for folder, title in CHAPTERS.items():
        names = sorted(path.stem for path in (root / "models" / "marts" / folder).glob("*.sql"))
        referred = {name: sorted({table for table, _ in references.get(name, {}).values()} - {name}) for name in names}
        yield title, [(name, *found[name], referred[name]) for name in names]


def pages(root: Path, connection: duckdb.DuckDBPyConnection) -> dict[Path, str]:
    """Every page that shows data, by its path, as it must read."""
    readme = root / "README.md"
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters |= {"escaped": escaped, "codes": _codes}
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
        root / "docs" / "marts.md": templates.get_template("marts.md").render(
            chapters=_published_tables(root, connection)
        ),
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
