"""Three departments, five tables, a dozen invented people: the smallest county in which every rule of the gateway bites."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from datong.catalogue.field import Field, FieldType
from datong.catalogue.resource import Resource, ResourceState
from datong.catalogue.snapshot import Snapshot
from datong.gateway.ports import Served
from datong.gateway.request import QueryRequest
from datong.grading.scheme import ColumnGrade, Grade, Proposal, Verdict
from datong.sharing.agreement import Agreement, Grant, GrantedField
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.actor import Actor, Role
from datong.terms.event import Event
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.text import Text

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PURPOSE = "benefit-check"
RESIDENT = ResourceName("police", "resident")
ALLOWANCE = ResourceName("welfare", "allowance")
FIRM = ResourceName("market", "firm")

ARROW = {
    FieldType.TEXT: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.DECIMAL: pa.decimal128(12, 2),
    FieldType.DATE: pa.date32(),
    FieldType.TIMESTAMP: pa.timestamp("us"),
    FieldType.BOOLEAN: pa.bool_(),
}

RESIDENT_FIELDS = (
    Field("id", FieldType.TEXT, element="person.identity_number"),
    Field("name", FieldType.TEXT, element="person.name"),
    Field("mobile", FieldType.TEXT, element="person.mobile"),
    Field("address", FieldType.TEXT, element="person.address"),
    Field("Ward No", FieldType.TEXT),
    Field("born", FieldType.DATE, element="person.birth_date"),
    Field("children", FieldType.INTEGER),
    Field("secret", FieldType.TEXT),
)
ALLOWANCE_FIELDS = (
    Field("person", FieldType.TEXT, element="person.identity_number"),
    Field("kind", FieldType.TEXT),
    Field("amount", FieldType.DECIMAL, element="person.income"),
    Field("since", FieldType.DATE),
)
FIRM_FIELDS = (
    Field("code", FieldType.TEXT, element="organisation.credit_code"),
    Field("title", FieldType.TEXT, element="organisation.name"),
    Field("owner", FieldType.TEXT, element="person.owner_name"),
    Field("open", FieldType.BOOLEAN),
    Field("seen", FieldType.TIMESTAMP),
)


def number(n: int) -> str:
    return f"990101198001{n:05d}X"


def residents(count: int = 12) -> list[tuple[Any, ...]]:
    return [
        (
            number(n),
            f"{'王李张刘陈杨'[n % 6]}{'小大'[n % 2]}{'明红军'[n % 3]}",
            f"139{n:08d}",
            f"榕溪县城关镇{n}号",
            str(n % 3 + 1),
            date(1980, 1, 1 + n % 28),
            n % 4 if n % 5 else None,
            f"secret {n}",
        )
        for n in range(count)
    ]


def allowances(count: int = 8) -> list[tuple[Any, ...]]:
    kinds = ("低保", "高龄", "残疾")
    return [(number(n), kinds[n % 3], Decimal(100 + n * 10), date(2025, 1 + n % 12, 1)) for n in range(count)]


def firms(count: int = 4) -> list[tuple[Any, ...]]:
    return [
        (f"99{n:016d}", f"榕溪{n}号店", "赵一", n % 2 == 0, datetime(2026, 1, 1 + n, 8, 30))
        for n in range(count)
    ]


def landed(
    folder: Path,
    resource: ResourceName,
    fields: tuple[Field, ...],
    rows: list[tuple[Any, ...]],
    id: str = "s1",
) -> Snapshot:
    """The rows as a snapshot of two Parquet files, as the lake may have it."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = pa.schema([(f.name, ARROW[f.type]) for f in fields])
    files = []
    for part in range(2):
        half = rows[part::2]
        columns = [pa.array([row[n] for row in half], schema.field(n).type) for n in range(len(fields))]
        file = folder / f"{resource}.{id}.{part}.parquet"
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), file)
        files.append(str(file))
    columns_ = tuple((f.name, str(f.type)) for f in fields)
    return Snapshot(resource, id, tuple(files), len(rows), columns_, f"D-{resource.table}")


def graded(resource: ResourceName, column: str, grade: Grade | None) -> ColumnGrade:
    proposal = Proposal(Grade.G3, Verdict.LIKELY, "", (), "test")
    return ColumnGrade(resource, column, proposal, confirmed=grade)


def served(
    resource: ResourceName,
    fields: tuple[Field, ...],
    snapshot: Snapshot | None,
    grades: Mapping[str, Grade | None] | None = None,
) -> Served:
    given = {f.name: Grade.G3 for f in fields} | dict(grades or {})
    return Served(
        resource=Resource(
            name=resource,
            title=Text("", ""),
            provider=resource.department,
            fields=fields,
            state=ResourceState.PUBLISHED,
        ),
        grades=tuple(graded(resource, f.name, given[f.name]) for f in fields),
        snapshot=snapshot,
    )


def grant(resource: ResourceName, treatments: Mapping[str, str], scope: RowScope = RowScope()) -> Grant:
    return Grant(
        resource, tuple(GrantedField(n, Treatment(t), Grade.G3) for n, t in treatments.items()), scope
    )


def agreement(id: str, *grants: Grant, **changed: Any) -> Agreement:
    usual = Agreement(
        id=id,
        version=1,
        request=f"R-{id}",
        provider=grants[0].resource.department,
        consumer="health",
        purpose=PURPOSE,
        basis="law",
        modality=Modality.ROWS,
        grants=grants,
        period=Period(date(2026, 1, 1), date(2026, 12, 31)),
        conditions="",
        approved_by="head",
        approved_at=AT,
        signature="signed",
    )
    return replace(usual, **changed)


def ward(*wards: str) -> RowScope:
    return RowScope((Condition("Ward No", Comparison.IN, wards),))


def officer(department: str = "health", *roles: Role) -> Actor:
    return Actor("lin", "林一", department, frozenset(roles or (Role.OFFICER,)))


def asking(sql: str, **changed: Any) -> QueryRequest:
    return replace(QueryRequest(officer(), PURPOSE, sql, AT), **changed)


# What most tests use: names masked, numbers as pseudonyms, mobiles for verification, wards 1 and 2 alone.
RESIDENT_TERMS = {
    "id": "pseudonym",
    "name": "masked",
    "mobile": "verify_only",
    "address": "masked",
    "Ward No": "clear",
    "born": "masked",
    "children": "clear",
}
ALLOWANCE_TERMS = {"person": "pseudonym", "kind": "clear", "amount": "clear"}


@dataclass
class County:
    """A Shelf that a test fills and changes."""

    resources: dict[ResourceName, Served] = field(default_factory=dict)
    signed: list[Agreement] = field(default_factory=list)
    changes: int = 0
    purposes: tuple[str, ...] = (PURPOSE,)

    def served(self, name: ResourceName) -> Served | None:
        return self.resources.get(name)

    def agreements(self, *, consumer: str) -> tuple[Agreement, ...]:
        return tuple(a for a in self.signed if a.consumer == consumer)

    def stamp(self) -> str:
        return str(self.changes)

    def put(self, *resources: Served) -> None:
        for resource in resources:
            self.resources[resource.resource.name] = resource
        self.changes += 1

    def sign(self, *agreements: Agreement) -> None:
        self.signed = [a for a in self.signed if a.id not in {b.id for b in agreements}] + list(agreements)
        self.changes += 1


@dataclass
class Book:
    """A Recorder that keeps events in a list, and can be told to fail."""

    events: list[Event] = field(default_factory=list)
    fails_at: str = ""

    def record(self, event: Event) -> int:
        if event.kind == self.fails_at:
            raise OSError("the ledger's disk is full")
        self.events.append(event)
        return len(self.events) - 1

    @property
    def kinds(self) -> list[str]:
        return [event.kind.removeprefix("gateway.") for event in self.events]


class Keys:
    def key(self, agreement: str) -> str:
        return agreement.encode().hex().rjust(64, "0")[-64:]


def small_county(folder: Path) -> County:
    county = County()
    county.put(
        served(RESIDENT, RESIDENT_FIELDS, landed(folder, RESIDENT, RESIDENT_FIELDS, residents())),
        served(ALLOWANCE, ALLOWANCE_FIELDS, landed(folder, ALLOWANCE, ALLOWANCE_FIELDS, allowances())),
        served(FIRM, FIRM_FIELDS, landed(folder, FIRM, FIRM_FIELDS, firms())),
    )
    county.sign(
        agreement("A-1", grant(RESIDENT, RESIDENT_TERMS, ward("1", "2"))),
        agreement("A-2", grant(ALLOWANCE, ALLOWANCE_TERMS)),
        agreement("A-3", grant(FIRM, {"code": "clear", "title": "masked", "owner": "masked", "open": "masked", "seen": "masked"})),
    )  # fmt: skip
    return county
