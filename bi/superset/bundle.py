"""The bundle that Superset imports: the files of export/, zipped, with the path of the database file put in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import click
import yaml

EXPORT = Path(__file__).with_name("export")
DASHBOARD_SLUG = "probation-inspections"
DATABASE_PATH = "warehouse/current/pdu_inspections.duckdb"
"""What export/databases/ names, seen from the project; Superset wants the full path."""


def bundle(database: Path) -> bytes:
    """A zip of every file of export/ below one directory, as Superset's own exports are.

    database is the published file as its readers name it: through the pointer, which is not followed here.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(EXPORT.rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            if path.parent.name == "databases":
                text = text.replace(f"duckdb:///{DATABASE_PATH}", f"duckdb:///{database.absolute().as_posix()}")
            archive.writestr(f"probation_inspections/{path.relative_to(EXPORT).as_posix()}", text)
    return packed.getvalue()


def charts() -> dict[str, dict[str, Any]]:
    """Every chart of the export by its name."""
    read = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(EXPORT.glob("charts/*.yaml")))
    return {chart["slice_name"]: chart for chart in read}


@click.command()
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    default=DATABASE_PATH,
    show_default=True,
    help="The published file as the machine that runs Superset names it.",
)
def main(output: Path, database: Path) -> None:
    """Write the bundle to OUTPUT, for Superset's Dashboards, Import."""
    output.write_bytes(bundle(database))
    click.echo(f"{output}: import it in Superset under Dashboards; it reads {database.absolute()}")


if __name__ == "__main__":
    main()
