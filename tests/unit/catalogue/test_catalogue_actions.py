from datetime import date
from pathlib import Path

import pytest

from datong.catalogue import actions, events, pack, rules
from datong.catalogue.find import NoSuchDepartment, NoSuchElement, NoSuchResource
from datong.catalogue.resource import (
    Assessment,
    ResourceState,
    Secrecy,
    SharingAttribute,
    UpdateCycle,
)
from datong.catalogue.snapshot import Snapshot
from datong.terms.actor import SYSTEM, Role
from datong.terms.may import MayNot
from datong.terms.names import NameNotUsable, ResourceName
from datong.terms.refusal import Incomplete
from datong.terms.text import Text
from tests.fakes import (
    ADMIN,
    AUDITOR,
    CITIZEN,
    HEALTH_DATA,
    HEALTH_OFFICER,
    NOON,
    POLICE_DATA,
    POLICE_HEAD,
    REVIEWER,
    FakeCatalogueStore,
    person,
)

NAME = ResourceName("police", "resident")
RULES = Path(__file__).parents[3] / "rules" / "cn"


def landed(*columns: tuple[str, str], id: str = "1") -> Snapshot:
    return Snapshot(NAME, id, (), 10, columns or (("姓名", "text"), ("出生日期", "date")), "D-1")


@pytest.fixture
def store():
    return FakeCatalogueStore()


def drafted(store):
    return actions.draft(
        store=store, snapshot=landed(), title=Text("常住人口", "Residents"), by=POLICE_DATA, at=NOON
    )


def described(store, **parts):
    drafted(store)
    return actions.describe(
        store=store,
        name=NAME,
        by=POLICE_DATA,
        at=NOON,
        **{
            "classification": "人口/户籍",
            "update_cycle": UpdateCycle.DAILY,
            "sharing": SharingAttribute.UNCONDITIONAL,
            "assessment": Assessment(date(2026, 11, 1), "风险可控", "police.head"),
            **parts,
        },
    )


def submitted(store):
    described(store)
    return actions.submit(store=store, name=NAME, by=POLICE_HEAD, at=NOON)


def published(store):
    submitted(store)
    return actions.publish(store=store, name=NAME, by=REVIEWER, at=NOON)


def test_a_landed_table_becomes_a_published_entry_and_every_step_is_recorded(store):
    published(store)
    entry = store.resource(NAME)
    assert (entry.state, entry.published_on) == (ResourceState.PUBLISHED, date(2026, 11, 23))
    assert [event.kind.removeprefix("catalogue.resource_") for event in store.events] == [
        "drafted",
        "described",
        "submitted",
        "published",
    ]
    assert {event.kind for event in store.events} <= events.KINDS.keys()


def test_a_later_landing_brings_new_columns_and_keeps_what_people_wrote(store):
    described(store, titles={"姓名": Text("姓名", "Name")})
    actions.draft(
        store=store,
        snapshot=landed(("姓名", "text"), ("出生日期", "text"), ("手机", "text"), id="2"),
        headings={"手机": "手机\n号码"},
        by=SYSTEM,
        at=NOON,
    )
    entry = store.resource(NAME)
    assert [f.name for f in entry.fields] == ["姓名", "出生日期", "手机"]
    assert entry.fields[0].title.en == "Name"
    assert entry.fields[1].type == "text"
    assert entry.fields[2].source_name == "手机\n号码"
    assert entry.classification == "人口/户籍"
    assert dict(store.events[-1].facts) == {
        "snapshot": "2",
        "appeared": ["手机"],
        "vanished": [],
        "retyped": ["出生日期"],
    }


def test_the_same_columns_again_write_nothing(store):
    drafted(store)
    actions.draft(store=store, snapshot=landed(id="2"), by=POLICE_DATA, at=NOON)
    assert len(store.events) == 1


def test_an_unfinished_entry_is_told_everything_and_stays_a_draft(store):
    drafted(store)
    answer = actions.submit(store=store, name=NAME, by=POLICE_HEAD, at=NOON)
    assert isinstance(answer, Incomplete)
    assert {m.code for m in answer.missing} >= {
        "catalogue.update_cycle_missing",
        "catalogue.approval_missing",
    }
    assert store.resource(NAME).state is ResourceState.DRAFT
    assert len(store.events) == 1


def test_a_secret_is_refused_at_the_desk_and_nothing_of_it_is_kept(store):
    with pytest.raises(rules.SecretsStayOut):
        described(store, secrecy=Secrecy.STATE_SECRET)
    assert store.resource(NAME).secrecy is Secrecy.NONE
    assert [e.kind for e in store.events] == ["catalogue.resource_drafted"]


def test_a_returned_entry_says_why_and_can_be_mended(store):
    submitted(store)
    with pytest.raises(actions.ReasonNeeded):
        actions.return_with_reasons(store=store, name=NAME, because=" ", by=REVIEWER, at=NOON)
    actions.return_with_reasons(store=store, name=NAME, because="分类有误", by=REVIEWER, at=NOON)
    assert store.resource(NAME).returned_because == "分类有误"
    actions.describe(store=store, name=NAME, classification="人口/常住", by=POLICE_DATA, at=NOON)
    again = actions.submit(store=store, name=NAME, by=POLICE_DATA, at=NOON)
    assert again.state is ResourceState.SUBMITTED
    assert again.returned_because == ""


def test_what_is_under_review_or_published_isnt_changed_under_the_readers_eyes(store):
    submitted(store)
    with pytest.raises(rules.NotNow):
        actions.describe(store=store, name=NAME, classification="其他", by=POLICE_DATA, at=NOON)


def test_withdrawing_takes_a_reason_and_the_provider_or_the_authority(store):
    published(store)
    with pytest.raises(MayNot):
        actions.withdraw(store=store, name=NAME, because="不想给", by=POLICE_DATA, at=NOON)
    with pytest.raises(actions.ReasonNeeded):
        actions.withdraw(store=store, name=NAME, because="", by=POLICE_HEAD, at=NOON)
    actions.withdraw(store=store, name=NAME, because="系统停用", by=POLICE_HEAD, at=NOON)
    assert store.resource(NAME).state is ResourceState.WITHDRAWN
    assert store.events[-1].facts["because"] == "系统停用"


def test_only_the_departments_own_people_write_its_entries(store):
    for stranger in (HEALTH_DATA, HEALTH_OFFICER, AUDITOR, CITIZEN, REVIEWER):
        with pytest.raises(MayNot):
            actions.draft(store=store, snapshot=landed(), by=stranger, at=NOON)
    drafted(store)
    for stranger in (HEALTH_DATA, AUDITOR, CITIZEN, REVIEWER, ADMIN):
        with pytest.raises(MayNot):
            actions.describe(store=store, name=NAME, classification="x", by=stranger, at=NOON)
        with pytest.raises(MayNot):
            actions.submit(store=store, name=NAME, by=stranger, at=NOON)


def test_nobody_reviews_their_own_departments_entry(store):
    submitted(store)
    inside = person("police.reviewer", "police", Role.AUTHORITY_REVIEWER, Role.SHARING_HEAD)
    for not_theirs in (POLICE_HEAD, POLICE_DATA, ADMIN, inside):
        with pytest.raises(MayNot) as stopped:
            actions.publish(store=store, name=NAME, by=not_theirs, at=NOON)
        assert Role.AUTHORITY_REVIEWER in stopped.value.needs


def test_whoever_submitted_an_entry_doesnt_publish_it_even_at_the_authority(store):
    name = ResourceName("bureau", "directory")
    both = person("bureau.both", "bureau", Role.DATA_OFFICER, Role.AUTHORITY_REVIEWER)
    snapshot = Snapshot(name, "1", (), 1, (("a", "text"),), "D-2")
    actions.draft(store=store, snapshot=snapshot, title=Text("目录", "Directory"), by=both, at=NOON)
    actions.describe(
        store=store,
        name=name,
        classification="综合",
        update_cycle=UpdateCycle.YEARLY,
        sharing=SharingAttribute.UNCONDITIONAL,
        assessment=Assessment(date(2026, 11, 1), "风险可控", "bureau.head"),
        by=both,
        at=NOON,
    )
    actions.submit(store=store, name=name, by=both, at=NOON)
    with pytest.raises(actions.NotByWhoSubmitted):
        actions.publish(store=store, name=name, by=both, at=NOON)
    actions.publish(store=store, name=name, by=REVIEWER, at=NOON)
    assert store.resource(name).state is ResourceState.PUBLISHED


def test_describe_reaches_no_part_that_has_a_verb_of_its_own(store):
    drafted(store)
    for part in ("state", "provider", "fields", "revision", "published_on"):
        with pytest.raises(actions.NotAPartOfAnEntry):
            actions.describe(store=store, name=NAME, **{part: "x"}, by=POLICE_DATA, at=NOON)


def test_a_column_is_matched_to_a_standard_element_that_exists(store):
    drafted(store)
    actions.adopt_elements(store=store, elements=pack.read(RULES).elements.values(), by=SYSTEM, at=NOON)
    actions.recognise(store=store, name=NAME, elements={"姓名": "person.name"}, by=POLICE_DATA, at=NOON)
    assert store.resource(NAME).field("姓名").element == "person.name"
    assert store.events[-1].facts == {"elements": {"姓名": "person.name"}}
    with pytest.raises(NoSuchElement):
        actions.recognise(store=store, name=NAME, elements={"姓名": "person.nmae"}, by=POLICE_DATA, at=NOON)


def test_adopting_elements_again_leaves_their_authority_alone(store):
    elements = pack.read(RULES).elements.values()
    actions.adopt_elements(store=store, elements=elements, by=ADMIN, at=NOON)
    actions.name_authority(store=store, element="person.name", department="police", by=REVIEWER, at=NOON)
    assert actions.adopt_elements(store=store, elements=elements, by=ADMIN, at=NOON) == ()
    assert store.element("person.name").authority == "police"


def test_the_authority_alone_names_a_source_department(store):
    actions.adopt_elements(store=store, elements=pack.read(RULES).elements.values(), by=SYSTEM, at=NOON)
    with pytest.raises(MayNot):
        actions.name_authority(
            store=store, element="person.name", department="police", by=POLICE_HEAD, at=NOON
        )
    with pytest.raises(NoSuchDepartment):
        actions.name_authority(store=store, element="person.name", department="nobody", by=REVIEWER, at=NOON)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "Civil Affairs"}, NameNotUsable),
        ({"code": "system"}, NameNotUsable),
        ({"code": "police"}, actions.DepartmentExists),
        ({"credit_code": "11990000MB000000X1"}, actions.CreditCodeDoesNotCheck),
        ({"parent": "nowhere"}, NoSuchDepartment),
        ({"by": POLICE_HEAD}, MayNot),
    ],
)
def test_a_department_is_added_only_when_everything_about_it_holds(store, changes, error):
    whole = {"code": "civil", "title": Text("民政局", "Civil Affairs"), "by": ADMIN, "at": NOON}
    with pytest.raises(error):
        actions.add_department(store=store, **{**whole, **changes})
    assert not store.events
    actions.add_department(store=store, **whole)
    actions.name_sharing_head(store=store, department="civil", login="civil.head", by=ADMIN, at=NOON)
    assert store.department("civil").sharing_head == "civil.head"


def test_what_isnt_there_is_said_plainly(store):
    with pytest.raises(NoSuchResource, match=r"The catalogue has no police\.resident"):
        actions.submit(store=store, name=NAME, by=POLICE_HEAD, at=NOON)
