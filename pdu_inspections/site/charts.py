"""Charts as SVG that stand in a page: drawn by Vega, lettered in the page's own fonts, named for screen readers.

All are narrow enough for a phone and are set side by side where there is room. What a chart shows by colour it shows
by place, shape or letters too. Each kind is described to Altair once; charts differ in their data and parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

WIDTH = 316
"""Pixels between the sides of a chart: with its margins it fits a narrow phone."""

INK = "#1b1f24"
QUIET = "#5a6470"
TINTS = ("#f4dcd3", "#f7ecd2", "#dfeaef", "#c9dde8")
"""Behind the bands of ratings, lowest first; the stylesheet has the same."""

_ROW = 40
_HEADING = 26
_MARK = 26
_LABEL = 185
_VEGA_LITE = "6.1"

Row = Mapping[str, Any]
Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A drawn chart: its title, what it shows in words, and its SVG."""

    title: str
    description: str
    svg: Markup


def short(rating: str) -> str:
    """First letters of a rating, as it is written where there is little room: RI."""
    return "".join(word[0].upper() for word in rating.split())


def intervals(chart_id: str, title: str, rows: Sequence[Row], bands: Sequence[Row]) -> Chart:
    """Shares of cases with their intervals on the bands of ratings, one below the other.

    A row has label, yes_pct, is_driver and the bounds of both intervals, which are None where there is no base.
    """
    points = [
        {
            "y": _ROW * index + _MARK,
            "label": row["label"],
            "figure": figure(row),
            "value": float(row["yes_pct"]),
            **_bounds(row, "yes_pct"),
            "shape": "diamond" if row["is_driver"] else "circle",
        }
        for index, row in enumerate(rows)
    ]
    starts = [float(band["band_low_pct"]) for band in bands]
    tinted = [
        {"low": low, "high": high, "middle": (low + high) / 2, "letters": short(band["rating"]), "tint": tint}
        for band, low, high, tint in zip(bands, starts, [*starts[1:], 100.0], TINTS, strict=True)
    ]
    description = ". ".join(f"{row['label']}: {figure(row)}, {row['band'] or 'not rated'}" for row in rows)
    data = {"points": points, "bands": tinted}
    params = {"low": 0, "high": 100, "ticks": [*starts, 100]}
    return _drawn(chart_id, title, description, _interval_spec(), data, params, _ROW * len(rows))


def differences(chart_id: str, title: str, rows: Sequence[Row]) -> Chart:
    """Differences in points with their intervals, about zero; filled where chance alone hardly explains them.

    A row has group (a heading where it changes), label, difference_points, is_distinguishable and bounds.
    """
    points: list[Spec] = []
    headings: list[Spec] = []
    height = 0
    for row in rows:
        if not headings or headings[-1]["group"] != row["group"]:
            headings.append({"y": height + 14, "group": row["group"]})
            height += _HEADING
        points.append(
            {
                "y": height + _MARK,
                "label": row["label"],
                "figure": difference(row),
                "value": float(row["difference_points"]),
                **_bounds(row, "difference"),
                "fill": INK if row["is_distinguishable"] else "white",
            }
        )
        height += _ROW
    ends = [abs(point[name]) for point in points for name in ("value", "low_95", "high_95") if point[name] is not None]
    reach = max(20, 20 * -(-max(ends) // 20))
    description = ". ".join(f"{row['group']}, {row['label']}: {difference(row)}" for row in rows)
    data = {"points": points, "headings": headings, "zero": [{"value": 0}]}
    params = {"low": -reach, "high": reach, "ticks": [-reach, -reach / 2, 0, reach / 2, reach]}
    return _drawn(chart_id, title, description, _difference_spec(), data, params, height)


def timeline(chart_id: str, title: str, rows: Sequence[Row], moments: Sequence[int]) -> Chart:
    """Percentages over the years, which stand at even distances: only what continues is joined, breaks have rules.

    A row has inspection_year, value, value_kind and is_break, in order of years; moments are the years of the axis.
    """
    places = {year: index for index, year in enumerate(moments)}
    points = [
        {
            "x": places[row["inspection_year"]],
            "value": float(row["value"]),
            "figure": f"{float(row['value']):g}%",
            "shape": "square" if row["value_kind"] == "criterion_score" else "circle",
            "run": sum(earlier["is_break"] for earlier in rows[: index + 1]),
        }
        for index, row in enumerate(rows)
    ]
    breaks = [
        {"x": (places[one["inspection_year"]] + places[other["inspection_year"]]) / 2, "text": "break"}
        for one, other in pairwise(rows)
        if other["is_break"]
    ]
    description = "; ".join(
        f"{'break, then ' if index and row['is_break'] else ''}{row['inspection_year']}: {float(row['value']):g}%"
        for index, row in enumerate(rows)
    )
    data = {"points": points, "breaks": breaks}
    return _drawn(chart_id, title, description, _timeline_spec(), data, {"moments": list(moments)}, 120)


def figure(row: Row) -> str:
    """A share with its 95% interval: 38% (23–55)."""
    share = f"{float(row['yes_pct']):g}%"
    if row["yes_pct_low_95"] is None:
        return share
    return f"{share} ({row['yes_pct_low_95']:.0f}–{row['yes_pct_high_95']:.0f})"


def difference(row: Row) -> str:
    """A difference with its 95% interval, in points: −12 (−25 to +2)."""
    points = _signed(row["difference_points"])
    if row["difference_low_95"] is None:
        return points
    return f"{points} ({_signed(row['difference_low_95'])} to {_signed(row['difference_high_95'])})"


def _signed(value: Any) -> str:
    """Whole points, but with a tenth where they would hide on which side of zero it is."""
    places = 1 if 0 < abs(value) < 0.5 else 0
    return "0" if value == 0 else f"{float(value):+.{places}f}".replace("-", "−")


def _bounds(row: Row, name: str) -> dict[str, float | None]:
    bounds = {bound: row[f"{name}_{bound}"] for bound in ("low_95", "high_95", "low_80", "high_80")}
    return {bound: None if value is None else float(value) for bound, value in bounds.items()}


# ------------------------------------------------------------------ the kinds of chart

_AXIS: dict[str, Any] = {"title": None, "ticks": False, "labelColor": QUIET, "labelFontSize": 11, "labelPadding": 5}


def _layer(data: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(data))


def _across(name: str) -> alt.X:
    """By value, between the parameters low and high."""
    scale = alt.Scale(domainMin=alt.expr("low"), domainMax=alt.expr("high"), nice=False, zero=False)
    axis = alt.Axis(values=alt.expr("ticks"), domain=False, grid=False, labelFlush=True, **_AXIS)
    return alt.X(f"{name}:Q", scale=scale, axis=axis)


def _down() -> alt.Y:
    """By pixels from the top."""
    scale = alt.Scale(domainMin=0, domainMax=alt.expr("height"), reverse=True, nice=False, zero=False)
    return alt.Y("y:Q", scale=scale, axis=None)


def _labelled_intervals() -> list[alt.Chart]:
    return [
        _layer("points")
        .mark_text(align="left", dx=5, dy=-14, fontSize=13, limit=_LABEL, color=INK)
        .encode(x=alt.value(0), y=_down(), text="label:N"),
        _layer("points")
        .mark_text(align="right", dx=-5, dy=-14, fontSize=13, fontWeight=600, color=INK)
        .encode(x=alt.value(WIDTH), y=_down(), text="figure:N"),
        *(
            _layer("points")
            .transform_filter(f"datum.low_{confidence} !== null")
            .mark_rule(color=INK, strokeWidth=width, opacity=opacity)
            .encode(x=_across(f"low_{confidence}"), x2=f"high_{confidence}:Q", y=_down())
            for confidence, width, opacity in ((95, 1.5, 1), (80, 5, 0.55))
        ),
    ]


@cache
def _interval_spec() -> Spec:
    return _spec(
        _layer("bands")
        .mark_rect(opacity=1, stroke="white", strokeWidth=1)
        .encode(x=_across("low"), x2="high:Q", fill=alt.Fill("tint:N", scale=None)),
        _layer("bands")
        .mark_text(dy=-8, fontSize=11, color=QUIET)
        .encode(x=_across("middle"), y=alt.value(0), text="letters:N"),
        *_labelled_intervals(),
        _layer("points")
        .mark_point(filled=True, size=110, opacity=1, fill=INK, stroke="white", strokeWidth=1.5)
        .encode(x=_across("value"), y=_down(), shape=alt.Shape("shape:N", scale=None)),
        params=("low", "high", "ticks"),
    )


@cache
def _difference_spec() -> Spec:
    return _spec(
        _layer("zero").mark_rule(color=QUIET, strokeDash=[2, 2]).encode(x=_across("value")),
        _layer("headings")
        .mark_text(align="left", fontSize=12, fontWeight=600, color=QUIET)
        .encode(x=alt.value(0), y=_down(), text="group:N"),
        *_labelled_intervals(),
        _layer("points")
        .mark_point(filled=True, size=90, opacity=1, stroke=INK, strokeWidth=1.5)
        .encode(x=_across("value"), y=_down(), fill=alt.Fill("fill:N", scale=None)),
        params=("low", "high", "ticks"),
    )


@cache
def _timeline_spec() -> Spec:
    scale = alt.Scale(domainMin=-0.5, domainMax=alt.expr("length(moments) - 0.5"), nice=False, zero=False)
    every = alt.expr("sequence(length(moments))")
    x = alt.X("x:Q", scale=scale, axis=alt.Axis(values=every, grid=False, labelExpr="moments[datum.value]", **_AXIS))
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, 100]))
    y = y.axis(values=[0, 50, 100], domain=False, grid=True, **_AXIS)
    return _spec(
        _layer("breaks").mark_rule(color=QUIET, strokeDash=[3, 3]).encode(x=x),
        _layer("breaks").mark_text(color=QUIET, fontSize=11, dy=-7).encode(x=x, y=alt.value(0), text="text:N"),
        _layer("points").mark_line(color=INK, strokeWidth=1.5).encode(x=x, y=y, detail="run:N"),
        _layer("points")
        .mark_point(filled=True, size=80, opacity=1, fill=INK, stroke="white")
        .encode(x=x, y=y, shape=alt.Shape("shape:N", scale=None)),
        _layer("points").mark_text(dy=-14, fontSize=13, fontWeight=600, color=INK).encode(x=x, y=y, text="figure:N"),
        params=("moments",),
        width=WIDTH - 30,
    )


def _spec(*layers: alt.Chart, params: Sequence[str], width: int = WIDTH) -> Spec:
    chart = alt.layer(*layers).properties(width=width, background="transparent", padding=2)
    described: Spec = (
        chart.configure(font="sans-serif").add_params(*(alt.param(name=name, value=0) for name in params)).to_dict()
    )
    return described


# ------------------------------------------------------------------ from description to SVG

# What Vega writes for its own reader of SVGs, and what the page's stylesheet decides.
_IDLE = re.compile(r' (?:role|aria-[a-z]+|font-family|pointer-events|class)="[^"]*"')
_NOTHING = re.compile(r'<path d="[^"]*"(?: stroke="#ddd"| display="none")?/>')
_OPENING = re.compile(r"<svg [^>]*viewBox=\"(?P<box>[^\"]+)\"[^>]*>")
_LONG_NUMBER = re.compile(r"(\d\.\d\d)\d+")


def _drawn(
    chart_id: str,
    title: str,
    description: str,
    spec: Spec,
    data: Mapping[str, Sequence[Spec]],
    params: Mapping[str, Any],
    height: int,
) -> Chart:
    told = [param | {"value": params[param["name"]]} for param in spec["params"]]
    drawn = vl_convert.vegalite_to_svg(
        spec | {"height": height, "datasets": data, "params": told}, vl_version=_VEGA_LITE
    )
    opening = _OPENING.match(drawn)
    assert opening is not None
    _, _, width, full_height = opening["box"].split()
    inside = _LONG_NUMBER.sub(r"\1", _NOTHING.sub("", _IDLE.sub("", drawn[opening.end() :])))
    head = Markup(
        '<svg class="chart" role="img" aria-labelledby="{0}-title {0}-desc" viewBox="{1}" width="{2}" height="{3}">'
        '<title id="{0}-title">{4}</title><desc id="{0}-desc">{5}</desc>'
    ).format(chart_id, opening["box"], width, full_height, escape(title), escape(description))
    return Chart(title, description, head + Markup(inside))
