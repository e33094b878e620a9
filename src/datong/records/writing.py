"""One write: the nouns, the counters that say something changed, and the event, in one transaction or not at all."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from datong.records import counters, outbox
from datong.terms.event import Event

Drain = Callable[[], object]

# Everything that could change what the gateway decides; Shelf.stamp reads it in one row.
SHELF = "shelf"
AGREEMENTS = "agreements"

_log = logging.getLogger(__name__)


@contextmanager
def writing(event: Event, *, drain: Drain, changes: tuple[str, ...] = ()) -> Iterator[None]:
    """Keeps what the block writes together with `event`; once both are kept, brings the event to the ledger.

    `changes` are the counters that rise. They come last in the transaction, so that two writers that wait for each
    other's counter never hold a row the other needs.
    """
    with transaction.atomic():
        yield
        outbox.put(event)
        for counter in changes:
            counters.rise(counter)
        transaction.on_commit(lambda: _bring(event, drain))


def _bring(event: Event, drain: Drain) -> None:
    """A ledger that can't be reached just now doesn't undo what was decided: the event waits and the next drain takes it."""
    try:
        drain()
    except Exception as fault:
        _log.error("An event (%s) waits in the outbox for the ledger: %s", event.kind, type(fault).__name__)
