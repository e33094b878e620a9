"""Who is on a department's list: those who should be, and those a late update left there."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from datong.demo.addresses import Indices
from datong.demo.county import County
from datong.demo.slips import Slip, rate
from datong.demo.tables import Subjects


def listed(county: County, who: Indices, table: str, draw: Generator, **drawn_with: Indices) -> Subjects:
    """Those of `who` who live, and the share of the dead whom nobody has taken off, marked "late"; in a drawn order.

    `drawn_with`: what else was drawn for each of `who`, kept beside them.
    """
    dead = county.people.died[who] >= 0
    kept = draw.permutation(np.flatnonzero(~dead | (draw.random(len(who)) < rate(Slip.LATE_UPDATE, table))))
    return {
        "person": who[kept],
        "late": dead[kept],
        **{name: column[kept] for name, column in drawn_with.items()},
    }


def everyone(county: County) -> Indices:
    return np.arange(len(county.people))


def home(county: County, subjects: Subjects) -> Indices:
    """Where each row's person lives."""
    return county.households.dwelling[county.people.household[subjects["person"]]]


def sexes(county: County, who: Indices, words: tuple[str, str]) -> list[str]:
    """Men by the first word, women by the second."""
    return [words[0] if man else words[1] for man in county.people.male[who].tolist()]


def where_so(so: NDArray[np.bool_], cells: Sequence[Any]) -> list[Any]:
    """The cells where it is so, and nothing elsewhere."""
    return [cell if known else None for cell, known in zip(cells, so.tolist(), strict=True)]


def drawn(
    choices: Sequence[str | None], count: int, draw: Generator, p: Sequence[float] | None = None
) -> list[Any]:
    """One of the choices for each row, by its share."""
    return [choices[i] for i in draw.choice(len(choices), count, p=p).tolist()]
