import numpy as np
import pytest

from datong.demo.county import County, CountyTooSmall, found
from datong.demo.firms import FirmKind, of_kind
from datong.demo.households import TODAY, Relation
from datong.demo.people import Occupation


def test_a_county_has_exactly_the_people_asked_for() -> None:
    assert [len(found(people, seed=1).people) for people in (200, 777)] == [200, 777]


def test_a_county_too_small_for_its_departments_is_refused_with_the_least_there_can_be() -> None:
    with pytest.raises(CountyTooSmall, match="Ask for 200 or more"):
        found(199, seed=1)


def test_every_household_has_one_head_and_a_dwelling_of_its_own(county: County) -> None:
    heads = np.bincount(county.people.household[county.people.relation == Relation.HEAD])
    assert set(heads) == {1}
    assert len(set(county.households.dwelling)) == len(county.households)


def test_no_child_is_older_than_its_parents(county: County) -> None:
    people = county.people
    children = np.flatnonzero(people.relation == Relation.CHILD)
    assert len(children)
    assert (people.birth[children] - people.birth[people.head[children]] > 14 * 365).all()


def test_ages_make_a_pyramid_with_its_bulge_in_the_middle(county: County) -> None:
    age = county.people.age(np.arange(len(county.people)))
    children, middle, old = ((age < 15).mean(), ((age >= 25) & (age < 60)).mean(), (age >= 60).mean())
    assert 0.08 < children < 0.25
    assert 0.4 < middle < 0.65
    assert 0.12 < old < 0.3


def test_most_children_share_a_parents_surname(county: County) -> None:
    people = county.people
    children = np.flatnonzero((people.relation == Relation.CHILD) & (people.guardian >= 0))
    by_household: dict[int, set[str]] = {}
    for who in np.flatnonzero(people.relation <= Relation.SPOUSE):
        by_household.setdefault(int(people.household[who]), set()).add(people.name[who][0])
    same = [people.name[c][0] in by_household[int(people.household[c])] for c in children]
    assert np.mean(same) > 0.9


def test_some_names_have_a_middle_dot_and_some_are_latin(larger: County) -> None:
    names = larger.people.name
    assert any("·" in name for name in names)
    assert any(name.isascii() or " " in name for name in names)


def test_guardians_are_grown_up_and_live_in_the_same_household(county: County) -> None:
    people = county.people
    young = np.flatnonzero(people.guardian >= 0)
    guardians = people.guardian[young]
    assert (people.age(young) < 18).all()
    assert (people.age(guardians) >= 18).all()
    assert (people.household[young] == people.household[guardians]).all()


def test_only_those_of_school_age_are_at_school(county: County) -> None:
    people = county.people
    pupils = people.grade > 0
    assert set(people.occupation[pupils]) == {Occupation.PUPIL}
    assert people.age(np.flatnonzero(pupils)).min() >= 6
    assert people.age(np.flatnonzero(pupils)).max() <= 18


def test_firms_answer_to_living_adults_who_were_of_age_when_they_began(larger: County) -> None:
    owner = larger.firms.owner
    assert (larger.people.died[owner] < 0).all()
    assert (larger.people.age(owner) >= 20).all()
    assert (larger.firms.established > larger.people.birth[owner] + 18 * 365).all()
    assert (larger.firms.established <= TODAY).all()
    assert of_kind(larger.firms.trade, FirmKind.COMPANY).any()


def test_the_employed_work_for_firms_that_exist(county: County) -> None:
    employed = county.people.occupation == Occupation.EMPLOYED
    assert ((county.employer >= 0) == employed).all()
    assert set(county.firms.status[county.employer[employed]]) == {"存续"}
