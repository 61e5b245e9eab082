"""Shares of cases with their intervals on the bands of ratings, differences about zero, and plain bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pdu_inspections.site.charts.drawing import (
    INK,
    PALE,
    QUIET,
    TINTS,
    WIDTH,
    Canvas,
    Panel,
    text_width,
    wrapped,
)

Row = Mapping[str, Any]

_LEFT = 2.0
_ACROSS = WIDTH - 2 * _LEFT
_LINE = 16.0
_HEADINGS = 30.0
_AXIS = 20.0


def intervals(chart_id: str, title: str, rows: Sequence[Row], bands: Sequence[Row]) -> Panel:
    """One share below the other.

    A row has label, yes_pct, the bounds of its intervals (None without a base), and may have is_driver and band.
    Without bands the background stays white.
    """
    canvas = Canvas()
    heads = [_Head(row["label"], share(row)) for row in rows]
    height = sum(head.height for head in heads)
    top = _HEADINGS if bands else 4.0
    starts = [float(band["band_low_pct"]) for band in bands]
    for band, low, high, tint in zip(bands, starts, [*starts[1:], 100.0], TINTS, strict=False):
        canvas.rectangle(_x(low), top, _x(high) - _x(low) - 1, height, tint)
        name = str(band["rating"])
        is_narrow = text_width(name, 11) > _x(high) - _x(low) + 2
        at_end = high == 100.0
        canvas.text(
            _x(100) if at_end else (_x(low) + _x(high)) / 2,
            11 if is_narrow and not at_end else 25,
            name,
            size=11,
            anchor="end" if at_end else "middle",
            color=QUIET,
        )
    y = top
    for row, head in zip(rows, heads, strict=True):
        head.draw(canvas, y)
        middle = y + head.height - 12
        if row["yes_pct"] is not None:
            _whiskers(canvas, row, "yes_pct", middle, _x)
            canvas.point(_x(float(row["yes_pct"])), middle, "diamond" if row.get("is_driver") else "circle")
        y += head.height
    _ticks(canvas, [*starts, 100.0] if bands else [0, 25, 50, 75, 100], _x, y)
    words = ". ".join(", ".join(filter(None, (f"{row['label']}: {share(row)}", row.get("band")))) for row in rows)
    return Panel(chart_id, title, f"{words}.", y + _AXIS, canvas.marks)


def differences(chart_id: str, title: str, rows: Sequence[Row]) -> Panel:
    """Differences in points with their intervals, about zero; filled where they stay distinguishable.

    A row has group (a heading where it changes), label, difference_points, its bounds and is_distinguishable.
    """
    ends = [
        abs(float(row[name]))
        for row in rows
        for name in ("difference_points", "difference_low_95", "difference_high_95")
        if row[name] is not None
    ]
    reach = max(20.0, 20.0 * -(-max(ends, default=0) // 20))

    def x(value: float) -> float:
        return _LEFT + _ACROSS * (value + reach) / (2 * reach)

    canvas = Canvas()
    y = 4.0
    group = None
    for row in rows:
        if row["group"] != group:
            group = row["group"]
            canvas.text(_LEFT, y + 16, str(group), size=12, bold=True, color=QUIET)
            y += 24
        head = _Head(row["label"], difference(row))
        head.draw(canvas, y)
        middle = y + head.height - 12
        canvas.line(x(0), middle - 7, x(0), middle + 11, color=QUIET)
        _whiskers(canvas, row, "difference", middle, x)
        canvas.point(x(float(row["difference_points"])), middle, fill=INK if row["is_distinguishable"] else "#fff")
        y += head.height
    _ticks(canvas, [-reach, -reach / 2, 0, reach / 2, reach], x, y)
    words = ". ".join(f"{row['group']}, {row['label']}: {difference(row)}" for row in rows)
    return Panel(chart_id, title, f"{words}.", y + _AXIS, canvas.marks)


def bars(chart_id: str, title: str, rows: Sequence[Row], highest: float | None = None) -> Panel:
    """Values as bars from zero. A row has label, value and figure, the value as it is written."""
    top = highest or max((float(row["value"]) for row in rows), default=1.0) or 1.0
    canvas = Canvas()
    y = 4.0
    for row in rows:
        head = _Head(row["label"], row["figure"])
        head.draw(canvas, y)
        canvas.rectangle(_LEFT, y + head.height - 16, _ACROSS, 8, "#eef0f2")
        canvas.rectangle(_LEFT, y + head.height - 16, _ACROSS * min(1.0, float(row["value"]) / top), 8, INK)
        y += head.height
    words = ". ".join(f"{row['label']}: {row['figure']}" for row in rows)
    return Panel(chart_id, title, f"{words}.", y + 4, canvas.marks)


def counts(chart_id: str, title: str, rows: Sequence[Row], series: Sequence[tuple[str, str, str]]) -> Panel:
    """Counts side by side in one bar a row. A row has label and the counts; series has column, name and fill."""
    most = max((sum(row[column] or 0 for column, _, _ in series) for row in rows), default=1) or 1
    canvas = Canvas()
    x = _LEFT
    y = 0.0
    for _, name, fill in series:
        width = text_width(name, 11) + 26
        if x + width > WIDTH:
            x, y = _LEFT, y + 16
        canvas.rectangle(x, y + 4, 11, 11, fill, QUIET)
        canvas.text(x + 15, y + 14, name, size=11, color=QUIET)
        x += width
    y += 22
    for row in rows:
        total = sum(row[column] or 0 for column, _, _ in series)
        head = _Head(row["label"], f"{total}")
        head.draw(canvas, y)
        x = _LEFT
        for column, _, fill in series:
            if row[column]:
                width = _ACROSS * row[column] / most
                canvas.rectangle(x, y + head.height - 20, width, 16, fill, QUIET)
                if width > 14:
                    canvas.text(x + width / 2, y + head.height - 8, str(row[column]), size=11, anchor="middle")
                x += width
        y += head.height + 4
    words = ". ".join(
        f"{row['label']}: {', '.join(f'{name} {row[column]}' for column, name, _ in series if row[column])}"
        for row in rows
    )
    return Panel(chart_id, title, f"{words}.", y + 4, canvas.marks)


def share(row: Row) -> str:
    """A share with its 95% interval: 38% (23–55)."""
    if row["yes_pct"] is None:
        return "no figure"
    share = f"{float(row['yes_pct']):g}%"
    if row["yes_pct_low_95"] is None:
        return share
    return f"{share} ({row['yes_pct_low_95']:.0f}–{row['yes_pct_high_95']:.0f})"


def difference(row: Row) -> str:
    """A difference with its 95% interval, in points: −12 (−25 to +2)."""
    points = signed(row["difference_points"])
    if row["difference_low_95"] is None:
        return points
    return f"{points} ({signed(row['difference_low_95'])} to {signed(row['difference_high_95'])})"


def signed(value: Any) -> str:
    """Whole points, but with a tenth where they would hide on which side of zero it is."""
    places = 1 if 0 < abs(value) < 0.5 else 0
    return "0" if value == 0 else f"{float(value):+.{places}f}".replace("-", "−")


class _Head:
    """The words above a mark: a label, in as many lines as it needs, and the figure at the end of the last."""

    def __init__(self, label: object, figure: object) -> None:
        self._figure = str(figure)
        self._lines = wrapped(str(label), _ACROSS - text_width(self._figure, 13, bold=True) - 12, 13)
        self.height = _LINE * len(self._lines) + 26

    def draw(self, canvas: Canvas, y: float) -> None:
        for number, line in enumerate(self._lines, start=1):
            canvas.text(_LEFT + 4, y + _LINE * number, line, size=13)
        canvas.text(WIDTH - _LEFT - 4, y + _LINE * len(self._lines), self._figure, size=13, anchor="end", bold=True)


def _x(value: float) -> float:
    return _LEFT + _ACROSS * value / 100


def _whiskers(canvas: Canvas, row: Row, name: str, y: float, x: Any) -> None:
    for confidence, width, color in ((95, 1.5, INK), (80, 5, "#8a9099")):
        low, high = row.get(f"{name}_low_{confidence}"), row.get(f"{name}_high_{confidence}")
        if low is not None and high is not None:
            canvas.line(x(float(low)), y, x(float(high)), y, width, color)


def _ticks(canvas: Canvas, values: Sequence[float], x: Any, y: float) -> None:
    canvas.line(_LEFT, y + 1, WIDTH - _LEFT, y + 1, color=PALE)
    for value in values:
        anchor = "start" if value == values[0] else "end" if value == values[-1] else "middle"
        text = f"{value:g}".replace("-", "−")
        canvas.text(x(value), y + 14, text, size=11, anchor=anchor, color=QUIET)
