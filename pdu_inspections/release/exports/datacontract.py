"""datacontract.yaml: what consumers of a release may rely on, by the Open Data Contract Standard.

Written from what the published file enforces (types, keys, values that must be there, checks), from the references
that dbt's tests hold, and from the descriptions, so that it cannot promise anything else.
"""

from __future__ import annotations

from typing import Any

import yaml

from pdu_inspections.project import DATABASE_NAME
from pdu_inspections.release.exports.attribution import ATTRIBUTION, LICENCE, SOURCE
from pdu_inspections.release.marts import Mart, MartColumn
from pdu_inspections.release.records import BuildRecord

DATACONTRACT_NAME = "datacontract.yaml"

_LOGICAL = {
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "DOUBLE": "number",
    "FLOAT": "number",
    "TINYINT": "integer",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
}
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The compiled dumper where there is one: the other takes a second."""


def datacontract(record: BuildRecord) -> str:
    """The contract of a release, as YAML."""
    content = {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": "pdu-inspections",
        "name": "Figures of probation inspections",
        "version": record.build_id,
        "status": "active",
        "description": {
            "purpose": "Every figure of the inspection reports, cited to the line it is printed on and reconciled.",
            "usage": "Read only. Join by the ids; each release is a whole, so resolve the pointer once per reading.",
            "limitations": f"Do not average percentages over inspections. {ATTRIBUTION}",
            "authoritativeDefinitions": [
                {"type": "canonicalUrl", "url": SOURCE["path"]},
                {"type": "licence", "url": LICENCE["path"]},
            ],
        },
        "servers": [
            {"server": "file", "type": "duckdb", "database": DATABASE_NAME, "schema": "main"},
            {"server": "parquet", "type": "local", "path": "parquet/{model}.parquet", "format": "parquet"},
            {"server": "csv", "type": "local", "path": "csv/{model}.csv", "format": "csv", "encoding": "UTF-8"},
        ],
        "schema": [_table(mart) for mart in record.marts],
    }
    text: str = yaml.dump(content, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=120)
    return text


def logical_type(sql_type: str) -> str:
    """The standard's type of a SQL type; text where there is none closer."""
    return "number" if sql_type.startswith("DECIMAL") else _LOGICAL.get(sql_type, "string")


def _table(mart: Mart) -> dict[str, Any]:
    table = {
        "name": mart.name,
        "physicalType": "table",
        "description": mart.comment,
        "properties": [_property(mart, column) for column in mart.columns],
        "quality": [_check(mart, number, condition) for number, condition in enumerate(mart.checks, start=1)],
    }
    return {name: value for name, value in table.items() if value}


def _property(mart: Mart, column: MartColumn) -> dict[str, Any]:
    content: dict[str, Any] = {
        "name": column.name,
        "logicalType": logical_type(column.sql_type),
        "physicalType": column.sql_type,
        "description": column.comment,
        "required": column.is_required,
    }
    if column.name in mart.key:
        content |= {"primaryKey": True, "primaryKeyPosition": mart.key.index(column.name) + 1}
    if column.name in mart.references:
        content["relationships"] = [{"type": "foreignKey", "to": ".".join(mart.references[column.name])}]
    return content


def _check(mart: Mart, number: int, condition: str) -> dict[str, Any]:
    return {
        "name": f"{mart.name}_check_{number}",
        "type": "sql",
        "description": f"Every row: {condition}",
        "query": f"select count(*) from {mart.name} where not ({condition})",
        "mustBe": 0,
    }
