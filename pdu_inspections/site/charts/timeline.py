"""Percentages over the years, which stand at their true distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pdu_inspections.site.charts.drawing import INK, PALE, QUIET, WIDTH, Canvas, Panel, text_width

_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, WIDTH - 44.0, 26.0, 150.0
_SIZE = 13

Row = Mapping[str, Any]
Box = tuple[float, float, float, float]


def timeline(chart_id: str, title: str, rows: Sequence[Row], years: Sequence[int]) -> Panel:
    """Points with their intervals, joined only where a figure continues the one before.

    A row has inspection_year, value, value_kind, is_break and the bounds of a 95% interval (None without), in order of
    years; years are those of the axis.
    """
    first, last = min(years), max(years)

    def x(year: float) -> float:
        return (_LEFT + _RIGHT) / 2 if first == last else _LEFT + (_RIGHT - _LEFT) * (year - first) / (last - first)

    def y(value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * value / 100

    canvas = Canvas()
    for value in (0, 50, 100):
        canvas.line(20, y(value), WIDTH, y(value), color=PALE)
        canvas.text(16, y(value) + 4, str(value), size=11, anchor="end", color=QUIET)
    points = [(x(row["inspection_year"]), y(float(row["value"]))) for row in rows]
    taken: list[Box] = [(px - 8, py - 8, px + 8, py + 8) for px, py in points]
    for row, (px, _) in zip(rows, points, strict=True):
        if row["low_95"] is not None:
            canvas.line(px, y(float(row["low_95"])), px, y(float(row["high_95"])), 1.5)
            taken.append((px - 3, y(float(row["high_95"])), px + 3, y(float(row["low_95"]))))
    for (row, start), (following, end) in pairwise(list(zip(rows, points, strict=True))):
        if not following["is_break"]:
            canvas.line(*start, *end, 1.5)
        elif row["inspection_year"] != following["inspection_year"]:
            middle = (start[0] + end[0]) / 2
            canvas.line(middle, _TOP - 8, middle, _BOTTOM, color=QUIET, dash="3 3")
            canvas.text(middle, _TOP - 12, "break", size=11, anchor="middle", color=QUIET)
            taken.append((middle - 18, 0, middle + 18, _TOP - 8))
            taken.append((middle - 4, _TOP - 8, middle + 4, _BOTTOM))
    for row, (px, py) in zip(rows, points, strict=True):
        canvas.point(px, py, "square" if row["value_kind"] == "criterion_score" else "circle")
        _label(canvas, taken, px, py, f"{float(row['value']):g}%")
    for before, year, after in zip([None, *years[:-1]], years, [*years[1:], None], strict=True):
        if before is not None and x(year) - x(before) < 34:
            canvas.text(x(year) - 4, _BOTTOM + 18, str(year), 11)
        elif after is not None and x(after) - x(year) < 34:
            canvas.text(x(year) + 4, _BOTTOM + 18, str(year), 11, "end")
        else:
            canvas.text(x(year), _BOTTOM + 18, str(year), 11, "middle")
    words = "; ".join(
        f"{'break, then ' if index and row['is_break'] else ''}{row['inspection_year']}: {_value(row)}"
        for index, row in enumerate(rows)
    )
    return Panel(chart_id, title, f"{words}.", _BOTTOM + 26, canvas.marks)


def _value(row: Row) -> str:
    interval = "" if row["low_95"] is None else f" ({row['low_95']:.0f} to {row['high_95']:.0f})"
    return f"{float(row['value']):g}%{interval}"


def _label(canvas: Canvas, taken: list[Box], x: float, y: float, text: str) -> None:
    """Write beside a point where nothing else stands."""
    width = text_width(text, _SIZE, bold=True)
    places = [(x - width / 2, y - 13), (x + 11, y + 5), (x - 11 - width, y + 5), (x - width / 2, y + 22)]
    places += [(x + 11, y - 8), (x - 11 - width, y - 8), (x + 11, y + 18), (x - 11 - width, y + 18)]

    def surroundings(place: tuple[float, float]) -> Box:
        return place[0], place[1] - _SIZE, place[0] + width, place[1] + 2

    def is_free(place: tuple[float, float]) -> bool:
        left, top, right, bottom = surroundings(place)
        return (
            left >= 18
            and right <= WIDTH
            and not any(left < box[2] and box[0] < right and top < box[3] and box[1] < bottom for box in taken)
        )

    chosen = next(filter(is_free, places), places[0])
    taken.append(surroundings(chosen))
    canvas.text(chosen[0], chosen[1], text, _SIZE, bold=True, color=INK)
