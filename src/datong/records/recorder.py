"""Records an event by itself (gateway.ports.Recorder): a query, which changes nothing here and must be entered all the same."""

from dataclasses import dataclass

from django.db import transaction

from datong.ledger.log import Log
from datong.records import outbox
from datong.records.models.outbox import Outbox
from datong.terms.event import Event


@dataclass(frozen=True)
class OutboxRecorder:
    log: Log

    def record(self, event: Event) -> int:
        """The entry's index once the ledger has it on disk. Whatever stops the ledger is raised here: no entry, no row.

        Through the outbox and not straight into the log, so that a query's entry keeps its place after what was decided
        before it.
        """
        with transaction.atomic(durable=True):
            outbox.put(event)
        outbox.drain(self.log)
        return int(Outbox.objects.values_list("log_index", flat=True).get(event_id=event.id))
