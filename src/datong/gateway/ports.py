"""What the gateway reads and writes through. `records` and `engines` keep these promises."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from datong.catalogue.resource import Resource
from datong.catalogue.snapshot import Snapshot
from datong.grading.scheme import ColumnGrade
from datong.sharing.agreement import Agreement
from datong.terms.event import Event
from datong.terms.names import ResourceName


@dataclass(frozen=True)
class Served:
    """A resource as the gateway may serve it today: published, with its columns' grades and its current snapshot."""

    resource: Resource
    grades: tuple[ColumnGrade, ...]
    snapshot: Snapshot | None


class Shelf(Protocol):
    """Everything decide needs, read fresh for each query so that a revoke or a raised grade holds at once."""

    def served(self, name: ResourceName) -> Served | None:
        """None when there is no such resource, or it isn't published: the two look the same to a stranger."""
        ...

    def agreements(self, *, consumer: str) -> tuple[Agreement, ...]:
        """Signed agreements of this consumer, whose signatures hold; revoked and expired ones included."""
        ...

    @property
    def purposes(self) -> Collection[str]:
        """The codes of the purposes that the rules pack lists."""
        ...

    def stamp(self) -> str:
        """Changes whenever an agreement, a grade, a resource or a snapshot changes, in any process."""
        ...


class Recorder(Protocol):
    def record(self, event: Event) -> int:
        """The entry's index in the ledger, once it is durable. Raises rather than returning early."""
        ...


class PseudonymKeys(Protocol):
    def key(self, agreement: str) -> str:
        """The agreement's key, hex, made on first use, kept apart from data and ledger."""
        ...
