"""Pages of the project that show what is in the file: written from it, so always true (`make docs`)."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import click
import duckdb

from pdu_inspections import data_quality, marts_page, questions
from pdu_inspections.errors import InputError

_QUERY = re.compile(r"(<!-- query -->\n```sql\n(?P<sql>.*?)```\n\n```text\n).*?(```\n)", flags=re.DOTALL)


def queries(page: str) -> list[str]:
    """The queries of a Markdown page that are marked <!-- query -->."""
    return [match["sql"] for match in _QUERY.finditer(page)]


def with_results(page: str, connection: duckdb.DuckDBPyConnection) -> str:
    """A Markdown page with the result below each query marked <!-- query -->, as DuckDB prints it."""

    def shown(match: re.Match[str]) -> str:
        table = io.StringIO()
        with redirect_stdout(table):
            connection.sql(match["sql"]).show(max_width=200)
        return f"{match[1]}{table.getvalue().rstrip()}\n{match[3]}"

    return _QUERY.sub(shown, page)


def pages(root: Path, connection: duckdb.DuckDBPyConnection) -> dict[Path, str]:
    """Every page that shows data, by its path, as it must read."""
    readme = root / "README.md"
    return {
        readme: with_results(readme.read_text(encoding="utf-8"), connection),
        root / "docs" / "data-quality.md": data_quality.render(connection),
        root / "docs" / "marts.md": marts_page.render(root, connection),
        root / "docs" / "questions.md": questions.render(root, connection),
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
