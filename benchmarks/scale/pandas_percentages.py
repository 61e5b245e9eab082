"""Percentages in pandas: the counts that a printed percentage can stand for, intervals, bands."""

from __future__ import annotations

import numpy as np
import pandas as pd

Z = {80: 1.2815515655446004, 95: 1.959963984540054}
LARGEST_BASE = 500  # as int_numbers__spine: bases tried, and factorials known


def decimals_of(value: pd.Series) -> np.ndarray:
    """Decimals a printed number shows."""
    return np.select([value == value.round(), value == value.round(1)], [0, 1], 2)


def lowest_count(pct: pd.Series, n: pd.Series) -> pd.Series:
    """Smallest count of n that is printed as the percentage."""
    unit = 10.0 ** decimals_of(pct)
    return np.ceil(n * (2 * (pct * unit).round() - 1) / (200 * unit)).clip(lower=0)


def highest_count(pct: pd.Series, n: pd.Series) -> pd.Series:
    """Largest count of n that is printed as the percentage."""
    unit = 10.0 ** decimals_of(pct)
    printed = (pct * unit).round()
    return np.minimum(np.floor((n * (2 * printed + 1) - printed % 2) / (200 * unit)), n)


def wilson(low_k: pd.Series, high_k: pd.Series, n: pd.Series, name: str) -> dict[str, pd.Series]:
    """Bounds of the Wilson intervals in per cent, low_k setting the lower ones."""
    n = n.where(n > 0)
    return {
        f"{name}_{side}_{level}": (
            100 * (k + z * z / 2 + sign * z * np.sqrt(np.maximum(k * (n - k) / n + z * z / 4, 0))) / (n + z * z)
        ).round(2)
        for level, z in Z.items()
        for side, k, sign in (("low", low_k, -1), ("high", high_k, 1))
    }


def numbered(rows: pd.DataFrame, times: pd.Series) -> pd.DataFrame:
    """Each row as many times as it says, with a number from 0."""
    repeated = rows.loc[rows.index.repeat(times)]
    return repeated.assign(number=repeated.groupby(level=0).cumcount()).reset_index(drop=True)


def smaller_bases(impossible: pd.DataFrame) -> pd.DataFrame:
    """Of percentages (pct) that are impossible of their base (stated_n): the smaller bases they are possible of."""
    pairs = impossible[["pct", "stated_n"]].drop_duplicates(ignore_index=True)
    tried = numbered(pairs, (pairs["stated_n"] - 1).clip(0, LARGEST_BASE).astype("int64"))
    tried["number"] += 1
    possible = tried[lowest_count(tried["pct"], tried["number"]) <= highest_count(tried["pct"], tried["number"])]
    possible = possible.assign(text=possible["number"].astype("str")).groupby(["pct", "stated_n"])
    return possible.agg(largest_n=("number", "max"), possible_bases=("text", ", ".join)).reset_index()


def with_smaller_bases(counted: pd.DataFrame, status: str) -> pd.DataFrame:
    """Rows with the smaller bases of those whose status is impossible."""
    impossible = counted[status] == "impossible"
    counted = counted.merge(smaller_bases(counted[impossible]), on=["pct", "stated_n"], how="left")
    return counted.assign(
        largest_n=counted["largest_n"].where(impossible).astype("Int32"),
        possible_bases=counted["possible_bases"].where(impossible),
    )


def band_of(pct: pd.Series, scale: pd.DataFrame) -> np.ndarray:
    """Position in the rating scale, -1 where there is none."""
    bands = pd.IntervalIndex.from_arrays(scale["low_pct"], scale["high_pct"], closed="both")
    return bands.get_indexer(np.floor(pct + 0.5))


def in_band(pct: pd.Series, scale: pd.DataFrame, column: str) -> pd.Series:
    """A column of the rating scale for every percentage."""
    return scale[column].reindex(band_of(pct, scale)).set_axis(pct.index)
