"""Records an event by itself (gateway.ports.Recorder): a query, which changes nothing here and must be entered all the same."""

from dataclasses import dataclass

from datong.ledger.log import Log
from datong.records import outbox
from datong.terms.event import Event


@dataclass(frozen=True)
class LogRecorder:
    log: Log

    def record(self, event: Event) -> int:
        """The entry's index once the ledger has it on disk. Whatever stops the ledger is raised here: no entry, no row.

        What was decided before is entered first, so that a query keeps its place after it. The query itself goes straight
        into the log: its persons' numbers are never written to the control database, not even for a moment.
        """
        outbox.drain(self.log)
        return self.log.record(event)
