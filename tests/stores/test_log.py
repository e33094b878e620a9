"""The log in its two files: what is entered stays, once, in order, under a signed checkpoint."""

import os
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from datong.ledger import proof
from datong.ledger.checkpoint import Checkpoint, cosign, opened, sign
from datong.ledger.citizen_view import uses_of
from datong.ledger.entry import FactsNotJson
from datong.ledger.log import EventRewritten, Log, LogNotAsSigned, NotOurCheckpoint
from datong.ledger.note import NoteSigner, SignatureDoesNotHold
from datong.ledger.opening import Opening, OpeningNotReadable
from datong.ledger.tree import OutsideTree, leaf_hash
from datong.ledger.verify_file import verify_file
from datong.records.key_file import KeyFileOpenToOthers
from datong.records.ledger_keys import LedgerKeyDamaged, LedgerKeyReplaced, NodeRenamed, public_key
from datong.records.ledger_sqlite import LedgerNotWritable, SqliteFile
from datong.records.log import SqliteLog, open_log
from datong.records.person_uses import CROWD, PersonsRewritten
from datong.terms.event import Event

NAME = "datong.example/rongxi"
LI, WANG, NOBODY = "990101198001011234", "990101198502022345", "990101199003033456"


def event(number: int = 0, *persons: str, kind: str = "gateway.query_allowed") -> Event:
    facts = {"department": "health", "purpose": "vaccination", "number": number}
    return Event(
        kind, datetime(2026, 11, 23, tzinfo=UTC), "zhang.wei", "resource/police.resident", facts, persons
    )


def crowd(count: int) -> tuple[str, ...]:
    return tuple(f"99{number:016}" for number in range(count))


def sound(home: Path) -> bool:
    return verify_file(home / "ledger" / "log.sqlite", public_key(home)).sound


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return open_log(tmp_path, name=NAME)


def test_events_are_entered_in_order_and_get_their_places(log: Log) -> None:
    receipts = log.append([event(number) for number in range(5)])
    assert [receipt.index for receipt in receipts] == [0, 1, 2, 3, 4]
    assert [entry.facts["number"] for _, entry in log.entries()] == [0, 1, 2, 3, 4]
    assert log.record(event(5)) == 5
    assert log.entry(5).by == "zhang.wei"


def test_a_receipt_holds_the_leaf_hash_of_what_is_kept(log: Log) -> None:
    [receipt] = log.append([event()])
    row = log.storage.row(0)
    assert row is not None
    assert receipt.leaf_hash == leaf_hash(row.entry)


def test_an_event_is_entered_once_however_often_it_comes(log: Log) -> None:
    one, other = event(1, LI), event(2, WANG)
    first = log.append([one, other])
    assert log.append([other, one, other]) == [first[1], first[0], first[1]]
    assert log.size() == 2
    assert log.concerning(LI) == [0]


def test_an_event_twice_in_one_batch_is_one_entry(log: Log) -> None:
    one = event(1)
    receipts = log.append([one, event(2), one])
    assert [receipt.index for receipt in receipts] == [0, 1, 0]


def test_the_same_id_with_other_content_is_refused_and_changes_nothing(log: Log) -> None:
    one = event(1)
    log.record(one)
    changed = Event(one.kind, one.at, one.by, one.subject, {"number": 2}, id=one.id)
    with pytest.raises(EventRewritten):
        log.append([event(3), changed])
    assert log.size() == 1


def test_the_same_id_with_other_persons_is_refused(log: Log) -> None:
    one = event(1, LI)
    log.record(one)
    with pytest.raises(EventRewritten):
        log.record(Event(one.kind, one.at, one.by, one.subject, one.facts, (WANG,), id=one.id))
    log.uses.keep(one.id, [], log_parts(log, one))
    with pytest.raises(PersonsRewritten):
        log.uses.keep(one.id, [], log_parts(log, event(1, WANG)))


def log_parts(log: Log, about: Event):  # type: ignore[no-untyped-def]
    from datong.ledger.entry import seal

    return seal(about, log.secret).parts


def test_an_event_that_json_can_not_say_stops_the_whole_batch(log: Log) -> None:
    with pytest.raises(FactsNotJson):
        log.append([event(1), Event("x.y", event().at, "z", "s", {"when": object()})])
    assert log.size() == 0


def test_nothing_to_enter_is_nothing_done(log: Log) -> None:
    assert log.append([]) == []
    assert log.checkpoint() is None


def test_every_append_signs_a_checkpoint_of_what_it_left(log: Log) -> None:
    for number in range(4):
        log.record(event(number))
        note = log.checkpoint()
        assert note is not None
        assert opened(note, log.signer.key).size == number + 1


def test_any_entry_is_proved_under_any_later_checkpoint(log: Log) -> None:
    heads = []
    for number in range(11):
        log.record(event(number))
        heads.append(opened(log.checkpoint() or "", log.signer.key))
    for head in heads:
        for index in range(head.size):
            row = log.storage.row(index)
            assert row is not None
            assert proof.includes(
                leaf=leaf_hash(row.entry),
                index=index,
                size=head.size,
                path=log.inclusion(index, head.size),
                root=head.root,
            )
        for older in heads[: head.size]:
            assert proof.extends(
                old_size=older.size,
                old_root=older.root,
                new_size=head.size,
                new_root=head.root,
                path=log.consistency(older.size, head.size),
            )


def test_nothing_is_proved_about_entries_that_are_not_there(log: Log) -> None:
    log.record(event())
    for wanted in (lambda: log.entry(1), lambda: log.inclusion(0, 2), lambda: log.consistency(1, 2)):
        with pytest.raises(OutsideTree):
            wanted()


def test_a_log_goes_on_where_it_stopped(log: Log, tmp_path: Path) -> None:
    log.record(event(0, LI))
    again = open_log(tmp_path, name=NAME)
    assert again.record(event(1, LI)) == 1
    assert again.concerning(LI) == [0, 1]
    assert sound(tmp_path)


# Persons


def test_a_person_finds_the_entries_that_concern_them_and_no_others(log: Log) -> None:
    log.append([event(0, LI), event(1, WANG), event(2), event(3, WANG, LI), event(4, *crowd(CROWD + 5), LI)])
    assert log.concerning(LI) == [0, 3, 4]
    assert log.concerning(WANG) == [1, 3]
    assert log.concerning(NOBODY) == []


@pytest.mark.parametrize("count", [1, CROWD, CROWD + 1, 3 * CROWD, 9_000])
def test_each_of_many_finds_the_entry_and_can_open_it(log: Log, count: int) -> None:
    persons = crowd(count)
    log.append([event(0, NOBODY), event(1, *persons)])
    for person in {persons[0], persons[count // 2], persons[-1]}:
        assert log.concerning(person) == [1]
        opening = log.opening(1, person)
        assert opening is not None
        assert opening.concerns(person, log.signer.key)
    assert log.concerning(NOBODY) == [0]
    assert log.opening(1, NOBODY) is None


def test_overlapping_crowds_are_kept_apart(log: Log) -> None:
    persons = crowd(2 * CROWD + 10)
    log.append([event(0, *persons[: CROWD + 5]), event(1, *persons[CROWD:]), event(2, *persons)])
    assert log.concerning(persons[0]) == [0, 2]
    assert log.concerning(persons[CROWD + 1]) == [0, 1, 2]
    assert log.concerning(persons[-1]) == [1, 2]


def test_an_opening_holds_for_its_person_alone(log: Log) -> None:
    log.append([event(0, LI, WANG), event(1, WANG)])
    opening = log.opening(0, LI)
    assert opening is not None
    assert opening.concerns(LI, log.signer.key)
    assert not opening.concerns(WANG, log.signer.key)
    assert not opening.concerns(LI.lower() + " ", log.signer.key)
    assert log.opening(1, LI) is None


def test_an_opening_names_neither_the_person_nor_the_others(log: Log) -> None:
    log.append([event(0, LI, WANG, *crowd(3))])
    opening = log.opening(0, LI)
    assert opening is not None
    text = opening.to_json()
    assert not any(person in text for person in (LI, WANG, *crowd(3)))
    assert Opening.from_json(text) == opening


def test_an_opening_that_was_tampered_with_does_not_hold(log: Log) -> None:
    log.append([event(0, LI, WANG), event(1, LI)])
    one, other = log.opening(0, LI), log.opening(1, LI)
    assert one is not None
    assert other is not None
    for name in ("index", "entry", "salt", "place", "path", "note"):
        if getattr(one, name) != getattr(other, name):
            mixed = Opening(**{**vars(one), name: getattr(other, name)})
            assert not mixed.concerns(LI, log.signer.key), name
    shifted = Opening(**{**vars(one), "salt": one.salt + LI[:2].encode()})
    assert not shifted.concerns(LI[2:], log.signer.key)
    stranger = NoteSigner(NAME, Ed25519PrivateKey.generate())
    assert not one.concerns(LI, stranger.key)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"index": "x"}', "null", "\x00"])
def test_what_is_no_opening_is_refused(text: str) -> None:
    with pytest.raises(OpeningNotReadable):
        Opening.from_json(text)


def test_a_citizen_sees_department_purpose_and_time_newest_first(log: Log) -> None:
    log.append([event(number, LI, *crowd(number)) for number in range(5)])
    first, second = uses_of(LI, log, limit=2)
    assert (first.index, first.department, first.purpose) == (4, "health", "vaccination")
    assert (first.subject, first.others) == ("resource/police.resident", 4)
    assert second.index == 3
    assert [use.index for use in uses_of(LI, log, limit=2, before=3)] == [2, 1]
    assert list(uses_of(LI, log, limit=0)) == []


def test_neither_file_holds_an_identity_number(log: Log, tmp_path: Path) -> None:
    log.append([event(0, LI), event(1, *crowd(CROWD + 1))])
    for path in (tmp_path / "ledger").iterdir():
        data = path.read_bytes()
        assert not any(person.encode() in data for person in (LI, *crowd(CROWD + 1)))


def test_the_log_is_as_provable_without_the_private_file(log: Log, tmp_path: Path) -> None:
    log.append([event(0, LI)])
    for path in (tmp_path / "ledger").glob("private*"):
        path.unlink()
    assert sound(tmp_path)


def test_commitments_of_an_event_that_never_reached_the_log_are_not_shown(log: Log) -> None:
    stray = event(0, LI)
    log.uses.keep(stray.id, log.secret.tags(stray.persons), log_parts(log, stray))
    assert log.concerning(LI) == []
    log.record(event(1, LI))
    assert log.record(stray) == 1
    assert log.concerning(LI) == [0, 1]


# Files, keys, copies


def test_keys_are_the_nodes_alone_and_made_once(log: Log, tmp_path: Path) -> None:
    keys = sorted((tmp_path / "keys").iterdir())
    assert [path.name for path in keys] == ["ledger.key", "ledger.salt"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in keys)
    assert open_log(tmp_path, name=NAME).signer.key == log.signer.key == public_key(tmp_path)


def test_a_key_that_others_can_read_stops_the_node(log: Log, tmp_path: Path) -> None:
    (tmp_path / "keys" / "ledger.key").chmod(0o644)
    with pytest.raises(KeyFileOpenToOthers):
        open_log(tmp_path, name=NAME)


def test_a_damaged_key_is_said_to_be_damaged_and_not_replaced(log: Log, tmp_path: Path) -> None:
    path = tmp_path / "keys" / "ledger.key"
    path.write_bytes(b"\xff\x00 nonsense")
    with pytest.raises(LedgerKeyDamaged):
        open_log(tmp_path, name=NAME)
    assert path.read_bytes() == b"\xff\x00 nonsense"


def test_a_lost_key_is_not_quietly_followed_by_another(log: Log, tmp_path: Path) -> None:
    (tmp_path / "keys" / "ledger.key").unlink()
    with pytest.raises(LedgerKeyReplaced):
        open_log(tmp_path, name=NAME)


def test_a_node_can_not_sign_on_under_another_name(log: Log, tmp_path: Path) -> None:
    with pytest.raises(NodeRenamed) as refused:
        open_log(tmp_path, name="datong.example/other")
    assert NAME in str(refused.value)


def test_a_copy_for_an_auditor_is_one_file_and_sound(log: Log, tmp_path: Path) -> None:
    log.append([event(number, LI) for number in range(9)])
    storage = log.storage
    assert isinstance(storage, SqliteLog)
    away = tmp_path / "away"
    away.mkdir()
    storage.copy_to(away / "log.sqlite")
    assert verify_file(away / "log.sqlite", public_key(tmp_path)).entries == 9
    assert [path.name for path in away.iterdir()] == ["log.sqlite"]


def test_a_copy_in_a_folder_that_can_not_be_written_is_checked_all_the_same(log: Log, tmp_path: Path) -> None:
    log.record(event())
    storage = log.storage
    assert isinstance(storage, SqliteLog)
    storage.copy_to(tmp_path / "copy.sqlite")
    (tmp_path / "copy.sqlite").chmod(0o400)
    assert verify_file(tmp_path / "copy.sqlite", public_key(tmp_path)).sound


def test_entries_can_not_be_changed_or_deleted_by_accident(log: Log, tmp_path: Path) -> None:
    log.record(event())
    connection = sqlite3.connect(tmp_path / "ledger" / "log.sqlite")
    for statement in (
        "DELETE FROM entry",
        "UPDATE entry SET bytes = x''",
        "DELETE FROM node",
        "UPDATE node SET hash = x''",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE node SET hash = zeroblob(32) WHERE level = 2 AND idx = 0",
        "DELETE FROM node WHERE level = 0 AND idx = 4",
        "DELETE FROM entry WHERE idx = 4",
        "DELETE FROM checkpoint",
        "UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 4) WHERE size = 5",
    ],
)
def test_the_node_signs_nothing_on_top_of_a_tree_that_it_did_not_sign(
    log: Log, tmp_path: Path, statement: str
) -> None:
    for number in range(5):
        log.record(event(number))
    connection = sqlite3.connect(tmp_path / "ledger" / "log.sqlite")
    for trigger in ("entry_stays", "node_stays", "node_as_is"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    connection.commit()
    connection.close()
    before = log.size()
    with pytest.raises(LogNotAsSigned):
        log.record(event(5))
    assert log.size() == before


def test_a_full_disk_enters_nothing_and_says_so(log: Log, tmp_path: Path) -> None:
    log.append([event(number) for number in range(3)])
    storage = log.storage
    assert isinstance(storage, SqliteLog)
    connection = storage._file.connection()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LedgerNotWritable) as refused:
        log.append([event(number) for number in range(3, 300)])
    assert "full" in str(refused.value)
    assert log.size() == 3
    connection.execute("PRAGMA max_page_count = 1000000")
    assert log.record(event(3)) == 3
    assert sound(tmp_path)


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "log.sqlite").write_bytes(b"this is a letter to the county, not a database " * 50)
    with pytest.raises(LedgerNotWritable) as refused:
        SqliteLog(tmp_path / "log.sqlite")
    assert "log.sqlite" in str(refused.value)


# Witnesses


def test_a_cosigned_checkpoint_is_kept_with_its_witness(log: Log, tmp_path: Path) -> None:
    witness = NoteSigner("witness.example/province", Ed25519PrivateKey.generate())
    log.append([event(number) for number in range(3)])
    log.keep_cosigned(cosign(log.checkpoint() or "", witness))
    report = verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path), witnesses=[witness.key])
    assert report.sound


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_note_in_our_name_about_another_tree_is_never_kept(log: Log, size: int) -> None:
    log.append([event(number) for number in range(3)])
    elsewhere = sign(Checkpoint(NAME, size, b"\x00" * 32), log.signer)
    with pytest.raises(NotOurCheckpoint):
        log.keep_cosigned(elsewhere)
    stranger = NoteSigner(NAME, Ed25519PrivateKey.generate())
    with pytest.raises(SignatureDoesNotHold):
        log.keep_cosigned(sign(Checkpoint(NAME, 3, b"\x00" * 32), stranger))


# Several at once


def test_threads_that_append_at_once_lose_nothing(log: Log, tmp_path: Path) -> None:
    def work(worker: int) -> None:
        for number in range(12):
            log.record(event(worker * 100 + number, LI))

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [entry.facts["number"] for _, entry in log.entries()]
    assert sorted(numbers) == sorted(worker * 100 + number for worker in range(4) for number in range(12))
    assert log.concerning(LI) == list(range(48))
    assert sound(tmp_path)


def test_a_forked_child_opens_a_connection_of_its_own(log: Log, tmp_path: Path) -> None:
    log.record(event(0))
    storage = log.storage
    assert isinstance(storage, SqliteLog)
    before = storage._file.connection()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if storage._file.connection() is not before and log.record(event(1)) == 1 else 1
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    assert log.record(event(2)) == 2
    assert sound(tmp_path)


def test_a_raised_error_undoes_the_transaction_and_frees_the_lock(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "x.sqlite", "CREATE TABLE IF NOT EXISTS t (v INTEGER);\n")

    def interrupted() -> None:
        with file.writing() as connection:
            connection.execute("INSERT INTO t VALUES (1)")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with file.writing() as connection:
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    file.close()
    assert file.connection().execute("SELECT count(*) FROM t").fetchone() == (0,)


def test_a_batch_that_is_refused_half_way_leaves_no_trace_in_the_log(log: Log, tmp_path: Path) -> None:
    one = event(1)
    log.record(one)
    with pytest.raises(EventRewritten):
        log.append([event(2, LI), Event("x.y", one.at, "z", "s", id=one.id), event(3)])
    assert log.size() == 1
    assert log.concerning(LI) == []
    assert log.record(Event("x.y", one.at, "z", "s", id=uuid4())) == 1
    assert sound(tmp_path)
