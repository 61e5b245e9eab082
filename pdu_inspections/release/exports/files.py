"""The other files of a release: every mart as Parquet and CSV, and what describes them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import duckdb

from pdu_inspections.release.database import BUILT
from pdu_inspections.release.diff import TableDiff
from pdu_inspections.release.exports.attribution import ATTRIBUTION_NAME, CITATION_NAME, attribution, cite_release
from pdu_inspections.release.exports.datapackage import DATAPACKAGE_NAME, datapackage
from pdu_inspections.release.marts import Mart
from pdu_inspections.release.records import RECORD_NAME, BuildRecord
from pdu_inspections.sql import literal, quoted, quoted_list

DIFF_NAME = "value_diff.json"
UTF_8_MARK = "\ufeff"


def write_marts(connection: duckdb.DuckDBPyConnection, directory: Path, marts: list[Mart]) -> None:
    """Every mart as Parquet and as CSV (UTF-8, header, empty for no value), from dbt's database.

    A CSV begins with the mark of UTF-8, without which spreadsheet programs garble accents; it stands in the first head.
    Parquet holds decimals as doubles: pandas reads a decimal as an object it cannot multiply by 1.5. All have
    few digits, so that a double prints the same.
    """
    for name in ("parquet", "csv"):
        (directory / name).mkdir()
    for mart in marts:
        table = f"{BUILT}.main.{quoted(mart.name)}"
        order = f"order by {quoted_list(mart.order)}"
        described = connection.execute(f"describe {table}").fetchall()
        decimals = [quoted(name) for name, data_type, *_ in described if data_type.startswith("DECIMAL")]
        doubles = ", ".join(f"cast({column} as double) as {column}" for column in decimals)
        with_doubles = f"(select * {f'replace ({doubles})' if doubles else ''} from {table} {order})"
        parquet = literal(directory / "parquet" / f"{mart.name}.parquet")
        connection.execute(f"copy {with_doubles} to {parquet} (format parquet, compression zstd)")
        first, *others = (str(name) for name, *_ in described)
        columns = ", ".join([f"{quoted(first)} as {quoted(UTF_8_MARK + first)}", *map(quoted, others)])
        sheet = literal(directory / "csv" / f"{mart.name}.csv")
        connection.execute(f"copy (select {columns} from {table} {order}) to {sheet} (format csv, header)")


def write_descriptions(directory: Path, record: BuildRecord, project: Path) -> None:
    """build.json, the descriptor of the CSVs, how to cite the release, and the value diff with its rows.

    project: the directory that may hold CITATION.cff.
    """
    diff = {
        "build_id": record.build_id,
        "previous_build_id": record.previous_build_id,
        "tables": [_diff_content(table) for table in record.diffs if not table.is_empty],
    }
    texts = {
        RECORD_NAME: record.as_json(),
        DATAPACKAGE_NAME: datapackage(record),
        ATTRIBUTION_NAME: attribution(),
        DIFF_NAME: json.dumps(diff, indent=1) + "\n",
    }
    if (project / CITATION_NAME).is_file():
        texts[CITATION_NAME] = cite_release(record, (project / CITATION_NAME).read_text(encoding="utf-8"))
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8")


def _diff_content(table: TableDiff) -> dict[str, object]:
    content = asdict(table)
    content["rows_listed_n"] = len(table.rows)
    return content
