from dataclasses import replace
from pathlib import Path

import pytest

from datong.catalogue.field import Field, FieldType
from datong.catalogue.resource import Resource
from datong.grading import actions, events, review
from datong.grading.pack import read
from datong.grading.scheme import Grade
from datong.grading.standing import outdated
from datong.terms.actor import SYSTEM
from datong.terms.may import MayNot
from datong.terms.names import ResourceName
from datong.terms.text import Text
from tests.fakes import (
    ADMIN,
    AUDITOR,
    HEALTH_DATA,
    HEALTH_HEAD,
    NOON,
    POLICE_DATA,
    POLICE_HEAD,
    POLICE_SECOND,
    REVIEWER,
    FakeGradingStore,
    measure,
)

PACK = read(Path(__file__).parents[3] / "rules" / "cn")
RESIDENT = ResourceName("police", "resident")
ENTRY = Resource(
    RESIDENT,
    Text("常住人口", "Residents"),
    "police",
    fields=tuple(Field(c, FieldType.TEXT) for c in ("姓名", "证件号码", "x17")),
)
CHECKED = {"gb11643": 1.0, "gb11643_shape": 1.0}
MEASURES = (measure("姓名", {"surname": 0.98}), measure("证件号码", CHECKED), measure("x17"))


@pytest.fixture
def store():
    return FakeGradingStore()


def propose(store, measures=MEASURES, pack=PACK, by=SYSTEM):
    return actions.propose(
        store=store, pack=pack, resource=ENTRY, snapshot="7", measures=measures, by=by, at=NOON
    )


def confirm(store, column, grade, by=POLICE_DATA, because=""):
    return actions.confirm(
        store=store, resource=RESIDENT, column=column, grade=Grade[grade], because=because, by=by, at=NOON
    )


def test_every_landed_column_gets_a_proposal_with_its_evidence(store):
    whole = propose(store)
    assert {g.column: g.proposal.grade.name for g in store.columns(RESIDENT)} == {
        "姓名": "G2",
        "证件号码": "G3",
        "x17": "G2",
    }
    assert all(g.proposal.evidence and g.confirmed is None for g in store.columns(RESIDENT))
    assert whole.grade is Grade.G3
    event = store.events[0]
    assert event.kind == "grading.proposed"
    assert event.facts["columns"]["证件号码"]["verdict"] == "proved"
    assert event.facts["table"] == {"grade": "G3", "persons": 1000}


def test_examining_the_same_again_writes_nothing(store):
    propose(store)
    propose(store)
    assert len(store.events) == 1


def test_a_person_confirms_all_that_was_recognised_and_looks_at_the_rest(store):
    propose(store)
    waiting = actions.confirm_proposed(store=store, resource=RESIDENT, by=POLICE_DATA, at=NOON)
    assert [g.column for g in waiting] == ["x17"]
    assert store.column(RESIDENT, "姓名").confirmed is Grade.G2
    confirm(store, "x17", "G2")
    assert actions.confirm_proposed(store=store, resource=RESIDENT, by=POLICE_DATA, at=NOON) == ()
    assert [e.kind for e in store.events[1:]] == ["grading.confirmed", "grading.confirmed"]


def test_a_lowering_waits_for_a_second_person_and_both_are_on_record(store):
    propose(store)
    confirm(store, "证件号码", "G3")
    confirm(store, "证件号码", "G2", because="测试数据")
    assert store.column(RESIDENT, "证件号码").confirmed is Grade.G3
    with pytest.raises(review.SecondPersonNeeded):
        actions.confirm_lowering(store=store, resource=RESIDENT, column="证件号码", by=POLICE_DATA, at=NOON)
    actions.confirm_lowering(store=store, resource=RESIDENT, column="证件号码", by=POLICE_HEAD, at=NOON)
    assert store.column(RESIDENT, "证件号码").confirmed is Grade.G2
    kinds = [e.kind for e in store.events[1:]]
    assert kinds == ["grading.confirmed", "grading.lowering_proposed", "grading.lowering_confirmed"]
    assert dict(store.events[-1].facts) == {
        "column": "证件号码",
        "was": "G3",
        "to": "G2",
        "proposed_by": "police.data",
        "because": "测试数据",
    }
    assert {e.kind for e in store.events} <= events.KINDS.keys()


def test_where_no_lowering_waits_there_is_nothing_to_agree_to(store):
    propose(store)
    with pytest.raises(actions.NoLoweringWaits):
        actions.confirm_lowering(store=store, resource=RESIDENT, column="姓名", by=POLICE_HEAD, at=NOON)
    with pytest.raises(actions.ColumnNotExamined):
        actions.confirm_lowering(store=store, resource=RESIDENT, column="没有", by=POLICE_HEAD, at=NOON)


def test_only_the_departments_own_people_grade_its_columns(store):
    for stranger in (HEALTH_DATA, HEALTH_HEAD, REVIEWER, AUDITOR):
        with pytest.raises(MayNot):
            propose(store, by=stranger)
    propose(store, by=POLICE_DATA)
    for stranger in (HEALTH_DATA, HEALTH_HEAD, REVIEWER, AUDITOR, ADMIN):
        with pytest.raises(MayNot):
            confirm(store, "姓名", "G2", by=stranger)
        with pytest.raises(MayNot):
            actions.confirm_proposed(store=store, resource=RESIDENT, by=stranger, at=NOON)


def test_a_changed_pack_examines_again_and_takes_back_what_it_finds_graver(store):
    propose(store)
    actions.confirm_proposed(store=store, resource=RESIDENT, by=POLICE_DATA, at=NOON)
    stricter = replace(PACK, version="cn-next", of_element={**PACK.of_element, "person.name": Grade.G3})
    assert not outdated(store=store, pack=PACK, resource=RESIDENT)
    assert outdated(store=store, pack=stricter, resource=RESIDENT)
    propose(store, pack=stricter)
    assert store.column(RESIDENT, "姓名").confirmed is None
    assert store.column(RESIDENT, "证件号码").confirmed is Grade.G3
    assert store.events[-1].facts["confirmation_lost"] == ["姓名"]
    assert not outdated(store=store, pack=stricter, resource=RESIDENT)


def test_what_two_people_lowered_stays_lowered_at_the_next_delivery(store):
    propose(store)
    confirm(store, "姓名", "G1", because="机构名称")
    confirm(store, "姓名", "G1", by=POLICE_SECOND)
    propose(store, measures=(measure("姓名", {"surname": 0.97}), *MEASURES[1:]))
    assert store.column(RESIDENT, "姓名").confirmed is Grade.G1


def test_a_later_delivery_with_identity_numbers_in_a_harmless_column_takes_its_confirmation(store):
    propose(store)
    confirm(store, "x17", "G2")
    propose(store, measures=(*MEASURES[:2], measure("x17", CHECKED)))
    graver = store.column(RESIDENT, "x17")
    assert (graver.confirmed, graver.proposal.grade) == (None, Grade.G3)


def test_a_new_column_comes_unconfirmed_and_others_keep_theirs(store):
    first = replace(ENTRY, fields=ENTRY.fields[:1])
    actions.propose(
        store=store, pack=PACK, resource=first, snapshot="6", measures=MEASURES[:1], by=SYSTEM, at=NOON
    )
    confirm(store, "姓名", "G2")
    propose(store)
    assert store.column(RESIDENT, "姓名").confirmed is Grade.G2
    assert store.column(RESIDENT, "证件号码").confirmed is None
