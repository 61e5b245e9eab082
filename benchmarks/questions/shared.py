"""What several answers need: joins, intervals, counts that round to a percentage."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.stats import norm

Tables = dict[str, pd.DataFrame]
Answer = pd.DataFrame
Bounds = tuple[pd.Series, pd.Series]


def with_body(tables: Tables, frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Rows of inspections with the name of the inspected body, and with other columns of dim_inspection."""
    return frame.merge(tables["dim_inspection"][["inspection_id", "organisation_name", *columns]], on="inspection_id")


def with_measure(tables: Tables, frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Rows of measures with the name of the measure, and with other columns of dim_measure."""
    return frame.merge(tables["dim_measure"][["measure_id", "measure_name", *columns]], on="measure_id")


def joined(texts: Iterable[str]) -> str:
    """Texts of a group in one."""
    return "; ".join(texts)


def half_up(numbers: pd.Series) -> pd.Series:
    """Whole numbers, halves away from zero as in print; pandas rounds them to even."""
    return np.trunc(numbers + np.copysign(0.5, numbers))


def printed_pct(figures: pd.DataFrame) -> pd.Series:
    """The percentage of reported figures, worked out where only the counts are printed."""
    return figures.value_pct.fillna(half_up(100 * figures.numerator_n / figures.denominator_n))


def only_count(figures: pd.DataFrame) -> pd.Series:
    """The count of reported figures, where a single one fits."""
    return figures.count_n_low.where(figures.count_n_low == figures.count_n_high)


def counts_that_fit(pct: pd.Series, n: pd.Series) -> pd.Series:
    """How many counts of n round to a percentage, half up or half to even."""
    scale = np.select([pct % 1 == 0, 10 * pct % 1 == 0], [1, 10], 100)
    digits = (pct * scale).round()
    lowest = np.ceil(n * (2 * digits - 1) / (200 * scale)).clip(lower=0)
    highest = np.floor((n * (2 * digits + 1) - digits % 2) / (200 * scale)).clip(upper=n)
    return (highest - lowest + 1).clip(lower=0)


def wilson(k: pd.Series, n: pd.Series, confidence: float = 95) -> Bounds:
    """Bounds in per cent of k in n."""
    z = norm.ppf(0.5 + confidence / 200)
    middle = k + z * z / 2
    half = z * np.sqrt(k * (n - k) / n + z * z / 4)
    return (100 * (middle - half) / (n + z * z)).round(2), (100 * (middle + half) / (n + z * z)).round(2)


def newcombe(k1: pd.Series, n1: pd.Series, k2: pd.Series, n2: pd.Series, confidence: float = 95) -> Bounds:
    """Bounds in points of k1 in n1 less k2 in n2."""
    low1, high1 = wilson(k1, n1, confidence)
    low2, high2 = wilson(k2, n2, confidence)
    p1, p2 = 100 * k1 / n1, 100 * k2 / n2
    low = p1 - p2 - np.sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    high = p1 - p2 + np.sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return low.round(2), high.round(2)
