import numpy as np
import pytest

from datong.demo.addresses import Form, _numbered, build
from datong.demo.county import County
from datong.demo.places import TOWNS, Kind, places_for


def test_no_two_dwellings_share_an_address(county: County) -> None:
    everywhere = np.arange(len(county.dwellings))
    full = county.dwellings.address(everywhere, Form.FULL)
    assert len(set(full)) == len(everywhere)


def test_two_hundred_thousand_dwellings_are_still_told_apart() -> None:
    dwellings = build(200_000, np.random.default_rng(0))
    coordinates = np.c_[dwellings.place, dwellings.number, dwellings.unit, dwellings.room]
    assert len(np.unique(coordinates, axis=0)) == len(dwellings)
    heads = [(place.town.code, place.beneath) for place in dwellings.places]
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize("kind", list(Kind))
def test_however_large_a_place_grows_its_numbers_tell_homes_apart(kind: Kind) -> None:
    place = next(place for place in places_for(5000) if place.kind is kind)
    assert len(np.unique(np.stack(_numbered(place, np.arange(5000))), axis=1).T) == 5000


def test_a_home_is_written_in_each_of_its_forms(county: County) -> None:
    d = county.dwellings
    estate = next(
        i for i, place in enumerate(d.places) if place.kind is Kind.ESTATE and place.beneath != place.formerly
    )
    where = np.flatnonzero(d.place == estate)[:1]
    full, short_of_province, short, historic = (d.address(where, form)[0] for form in Form)
    assert full == "岚东省岚川市" + short_of_province
    assert short_of_province.startswith("榕溪县" + d.places[estate].town.name)
    assert short == f"{d.places[estate].short}{d.number[where][0]}-{d.unit[where][0]}-{d.room[where][0]}"
    assert d.places[estate].town.formerly in historic
    assert len({full, short_of_province, short, historic}) == 4


def test_every_town_has_homes_however_few_there_are() -> None:
    assert {place.town.name for place in places_for(80)} == {town.name for town in TOWNS}


def test_those_who_moved_lived_somewhere_else_before(county: County) -> None:
    homes = county.households
    moved = homes.former >= 0
    assert 0.05 < moved.mean() < 0.2
    assert (homes.former[moved] != homes.dwelling[moved]).all()
    assert (homes.moved_on[~moved] == -1).all()
