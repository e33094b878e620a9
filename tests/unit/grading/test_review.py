from dataclasses import replace

import pytest

from datong.grading import review
from datong.grading.scheme import ColumnGrade, Grade, Proposal, Verdict
from datong.terms.names import ResourceName
from tests.fakes import NOON

RESIDENT = ResourceName("police", "resident")


def proposal(grade: str, element: str = "person.name", verdict: Verdict = Verdict.LIKELY) -> Proposal:
    return Proposal(Grade[grade], verdict, element, (), "cn-1")


def column(proposed: str, confirmed: str = "", element: str = "person.name") -> ColumnGrade:
    known = review.proposed(RESIDENT, "x", proposal(proposed, element))
    return replace(known, confirmed=Grade[confirmed]) if confirmed else known


def confirm(known: ColumnGrade, grade: str, by: str = "first", because: str = "并非个人信息") -> ColumnGrade:
    return review.confirmed(known, Grade[grade], by=by, at=NOON, because=because)


@pytest.mark.parametrize(
    ("proposed", "confirmed", "to", "at_once"),
    [
        ("G3", "", "G3", True),  # as proposed
        ("G3", "", "G4", True),  # raised
        ("G3", "", "G2", False),  # below the proposal
        ("G2", "G4", "G3", False),  # below what was confirmed, though above the proposal
        ("G2", "G4", "G4", True),
        (
            "G4",
            "G2",
            "G2",
            False,
        ),  # confirmed low before something graver was proposed: that is a lowering again
        ("G3", "", "IMPORTANT", True),
    ],
)
def test_raising_takes_one_person_and_lowering_two(proposed, confirmed, to, at_once):
    known = column(proposed, confirmed)
    after = confirm(known, to)
    if at_once:
        assert (after.confirmed, after.confirmed_by, after.confirmed_at) == (Grade[to], "first", NOON)
        assert after.lowering_to is None
        return
    assert after.confirmed == known.confirmed  # until the second person, what was confirmed stays in force
    assert (after.lowering_to, after.lowering_by, after.lowering_because) == (
        Grade[to],
        "first",
        "并非个人信息",
    )
    with pytest.raises(review.SecondPersonNeeded):
        confirm(after, to)
    lowered = confirm(after, to, by="second", because="")
    assert (lowered.confirmed, lowered.confirmed_by) == (Grade[to], "second")
    assert (lowered.lowering_to, lowered.lowering_by, lowered.lowering_because) == (None, "", "")


def test_a_lowering_takes_a_reason():
    with pytest.raises(review.LoweringNeedsAReason):
        confirm(column("G3"), "G2", because="  ")


def test_a_second_person_who_would_lower_further_is_the_first_of_another_lowering():
    waiting = confirm(column("G4"), "G3")
    further = confirm(waiting, "G1", by="second")
    assert (further.confirmed, further.lowering_to, further.lowering_by) == (None, Grade.G1, "second")


def test_confirming_as_proposed_ends_a_lowering_that_waits():
    waiting = confirm(column("G3"), "G1")
    kept = confirm(waiting, "G3", by="second")
    assert (kept.confirmed, kept.lowering_to) == (Grade.G3, None)


@pytest.mark.parametrize(
    ("before", "confirmed", "now", "stays"),
    [
        (proposal("G2"), "G2", proposal("G2"), True),
        (proposal("G2"), "G3", proposal("G3"), True),  # what was confirmed covers it
        (proposal("G2"), "G2", proposal("G3"), False),
        (proposal("G3"), "G1", proposal("G3"), True),  # two people lowered it with this before them
        (proposal("G3"), "G1", proposal("G2"), True),
        (proposal("G3"), "G1", proposal("G4"), False),
        (proposal("G3"), "G1", proposal("G3", verdict=Verdict.PROVED), False),  # likely became proved
        (proposal("G3"), "G1", proposal("G3", "person.mobile"), False),  # something else than they judged
    ],
)
def test_a_confirmation_is_lost_to_something_graver_than_was_judged(before, confirmed, now, stays):
    known = replace(review.proposed(RESIDENT, "x", before), confirmed=Grade[confirmed], confirmed_by="first")
    again = review.reproposed(known, now)
    assert again.proposal == now
    assert (again.confirmed == Grade[confirmed]) is stays
    assert (again.confirmed_by == "first") is stays


def test_a_lowering_that_waits_is_lost_to_something_graver_too():
    waiting = confirm(column("G3"), "G2")
    assert review.reproposed(waiting, proposal("G3")).lowering_to is Grade.G2
    assert review.reproposed(waiting, proposal("G4")).lowering_to is None
