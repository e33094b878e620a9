"""State and ledger can't disagree: an event waits with what it tells of, and reaches the log once, whatever happens."""

import json
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.db import connection, transaction

from datong.ledger.entry import FactsNotJson
from datong.ledger.log import Log
from datong.ledger.verify_file import verify_file
from datong.records import outbox
from datong.records.ledger_keys import public_key
from datong.records.models.outbox import Outbox
from datong.terms.event import Event, Json

pytestmark = pytest.mark.django_db(transaction=True)
LI = "990101198001011234"


def event(number: int, *persons: str, facts: Json = None) -> Event:
    at = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))
    return Event(
        "test.happened",
        at,
        "zhang.wei",
        f"thing/{number}",
        {"number": number} if facts is None else facts,
        persons,
    )


def numbers(log: Log) -> list[int]:
    return [entry.facts["number"] for _, entry in log.entries()]


def put(*events: Event) -> None:
    with transaction.atomic():
        for each in events:
            outbox.put(each)


def test_waiting_events_are_entered_in_the_order_they_were_put(log: Log) -> None:
    put(event(0), event(1))
    put(event(2))
    assert outbox.waiting() == 3
    assert outbox.drain(log) == 3
    assert numbers(log) == [0, 1, 2]
    assert list(Outbox.objects.order_by("id").values_list("log_index", flat=True)) == [0, 1, 2]
    assert outbox.waiting() == 0


def test_an_event_goes_through_the_outbox_unchanged(log: Log) -> None:
    told = event(7, facts={"备注": "大通", "nested": {"list": [1, 2.5, None, True]}, "number": 7})
    put(told)
    outbox.drain(log)
    entry = log.entry(0)
    assert (entry.id, entry.kind, entry.by, entry.subject) == (told.id, told.kind, told.by, told.subject)
    assert entry.at == told.at.astimezone(UTC)
    assert entry.facts == told.facts


def test_what_is_undone_is_never_entered(log: Log) -> None:
    def undone() -> None:
        with transaction.atomic():
            outbox.put(event(0))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert outbox.drain(log) == 0
    assert log.size() == 0


def test_an_event_that_can_not_be_entered_undoes_what_it_tells_of() -> None:
    with pytest.raises(FactsNotJson):
        put(event(0), event(1, facts={"when": object()}))
    assert outbox.waiting() == 0


def test_persons_leave_the_row_when_the_ledger_has_its_commitment(log: Log) -> None:
    told = event(0, LI, "990101198502022345")
    put(told)
    row = Outbox.objects.get()
    assert json.loads(row.persons) == list(told.persons)
    assert LI not in row.event
    outbox.drain(log)
    row.refresh_from_db()
    assert row.persons == ""
    assert log.concerning(LI) == [0]
    assert log.entry(0).persons_count == 2


def test_an_event_that_was_entered_before_a_kill_is_marked_with_its_place(log: Log, tmp_path: Path) -> None:
    put(event(0, LI), event(1, LI))
    rows = list(Outbox.objects.order_by("id"))
    log.append([outbox._event(row) for row in rows])  # entered, then killed before the rows were marked
    put(event(2))
    assert outbox.drain(log) == 3
    assert numbers(log) == [0, 1, 2]
    assert not Outbox.objects.exclude(persons="").exists()
    assert verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path)).sound


def test_a_drain_with_nothing_to_do_does_nothing(log: Log) -> None:
    assert outbox.drain(log) == 0
    put(event(0))
    assert (outbox.drain(log), outbox.drain(log)) == (1, 0)
    assert log.size() == 1


def test_more_events_than_a_batch_are_all_entered(log: Log) -> None:
    put(*(event(number) for number in range(7)))
    assert outbox.drain(log, batch=3) == 7
    assert numbers(log) == list(range(7))


def test_a_log_that_can_not_be_written_leaves_everything_waiting(log: Log) -> None:
    put(event(0, LI))

    class Broken:
        def append(self, events: object) -> None:
            raise OSError

    with pytest.raises(OSError):
        outbox.drain(Broken())  # type: ignore[arg-type]
    assert outbox.waiting() == 1
    assert outbox.drain(log) == 1
    assert log.concerning(LI) == [0]


def test_nobody_drains_inside_a_transaction_that_may_be_undone(log: Log) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        outbox.drain(log)


def test_two_drains_at_once_enter_everything_once(log: Log, tmp_path: Path) -> None:
    put(*(event(number, LI) for number in range(40)))
    marked: list[int] = []

    def work() -> None:
        try:
            marked.append(outbox.drain(log, batch=5))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(marked) == 40
    assert numbers(log) == list(range(40))
    assert list(Outbox.objects.order_by("id").values_list("log_index", flat=True)) == list(range(40))
    assert log.concerning(LI) == list(range(40))
    assert verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path)).sound
