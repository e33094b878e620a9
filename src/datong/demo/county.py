"""The county as it truly is, before any department writes it down."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.random import Generator

from datong.demo.addresses import Dwellings, Indices, build
from datong.demo.firms import Firms, hire, open_firms
from datong.demo.households import Households, compose, settle
from datong.demo.people import People, bring_up
from datong.terms.fault import Fault
from datong.terms.text import Text

SMALLEST = 200


class CountyTooSmall(Fault, ValueError):
    def __init__(self, people: int) -> None:
        self.people = people
        super().__init__(
            Text(
                zh=f"{people} 人的县填不满八个部门的表。请至少生成 {SMALLEST} 人。",
                en=f"A county of {people} people has too few to fill eight departments' tables. Ask for {SMALLEST} or more.",
            )
        )


@dataclass(frozen=True)
class County:
    """Everything refers by row: a person to a household and an employer (-1: none), a household to a dwelling."""

    seed: int
    dwellings: Dwellings
    households: Households
    people: People
    firms: Firms
    employer: Indices


def found(people: int, *, seed: int) -> County:
    if people < SMALLEST:
        raise CountyTooSmall(people)
    families = compose(people, chance(seed, "families"))
    count = len(families.first)
    dwellings = build(int(count * 1.08), chance(seed, "dwellings"))
    residents = bring_up(families, chance(seed, "people"))
    firms = open_firms(residents, dwellings.places, chance(seed, "firms"))
    return County(
        seed=seed,
        dwellings=dwellings,
        households=settle(count, dwellings, chance(seed, "households")),
        people=residents,
        firms=firms,
        employer=hire(residents, firms, chance(seed, "employment")),
    )


def chance(seed: int, part: str) -> Generator:
    """Each part of the county draws from its own stream, so that a change in one leaves the others as they were."""
    return np.random.default_rng([seed, crc32(part.encode())])
