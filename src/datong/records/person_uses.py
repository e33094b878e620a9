"""The private side of the ledger: which events concern whom, and the commitments behind each event's root.

Persons stand here by keyed tag, never by number: without the secret in keys/ the file names nobody. Losing it takes
away openings and the citizens' view, and leaves the log as provable as it was.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from uuid import UUID

from pyroaring import BitMap

from datong.ledger.commitments import Part, parts_root
from datong.records.ledger_sqlite import SqliteFile
from datong.terms.fault import Fault
from datong.terms.text import Text

# Below this a row for each person and event is smaller and simpler; above it a bitmap costs about a byte a person.
CROWD = 1_000
HASH = 32
CHUNK_BITS = 16  # persons numbered alike in their upper bits share a bitmap: a look-up reads one a crowd

_SCHEMA = """
CREATE TABLE IF NOT EXISTS event (ref INTEGER PRIMARY KEY, event_id BLOB NOT NULL UNIQUE, root BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS uses (tag BLOB NOT NULL, ref INTEGER NOT NULL, PRIMARY KEY (tag, ref)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person (number INTEGER PRIMARY KEY, tag BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS crowd (
    chunk INTEGER NOT NULL, ref INTEGER NOT NULL, members BLOB NOT NULL, PRIMARY KEY (chunk, ref)
);
CREATE TABLE IF NOT EXISTS part (
    ref INTEGER NOT NULL, number INTEGER NOT NULL, first BLOB NOT NULL, root BLOB NOT NULL, commitments BLOB NOT NULL,
    PRIMARY KEY (ref, number)
);
"""


class PersonsRewritten(Fault):
    """The id of an event came back with other persons."""

    def __init__(self, event: UUID) -> None:
        self.event = event
        super().__init__(
            Text(
                zh=f"事件 {event} 涉及的人员与先前保存的不同。事件一经发生不可更改：请以新的编号另行记录。",
                en=f"The event {event} was kept before with other persons. An event doesn't change: record what is new "
                "under an id of its own.",
            )
        )


class SqliteUses:
    """Keeps datong.ledger.log.UseStorage."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _SCHEMA)

    def keep(self, event: UUID, tags: Sequence[bytes], parts: Sequence[Part]) -> None:
        root = parts_root(parts)
        with self._file.writing() as connection:
            known = connection.execute("SELECT root FROM event WHERE event_id = ?", (event.bytes,)).fetchone()
            if known is None:
                self._insert(connection, event, root, tags, parts)
            elif known[0] != root:
                raise PersonsRewritten(event)

    def events_of(self, tag: bytes) -> list[UUID]:
        run = self._file.connection().execute
        refs = [ref for (ref,) in run("SELECT ref FROM uses WHERE tag = ?", (tag,))]
        for (number,) in run("SELECT number FROM person WHERE tag = ?", (tag,)).fetchall():
            crowds = run("SELECT ref, members FROM crowd WHERE chunk = ?", (number >> CHUNK_BITS,))
            refs += [ref for ref, members in crowds if number in BitMap.deserialize(members)]
        event = "SELECT event_id FROM event WHERE ref = ?"
        return [UUID(bytes=run(event, (ref,)).fetchone()[0]) for ref in sorted(refs)]

    def parts_of(self, event: UUID) -> "SqliteParts":
        return SqliteParts(self._file.connection(), event)

    def close(self) -> None:
        self._file.close()

    def _insert(
        self,
        connection: sqlite3.Connection,
        event: UUID,
        root: bytes,
        tags: Sequence[bytes],
        parts: Sequence[Part],
    ) -> None:
        sql = "INSERT INTO event (event_id, root) VALUES (?, ?)"
        ref = connection.execute(sql, (event.bytes, root)).lastrowid
        connection.executemany(
            "INSERT INTO part VALUES (?, ?, ?, ?, ?)",
            (
                (ref, number, part.commitments[0], part.root, b"".join(part.commitments))
                for number, part in enumerate(parts)
            ),
        )
        if len(tags) <= CROWD:
            connection.executemany("INSERT INTO uses VALUES (?, ?)", ((tag, ref) for tag in tags))
        else:
            rows = ((chunk, ref, members) for chunk, members in _chunks(_numbers(connection, tags)))
            connection.executemany("INSERT INTO crowd VALUES (?, ?, ?)", rows)


class SqliteParts:
    """Keeps datong.ledger.commitments.KeptParts: the heads without the blobs behind them, and a part when it is asked for."""

    def __init__(self, connection: sqlite3.Connection, event: UUID) -> None:
        self._run, self._event = connection.execute, event

    @cached_property
    def _ref(self) -> int:
        found = self._run("SELECT ref FROM event WHERE event_id = ?", (self._event.bytes,)).fetchone()
        return found[0] if found else -1

    def heads(self) -> Sequence[tuple[bytes, bytes]]:
        return self._run(
            "SELECT first, root FROM part WHERE ref = ? ORDER BY number", (self._ref,)
        ).fetchall()

    def part(self, number: int) -> Sequence[bytes]:
        sql = "SELECT commitments FROM part WHERE ref = ? AND number = ?"
        (joined,) = self._run(sql, (self._ref, number)).fetchone()
        return [joined[start : start + HASH] for start in range(0, len(joined), HASH)]


def _numbers(connection: sqlite3.Connection, tags: Sequence[bytes]) -> Iterator[int]:
    """Each tag's dense number, in rising order; tags seen for the first time get the next ones."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (tag BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.execute("DELETE FROM wanted")
    connection.executemany("INSERT INTO wanted VALUES (?)", ((tag,) for tag in sorted(tags)))
    connection.execute("INSERT OR IGNORE INTO person (tag) SELECT tag FROM wanted ORDER BY tag")
    numbers = connection.execute("SELECT number FROM wanted JOIN person USING (tag)").fetchall()
    connection.execute("DELETE FROM wanted")
    return iter(sorted(number for (number,) in numbers))


def _chunks(numbers: Iterator[int]) -> Iterator[tuple[int, bytes]]:
    for chunk, members in groupby(numbers, lambda number: number >> CHUNK_BITS):
        bitmap = BitMap(members)
        bitmap.run_optimize()
        yield chunk, bitmap.serialize()
