"""Who lives together: households of singles, couples, children and grandparents, from which the county's ages follow."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from datong.demo.addresses import Dwellings, Indices

AS_OF = date(2026, 11, 20)  # the county is drawn as it stood on this day; nothing in it reads a clock
TODAY = int(np.datetime64(AS_OF).astype(np.int64))  # in days since 1970, like every day below
YEAR = 365.25


class Relation(IntEnum):
    """To the household's head (户主)."""

    HEAD = 0
    SPOUSE = 1
    CHILD = 2
    FATHER = 3
    MOTHER = 4


@dataclass(frozen=True)
class Living:
    """A way of living together: its share of households, the head's age, and how likely each other member is."""

    share: float
    age_from: int
    age_to: int
    spouse: float
    children: tuple[float, float, float]
    parents: float


LIVING = (
    Living(0.085, 20, 36, 0, (0, 0, 0), 0),
    Living(0.030, 36, 60, 0, (0, 0, 0), 0),
    Living(0.080, 62, 94, 0, (0, 0, 0), 0),
    Living(0.060, 23, 33, 1, (0, 0, 0), 0),
    Living(0.150, 50, 88, 1, (0, 0, 0), 0),
    Living(0.225, 27, 55, 1, (1, 0, 0), 0),
    Living(0.190, 29, 52, 1, (1, 1, 0), 0),
    Living(0.020, 31, 50, 1, (1, 1, 1), 0),
    Living(0.070, 28, 56, 1, (1, 0, 0), 0.75),
    Living(0.060, 30, 54, 1, (1, 1, 0), 0.7),
    Living(0.030, 26, 56, 0, (1, 0.2, 0), 0.2),
)
ROLES = (
    Relation.HEAD,
    Relation.SPOUSE,
    Relation.CHILD,
    Relation.CHILD,
    Relation.CHILD,
    Relation.FATHER,
    Relation.MOTHER,
)


@dataclass(frozen=True)
class Families:
    """People by household, the head first. `birth` is a day since 1970; `first` is each household's head."""

    household: Indices
    relation: NDArray[np.int8]
    male: NDArray[np.bool_]
    birth: Indices
    first: Indices


@dataclass(frozen=True)
class Households:
    """Where each household lives, and for those that moved, where it lived until `moved_on` (-1: has not moved)."""

    dwelling: Indices
    former: Indices
    moved_on: Indices

    def __len__(self) -> int:
        return len(self.dwelling)


def compose(people: int, draw: Generator) -> Families:
    """Exactly `people` people in households; the last one may have lost a member to the count."""
    count = people // 2 + 8  # a household has well over two members, so this is more than enough
    shares = np.array([living.share for living in LIVING])
    living = draw.choice(len(LIVING), count, p=shares / shares.sum())
    birth, present, male = _members(living, draw)
    household, role = np.nonzero(present)
    household, role = household[:people], role[:people]
    first = np.flatnonzero(np.r_[True, household[1:] != household[:-1]])
    relation = np.array(ROLES, dtype=np.int8)[role]
    return Families(household, relation, male[household, role], birth[household, role], first)


def settle(households: int, dwellings: Dwellings, draw: Generator) -> Households:
    """Each household in a dwelling of its own; a tenth came within ten years from one where others may live now."""
    moved = draw.random(households) < 0.11
    former = np.where(moved, draw.integers(0, len(dwellings), households), -1)
    former[former == np.arange(households)] = -1
    moved_on = np.where(former >= 0, TODAY - draw.integers(20, 3650, households), -1)
    return Households(np.arange(households), former, moved_on)


def _members(living: Indices, draw: Generator) -> tuple[Indices, NDArray[np.bool_], NDArray[np.bool_]]:
    """Birth days, presence and sex as (household, role) tables; who isn't born yet or is too old isn't present."""
    n = len(living)
    table = {
        name: np.array([getattr(kind, name) for kind in LIVING])[living] for name in Living.__annotations__
    }
    age = draw.uniform(table["age_from"], table["age_to"] + 1)
    birth = np.empty((n, len(ROLES)), dtype=np.int64)
    male = draw.random((n, len(ROLES))) < 0.515
    male[:, 0] = draw.random(n) < np.where(table["spouse"] > 0, 0.76, 0.5)
    male[:, 1], male[:, 5], male[:, 6] = ~male[:, 0], True, False
    birth[:, 0] = TODAY - (age * YEAR).astype(np.int64)
    birth[:, 1] = birth[:, 0] + _years(draw.normal(1.2, 2.6, n) * np.where(male[:, 0], 1, -1))
    birth[:, 2:5] = _children(np.where(male[:, 0], birth[:, 1], birth[:, 0]), draw)
    birth[:, 5] = birth[:, 0] - _years(draw.normal(27, 3.5, n).clip(19, 45))
    birth[:, 6] = birth[:, 0] - _years(draw.normal(25, 3.2, n).clip(18, 42))
    chance = np.c_[np.ones(n), table["spouse"], table["children"], table["parents"], table["parents"]]
    ages = (TODAY - birth) / YEAR
    oldest = np.array([120, 120, 28, 28, 28, 96, 98])
    present = (draw.random(chance.shape) < chance) & (ages > 0) & (ages < oldest)
    present[:, 2:5] &= draw.random((n, 3)) < _births_kept(ages[:, 2:5])
    return birth, present, male


def _children(mother: Indices, draw: Generator) -> Indices:
    n = len(mother)
    eldest = mother + _years(draw.normal(26, 3.6, n).clip(18, 42))
    second = eldest + _years(draw.uniform(1.1, 6.5, n))
    # Twins have a surname, a birthday, an address and often a telephone in common: the hardest pairs to tell apart.
    second = np.where(draw.random(n) < 0.02, eldest, second)
    children: Indices = np.c_[eldest, second, second + _years(draw.uniform(1.2, 5, n))]
    return children


def _births_kept(age: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fewer were born each year after 2017."""
    kept: NDArray[np.float64] = np.interp(age, [0, 4, 9, 12], [0.42, 0.5, 0.9, 1.0])
    return kept


def _years(years: NDArray[np.float64]) -> Indices:
    days: Indices = (years * YEAR).astype(np.int64)
    return days
