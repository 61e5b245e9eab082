"""datapackage.json: what the CSVs of a release hold, for tools that read Frictionless data packages."""

from __future__ import annotations

import json
from typing import Any

from pdu_inspections.release.exports.attribution import ATTRIBUTION, LICENCE, SOURCE
from pdu_inspections.release.marts import Mart, MartColumn
from pdu_inspections.release.records import BuildRecord

DATAPACKAGE_NAME = "datapackage.json"

_FIELD_TYPES = {
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "DOUBLE": "number",
    "FLOAT": "number",
    "TINYINT": "integer",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
}


def datapackage(record: BuildRecord) -> str:
    """The descriptor of a release's CSVs, as JSON."""
    content = {
        "profile": "tabular-data-package",
        "name": "pdu-inspections",
        "title": "Figures of probation inspections",
        "description": ATTRIBUTION,
        "version": record.build_id,
        "created": f"{record.built_at}Z",
        "licenses": [LICENCE],
        "sources": [SOURCE],
        "resources": [_resource(mart) for mart in record.marts],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _resource(mart: Mart) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": mart.name,
        "path": f"csv/{mart.name}.csv",
        "description": mart.comment,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in mart.columns],
            "missingValues": [""],
            "primaryKey": list(mart.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": "" if table == mart.name else table, "fields": [key]}}
                for column, (table, key) in mart.references.items()
            ],
        },
    }


def _field(column: MartColumn) -> dict[str, Any]:
    content: dict[str, Any] = {
        "name": column.name,
        "type": field_type(column.sql_type),
        "description": column.comment,
    }
    return content | {"constraints": {"required": True}} if column.is_required else content


def field_type(sql_type: str) -> str:
    """The data package's type of a SQL type; text where there is none closer."""
    return "number" if sql_type.startswith("DECIMAL") else _FIELD_TYPES.get(sql_type, "string")
