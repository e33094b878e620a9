"""Days as departments write them down: one habit a system, or several in one column where people type."""

from collections.abc import Mapping

import numpy as np
from numpy.random import Generator

from datong.demo.addresses import Indices
from datong.demo.numbers import calendar_number

# Each habit as a format of year, month and day.
ISO = "{0:04}-{1:02}-{2:02}"
COMPACT = "{0:04}{1:02}{2:02}"
SLASHED = "{0}/{1}/{2}"
DOTTED = "{0}.{1:02}.{2:02}"
HAN = "{0}年{1}月{2}日"
MONTH_DOTTED = "{0}.{1}"
MONTH_DASHED = "{0}-{1:02}"
MONTH_HAN = "{0}年{1}月"


def written(days: Indices, habit: str) -> list[str]:
    """Each day in that habit."""
    numbered = calendar_number(days.astype("datetime64[D]")).tolist()
    return [habit.format(n // 10000, n // 100 % 100, n % 100) for n in numbered]


def by_hand(days: Indices, habits: Mapping[str, float], draw: Generator) -> list[str]:
    """Each day in one of the habits, drawn by its share."""
    names = list(habits)
    shares = np.array(list(habits.values()))
    which = draw.choice(len(names), len(days), p=shares / shares.sum())
    numbered = calendar_number(days.astype("datetime64[D]")).tolist()
    return [
        names[w].format(n // 10000, n // 100 % 100, n % 100)
        for n, w in zip(numbered, which.tolist(), strict=True)
    ]
