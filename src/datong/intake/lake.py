"""Where landed tables lie. The adapter is engines/lake.py (Iceberg); a landing is one atomic commit or nothing."""

from collections.abc import Iterator
from typing import Protocol

import pyarrow as pa

from datong.catalogue.snapshot import Snapshot
from datong.terms.names import ResourceName


class Lake(Protocol):
    def current(self, resource: ResourceName) -> Snapshot | None: ...
    def snapshot(self, resource: ResourceName, id: str) -> Snapshot | None: ...
    def replace(
        self, resource: ResourceName, *, schema: pa.Schema, batches: Iterator[pa.RecordBatch], delivery: str
    ) -> Snapshot:
        """The table becomes exactly `batches`, in one commit that names the delivery. Memory stays at a batch or two.

        Called twice with the same delivery id after a kill, it finishes or finds the commit made; it never doubles.
        Whatever `batches` raises goes through: nothing is committed then, and what was written is taken away.
        """
        ...

    def history(self, resource: ResourceName) -> tuple[Snapshot, ...]:
        """Every snapshot that still stands, oldest first."""
        ...
