"""What intake needs from whoever keeps its records."""

from typing import Protocol

from datong.intake.delivery import Delivery
from datong.intake.source import Source
from datong.terms.event import Event
from datong.terms.names import ResourceName


class IntakeStore(Protocol):
    def source(self, name: str) -> Source | None: ...
    def sources(self, *, department: str | None = None) -> tuple[Source, ...]: ...
    def delivery(self, id: str) -> Delivery | None: ...
    def deliveries(
        self, *, resource: ResourceName | None = None, source: str | None = None
    ) -> tuple[Delivery, ...]:
        """Newest first."""
        ...

    def delivery_of_snapshot(self, snapshot: str) -> Delivery | None: ...
    def save(self, noun: Source | Delivery, event: Event) -> None: ...
