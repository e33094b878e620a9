"""One of each noun that stores keep, all invented."""

from datetime import UTC, date, datetime
from typing import Any

from datong.catalogue.department import Department
from datong.catalogue.field import Field, FieldType
from datong.catalogue.resource import Assessment, Resource, SharingAttribute, UpdateCycle
from datong.grading.scheme import ColumnGrade, Evidence, Grade, Proposal, Verdict
from datong.intake.delivery import ColumnProfile, Delivery, QuarantinedRow, Repair
from datong.intake.source import Source
from datong.sharing.agreement import Agreement, Grant, GrantedField
from datong.sharing.request import Item, RequestedField, ShareRequest
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.event import Event
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.text import Text

AT = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
RESIDENT = ResourceName("police", "resident")
WARD_TWO = RowScope((Condition("ward", Comparison.IN, (2, "2", 2.5, True)),))


def happened(subject: str, **facts: Any) -> Event:
    return Event(kind="test.happened", at=AT, by="police.data", subject=subject, facts=facts)


def department(code: str = "police") -> Department:
    return Department(code, Text("公安局", "Police"), sharing_head="police.head")


def resource(name: ResourceName = RESIDENT, **changed: Any) -> Resource:
    known: dict[str, Any] = {
        "title": Text("常住人口", "Residents"),
        "provider": name.department,
        "fields": (
            Field("xm", FieldType.TEXT, Text("姓名", "Name"), source_name="姓　名"),
            Field(
                "gmsfhm", FieldType.TEXT, Text("公民身份号码", "Identity number"), "person.identity_number"
            ),
        ),
        "classification": "人口/户籍",
        "update_cycle": UpdateCycle.MONTHLY,
        "sharing": SharingAttribute.CONDITIONAL,
        "assessment": Assessment(date(2026, 10, 1), "none found", "police.head"),
        "related": (ResourceName("civil", "allowance"),),
    }
    return Resource(name=name, **{**known, **changed})


def grade(column: str, resource: ResourceName = RESIDENT, **changed: Any) -> ColumnGrade:
    says = Text("校验位全部相符", "Every check character agrees")
    evidence = Evidence("gb11643", "check_character", "person.identity_number", 0.9973, says)
    proposal = Proposal(Grade.G3, Verdict.PROVED, "person.identity_number", (evidence,), "cn-2026.1")
    return ColumnGrade(resource, column, proposal, **changed)


def source(name: str = "register", **changed: Any) -> Source:
    known = {"url": "postgresql://reader:pass%20word@db.invalid/register", "department": "police"}
    return Source(name, **{**known, **changed}, added_at=AT)


def delivery(id: str = "D-1", **changed: Any) -> Delivery:
    known: dict[str, Any] = {
        "source": "register",
        "table": "RKXX",
        "resource": RESIDENT,
        "started_at": AT,
        "by": "police.data",
        "read": 3,
        "landed": 2,
        "quarantined": 1,
        "quarantine": (QuarantinedRow("rkxx.csv", 17, "cells.too_many"),),
        "profile": (ColumnProfile("xm", 2, 2, 2, 2, 3),),
        "repairs": (Repair("normalise.full_width", "gmsfhm", 1),),
        "how": (("encoding", "gb18030"),),
    }
    return Delivery(id=id, **{**known, **changed})


def request(id: str = "R-2026-0001", **changed: Any) -> ShareRequest:
    known: dict[str, Any] = {
        "consumer": "health",
        "provider": "police",
        "purpose": "vaccination",
        "basis": "an invented regulation, article 9",
        "scenario": "who is due",
        "items": (
            Item(RESIDENT, (RequestedField("xm", Treatment.MASKED), RequestedField("gmsfhm")), WARD_TWO),
        ),
        "modality": Modality.ROWS,
        "period": Period(date(2026, 11, 1), date(2027, 10, 31)),
        "consented_by": "health.head",
        "submitted_by": "health.officer",
        "submitted_at": AT,
    }
    return ShareRequest(id=id, **{**known, **changed})


def agreement(id: str = "A-2026-0001", **changed: Any) -> Agreement:
    known: dict[str, Any] = {
        "version": 1,
        "request": "R-2026-0001",
        "provider": "police",
        "consumer": "health",
        "purpose": "vaccination",
        "basis": "an invented regulation, article 9",
        "modality": Modality.ROWS,
        "grants": (Grant(RESIDENT, (GrantedField("xm", Treatment.MASKED, Grade.G2),), WARD_TWO),),
        "period": Period(date(2026, 11, 1), date(2027, 10, 31)),
        "conditions": "",
        "approved_by": "police.head",
        "approved_at": AT,
        "signature": "c2lnbmVk",
    }
    return Agreement(id=id, **{**known, **changed})
