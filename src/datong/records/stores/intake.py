"""Keeps sources and deliveries (intake.store.IntakeStore)."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from datong.intake.delivery import Delivery, DeliveryState
from datong.intake.source import Source
from datong.records.document import Kept
from datong.records.models.intake import DeliveryRow, SourceRow
from datong.records.sealing import Sealer
from datong.records.writing import SHELF, Drain, writing
from datong.terms.event import Event
from datong.terms.names import ResourceName

_SOURCES = Kept(
    model=SourceRow,
    adapter=TypeAdapter(Source),
    subject=lambda source: f"source/{source.name}",
    key=lambda source: {"name": source.name},
    columns=lambda source: {"department": source.department},
)
_DELIVERIES = Kept(
    model=DeliveryRow,
    adapter=TypeAdapter(Delivery),
    subject=lambda delivery: f"delivery/{delivery.id}",
    key=lambda delivery: {"id": delivery.id},
    columns=lambda delivery: {
        "source": delivery.source,
        "resource": str(delivery.resource),
        "state": delivery.state.value,
        "snapshot": delivery.snapshot,
        "started_at": delivery.started_at,
        "finished_at": delivery.finished_at,
    },
)


@dataclass(frozen=True)
class Intake:
    """A source's URL may hold a password, so it is sealed in the database and open only in what `source` returns."""

    drain: Drain
    sealer: Sealer

    def source(self, name: str) -> Source | None:
        found = _SOURCES.one(name=name)
        return self._opened(found) if found else None

    def sources(self, *, department: str | None = None) -> tuple[Source, ...]:
        rows = _SOURCES.rows().order_by("name")
        found = _SOURCES.all(rows if department is None else rows.filter(department=department))
        return tuple(map(self._opened, found))

    def delivery(self, id: str) -> Delivery | None:
        return _DELIVERIES.one(id=id)

    def deliveries(
        self, *, resource: ResourceName | None = None, source: str | None = None
    ) -> tuple[Delivery, ...]:
        """Newest first."""
        rows = _DELIVERIES.rows().order_by("-started_at", "-place")
        if resource is not None:
            rows = rows.filter(resource=str(resource))
        if source is not None:
            rows = rows.filter(source=source)
        return _DELIVERIES.all(rows)

    def delivery_of_snapshot(self, snapshot: str) -> Delivery | None:
        """The delivery that made the snapshot, not a later one that found nothing new to land."""
        if not snapshot:
            return None
        rows = _DELIVERIES.rows().filter(snapshot=snapshot).exclude(state=DeliveryState.UNCHANGED.value)
        found = _DELIVERIES.all(rows.order_by("started_at", "place")[:1])
        return found[0] if found else None

    def landed(self, resource: ResourceName) -> Delivery | None:
        """The delivery whose snapshot is served: the last one that was landed to its end."""
        rows = _DELIVERIES.rows().filter(resource=str(resource), state=DeliveryState.LANDED.value)
        found = _DELIVERIES.all(rows.order_by("-finished_at", "-place")[:1])
        return found[0] if found else None

    def save(self, noun: Source | Delivery, event: Event) -> None:
        landed = isinstance(noun, Delivery) and noun.state is DeliveryState.LANDED
        with writing(event, drain=self.drain, changes=(SHELF,) if landed else ()):
            match noun:
                case Source():
                    _SOURCES.write(self._sealed(noun))
                case Delivery():
                    _DELIVERIES.write(noun)

    def _sealed(self, source: Source) -> Source:
        sealed = self.sealer.seal(source.url, about=f"source/{source.name}")
        return replace(source, url=b64encode(sealed).decode())

    def _opened(self, source: Source) -> Source:
        url = self.sealer.open(b64decode(source.url), about=f"source/{source.name}")
        return replace(source, url=url)
