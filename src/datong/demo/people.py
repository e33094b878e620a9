"""The people of the county, as they truly are: name, numbers, dates, what they do and who answers for the young."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from datong.demo import names, numbers
from datong.demo.addresses import Indices
from datong.demo.households import TODAY, YEAR, Families, Relation

SCHOOL_DAY = int(np.datetime64("2026-09-01").astype(np.int64))


class Occupation(IntEnum):
    CHILD = 0  # 学龄前
    PUPIL = 1  # 在校生
    EMPLOYED = 2  # 单位职工
    SELF_EMPLOYED = 3  # 灵活就业
    FARMING = 4  # 务农
    AT_HOME = 5  # 无业、家务、外出求学
    RETIRED = 6  # 退休或年老


@dataclass(frozen=True)
class People:
    """Row i is person i. Days are counted from 1970; -1 means none.

    `telephone` is the serial of the number one is reached at: one's own, or that of who answers for one.
    `grade` is the school year, 1–12, 0 for those not at school. `guardian` is a person, for those under 18.
    """

    household: Indices
    relation: NDArray[np.int8]
    male: NDArray[np.bool_]
    birth: Indices
    died: Indices
    name: NDArray[np.object_]
    identity: NDArray[np.object_]
    telephone: Indices
    changed_telephone: NDArray[np.bool_]
    occupation: NDArray[np.int8]
    grade: NDArray[np.int8]
    guardian: Indices
    head: Indices

    def __len__(self) -> int:
        return len(self.household)

    def age(self, who: Indices, *, on: int = TODAY) -> Indices:
        return ((on - self.birth[who]) / YEAR).astype(np.int64)

    def mobile(self, who: Indices) -> list[str]:
        return numbers.mobiles(self.telephone[who])

    def former_mobile(self, who: Indices) -> list[str]:
        """The number before, for those who changed it; "" for the others."""
        serial = self.telephone[who]
        return numbers.mobiles(np.where(self.changed_telephone[who], serial + len(self), -1))

    def card(self, who: Indices) -> list[str]:
        return numbers.cards(who)


def bring_up(families: Families, draw: Generator) -> People:
    n = len(families.household)
    birth_date = families.birth.astype("datetime64[D]")
    age = ((TODAY - families.birth) / YEAR).astype(np.int64)
    latin = (draw.random(n) < 0.0008) & (age >= 25) & (families.relation <= Relation.SPOUSE)
    head = families.first[_position(families)]
    guardian = np.where(age < 18, _guardians(families, head, draw), -1)
    telephone = np.where((age >= 12) & (draw.random(n) < 0.93), np.arange(n), -1)
    fallback = np.where(guardian >= 0, guardian, head)
    occupation, grade = _occupations(families.birth, age, draw)
    return People(
        household=families.household,
        relation=families.relation,
        male=families.male,
        birth=families.birth,
        died=_deaths(age, families.birth, draw),
        name=_names(families, birth_date, latin, draw),
        identity=numbers.identity_numbers(_areas(age, latin, draw), birth_date, families.male),
        telephone=np.where(telephone >= 0, telephone, telephone[fallback]),
        changed_telephone=draw.random(n) < 0.16,
        occupation=occupation,
        grade=grade,
        guardian=guardian,
        head=head,
    )


def _position(families: Families) -> Indices:
    """Which entry of `first` each person's household is."""
    starts = np.zeros(len(families.household), dtype=np.int64)
    starts[families.first[1:]] = 1
    return np.cumsum(starts)


def _guardians(families: Families, head: Indices, draw: Generator) -> Indices:
    """A child's guardian is the head or, rather more often than not, the head's spouse."""
    beside = np.minimum(head + 1, len(head) - 1)
    spouse = (families.relation[beside] == Relation.SPOUSE) & (
        families.household[beside] == families.household
    )
    return np.where(spouse & (draw.random(len(head)) < 0.55), beside, head)


def _names(
    families: Families, birth: NDArray[np.datetime64], latin: NDArray[np.bool_], draw: Generator
) -> names.Names:
    n = len(families.household)
    position = _position(families)
    households = len(families.first)
    of_head, of_spouse, of_mother = (names.surnames(households, draw)[position] for _ in range(3))
    head_is_man = families.male[families.first][position]
    # A child has the father's name but for one in twenty; the head's father shares the head's.
    fathers = np.where(head_is_man ^ (draw.random(n) < 0.05), of_head, of_spouse)
    surname = np.select(
        [families.relation == r for r in (Relation.SPOUSE, Relation.CHILD, Relation.MOTHER)],
        [of_spouse, fathers, of_mother],
        of_head,
    )
    year = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    name = surname + names.given_names(year, families.male, draw)
    ways = draw.random(households)[position]
    dotted, unbroken = np.flatnonzero(ways < 0.012), np.flatnonzero((ways >= 0.012) & (ways < 0.018))
    name[dotted] = names.dotted_names(families.household[dotted], draw)
    name[unbroken] = names.unbroken_names(len(unbroken), draw)
    name[latin] = names.latin_names(int(latin.sum()), draw)
    named: names.Names = name
    return named


def _areas(age: Indices, latin: NDArray[np.bool_], draw: Generator) -> Indices:
    """Most were first registered here; those who came, in a neighbouring county; foreign residents by country."""
    elsewhere = draw.choice(np.array(numbers.NEIGHBOURS), len(age))
    here = draw.random(len(age)) < np.where(age < 20, 0.95, 0.84)
    return np.where(
        latin, draw.choice(np.array(numbers.FOREIGN), len(age)), np.where(here, numbers.AREA, elsewhere)
    )


def _deaths(age: Indices, birth: Indices, draw: Generator) -> Indices:
    """Those who died in the last three years, still in one table or another."""
    chance = np.interp(age, [0, 50, 65, 80, 95], [0.0004, 0.002, 0.012, 0.06, 0.2])
    day = TODAY - draw.integers(3, 1095, len(age))
    return np.where((draw.random(len(age)) < chance) & (day > birth), day, -1)


def _occupations(birth: Indices, age: Indices, draw: Generator) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    grade = ((SCHOOL_DAY - birth) / YEAR).astype(np.int64) - 5
    chance = draw.random(len(age))
    at_school = (grade >= 1) & ((grade <= 9) | ((grade <= 12) & (chance < 0.9)))
    job = np.select(
        [chance < 0.46, chance < 0.64, chance < 0.84],
        [Occupation.EMPLOYED, Occupation.SELF_EMPLOYED, Occupation.FARMING],
        Occupation.AT_HOME,
    )
    occupation = np.select(
        [at_school, age < 7, age < 18, (age < 23) & (chance < 0.5), age < 60],
        [Occupation.PUPIL, Occupation.CHILD, Occupation.AT_HOME, Occupation.AT_HOME, job],
        Occupation.RETIRED,
    )
    return occupation.astype(np.int8), np.where(at_school, grade, 0).astype(np.int8)
