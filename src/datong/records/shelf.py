"""What the gateway decides on (gateway.ports.Shelf): published resources, their grades and snapshots, signed agreements.

Read anew whenever the stamp has changed, in whatever process it was changed; in between, what was read last still holds.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field

from datong.catalogue.resource import ResourceState
from datong.catalogue.store import CatalogueStore
from datong.gateway.ports import Served
from datong.grading.store import GradingStore
from datong.intake.lake import Lake
from datong.records import counters
from datong.records.known_versions import KnownVersions
from datong.records.stores.intake import Intake
from datong.records.writing import SHELF
from datong.sharing.agreement import Agreement
from datong.sharing.signing import verify_signature
from datong.sharing.store import SharingStore, Signer
from datong.terms.names import ResourceName

_log = logging.getLogger(__name__)


@dataclass
class _Read:
    """What was read since the stamp was `stamp`."""

    stamp: str = ""
    served: dict[ResourceName, Served | None] = field(default_factory=dict)
    agreements: dict[str, tuple[Agreement, ...]] = field(default_factory=dict)
    newest: dict[str, int] | None = None


@dataclass
class StoredShelf:
    catalogue: CatalogueStore
    grading: GradingStore
    intake: Intake
    sharing: SharingStore
    lake: Lake
    signer: Signer
    known: KnownVersions
    purposes: Collection[str]
    _read: _Read = field(default_factory=_Read, repr=False)

    def served(self, name: ResourceName) -> Served | None:
        read = self._fresh()
        if name not in read.served:
            read.served[name] = self._served(name)
        return read.served[name]

    def agreements(self, *, consumer: str) -> tuple[Agreement, ...]:
        read = self._fresh()
        if consumer not in read.agreements:
            read.agreements[consumer] = tuple(filter(self.holds, self.sharing.agreements(consumer=consumer)))
        return read.agreements[consumer]

    def stamp(self) -> str:
        return str(counters.value(SHELF))

    def _fresh(self) -> _Read:
        # The stamp is read before what it stands for: a change that comes between is read twice, never missed.
        stamp = self.stamp()
        if self._read.stamp != stamp:
            self._read = _Read(stamp)
        return self._read

    def _served(self, name: ResourceName) -> Served | None:
        resource = self.catalogue.resource(name)
        if resource is None or resource.state is not ResourceState.PUBLISHED:
            return None
        # The snapshot that a recorded delivery made, not the lake's newest: a landing that was killed after its commit
        # and before its event hasn't happened yet.
        landed = self.intake.landed(name)
        snapshot = self.lake.snapshot(name, landed.snapshot) if landed else None
        return Served(resource, self.grading.columns(name), snapshot)

    def holds(self, agreement: Agreement) -> bool:
        """Whether it is signed as it stands, and no later version of it was entered in the ledger."""
        if verify_signature(agreement, self.signer):
            return self._newest(agreement)
        _log.error(
            "Agreement %s isn't served: its text isn't what was signed. Compare it with its earlier versions and find out "
            "who changed the database.",
            agreement.id,
        )
        return False

    def _newest(self, agreement: Agreement) -> bool:
        read = self._fresh()
        if read.newest is None:
            read.newest = self.known.newest()
        entered = read.newest.get(agreement.id, 0)
        if agreement.version >= entered:
            return True
        _log.error(
            "Agreement %s isn't served: the database holds version %d of it, the ledger knows version %d. An older copy of "
            "the database, or of this row, was put back: find out by whom, and restore what came after.",
            agreement.id,
            agreement.version,
            entered,
        )
        return False
