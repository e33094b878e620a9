"""What the README tells, as it happens: a small Rongxi, from its departments' files to a proof that leaves the house.

Each test is one sentence of the story and they go in order, on one county.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from datong.catalogue.resource import ResourceState
from datong.demo import story, using
from datong.demo.dealing import RESIDENT
from datong.demo.settling import acting
from datong.gateway.answer import Answer, RefusedAnswer
from datong.gateway.verify import Verified
from datong.intake.delivery import DeliveryState
from datong.ledger.citizen_view import uses_of
from datong.ledger.note import VerifierKey
from datong.ledger.opening import Opening
from datong.ledger.verify_file import verify_file
from datong.records import binding
from datong.sharing import actions as sharing
from datong.sharing.treatment import Treatment
from datong.terms.names import ResourceName
from datong.wiring import Node

TODAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

pytestmark = pytest.mark.slow


@dataclass
class Rongxi:
    told: story.Told
    node: Node


@pytest.fixture(scope="module")
def rongxi(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Rongxi]:
    home = tmp_path_factory.mktemp("rongxi") / "home"
    with django_db_blocker.unblock(), binding.returning():
        told = story.tell(home=home, people=600, at=TODAY)
        node = Node.open(home)
        yield Rongxi(told, node)
        node.close()


def test_every_table_came_in_and_every_report_adds_up(rongxi: Rongxi) -> None:
    deliveries = rongxi.node.intake.deliveries()
    assert len(deliveries) == 11
    assert {d.state for d in deliveries} == {DeliveryState.LANDED}
    assert all(d.read == d.landed + d.quarantined for d in deliveries)
    assert any(row.line and row.reason for d in deliveries for row in d.quarantine)


def test_every_column_was_graded_with_evidence_and_confirmed_by_a_person(rongxi: Rongxi) -> None:
    columns = rongxi.node.grading.columns(RESIDENT)
    number = next(c for c in columns if c.column == "id_number")
    assert number.proposal.verdict == "proved"
    assert any(e.kind == "check_character" and e.share and e.share > 0.8 for e in number.proposal.evidence)
    assert all(c.confirmed is not None and c.confirmed_by == "police_data" for c in columns)


def test_a_case_number_looks_like_an_identity_number_and_is_not_taken_for_one(rongxi: Rongxi) -> None:
    case = rongxi.node.grading.column(ResourceName("civil", "allowances"), "受理编号")
    assert case is not None
    assert case.proposal.element != "person.identity_number"


def test_the_data_bureau_published_what_the_departments_described(rongxi: Rongxi) -> None:
    published = rongxi.node.catalogue.resources(state=ResourceState.PUBLISHED)
    assert len(published) == rongxi.told.resources == 11


def test_civil_affairs_finds_whom_it_pays_though_they_died_and_sees_no_more_than_granted(
    rongxi: Rongxi,
) -> None:
    answer = using.ask(rongxi.node, using.PAID_AND_DEAD, at=TODAY)
    assert isinstance(answer, Answer)
    seen = next(t for t in answer.decision.tables if t.resource == RESIDENT)
    name, mobile = seen.field("name"), seen.field("mobile")
    assert name is not None
    assert name.treatment is Treatment.MASKED
    assert mobile is None or mobile.treatment is Treatment.ABSENT
    assert all("*" in row["name"] for row in answer.table.to_pylist() if row["name"])
    assert dict(answer.lineage).keys() == {"police.resident", "civil.allowances"}


@pytest.mark.parametrize(
    "question",
    [using.ANOTHER_PURPOSE, using.A_FIELD_TOO_MANY, using.READING_WHAT_IS_FOR_VERIFYING],
    ids=["another purpose", "a field too many", "reading what is for verifying"],
)
def test_what_nobody_granted_is_refused_with_a_way_forward_and_entered(
    rongxi: Rongxi, question: using.Question
) -> None:
    before = rongxi.node.log.size()
    answer = using.ask(rongxi.node, question, at=TODAY)
    assert isinstance(answer, RefusedAnswer)
    assert all(r.reason.zh and r.reason.en and r.next_step.zh and r.next_step.en for r in answer.refusals)
    assert rongxi.node.log.size() == before + 1
    assert rongxi.node.log.entry(answer.entry).kind == "gateway.query_refused"


def test_a_school_learns_yes_or_no_and_nothing_else(rongxi: Rongxi) -> None:
    number = _number(rongxi)
    right = using.check_name(rongxi.node, number=number, name=_name(rongxi), at=TODAY)
    wrong = using.check_name(rongxi.node, number=number, name="某某某", at=TODAY)
    assert isinstance(right, Verified)
    assert isinstance(wrong, Verified)
    assert (right.answers, wrong.answers) == ({"name": True}, {"name": False})


def test_an_answer_is_entered_before_it_leaves(rongxi: Rongxi) -> None:
    answer = using.ask(rongxi.node, using.KITCHENS, at=TODAY)
    assert isinstance(answer, Answer)
    entry = rongxi.node.log.entry(answer.entry)
    assert (entry.kind, entry.by) == ("gateway.query_allowed", "health_data")
    assert entry.facts["purpose"] == "food-inspection"


def test_a_citizen_sees_who_used_their_data_and_takes_a_proof_home(rongxi: Rongxi) -> None:
    number = _number(rongxi)
    uses = list(uses_of(number, rongxi.node.log))
    assert {"education"} <= {use.department for use in uses}
    opening = rongxi.node.log.opening(uses[0].index, number)
    assert opening is not None
    at_home = Opening.from_json(opening.to_json())
    assert at_home.concerns(number, _public_key(rongxi))
    assert not at_home.concerns("99012319900101001X", _public_key(rongxi))


def test_no_identity_number_stands_in_the_ledger(rongxi: Rongxi) -> None:
    log = (rongxi.node.home / "ledger" / "log.sqlite").read_bytes()
    assert _number(rongxi).encode() not in log


def test_the_provider_revokes_and_the_next_query_is_refused(rongxi: Rongxi) -> None:
    node = rongxi.node
    agreement = next(a for a in node.sharing.agreements() if a.purpose == "food-inspection")
    sharing.revoke(
        store=node.sharing,
        catalogue=node.catalogue,
        signer=node.signer,
        id=agreement.id,
        because="专项抽检已结束。",
        by=acting(node, f"{agreement.provider}_head"),
        at=TODAY,
    )
    assert isinstance(using.ask(node, using.KITCHENS, at=TODAY), RefusedAnswer)


def test_an_auditor_verifies_everything_with_a_file_and_a_key(rongxi: Rongxi, tmp_path: Path) -> None:
    copy = tmp_path / "log.sqlite"
    rongxi.node.log.storage.copy_to(copy)
    report = verify_file(copy, _public_key(rongxi))
    assert report.sound
    assert report.entries == rongxi.node.log.size()


def test_telling_the_story_again_finds_it_told(rongxi: Rongxi) -> None:
    again = story.tell(home=rongxi.told.home, people=600, at=TODAY)
    assert replace(again, home=rongxi.told.home) == rongxi.told


def _citizen(rongxi: Rongxi) -> str:
    return next(login for login, _, _ in rongxi.told.people if login == "citizen")


def _number(rongxi: Rongxi) -> str:
    number = rongxi.node.accounts.identity_number(_citizen(rongxi))
    assert number is not None
    return number


def _name(rongxi: Rongxi) -> str:
    return acting(rongxi.node, _citizen(rongxi)).name


def _public_key(rongxi: Rongxi) -> VerifierKey:
    return VerifierKey.parse((rongxi.node.home / "ledger" / "ledger.pub").read_text().strip())
