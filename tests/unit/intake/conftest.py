"""A node's intake in a temporary folder: stores in dictionaries, a real lake, real files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datong.engines.databases import DATABASES
from datong.engines.lake import IcebergLake
from datong.intake import actions
from datong.intake.delivery import Delivery
from datong.intake.files import Files
from datong.intake.source import Source
from datong.intake.workroom import Workroom
from tests.fakes import ADMIN, NOON, FakeCatalogueStore, FakeIntakeStore

READERS = {"": Files(), **DATABASES}


@dataclass
class Intake:
    home: Path
    store: FakeIntakeStore = field(default_factory=FakeIntakeStore)
    catalogue: FakeCatalogueStore = field(default_factory=FakeCatalogueStore)

    def __post_init__(self) -> None:
        self.inbox = self.home / "inbox"
        self.inbox.mkdir(parents=True)
        self.lake = IcebergLake(self.home / "lake")
        self.room = Workroom(self.home)

    def source(self, url: str | None = None, name: str = "inbox") -> Source:
        known = self.store.source(name)
        return known or actions.add_source(
            store=self.store,
            catalogue=self.catalogue,
            name=name,
            url=url or str(self.inbox),
            department="police",
            by=ADMIN,
            at=NOON,
        )

    def put(self, text: str | bytes, name: str = "t.csv") -> Path:
        path = self.inbox / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def land(self, table: str = "t.csv", *, source: Source | None = None, **options: Any) -> Delivery:
        given = {"lake": self.lake, "readers": READERS, "by": ADMIN, "at": NOON, **options}
        return actions.land(
            source=source or self.source(),
            table=table,
            store=self.store,
            catalogue=self.catalogue,
            room=self.room,
            **given,
        )

    def land_text(self, text: str | bytes, name: str = "t.csv", **options: Any) -> Delivery:
        self.put(text, name)
        return self.land(name, **options)

    def table(self, delivery: Delivery) -> pa.Table:
        """What the lake now holds of the delivery's resource."""
        snapshot = self.lake.current(delivery.resource)
        assert snapshot is not None
        return pa.concat_tables([pq.read_table(file) for file in snapshot.files])

    def rows(self, delivery: Delivery) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in self.table(delivery).to_pylist()]

    def types(self, delivery: Delivery) -> dict[str, str]:
        snapshot = self.lake.current(delivery.resource)
        assert snapshot is not None
        return dict(snapshot.columns)

    def quarantined(self, delivery: Delivery) -> list[tuple[int, str]]:
        return [(row.line, row.reason) for row in delivery.quarantine]

    def repairs(self, delivery: Delivery) -> dict[tuple[str, str], int]:
        return {(repair.kind, repair.column): repair.count for repair in delivery.repairs}


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path)


@pytest.fixture
def another(tmp_path: Path) -> Callable[[], Intake]:
    """A second node, for telling two landings of the same content apart."""
    return lambda: Intake(tmp_path / "another")
