"""The ledger beside its peers: a plain SQLite INSERT of the same bytes, and plain SHA-256 over them."""

import random
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import perf_counter

from datong.ledger.citizen_view import uses_of
from datong.ledger.entry import seal
from datong.ledger.log import Log
from datong.ledger.verify_file import verify_file
from datong.records.log import open_log
from datong.terms.event import Event

ONE_BY_ONE = 2_000
BATCHED = 100_000
BATCH = 1_000
PROOFS = 2_000
PERSONS = 1_000_000
BULK_USES = 200  # of the thousand people that the citizen's look-up is among


def main() -> None:
    with _folder() as ours, _folder() as peers:
        log = open_log(ours, name="datong.example/bench")
        plain = _plain_table(peers)
        _appending_batches(log, plain)
        _proving(log)
        _auditing(log, ours)
        _appending_one_by_one(log, plain)
        _concerning_persons(log)


def _appending_one_by_one(log: Log, plain: sqlite3.Connection) -> None:
    single = [_event(number) for number in range(ONE_BY_ONE)]
    rows = [seal(event, log.secret).entry for event in single]
    # In turns, so that what else the machine does falls on both.
    pairs = [
        (_timed(log.record, event), _timed(_insert, plain, [row]))
        for event, row in zip(single, rows, strict=False)
    ]
    ours, peer = (statistics.median(times) for times in zip(*pairs, strict=True))
    _say(
        "append, one by one, signed and on the disk",
        f"{1 / ours:,.0f}/s",
        f"plain INSERT {1 / peer:,.0f}/s",
        ours / peer,
    )


def _appending_batches(log: Log, plain: sqlite3.Connection) -> None:
    events = [_event(number) for number in range(BATCHED)]
    rows = [seal(event, log.secret).entry for event in events]
    ours = _timed(lambda: [log.append(batch) for batch in _batches(events)])
    peer = _timed(lambda: [_insert(plain, batch) for batch in _batches(rows)])
    _say(
        f"append, {BATCH:,} at a time",
        f"{BATCHED / ours:,.0f}/s",
        f"plain INSERT {BATCHED / peer:,.0f}/s",
        ours / peer,
    )


def _proving(log: Log) -> None:
    size, chance = log.size(), random.Random(1)
    places = [chance.randrange(size) for _ in range(PROOFS)]
    inclusion = _timed(lambda: [log.inclusion(place, size) for place in places]) / PROOFS
    consistency = _timed(lambda: [log.consistency(place + 1, size) for place in places]) / PROOFS
    print(
        f"  proofs among {size:,}: inclusion {1e3 * inclusion:.3f} ms, consistency {1e3 * consistency:.3f} ms"
    )


def _auditing(log: Log, home: Path) -> None:
    path, size = home / "ledger" / "log.sqlite", log.size()
    ours = _timed(verify_file, path, log.signer.key)
    checkpoints = verify_file(path, log.signer.key).checkpoints
    connection = sqlite3.connect(path)
    entries = [data for (data,) in connection.execute("SELECT bytes FROM entry ORDER BY idx")]
    connection.close()
    peer = _timed(lambda: [sha256(data).digest() for data in entries])
    _say(
        f"full audit of {size:,} entries under {checkpoints:,} signatures",
        f"{size / ours:,.0f}/s",
        f"plain SHA-256 {size / peer:,.0f}/s",
        ours / peer,
    )
    print(
        f"  on the disk: {path.stat().st_size / size:,.0f} bytes an entry, its tree and checkpoints included"
    )


def _concerning_persons(log: Log) -> None:
    persons = tuple(f"99{number:016}" for number in range(PERSONS))
    bulk = _event(0, persons)
    sealing = _timed(seal, bulk, log.secret)
    peer = _timed(lambda: [sha256(person.encode()).digest() for person in persons])
    _say(
        f"commitment to {PERSONS:,} persons",
        f"{sealing:.2f} s",
        f"unsalted SHA-256 of each {peer:.2f} s",
        sealing / peer,
    )
    print(
        f"  the same entered, with its private index: {_timed(log.record, bulk):.2f} s the first time", end=""
    )
    again = _event(1, persons)
    print(f", {_timed(log.record, again):.2f} s when the persons are known")

    few = [_event(number, persons[number : number + 2_000]) for number in range(BULK_USES)]
    log.append(few)
    index, person = log.size() - 1, persons[BULK_USES + 500]
    page = statistics.median(_timed(lambda: list(uses_of(person, log))) for _ in range(20))
    opening = statistics.median(_timed(log.opening, index - BULK_USES, person) for _ in range(20))
    found = len(log.concerning(person))
    print(
        f"  a citizen's page over {found:,} bulk uses: {1e3 * page:.1f} ms; opening one of {PERSONS:,}: {1e3 * opening:.1f} ms"
    )


def _event(number: int, persons: tuple[str, ...] = ()) -> Event:
    facts = {
        "purpose": "vaccination",
        "department": "health",
        "agreement": "A-2026-0001",
        "resources": ["police.resident"],
        "number": number,
    }
    return Event(
        "gateway.query_allowed", datetime.now(UTC), "zhang.wei", "resource/police.resident", facts, persons
    )


def _plain_table(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "plain.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE entry (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
    return connection


def _insert(connection: sqlite3.Connection, rows: list[bytes]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO entry (bytes) VALUES (?)", ((row,) for row in rows))
    connection.execute("COMMIT")


def _batches(rows: list) -> Iterator[list]:  # type: ignore[type-arg]
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _timed(work: Callable[..., object], *arguments: object) -> float:
    start = perf_counter()
    work(*arguments)
    return perf_counter() - start


def _say(what: str, ours: str, peer: str, ratio: float) -> None:
    print(f"  {what}: {ours}; {peer}; ours takes {ratio:.1f} times as long")


@contextmanager
def _folder() -> Iterator[Path]:
    # Not /tmp, which is often memory: an fsync there is free and the numbers worth nothing.
    place = "/var/tmp" if Path("/var/tmp").is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


if __name__ == "__main__":
    main()
