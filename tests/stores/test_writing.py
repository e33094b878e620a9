"""A write carries its event: both are kept or neither is, and a ledger that is away loses nothing."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction

from datong.ledger.log import Log
from datong.records import outbox
from datong.records.models.outbox import Outbox
from datong.records.recorder import LogRecorder
from datong.records.stores.catalogue import Catalogue
from datong.terms.names import ResourceName
from tests.stores.nouns import RESIDENT, department, happened, resource


def test_a_saved_noun_is_in_the_ledger_when_save_returns(drain: Callable[[], object], log: Log) -> None:
    Catalogue(drain).save(department(), happened("department/police", title="Police"))
    assert [(entry.subject, entry.facts) for _, entry in log.entries()] == [
        ("department/police", {"title": "Police"})
    ]
    assert outbox.waiting() == 0


def test_an_event_that_cant_be_entered_undoes_the_change_it_tells_of(
    drain: Callable[[], object], log: Log
) -> None:
    store = Catalogue(drain)
    with pytest.raises(Exception, match="JSON"):
        store.save(resource(), happened("resource/police.resident", facts={1, 2}))
    assert store.resource(RESIDENT) is None
    assert (outbox.waiting(), log.size()) == (0, 0)


def test_a_refused_change_leaves_no_event(drain: Callable[[], object], log: Log) -> None:
    store = Catalogue(drain)
    store.save(resource(), happened("first"))
    with pytest.raises(Exception, match="changed by somebody else"):
        store.save(resource(), happened("second"))
    assert [entry.subject for _, entry in log.entries()] == ["first"]
    assert outbox.waiting() == 0


def test_a_ledger_that_cant_be_reached_keeps_the_change_and_enters_it_later_in_order(
    drain: Callable[[], object], log: Log
) -> None:
    def away() -> None:
        raise OSError("the disk is full")

    Catalogue(away).save(department(), happened("first"))
    assert Catalogue(away).department("police") is not None
    assert (outbox.waiting(), log.size()) == (1, 0)
    Catalogue(drain).save(resource(), happened("second"))
    assert [entry.subject for _, entry in log.entries()] == ["first", "second"]
    assert outbox.waiting() == 0


def test_whoever_writes_at_the_same_time_nothing_is_lost_and_nothing_is_entered_twice(
    drain: Callable[[], object], log: Log
) -> None:
    def write(who: int) -> None:
        try:
            for number in range(8):
                name = ResourceName("police", f"table_{who}_{number}")
                Catalogue(drain).save(resource(name), happened(f"resource/{name}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(write, range(4)))
    Catalogue(drain).save(department(), happened("last"))
    assert len(Catalogue(drain).resources()) == 32
    entered = [entry.subject for _, entry in log.entries()]
    assert len(entered) == len(set(entered)) == 33
    assert outbox.waiting() == 0


def test_nothing_reaches_the_ledger_of_a_transaction_that_is_undone(
    drain: Callable[[], object], log: Log
) -> None:
    def change_then_fail() -> None:
        with transaction.atomic():
            Catalogue(drain).save(department(), happened("first"))
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        change_then_fail()
    assert (outbox.waiting(), log.size()) == (0, 0)


def test_a_record_is_durable_and_says_where_it_stands(drain: Callable[[], object], log: Log) -> None:
    recorder = LogRecorder(log)
    Catalogue(drain).save(department(), happened("first"))
    assert recorder.record(happened("query/1")) == 1
    assert recorder.record(happened("query/2")) == 2
    assert log.entry(2).subject == "query/2"


def test_a_record_raises_rather_than_returning_without_its_entry(
    drain: Callable[[], object], log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> Any:
        raise OSError("the disk is full")

    recorder = LogRecorder(log)
    with monkeypatch.context() as broken:
        broken.setattr(type(log), "append", full)
        with pytest.raises(OSError, match="full"):
            recorder.record(happened("query/1"))
    assert log.size() == 0
    assert recorder.record(happened("query/2")) == 0


def test_a_record_never_lies_in_the_control_database(drain: Callable[[], object], log: Log) -> None:
    LogRecorder(log).record(replace(happened("query/1"), persons=("99012319900101001X",)))
    assert not Outbox.objects.exists()
    assert log.entry(0).persons_count == 1


def test_a_record_isnt_made_inside_a_transaction_that_could_still_be_undone(
    drain: Callable[[], object], log: Log
) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        LogRecorder(log).record(happened("query/1"))


@pytest.mark.skipif(bool(os.environ.get("DATONG_DATABASE_URL")), reason="what SQLite is told")
def test_a_commit_is_on_the_disk_and_what_is_deleted_is_overwritten(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        told = {}
        for pragma in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {pragma}")
            told[pragma] = cursor.fetchone()[0]
    assert told == {
        "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "busy_timeout": 30_000,
    }  # fmt: skip
