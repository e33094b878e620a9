"""What the gateway decides on: only what is published, landed and truly signed, and never yesterday's."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from datong.catalogue.resource import ResourceState
from datong.catalogue.snapshot import Snapshot
from datong.grading.scheme import Grade
from datong.intake.delivery import DeliveryState
from datong.ledger.log import Log
from datong.records import counters
from datong.records.known_versions import KnownVersions
from datong.records.models.sharing import AgreementRow
from datong.records.sealing import Sealer
from datong.records.shelf import StoredShelf
from datong.records.signing import AgreementSigner
from datong.records.stores.catalogue import Catalogue
from datong.records.stores.grading import Grading
from datong.records.stores.intake import Intake
from datong.records.stores.sharing import Sharing
from datong.records.writing import SHELF
from datong.sharing.signing import sign
from datong.terms.event import Event
from datong.terms.names import ResourceName
from tests.stores.nouns import AT, RESIDENT, agreement, delivery, grade, happened, resource


@dataclass
class SnapshotsById:
    """As much of the lake as a shelf asks for; counts how often it is asked."""

    kept: dict[str, Snapshot] = field(default_factory=dict)
    asked: int = 0

    def snapshot(self, resource: ResourceName, id: str) -> Snapshot | None:
        self.asked += 1
        return self.kept.get(id)


@pytest.fixture
def lake() -> SnapshotsById:
    kept = {
        id: Snapshot(RESIDENT, id, (f"/lake/{id}.parquet",), 2, (("xm", "text"),), f"D-{id}") for id in "12"
    }
    return SnapshotsById(kept)


@pytest.fixture
def shelf(
    drain: Callable[[], object], sealer: Sealer, tmp_path: Path, lake: SnapshotsById, log: Log
) -> StoredShelf:
    signer = AgreementSigner.of(tmp_path / "keys" / "agreement.key")
    return StoredShelf(
        Catalogue(drain),
        Grading(drain),
        Intake(drain, sealer),
        Sharing(drain),
        lake,  # type: ignore[arg-type]
        signer,
        KnownVersions.of(tmp_path / "ledger" / "versions.sqlite", log),
        purposes=("benefit-check",),
    )


def publish(shelf: StoredShelf) -> None:
    shelf.catalogue.save(resource(state=ResourceState.PUBLISHED), happened("resource/police.resident"))


def land(shelf: StoredShelf, id: str, state: DeliveryState = DeliveryState.LANDED) -> None:
    at = AT + timedelta(hours=int(id))
    made = delivery(f"D-{id}", snapshot=id, state=state, started_at=at, finished_at=at)
    shelf.intake.save(made, happened(f"delivery/D-{id}"))


def agree(shelf: StoredShelf, id: str = "A-2026-0001") -> None:
    unsigned = agreement(id, signature="")
    shelf.sharing.save(
        (replace(unsigned, signature=sign(unsigned, shelf.signer)),), happened(f"agreement/{id}")
    )


def revoke(shelf: StoredShelf, id: str = "A-2026-0001") -> None:
    signed = shelf.sharing.agreement(id)
    assert signed is not None
    revoked = replace(signed, version=2, revoked_at=AT, revoked_by="police.head")
    event = Event("sharing.agreement_revoked", AT, "police.head", f"agreement/{id}", {"version": 2})
    shelf.sharing.save((replace(revoked, signature=sign(revoked, shelf.signer)),), event)


def test_a_published_resource_is_served_with_its_grades_and_its_last_snapshot(shelf: StoredShelf) -> None:
    publish(shelf)
    shelf.grading.save((grade("xm", confirmed=Grade.G2),), happened("any"))
    land(shelf, "1")
    served = shelf.served(RESIDENT)
    assert served is not None
    assert served.resource.name == RESIDENT
    assert [(one.column, one.confirmed) for one in served.grades] == [("xm", Grade.G2)]
    assert served.snapshot is not None
    assert served.snapshot.id == "1"


@pytest.mark.parametrize("state", [state for state in ResourceState if state is not ResourceState.PUBLISHED])
def test_nothing_is_served_that_isnt_published(shelf: StoredShelf, state: ResourceState) -> None:
    shelf.catalogue.save(resource(state=state), happened("any"))
    land(shelf, "1")
    assert shelf.served(RESIDENT) is None
    assert shelf.served(ResourceName("police", "no_such_table")) is None


def test_a_commit_of_the_lake_that_no_delivery_recorded_isnt_served(shelf: StoredShelf) -> None:
    publish(shelf)
    land(shelf, "1")
    land(shelf, "2", DeliveryState.STARTED)
    served = shelf.served(RESIDENT)
    assert served is not None
    assert served.snapshot is not None
    assert served.snapshot.id == "1"


def test_each_change_is_seen_by_the_next_question(shelf: StoredShelf) -> None:
    publish(shelf)
    land(shelf, "1")
    assert shelf.served(RESIDENT).snapshot.id == "1"  # type: ignore[union-attr]
    land(shelf, "2")
    assert shelf.served(RESIDENT).snapshot.id == "2"  # type: ignore[union-attr]
    shelf.grading.save((grade("xm"),), happened("any"))
    assert len(shelf.served(RESIDENT).grades) == 1  # type: ignore[union-attr]
    withdrawn = replace(shelf.catalogue.resource(RESIDENT), state=ResourceState.WITHDRAWN)  # type: ignore[type-var]
    shelf.catalogue.save(withdrawn, happened("any"))  # type: ignore[arg-type]
    assert shelf.served(RESIDENT) is None


def test_a_revocation_is_seen_by_the_next_question(shelf: StoredShelf) -> None:
    agree(shelf)
    [before] = shelf.agreements(consumer="health")
    assert before.revoked_at is None
    revoke(shelf)
    [after] = shelf.agreements(consumer="health")
    assert after.revoked_at == AT
    assert shelf.agreements(consumer="schools") == ()


def test_the_stamp_changes_with_everything_that_decides_and_with_nothing_else(shelf: StoredShelf) -> None:
    stamps = [shelf.stamp()]
    for change in (
        lambda: publish(shelf),
        lambda: shelf.grading.save((grade("xm"),), happened("any")),
        lambda: land(shelf, "1"),
        lambda: agree(shelf),
    ):
        change()
        stamps.append(shelf.stamp())
    assert len(set(stamps)) == 5
    land(shelf, "2", DeliveryState.STARTED)
    assert shelf.stamp() == stamps[-1]


def test_while_nothing_changes_the_lake_is_asked_once(shelf: StoredShelf, lake: SnapshotsById) -> None:
    publish(shelf)
    land(shelf, "1")
    for _ in range(3):
        shelf.served(RESIDENT)
    assert lake.asked == 1


def test_an_agreement_that_was_changed_behind_our_back_isnt_served_and_is_told_of(
    shelf: StoredShelf, caplog: pytest.LogCaptureFixture
) -> None:
    agree(shelf)
    agree(shelf, "A-2026-0002")
    row = AgreementRow.objects.get(id="A-2026-0002")
    row.document = row.document.replace('"treatment":"masked"', '"treatment":"clear"')
    row.save()
    logging.getLogger("datong").propagate = True
    with caplog.at_level(logging.ERROR, "datong"):
        assert [one.id for one in shelf.agreements(consumer="health")] == ["A-2026-0001"]
    assert "A-2026-0002" in caplog.text


@pytest.mark.parametrize("file", ["kept", "lost"])
def test_the_row_from_before_a_revocation_put_back_serves_nothing(
    shelf: StoredShelf, log: Log, tmp_path: Path, caplog: pytest.LogCaptureFixture, file: str
) -> None:
    """Its signature is true: it was signed, once. The ledger knows of what came after."""
    agree(shelf)
    agree(shelf, "A-2026-0002")
    before = AgreementRow.objects.get(id="A-2026-0001")
    revoke(shelf)
    shelf.agreements(consumer="health")
    before.save()
    counters.rise(SHELF)
    logging.getLogger("datong").propagate = True
    versions = KnownVersions.of(tmp_path / "ledger" / f"{file}.sqlite", log)
    for reading in (shelf, replace(shelf, known=versions)):
        with caplog.at_level(logging.ERROR, "datong"):
            assert [one.id for one in reading.agreements(consumer="health")] == ["A-2026-0002"]
    assert "A-2026-0001" in caplog.text


def test_the_ledger_is_read_on_from_where_it_was_left(
    shelf: StoredShelf, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[int, int]] = []
    rows = log.storage.rows

    def counted(start: int, end: int) -> object:
        read.append((start, end))
        return rows(start, end)

    monkeypatch.setattr(log.storage, "rows", counted)
    agree(shelf)
    assert shelf.known.newest() == {}  # the event of this test isn't an agreement's
    revoke(shelf)
    assert [shelf.known.newest() for _ in range(2)] == [{"A-2026-0001": 2}] * 2
    assert read == [(0, 1), (1, 2)]
