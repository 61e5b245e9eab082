"""The probation inspections warehouse: reader, gate, build and publish; `connect()` opens the current release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def connect(place: str | Path | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a release, for notebooks and scripts.

    place is a project's folder, a release's folder or a database file; left out, the project that holds the current
    directory. The connection goes on reading the release it opened; connect again to read a newer one.
    Raises FileNotFoundError where there is no release, with the places that were looked at.
    """
    # Imported here, because every command imports this package and few open a database.
    import duckdb

    start = Path.cwd() if place is None else Path(place)
    folders = [start, *start.absolute().parents] if place is None else [start]
    looked_at = [start] if start.is_file() else []
    for folder in folders:
        looked_at += [folder / "pdu_inspections.duckdb", folder / "warehouse" / "current" / "pdu_inspections.duckdb"]
    found = next((path for path in looked_at if path.is_file()), None)
    if found is None:
        raise FileNotFoundError(
            f"no release at {start}: looked for {' and '.join(str(path) for path in looked_at[:2])}"
            f"{' and in the folders above' if place is None else ''}. Make one with pdu build, or name its folder."
        )
    # The real path keeps the release that was current now, even if a newer one is published while it is read.
    return duckdb.connect(str(found.resolve()), read_only=True)
