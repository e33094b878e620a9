from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from datong.catalogue import pack as catalogue_pack
from datong.catalogue.field import Field, FieldType
from datong.catalogue.resource import Resource, ResourceState, SharingAttribute
from datong.grading.scheme import ColumnGrade, Grade, Proposal, TableGrade, Verdict
from datong.sharing import actions, events, permissions
from datong.sharing import pack as sharing_pack
from datong.sharing.request import Item, RequestedField, RequestState
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.signing import digest, verify_signature
from datong.sharing.treatment import Modality, Treatment
from datong.terms.actor import Role
from datong.terms.event import Event
from datong.terms.may import MayNot
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.refusal import Incomplete
from datong.terms.text import Text
from tests.fakes import (
    AUDITOR,
    CITIZEN,
    HEALTH_DATA,
    HEALTH_HEAD,
    HEALTH_OFFICER,
    NOON,
    POLICE_DATA,
    POLICE_HEAD,
    REVIEWER,
    FakeCatalogueStore,
    FakeGradingStore,
    FakeSharingStore,
    FakeSigner,
    person,
)

RULES = Path(__file__).parents[3] / "rules" / "cn"
PURPOSES = catalogue_pack.read(RULES).purposes
PACK = sharing_pack.read(RULES)
RESIDENT = ResourceName("police", "resident")
GRADES = {
    "姓名": ("G2", "person.name"),
    "证件号码": ("G3", "person.identity_number"),
    "镇": ("G1", "place.area_name"),
}


def graded(column: str, grade: str, element: str, confirmed: bool = True) -> ColumnGrade:
    proposal = Proposal(Grade[grade], Verdict.LIKELY, element, (), "cn-test")
    return ColumnGrade(RESIDENT, column, proposal, confirmed=Grade[grade] if confirmed else None)


class County:
    """Everything the actions need, with one published resource of the police."""

    def __init__(self) -> None:
        self.sharing, self.catalogue, self.signer = FakeSharingStore(), FakeCatalogueStore(), FakeSigner()
        self.grading = FakeGradingStore(*(graded(column, *g) for column, g in GRADES.items()))
        self.people = Grade.G4
        self.published()

    def published(self, **changes) -> None:
        fields = tuple(Field(column, FieldType.TEXT) for column in GRADES)
        entry = Resource(
            RESIDENT,
            Text("常住人口", "Residents"),
            "police",
            fields=fields,
            sharing=SharingAttribute.CONDITIONAL,
            conditions="仅用于核验",
            sharing_basis="某法第一条",
            state=ResourceState.PUBLISHED,
        )
        known = self.catalogue.resource(RESIDENT)
        revision = known.revision if known else 0
        self.catalogue.save(replace(entry, **changes, revision=revision), Event("test", NOON, "t", "t"))

    def request(self, *, by=HEALTH_OFFICER, at=NOON, **changes):
        asked = {
            "items": (Item(RESIDENT, (RequestedField("姓名"), RequestedField("证件号码"))),),
            "purpose": "vaccination",
            "basis": "《疫苗管理法》",
            "scenario": "核对应种儿童名单",
            "modality": Modality.ROWS,
            "period": Period(date(2026, 12, 1), date(2027, 11, 30)),
            "consented_by": "health.head",
        }
        return actions.request(
            store=self.sharing,
            catalogue=self.catalogue,
            purposes=PURPOSES,
            pack=PACK,
            by=by,
            at=at,
            **{**asked, **changes},
        )

    def approve(self, id="R-2026-0001", *, by=POLICE_HEAD, at=NOON, **changes):
        return actions.approve(
            store=self.sharing,
            catalogue=self.catalogue,
            grading=self.grading,
            signer=self.signer,
            pack=PACK,
            table_grade=lambda name: TableGrade(name, self.people, ()),
            id=id,
            by=by,
            at=at,
            **changes,
        )


@pytest.fixture
def county():
    return County()


def item(
    *fields: str, scope: tuple[Condition, ...] = (), resource: ResourceName = RESIDENT
) -> tuple[Item, ...]:
    return (Item(resource, tuple(RequestedField(f) for f in fields), RowScope(scope)),)


def codes(answer) -> list[str]:
    assert isinstance(answer, Incomplete)
    for refusal in answer.missing:
        assert refusal.reason.zh
        assert refusal.reason.en
        assert refusal.next_step.zh
        assert refusal.next_step.en
    return [refusal.code.removeprefix("sharing.") for refusal in answer.missing]


def test_a_request_becomes_a_signed_agreement_and_both_are_recorded(county):
    sent = county.request()
    assert (sent.id, sent.provider, sent.consumer) == ("R-2026-0001", "police", "health")
    assert sent.answer_due == date(2026, 12, 7)
    agreement = county.approve()
    assert (agreement.id, agreement.version, agreement.consumer) == ("A-2026-0001", 1, "health")
    assert {f.name: f.treatment for f in agreement.grants[0].fields} == {
        "姓名": "masked",
        "证件号码": "masked",
    }
    assert {f.name: f.graded for f in agreement.grants[0].fields} == {"姓名": Grade.G2, "证件号码": Grade.G3}
    assert agreement.conditions == "police.resident：仅用于核验"
    stored = county.sharing.agreement(agreement.id)
    assert verify_signature(stored, county.signer)
    answered = county.sharing.request(sent.id)
    assert (answered.state, answered.agreement) == (RequestState.APPROVED, agreement.id)
    kinds = [event.kind for event in county.sharing.events]
    assert kinds == ["sharing.requested", "sharing.agreement_approved"]
    assert set(kinds) <= events.KINDS.keys()
    assert county.sharing.events[-1].facts["sha256"] == digest(stored)


def test_numbers_run_by_the_year_here(county):
    assert county.request(at=NOON.replace(hour=9)).id == "R-2026-0001"
    late = NOON.replace(month=12, day=31, hour=23)
    assert county.request(at=late).id == "R-2026-0002"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"basis": " "}, ["basis_missing"]),
        ({"scenario": ""}, ["scenario_missing"]),
        ({"items": ()}, ["scope_missing"]),
        ({"purpose": "curiosity"}, ["purpose_unknown"]),
        ({"period": Period(date(2025, 1, 1), date(2026, 11, 22))}, ["period_over"]),
        ({"consented_by": "health.officer"}, ["consent_missing"]),
        ({"by": person("x", "nowhere", Role.OFFICER)}, ["head_not_named"]),
        ({"items": item("姓名", "血型")}, ["no_such_field"]),
        ({"items": item()}, ["fields_missing"]),
        ({"items": item("姓名", "姓名")}, ["field_twice"]),
        ({"items": item("姓名") + item("镇")}, ["resource_twice"]),
        ({"items": item("姓名", resource=ResourceName("police", "secret"))}, ["not_in_catalogue"]),
        (
            {"items": item("姓名") + item("a", resource=ResourceName("civil", "allowance"))},
            ["not_in_catalogue", "several_providers"],
        ),
        ({"items": item("姓名", scope=(Condition("区", Comparison.EQUALS, ("x",)),))}, ["no_such_field"]),
        ({"items": item("姓名", scope=(Condition("镇", Comparison.EQUALS, (3,)),))}, ["scope_not_readable"]),
        (
            {"by": person("police.officer", "police", Role.OFFICER), "consented_by": "police.head"},
            ["own_data"],
        ),
        (
            {"basis": "", "purpose": "curiosity", "items": item("血型"), "consented_by": ""},
            ["basis_missing", "purpose_unknown", "consent_missing", "no_such_field"],
        ),
    ],
)
def test_what_a_request_lacks_is_told_once_and_completely(county, changes, told):
    assert codes(county.request(**changes)) == told
    assert county.sharing.events == []
    assert county.request().id == "R-2026-0001"  # a number isn't spent on what wasn't sent


@pytest.mark.parametrize("state", [s for s in ResourceState if s is not ResourceState.PUBLISHED])
def test_what_isnt_published_looks_like_what_isnt_there(county, state):
    absent = county.request(items=item("姓名", resource=ResourceName("police", "secret")))
    county.published(state=state)
    hidden = county.request()
    assert codes(hidden) == codes(absent) == ["not_in_catalogue"]


def test_what_isnt_shared_is_refused_with_the_law_behind_it(county):
    county.published(sharing=SharingAttribute.NOT_SHARED)
    answer = county.request()
    assert codes(answer) == ["not_shared"]
    assert "某法第一条" in answer.missing[0].reason.zh


def test_an_unconditional_resource_is_answered_in_a_day(county):
    county.published(sharing=SharingAttribute.UNCONDITIONAL)
    assert county.request().answer_due == date(2026, 11, 24)


def test_a_clock_that_cant_be_reckoned_says_why_in_the_record(county):
    sent = county.request(at=NOON.replace(month=12, day=24))
    assert sent.answer_due is None
    assert "2027" in county.sharing.events[-1].facts["answer_due"]


def test_no_value_of_a_scope_reaches_the_record(county):
    county.request(
        items=item("姓名", scope=(Condition("证件号码", Comparison.EQUALS, ("990101190001010019",)),))
    )
    county.approve()
    for event in county.sharing.events:
        assert "990101190001010019" not in repr(event.facts)


def test_only_people_who_work_for_a_department_ask_in_its_name(county):
    for stranger in (AUDITOR, CITIZEN, person("loose", "", Role.OFFICER)):
        with pytest.raises(MayNot):
            county.request(by=stranger)


def test_only_the_providers_head_answers(county):
    county.request()
    for other in (POLICE_DATA, HEALTH_HEAD, HEALTH_OFFICER, REVIEWER, AUDITOR):
        with pytest.raises(MayNot):
            county.approve(by=other)
        with pytest.raises(MayNot):
            actions.refuse(store=county.sharing, id="R-2026-0001", because="不予", by=other, at=NOON)


def test_whoever_took_part_in_asking_doesnt_answer(county):
    county.request()
    both = person("health.head", "police", Role.SHARING_HEAD)
    with pytest.raises(permissions.NotByWhoAsked):
        county.approve(by=both)


def test_a_request_is_answered_once(county):
    county.request()
    county.approve()
    with pytest.raises(actions.AlreadyAnswered, match="A-2026-0001"):
        county.approve()
    with pytest.raises(actions.AlreadyAnswered):
        actions.refuse(store=county.sharing, id="R-2026-0001", because="反悔", by=POLICE_HEAD, at=NOON)
    with pytest.raises(actions.NoSuchRequest):
        county.approve("R-2026-9999")


def test_a_refusal_without_reasons_cant_be_sent(county):
    county.request()
    with pytest.raises(actions.ReasonNeeded):
        actions.refuse(store=county.sharing, id="R-2026-0001", because=" ", by=POLICE_HEAD, at=NOON)
    actions.refuse(store=county.sharing, id="R-2026-0001", because="超出职责范围", by=POLICE_HEAD, at=NOON)
    refused = county.sharing.request("R-2026-0001")
    assert (refused.state, refused.refused_because) == (RequestState.REFUSED, "超出职责范围")


def test_every_field_needs_a_confirmed_grade(county):
    county.grading = FakeGradingStore(graded("姓名", "G2", "person.name", confirmed=False))
    county.request()
    assert codes(county.approve()) == ["grade_not_confirmed", "grade_not_confirmed"]
    assert county.sharing.agreements() == ()


@pytest.mark.parametrize("grade", ["IMPORTANT", "CORE"])
def test_important_and_core_data_are_never_shared_here(county, grade):
    county.grading = FakeGradingStore(graded("姓名", "G2", ""), graded("证件号码", grade, ""))
    county.request()
    assert codes(county.approve()) == ["never_shared"]


def test_a_table_that_is_important_by_its_size_isnt_shared_either(county):
    county.people = Grade.IMPORTANT
    county.request()
    assert codes(county.approve()) == ["never_shared"]


def test_what_was_withdrawn_meanwhile_isnt_granted(county):
    county.request()
    county.published(state=ResourceState.WITHDRAWN)
    assert codes(county.approve()) == ["not_in_catalogue"]


def test_a_request_whose_period_is_over_isnt_granted(county):
    county.request()
    assert "period_over" in codes(county.approve(at=NOON.replace(year=2028)))


NUMBER = (RESIDENT, "证件号码")


@pytest.mark.parametrize(
    ("asked", "chosen", "because", "shown"),
    [
        (None, None, "", "masked"),  # the grade's default
        ("pseudonym", None, "", "pseudonym"),  # asked for less
        ("clear", None, "", "masked"),  # asked for more than the default
        (None, "absent", "", "absent"),  # the approver shows less
        ("clear", "clear", "一线核验须见全号", "clear"),  # more, with a reason on record
        ("clear", "clear", "", "reason_for_more_missing"),
        (None, "clear", " ", "reason_for_more_missing"),
        ("pseudonym", "masked", "有理由", "more_than_asked"),
    ],
)
def test_an_approver_shows_less_freely_more_with_a_reason_and_never_more_than_asked(
    county, asked, chosen, because, shown
):
    field = RequestedField("证件号码", Treatment(asked) if asked else None)
    county.request(items=(Item(RESIDENT, (field,)),))
    choices = {NUMBER: Treatment(chosen)} if chosen else None
    answer = county.approve(treatments=choices, weaker_because=because)
    if isinstance(answer, Incomplete):
        assert codes(answer) == [shown]
    else:
        assert answer.grants[0].fields[0].treatment == shown
        more = county.sharing.events[-1].facts["more_than_default"]
        assert (more is not None) == (shown == "clear")


def test_a_choice_for_a_field_nobody_asked_for_is_told(county):
    county.request(items=item("姓名"))
    assert codes(county.approve(treatments={NUMBER: Treatment.ABSENT})) == ["not_asked_for"]


def test_the_element_an_officer_named_decides_the_default(county):
    county.published(
        fields=(
            Field("姓名", FieldType.TEXT),
            Field("证件号码", FieldType.TEXT, element="person.household_number"),
        )
    )
    county.request()
    shown = {f.name: f.treatment for f in county.approve().grants[0].fields}
    assert shown["证件号码"] is Treatment.PSEUDONYM


@pytest.mark.parametrize("by", [POLICE_HEAD, HEALTH_HEAD, REVIEWER])
def test_an_agreement_is_revoked_by_either_side_or_the_authority_with_a_reason(county, by):
    county.request()
    county.approve()
    with pytest.raises(actions.ReasonNeeded):
        actions.revoke(
            store=county.sharing,
            catalogue=county.catalogue,
            signer=county.signer,
            id="A-2026-0001",
            because="",
            by=by,
            at=NOON,
        )
    before = county.sharing.agreements_stamp()
    actions.revoke(
        store=county.sharing,
        catalogue=county.catalogue,
        signer=county.signer,
        id="A-2026-0001",
        because="用途已完成",
        by=by,
        at=NOON,
    )
    revoked = county.sharing.agreement("A-2026-0001")
    assert (revoked.revoked_at, revoked.revoked_by) == (NOON, by.login)
    assert county.sharing.agreements_stamp() != before
    assert revoked.version == 2
    assert verify_signature(revoked, county.signer)
    assert county.sharing.events[-1].facts == {
        "version": 2,
        "because": "用途已完成",
        "sha256": digest(revoked),
    }
    with pytest.raises(actions.AlreadyRevoked):
        actions.revoke(
            store=county.sharing,
            catalogue=county.catalogue,
            signer=county.signer,
            id="A-2026-0001",
            because="再来",
            by=by,
            at=NOON,
        )


def test_nobody_else_revokes(county):
    county.request()
    county.approve()
    loose = person("x", "police", Role.AUTHORITY_REVIEWER)
    for other in (POLICE_DATA, HEALTH_DATA, HEALTH_OFFICER, AUDITOR, CITIZEN, loose):
        with pytest.raises(MayNot):
            actions.revoke(
                store=county.sharing,
                catalogue=county.catalogue,
                signer=county.signer,
                id="A-2026-0001",
                because="无权",
                by=other,
                at=NOON,
            )
    with pytest.raises(actions.NoSuchAgreement):
        actions.revoke(
            store=county.sharing,
            catalogue=county.catalogue,
            signer=county.signer,
            id="A-1",
            because="x",
            by=POLICE_HEAD,
            at=NOON,
        )


def test_a_text_that_was_never_signed_is_not_signed_by_revoking_it(county):
    county.request()
    signed = county.approve()
    forged = replace(county.sharing.agreement(signed.id), purpose="statistics")
    county.sharing.save((forged,), county.sharing.events[-1])
    with pytest.raises(actions.NotAsSigned):
        actions.revoke(
            store=county.sharing,
            catalogue=county.catalogue,
            signer=county.signer,
            id=signed.id,
            because="用途已完成",
            by=POLICE_HEAD,
            at=NOON,
        )
