"""Dwellings, and their addresses in the forms in which departments write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from datong.demo.places import CITY, COUNTY, PROVINCE, Kind, Place, places_for

Indices = NDArray[np.int64]
_HAN = (
    "",
    *"一二三四五六七八九十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
)


class Form(IntEnum):
    FULL = 0  # 岚东省岚川市榕溪县榕荫街道人民路17号锦绣花园3栋2单元1103室
    COUNTY = 1  # 榕溪县榕荫街道人民路17号锦绣花园3栋2单元1103室
    SHORT = 2  # 锦绣花园3-2-1103
    HISTORIC = 3  # 榕溪县城关镇解放路17号棉纺厂宿舍3幢2单元1103


@dataclass(frozen=True)
class Dwellings:
    """`number` is the building, house number or village group; `unit` and `room` as the kind of place has them."""

    places: tuple[Place, ...]
    place: Indices
    number: Indices
    unit: Indices
    room: Indices

    def __len__(self) -> int:
        return len(self.place)

    def address(self, which: Indices, form: Form) -> list[str]:
        """The address of each dwelling of `which`, in its order."""
        heads = [head(place, form) for place in self.places]
        kinds = [place.kind for place in self.places]
        rows = zip(*(a[which].tolist() for a in (self.place, self.number, self.unit, self.room)), strict=True)
        return [heads[p] + tail(kinds[p], form, number, unit, room) for p, number, unit, room in rows]


def head(place: Place, form: Form) -> str:
    if form is Form.SHORT:
        return place.short
    if form is Form.HISTORIC:
        return COUNTY + place.town.formerly + place.formerly
    county = COUNTY + place.town.name + place.beneath
    return PROVINCE + CITY + county if form is Form.FULL else county


def tail(kind: Kind, form: Form, number: int, unit: int, room: int) -> str:
    if kind is Kind.ESTATE:
        if form is Form.SHORT:
            return f"{number}-{unit}-{room}"
        return f"{number}幢{unit}单元{room}" if form is Form.HISTORIC else f"{number}栋{unit}单元{room}室"
    if kind is Kind.ROAD:
        return f"{number}-{room}" if form is Form.SHORT else f"{number}号{room}室"
    if form is Form.SHORT:
        return f"{_han(number)}组{room}号"
    return f"{number}队{room}号" if form is Form.HISTORIC else f"{number}组{room}号"


def build(count: int, draw: Generator) -> Dwellings:
    """At least `count` dwellings over the county, no two alike, in no order."""
    places = places_for(count)
    share = np.array(_shares(places))
    place = draw.permutation(
        np.repeat(np.arange(len(places)), np.ceil(share / share.sum() * count).astype(int))
    )
    number, unit, room = (np.empty(len(place), dtype=np.int64) for _ in range(3))
    for index, there in enumerate(places):
        mine = np.flatnonzero(place == index)
        number[mine], unit[mine], room[mine] = _numbered(there, draw.permutation(len(mine)))
    return Dwellings(places, place, number, unit, room)


def _shares(places: Sequence[Place]) -> list[float]:
    """A town's people are spread over its places of a kind; four in five of its urban ones live in estates."""
    of_kind = [(place.town.code, place.kind) for place in places]
    part = {Kind.ESTATE: 0.8, Kind.ROAD: 0.2, Kind.VILLAGE: 1.0}
    return [
        place.town.weight
        * (place.town.urban if place.kind is not Kind.VILLAGE else 1 - place.town.urban)
        * part[place.kind]
        / of_kind.count((place.town.code, place.kind))
        for place in places
    ]


def _numbered(place: Place, rank: Indices) -> tuple[Indices, Indices, Indices]:
    """The numbers of the rank-th dwelling of a place: up the stairs, then the next unit, then the next building."""
    if place.kind is Kind.VILLAGE:
        return rank // 40 % 20 + 1, np.zeros_like(rank), rank % 40 + 1 + rank // 800 * 40
    if place.kind is Kind.ROAD:
        return rank // 8 + 1, np.zeros_like(rank), (rank // 2 % 4 + 1) * 100 + rank % 2 + 1
    door, floor = rank % 2 + 1, rank // 2 % place.floors + 1
    stairs = rank // (2 * place.floors)
    return stairs // place.units + 1, stairs % place.units + 1, floor * 100 + door


def _han(number: int) -> str:
    return _HAN[number] if number < len(_HAN) else str(number)
