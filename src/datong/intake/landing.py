"""One landing, step by step: begin or take up again, read, ask what must be asked, commit, and tell the catalogue."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from errno import EDQUOT, ENOSPC
from uuid import uuid4

import pyarrow as pa

from datong.catalogue.actions import draft
from datong.catalogue.field import FieldType
from datong.catalogue.snapshot import Snapshot
from datong.catalogue.store import CatalogueStore
from datong.grading.measure import ColumnMeasure
from datong.intake import naming, pipeline, questions
from datong.intake.delivery import ColumnProfile, Delivery, DeliveryState
from datong.intake.lake import Lake
from datong.intake.progress import Listener, Progress
from datong.intake.reader import Delivered, Readers, SourceOutOfReach, reader_of
from datong.intake.source import Source
from datong.intake.store import IntakeStore
from datong.intake.tally import Tally
from datong.intake.workroom import Workroom
from datong.terms.actor import Actor
from datong.terms.event import Event, Json
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text

# Called when a snapshot is committed and before its delivery is called landed: measures it, proposes grades.
AfterLanding = Callable[[Snapshot, Delivery], Sequence[ColumnMeasure]]
Clock = Callable[[], datetime]


class NoRoomLeft(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="磁盘已满，未能写完，已写的部分已清除，上一次的快照仍在使用。请腾出空间后重新执行。",
                en="The disk is full. What had been written was taken away and the last good snapshot stands. "
                "Free some space and run the same command again.",
            )
        )


class _TheSameAgain(Exception):
    """Not a fault: the content turned out to be that of the last landing when it had been read to its end."""


@dataclass
class Landing:
    """One call of `actions.land`: its arguments, so that its steps needn't hand them on."""

    source: Source
    table: str
    resource: ResourceName
    store: IntakeStore
    catalogue: CatalogueStore
    lake: Lake
    room: Workroom
    after_landing: AfterLanding | None
    accept_changes: bool
    progress: Listener
    clock: Clock
    by: Actor
    at: datetime

    def run(self, readers: Readers) -> Delivery:
        known = self.store.deliveries(resource=self.resource)
        last = next((d for d in known if d.state is DeliveryState.LANDED), None)
        self.delivery, cut_off = self._begin(known)
        standing = self.lake.current(self.resource)
        try:
            if cut_off and standing and standing.delivery == self.delivery.id:
                return self._finish(standing)  # killed between the lake's commit and our own record of it
            ended = self._read_and_land(readers, last, standing)
            # What goes wrong from here on leaves the delivery begun, so that the next run finishes it.
            return ended if isinstance(ended, Delivery) else self._finish(ended)
        finally:
            self.room.clear(self.delivery.id)

    def _read_and_land(
        self, readers: Readers, last: Delivery | None, standing: Snapshot | None
    ) -> Snapshot | Delivery:
        """The snapshot committed, or the delivery that ended without one."""
        tally = Tally(file=self.table, path=self.room.quarantine_file(self.delivery.id))
        try:
            self._not_another_table(last)
            with tally, reader_of(self.source.url, readers).open(self.source.url, self.table) as delivered:
                tally.file = delivered.file
                return self._land(delivered, tally, last, standing)
        except _TheSameAgain:
            assert last is not None
            return self._unchanged(last)
        except Fault as fault:
            return self._stopped(fault, tally)
        except OSError as error:
            return self._stopped(_as_fault(error, self.source), tally)

    def _begin(self, known: Sequence[Delivery]) -> tuple[Delivery, bool]:
        """A new delivery, or the one that a killed landing left behind; nobody else works on it, since we hold the table."""
        ours = (d for d in known if (d.source, d.table) == (self.source.name, self.table))
        left = next((d for d in ours if d.state is DeliveryState.STARTED), None)
        id = f"D-{self.at:%Y%m%d}-{uuid4().hex[:12]}"
        delivery = left or Delivery(id, self.source.name, self.table, self.resource, self.at, self.by.login)
        facts = {"source": self.source.name, "table": self.table, "resource": str(self.resource)}
        kind = "intake.delivery_resumed" if left else "intake.delivery_started"
        return self._saved(
            delivery, Event(kind, self.at, self.by.login, f"delivery/{delivery.id}", facts)
        ), left is not None

    def _not_another_table(self, last: Delivery | None) -> None:
        if last and (last.source, last.table) != (self.source.name, self.table) and not self.accept_changes:
            raise questions.AnotherTableLandsHere(self.resource, last.source, last.table)

    def _land(
        self, delivered: Delivered, tally: Tally, last: Delivery | None, standing: Snapshot | None
    ) -> Snapshot | Delivery:
        before = last if last and standing and standing.delivery == last.id else None
        if delivered.fingerprint and before and before.fingerprint == _fingerprint(delivered):
            return self._unchanged(before)
        promises = (
            {} if self.accept_changes or standing is None else {c: FieldType(t) for c, t in standing.columns}
        )
        named = [
            n
            for heading, n in zip(delivered.headings, delivered.names, strict=True)
            if heading or n in promises
        ]
        if promises:
            questions.columns_changed(self.resource, promises, named)
        work = pipeline.Work(delivered, tally, self.progress)
        spill = self.room.spill_file(self.delivery.id)
        if not delivered.settled:
            pipeline.first_reading(work, spill)
        schema = pipeline.settle(work, promises)
        if promises:
            questions.columns_changed(self.resource, promises, work.kept)
        batches = pipeline.only_reading(work) if delivered.settled else pipeline.second_reading(work, spill)
        ended = self._checked(batches, work, promises, before, standing)
        return self.lake.replace(self.resource, schema=schema, batches=ended, delivery=self.delivery.id)

    def _checked(
        self,
        batches: Iterator[pa.RecordBatch],
        work: pipeline.Work,
        promises: dict[str, FieldType],
        before: Delivery | None,
        standing: Snapshot | None,
    ) -> Iterator[pa.RecordBatch]:
        """The batches, then the last questions: whatever is raised here, the lake commits nothing."""
        landed, tally = 0, work.tally
        for batch in batches:
            landed += batch.num_rows
            yield batch
        fingerprint = _fingerprint(work.delivered)
        if before and before.fingerprint == fingerprint:
            raise _TheSameAgain
        questions.types_changed(
            self.resource, promises, pipeline.types_arriving(work), work.unreadable, tally.read
        )
        if not landed and not (work.delivered.settled and not tally.read):
            raise questions.NothingToLand(self.table, tally.read)
        if promises and standing and landed < questions.FEWER * standing.rows:
            raise questions.FarFewerRows(self.resource, standing.rows, landed)
        if tally.read != landed + tally.quarantined:
            raise AssertionError(
                f"{self.delivery.id}: read {tally.read}, landed {landed}, quarantined {tally.quarantined}"
            )
        self._read(work, landed, fingerprint)

    def _read(self, work: pipeline.Work, landed: int, fingerprint: str) -> None:
        """The report is kept before the commit, so that a kill right after it loses nothing."""
        tally, delivered = work.tally, work.delivered
        headings = {
            n: h
            for h, n in zip(delivered.headings, delivered.names, strict=True)
            if h != n and n in work.kept
        }
        read = replace(
            self.delivery,
            fingerprint=fingerprint,
            read=tally.read,
            landed=landed,
            quarantined=tally.quarantined,
            quarantine=tally.quarantine,
            repairs=tally.repairs,
            how=(*delivered.how, ("headings", json.dumps(headings, ensure_ascii=False))),
        )
        facts = {**_counts(read), "fingerprint": fingerprint}
        self.delivery = self._saved(
            read, Event("intake.delivery_read", self.clock(), self.by.login, f"delivery/{read.id}", facts)
        )

    def _finish(self, snapshot: Snapshot) -> Delivery:
        """From the lake's commit to the end: catalogue, profile, grades. May run twice after a kill; each step may."""
        headings = json.loads(dict(self.delivery.how).get("headings", "{}"))
        draft(
            store=self.catalogue,
            snapshot=snapshot,
            title=naming.title(self.table),
            headings=headings,
            by=self.by,
            at=self.at,
        )
        self.progress(Progress("profile", snapshot.rows))
        measures = self.after_landing(snapshot, self.delivery) if self.after_landing else ()
        landed = replace(
            self.delivery,
            state=DeliveryState.LANDED,
            snapshot=snapshot.id,
            profile=tuple(
                ColumnProfile(m.column, m.rows, m.filled, m.distinct, m.shortest, m.longest) for m in measures
            ),
            finished_at=self.clock(),
        )
        facts = {**_counts(landed), "snapshot": snapshot.id, "resource": str(self.resource)}
        return self._saved(
            landed,
            Event("intake.delivery_landed", self.clock(), self.by.login, f"delivery/{landed.id}", facts),
        )

    def _unchanged(self, last: Delivery) -> Delivery:
        self.room.quarantine_file(self.delivery.id).unlink(missing_ok=True)
        same = replace(
            self.delivery,
            state=DeliveryState.UNCHANGED,
            fingerprint=last.fingerprint,
            snapshot=last.snapshot,
            finished_at=self.clock(),
        )
        facts = {"same_as": last.id}
        return self._saved(
            same,
            Event("intake.delivery_unchanged", self.clock(), self.by.login, f"delivery/{same.id}", facts),
        )

    def _stopped(self, fault: Fault, tally: Tally) -> Delivery:
        stopped = replace(
            self.delivery,
            state=DeliveryState.STOPPED,
            fingerprint="",
            read=tally.read,
            landed=0,
            quarantined=tally.quarantined,
            quarantine=tally.quarantine,
            repairs=tally.repairs,
            stopped_because=fault.text,
            finished_at=self.clock(),
        )
        facts = {"because": type(fault).__name__, "read": tally.read, "quarantined": tally.quarantined}
        event = Event("intake.delivery_stopped", self.clock(), self.by.login, f"delivery/{stopped.id}", facts)
        try:
            return self._saved(stopped, event)
        except Exception:
            # On a full disk the record can't be kept either; the reason is told all the same.
            raise fault from None

    def _saved(self, delivery: Delivery, event: Event) -> Delivery:
        self.store.save(delivery, event)
        return replace(delivery, revision=delivery.revision + 1)


def _fingerprint(delivered: Delivered) -> str:
    return f"{pipeline.VERSION}:{delivered.fingerprint}"


def _counts(delivery: Delivery) -> dict[str, Json]:
    return {"read": delivery.read, "landed": delivery.landed, "quarantined": delivery.quarantined}


def _as_fault(error: OSError, source: Source) -> Fault:
    """A full disk and an unreadable source are told in our words; anything else is a defect and keeps its own."""
    if error.errno in (ENOSPC, EDQUOT) or "No space left" in str(error):
        return NoRoomLeft()
    if error.filename and "://" not in source.url and str(error.filename).startswith(source.url):
        return SourceOutOfReach(source.url)
    raise error
