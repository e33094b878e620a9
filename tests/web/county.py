"""A small county for the pages: two departments, the authority, a table of food permits, an agreement on it.

Everything but the landing itself goes through the actions that the pages call.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa
from django.utils import timezone

from datong.catalogue import actions as catalogue
from datong.catalogue.resource import Assessment, SharingAttribute, UpdateCycle
from datong.grading.scheme import ColumnGrade, Evidence, Grade, Proposal, TableGrade, Verdict
from datong.intake.delivery import ColumnProfile, Delivery, DeliveryState, QuarantinedRow, Repair
from datong.intake.source import Source
from datong.sharing import actions as sharing
from datong.sharing.agreement import Agreement
from datong.sharing.request import Item, RequestedField, ShareRequest
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.treatment import Modality
from datong.terms.actor import SYSTEM, Actor, Role
from datong.terms.event import Event
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.text import Text
from datong.wiring import Node

PASSWORD = "banyan-and-stream-99"
PERMITS = ResourceName("market", "food_permit")
FIRMS = ResourceName("market", "firm")
PURPOSE = "food-inspection"

# Invented: the area prefix 99 belongs to nobody. Check characters are right.
MEI = "990101199003077751"
ROWS = {
    "permit_no": ["P-1", "P-2", "P-3", "P-4"],
    "店名": ["榕树饭店", "溪边小吃", "=1+1", "北门面馆"],
    "owner_name": ["林晓梅", "陈建国", "黄志强", "何雨桐"],
    "owner_id": [MEI, "990101198505122212", "990102197911304435", "990102200006018863"],
    "ward": [3, 3, 3, 4],
    "issued_on": [date(2026, 1, 5), date(2026, 2, 6), date(2026, 3, 7), date(2026, 4, 8)],
    "note": ["a", "b", "c", "d"],
}
HIDDEN_NAME, OTHER_WARD = "林晓梅", "北门面馆"
GRADES = {"permit_no": 1, "店名": 1, "owner_name": 3, "owner_id": 4, "ward": 1, "issued_on": 1}
ELEMENTS = {"owner_name": "person.owner_name", "owner_id": "person.identity_number"}

# login → department, roles
PEOPLE: dict[str, tuple[str, tuple[Role, ...]]] = {
    "market.data": ("market", (Role.DATA_OFFICER,)),
    "market.second": ("market", (Role.DATA_OFFICER,)),
    "market.head": ("market", (Role.SHARING_HEAD,)),
    "health.officer": ("health", (Role.OFFICER,)),
    "health.head": ("health", (Role.SHARING_HEAD,)),
    "civil.officer": ("civil", (Role.OFFICER,)),
    "bureau.reviewer": ("bureau", (Role.AUTHORITY_REVIEWER,)),
    "auditor": ("", (Role.AUDITOR,)),
    "mei": ("", (Role.CITIZEN,)),
}


@dataclass(frozen=True)
class County:
    node: Node
    people: dict[str, Actor]
    agreement: Agreement
    open_request: ShareRequest
    delivery: str


def settled(node: Node) -> County:
    at = timezone.localtime()
    people = _people(node, at)
    keeper, reviewer = people["market.data"], people["bureau.reviewer"]
    delivery = _landed(node, PERMITS, keeper, at)
    _landed(node, FIRMS, keeper, at)
    _graded(node, keeper, at)
    _described(node, keeper, at)
    catalogue.submit(store=node.catalogue, name=PERMITS, by=keeper, at=at)
    catalogue.publish(store=node.catalogue, name=PERMITS, by=reviewer, at=at)
    first = ask(node, people["health.officer"], ("permit_no", "店名", "owner_name", "ward", "issued_on"), at)
    agreement = approve(node, first.id, people["market.head"], at)
    second = ask(node, people["health.officer"], ("permit_no", "owner_id"), at)
    return County(node, people, agreement, second, delivery)


def ask(node: Node, by: Actor, fields: tuple[str, ...], at: datetime) -> ShareRequest:
    """For ward 3 only."""
    asked = sharing.request(
        store=node.sharing,
        catalogue=node.catalogue,
        purposes=node.pack.purposes,
        pack=node.pack.sharing,
        items=(
            Item(
                PERMITS,
                tuple(map(RequestedField, fields)),
                RowScope((Condition("ward", Comparison.EQUALS, (3,)),)),
            ),
        ),
        purpose=PURPOSE,
        basis="《中华人民共和国食品安全法》第一百一十条",
        scenario="核对片区内经营者的许可",
        modality=Modality.ROWS,
        period=Period(at.date(), at.date() + timedelta(days=20)),
        consented_by=f"{by.department}.head",
        by=by,
        at=at,
    )
    assert isinstance(asked, ShareRequest), asked
    return asked


def approve(node: Node, request: str, by: Actor, at: datetime) -> Agreement:
    signed = sharing.approve(
        store=node.sharing,
        catalogue=node.catalogue,
        grading=node.grading,
        signer=node.signer,
        pack=node.pack.sharing,
        table_grade=lambda name: TableGrade(name, Grade.G4, ()),
        id=request,
        by=by,
        at=at,
    )
    assert isinstance(signed, Agreement), signed
    return signed


def _people(node: Node, at: datetime) -> dict[str, Actor]:
    admin = node.accounts.actor("admin")
    assert admin is not None
    for code, zh, en in (
        ("market", "市场监督管理局", "Market Regulation"),
        ("health", "卫生健康局", "Public Health"),
        ("civil", "民政局", "Civil Affairs"),
        ("bureau", "数据局", "Data Bureau"),
    ):
        catalogue.add_department(
            store=node.catalogue,
            code=code,
            title=Text(zh=zh, en=en),
            sharing_head=f"{code}.head",
            authority=code == "bureau",
            by=admin,
            at=at,
        )
    made = {
        login: node.accounts.add(
            login=login,
            name=f"name of {login}",
            department=department,
            roles=roles,
            password=PASSWORD,
            identity_number=MEI if login == "mei" else None,
            by=SYSTEM,
            at=at,
        )
        for login, (department, roles) in PEOPLE.items()
    }
    node.accounts.set_password(login="admin", password=PASSWORD, by=SYSTEM, at=at)
    return {**made, "admin": admin}


def _landed(node: Node, name: ResourceName, by: Actor, at: datetime) -> str:
    if node.intake.source("permits") is None:
        source = Source("permits", "sqlite:////data/market.sqlite", "market", at)
        node.intake.save(source, Event("intake.source_added", at, by.login, "source/permits"))
    id, table = f"D-{name.table}", pa.table(ROWS)
    snapshot = node.lake.replace(name, schema=table.schema, batches=iter(table.to_batches()), delivery=id)
    delivery = Delivery(
        id=id,
        source="permits",
        table=name.table,
        resource=name,
        started_at=at,
        by=by.login,
        state=DeliveryState.LANDED,
        fingerprint="9f2a6c",
        snapshot=snapshot.id,
        read=6,
        landed=4,
        quarantined=2,
        quarantine=(QuarantinedRow("permits.csv", 118, "cells.too_many 9 of 8"),),
        profile=tuple(ColumnProfile(column, 4, 4, 4, 1, 18) for column in ROWS),
        repairs=(Repair("normalise.full_width", "permit_no", 3),),
        how=(("encoding", "gb18030"), ("separator", "comma"), ("headings", '{"permit_no": "许可证编号"}')),
        finished_at=at,
    )
    node.intake.save(delivery, Event("intake.delivery_landed", at, by.login, f"delivery/{id}"))
    catalogue.draft(store=node.catalogue, snapshot=snapshot, by=by, at=at)
    return id


def _graded(node: Node, by: Actor, at: datetime) -> None:
    """All but `note`, which a data officer still has to decide."""
    evidence = (
        Evidence(
            "gb11643",
            "check_character",
            "person.identity_number",
            0.9997,
            Text(zh="值通过校验码", en="the values pass the check character"),
        ),
    )
    grades = []
    for column in ROWS:
        grade = Grade(GRADES.get(column, 2))
        proved = column == "owner_id"
        proposal = Proposal(
            grade,
            Verdict.PROVED if proved else Verdict.LIKELY,
            ELEMENTS.get(column, ""),
            evidence if proved else (),
            "before",
        )
        grades.append(
            ColumnGrade(
                PERMITS,
                column,
                proposal,
                confirmed=grade if column in GRADES else None,
                confirmed_by=by.login if column in GRADES else "",
                confirmed_at=at if column in GRADES else None,
            )
        )
    node.grading.save(tuple(grades), Event("grading.proposed", at, by.login, f"resource/{PERMITS}"))


def _described(node: Node, by: Actor, at: datetime) -> None:
    catalogue.recognise(store=node.catalogue, name=PERMITS, elements=ELEMENTS, by=by, at=at)
    catalogue.describe(
        store=node.catalogue,
        name=PERMITS,
        title=Text(zh="食品经营许可", en="Food permits"),
        abstract=Text(zh="辖区内食品经营许可证。", en="Food permits of the county."),
        classification="市场监管/许可/食品经营",
        update_cycle=UpdateCycle.DAILY,
        sharing=SharingAttribute.CONDITIONAL,
        sharing_basis="《中华人民共和国食品安全法》第一百一十条",
        conditions="仅用于食品安全监督检查",
        assessment=Assessment(date(2026, 11, 2), "含个人信息，影响可控", "market.head"),
        by=by,
        at=at,
    )
