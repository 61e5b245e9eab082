"""What a release would lose against the one before: a loss is published only where somebody gives a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pdu_inspections.release.marts import Mart

LARGEST_LOSS_PCT = 10
"""A mart, or a column of one, may lose this share of its rows or values in per cent; a larger loss needs a reason."""


def find_losses(marts: Sequence[Mart], record_before: dict[str, Any]) -> list[str]:
    """Marts that lost too many rows, and columns that lost too many values, against the record of another release."""
    now = {mart.name: mart for mart in marts}
    return [
        loss
        for before in record_before["marts"]
        for loss in _losses_of_mart(now.get(before["table_name"]), before["table_name"], before)
    ]


def _losses_of_mart(mart: Mart | None, name: str, before: dict[str, Any]) -> Iterator[str]:
    rows_n = 0 if mart is None else mart.rows_n
    if _is_loss(before["rows_n"], rows_n):
        yield f"{name}: {_describe(before['rows_n'], rows_n, 'rows')}"
        return
    values_before = before.get("values_n")
    for column, values_n in (values_before if isinstance(values_before, dict) and mart is not None else {}).items():
        left = mart.values_n.get(column) if mart is not None else None
        if left is not None and isinstance(values_n, int) and _is_loss(values_n, left):
            yield f"{name}.{column}: {_describe(values_n, left, 'values')}"


def _is_loss(before: int, now: int) -> bool:
    return (before - now) * 100 > before * LARGEST_LOSS_PCT


def _describe(before: int, now: int, unit: str) -> str:
    return f"all {before:,} {unit} lost" if now == 0 else f"{before - now:,} of {before:,} {unit} lost"
