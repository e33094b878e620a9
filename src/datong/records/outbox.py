"""From a transaction to the ledger: state and event are kept together, and the event then reaches the log exactly once.

"Waiting" and "entered" are two things. A kill between them leaves the event waiting, and the next drain enters it.
"""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from datong.ledger.entry import spelled
from datong.ledger.log import Log
from datong.records.models.outbox import Outbox
from datong.terms.event import Event

BATCH = 500


def put(event: Event) -> None:
    """Lets the event wait for the ledger; to be called in the transaction that it tells of.

    Raises FactsNotJson, which undoes that transaction: what can't be entered doesn't happen.
    """
    Outbox.objects.create(
        event_id=event.id,
        event=spelled(
            event.kind,
            {
                "at": event.at.isoformat(),
                "by": event.by,
                "facts": event.facts,
                "kind": event.kind,
                "subject": event.subject,
            },
        ),
        persons=json.dumps(event.persons) if event.persons else "",
    )


def drain(log: Log, *, batch: int = BATCH) -> int:
    """Enters every waiting event, oldest first, and returns how many this call marked as entered.

    Two drains at once may both append: the log knows an event by its id and keeps its first place. What is marked is
    stripped of its persons in the same statement.
    """
    marked = 0
    while rows := _oldest(batch):
        receipts = log.append([_event(row) for row in rows])
        with transaction.atomic():
            for row, receipt in zip(rows, receipts, strict=True):
                still_waiting = Outbox.objects.filter(id=row.id, log_index=None)
                marked += still_waiting.update(log_index=receipt.index, persons="")
    return marked


def waiting() -> int:
    """How many events the ledger doesn't have yet."""
    return int(Outbox.objects.filter(log_index=None).count())


def _oldest(batch: int) -> list[Outbox]:
    # Durable: inside somebody's open transaction we would enter events of changes that may yet be undone.
    with transaction.atomic(durable=True):
        return list(Outbox.objects.filter(log_index=None).order_by("id")[:batch])


def _event(row: Outbox) -> Event:
    fields = json.loads(row.event)
    return Event(
        id=UUID(str(row.event_id)),
        kind=fields["kind"],
        at=datetime.fromisoformat(fields["at"]),
        by=fields["by"],
        subject=fields["subject"],
        facts=fields["facts"],
        persons=tuple(json.loads(row.persons)) if row.persons else (),
    )
