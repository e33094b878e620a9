"""Stores kept in dictionaries, and a few invented people: enough of a county for rules and actions to run on.

They keep the same promises as the real stores: a stale revision is refused, and a write carries its event.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from datong.catalogue.department import Department
from datong.catalogue.element import Element
from datong.catalogue.resource import Resource, ResourceState
from datong.grading.measure import ColumnMeasure, ValueDetector
from datong.grading.scheme import ColumnGrade
from datong.intake.delivery import Delivery
from datong.intake.source import Source
from datong.sharing.agreement import Agreement
from datong.sharing.request import RequestState, ShareRequest
from datong.terms.actor import Actor, Role
from datong.terms.event import Event
from datong.terms.names import ResourceName
from datong.terms.stale_write import StaleWrite
from datong.terms.text import Text

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=8)))
TODAY = date(2026, 11, 23)


def person(login: str, department: str, *roles: Role) -> Actor:
    return Actor(login=login, name=login.title(), department=department, roles=frozenset(roles))


# One of each, in the two departments that most tests need and in the authority.
ADMIN = person("admin", "", Role.ADMINISTRATOR)
POLICE_DATA = person("police.data", "police", Role.DATA_OFFICER)
POLICE_SECOND = person("police.second", "police", Role.DATA_OFFICER)
POLICE_HEAD = person("police.head", "police", Role.SHARING_HEAD)
HEALTH_OFFICER = person("health.officer", "health", Role.OFFICER)
HEALTH_DATA = person("health.data", "health", Role.DATA_OFFICER)
HEALTH_HEAD = person("health.head", "health", Role.SHARING_HEAD)
REVIEWER = person("bureau.reviewer", "bureau", Role.AUTHORITY_REVIEWER)
AUDITOR = person("auditor", "", Role.AUDITOR)
CITIZEN = person("citizen", "", Role.CITIZEN)

POLICE = Department("police", Text("公安局", "Police"), sharing_head="police.head")
HEALTH = Department("health", Text("卫生健康局", "Public Health"), sharing_head="health.head")
BUREAU = Department("bureau", Text("数据局", "Data Bureau"), sharing_head="bureau.head", authority=True)


def bumped(noun: Any, known: Any, subject: str) -> Any:
    """`noun` one revision on, or StaleWrite where it isn't the revision that is kept."""
    if noun.revision != (known.revision if known else 0):
        raise StaleWrite(subject, noun.revision)
    return replace(noun, revision=noun.revision + 1)


class FakeCatalogueStore:
    def __init__(self, *departments: Department) -> None:
        self._departments = {d.code: d for d in departments or (POLICE, HEALTH, BUREAU)}
        self._elements: dict[str, Element] = {}
        self._resources: dict[ResourceName, Resource] = {}
        self.events: list[Event] = []

    def department(self, code: str) -> Department | None:
        return self._departments.get(code)

    def departments(self) -> tuple[Department, ...]:
        return tuple(self._departments.values())

    def element(self, code: str) -> Element | None:
        return self._elements.get(code)

    def elements(self) -> tuple[Element, ...]:
        return tuple(self._elements.values())

    def resource(self, name: ResourceName) -> Resource | None:
        return self._resources.get(name)

    def resources(
        self, *, state: ResourceState | None = None, provider: str | None = None
    ) -> tuple[Resource, ...]:
        return tuple(
            r
            for r in self._resources.values()
            if (state is None or r.state == state) and (provider is None or r.provider == provider)
        )

    def search(self, text: str) -> tuple[Resource, ...]:
        return tuple(r for r in self._resources.values() if text in f"{r.name} {r.title.zh} {r.title.en}")

    def save(self, noun: Department | Element | Resource, event: Event) -> None:
        if isinstance(noun, Department):
            known: Any = self._departments.get(noun.code)
            self._departments[noun.code] = bumped(noun, known, f"department/{noun.code}")
        elif isinstance(noun, Element):
            known = self._elements.get(noun.code)
            self._elements[noun.code] = bumped(noun, known, f"element/{noun.code}")
        else:
            known = self._resources.get(noun.name)
            self._resources[noun.name] = bumped(noun, known, f"resource/{noun.name!s}")
        self.events.append(event)


class FakeGradingStore:
    def __init__(self, *grades: ColumnGrade) -> None:
        self._grades = {(g.resource, g.column): g for g in grades}
        self.events: list[Event] = []

    def column(self, resource: ResourceName, column: str) -> ColumnGrade | None:
        return self._grades.get((resource, column))

    def columns(self, resource: ResourceName) -> tuple[ColumnGrade, ...]:
        return tuple(g for (name, _), g in self._grades.items() if name == resource)

    def save(self, grades: tuple[ColumnGrade, ...], event: Event) -> None:
        kept = {
            (g.resource, g.column): bumped(
                g, self._grades.get((g.resource, g.column)), f"column/{g.resource}.{g.column}"
            )
            for g in grades
        }
        self._grades.update(kept)
        self.events.append(event)


class FakeSharingStore:
    def __init__(self) -> None:
        self._requests: dict[str, ShareRequest] = {}
        self._agreements: dict[str, Agreement] = {}
        self._numbers: Counter[str] = Counter()
        self.events: list[Event] = []

    def request(self, id: str) -> ShareRequest | None:
        return self._requests.get(id)

    def requests(
        self, *, state: RequestState | None = None, provider: str | None = None, consumer: str | None = None
    ) -> tuple[ShareRequest, ...]:
        return tuple(
            r
            for r in self._requests.values()
            if (state is None or r.state == state)
            and (provider is None or r.provider == provider)
            and (consumer is None or r.consumer == consumer)
        )

    def agreement(self, id: str) -> Agreement | None:
        return self._agreements.get(id)

    def agreements(
        self, *, provider: str | None = None, consumer: str | None = None
    ) -> tuple[Agreement, ...]:
        return tuple(
            a
            for a in self._agreements.values()
            if (provider is None or a.provider == provider) and (consumer is None or a.consumer == consumer)
        )

    def agreements_stamp(self) -> str:
        return sha256(repr(sorted(self._agreements.items())).encode()).hexdigest()

    def next_number(self, series: str) -> int:
        self._numbers[series] += 1
        return self._numbers[series]

    def save(self, nouns: tuple[ShareRequest | Agreement, ...], event: Event) -> None:
        kept = []
        for noun in nouns:
            known = (self._requests if isinstance(noun, ShareRequest) else self._agreements).get(noun.id)
            kept.append(bumped(noun, known, f"{type(noun).__name__}/{noun.id}"))
        for noun in kept:
            if isinstance(noun, ShareRequest):
                self._requests[noun.id] = noun
            else:
                self._agreements[noun.id] = noun
        self.events.append(event)


class FakeIntakeStore:
    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._deliveries: dict[str, Delivery] = {}
        self.events: list[Event] = []

    def source(self, name: str) -> Source | None:
        return self._sources.get(name)

    def sources(self, *, department: str | None = None) -> tuple[Source, ...]:
        return tuple(s for s in self._sources.values() if department is None or s.department == department)

    def delivery(self, id: str) -> Delivery | None:
        return self._deliveries.get(id)

    def deliveries(
        self, *, resource: ResourceName | None = None, source: str | None = None
    ) -> tuple[Delivery, ...]:
        latest_last = sorted(self._deliveries.values(), key=lambda d: d.started_at)
        newest_first = latest_last[::-1]  # of two at the same time too, the one that was saved later
        return tuple(
            d
            for d in newest_first
            if (resource is None or d.resource == resource) and (source is None or d.source == source)
        )

    def delivery_of_snapshot(self, snapshot: str) -> Delivery | None:
        return next((d for d in self._deliveries.values() if d.snapshot == snapshot), None)

    def save(self, noun: Source | Delivery, event: Event) -> None:
        if isinstance(noun, Source):
            known: Any = self._sources.get(noun.name)
            self._sources[noun.name] = bumped(noun, known, f"source/{noun.name}")
        else:
            known = self._deliveries.get(noun.id)
            self._deliveries[noun.id] = bumped(noun, known, f"delivery/{noun.id}")
        self.events.append(event)


class FakeSigner:
    """A real Ed25519 key that lives as long as the test."""

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    def verify(self, message: bytes, signature: bytes) -> bool:
        try:
            self._key.public_key().verify(signature, message)
        except InvalidSignature:
            return False
        return True


def measure(
    column: str,
    shares: Mapping[str, float] | None = None,
    *,
    rows: int = 1000,
    filled: int | None = None,
    distinct: int = 1000,
    shortest: int = 1,
    longest: int = 20,
) -> ColumnMeasure:
    """What an engine would say of a column; a detector that isn't named agreed with nothing."""
    return ColumnMeasure(
        column, rows, rows if filled is None else filled, distinct, shortest, longest, dict(shares or {})
    )


class FakeMeasurer:
    """Answers with the measures it was given, whatever it is asked of."""

    def __init__(self, *measures: ColumnMeasure) -> None:
        self._measures = measures

    def measure(self, snapshot: object, detectors: tuple[ValueDetector, ...]) -> tuple[ColumnMeasure, ...]:
        return self._measures
