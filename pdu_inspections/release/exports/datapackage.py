"""datapackage.json: what the CSVs of a release hold, for tools that read Frictionless data packages."""

from __future__ import annotations

import json
from typing import Any

from pdu_inspections.release.exports.attribution import ATTRIBUTION, LICENCE, SOURCE
from pdu_inspections.release.exports.datacontract import logical_type
from pdu_inspections.release.marts import Mart, MartColumn
from pdu_inspections.release.records import BuildRecord

DATAPACKAGE_NAME = "datapackage.json"


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
    """A field; timestamps are called datetimes here."""
    kind = logical_type(column.sql_type)
    content: dict[str, Any] = {
        "name": column.name,
        "type": "datetime" if kind == "timestamp" else kind,
        "description": column.comment,
    }
    return content | {"constraints": {"required": True}} if column.is_required else content
