"""What grading asks of whoever keeps it."""

from dataclasses import replace
from typing import Any

import pytest

from datong.grading.scheme import Grade
from datong.terms.names import ResourceName
from datong.terms.stale_write import StaleWrite
from tests.stores.nouns import AT, RESIDENT, grade, happened


def test_grades_come_back_with_their_evidence_in_the_tables_order(grading: Any) -> None:
    grading.save((grade("xm"), grade("csrq"), grade("gmsfhm")), happened("resource/police.resident"))
    assert grading.columns(RESIDENT) == tuple(
        replace(grade(column), revision=1) for column in ("xm", "csrq", "gmsfhm")
    )
    assert grading.column(RESIDENT, "csrq") == replace(grade("csrq"), revision=1)
    assert grading.column(RESIDENT, "no_such") is None
    assert grading.columns(ResourceName("civil", "allowance")) == ()


def test_a_confirmed_grade_comes_back_with_who_confirmed_it_and_when(grading: Any) -> None:
    grading.save((grade("xm"),), happened("any"))
    confirmed = replace(
        grading.column(RESIDENT, "xm"), confirmed=Grade.G3, confirmed_by="police.data", confirmed_at=AT
    )
    grading.save((confirmed,), happened("any"))
    assert grading.column(RESIDENT, "xm") == replace(confirmed, revision=2)


def test_one_stale_grade_among_several_saves_none_of_them(grading: Any) -> None:
    grading.save((grade("xm"), grade("csrq")), happened("any"))
    seen = grading.columns(RESIDENT)
    grading.save((replace(seen[1], confirmed=Grade.G2),), happened("any"))
    with pytest.raises(StaleWrite):
        grading.save(tuple(replace(one, confirmed=Grade.G4) for one in seen), happened("any"))
    assert [one.confirmed for one in grading.columns(RESIDENT)] == [None, Grade.G2]
