"""The log on disk: one SQLite file that can be handed to an auditor whole, whatever database the rest of the node uses.

It holds what anybody may see. Whom an entry concerns is in a second file (person_uses.py), and never in this one.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from datong.ledger.log import Log, LogNotAsSigned, LogWriter, Row
from datong.records.ledger_keys import person_secret, publish, signer
from datong.records.ledger_sqlite import SqliteFile
from datong.records.person_uses import SqliteUses

# No STRICT tables: older long-term systems bring SQLite 3.31, on which Django still runs.
# The triggers stop an accident, not an intruder: whoever owns the file can drop them, and then the hashes tell.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (idx INTEGER PRIMARY KEY, event_id BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS node (
    level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, idx)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER IF NOT EXISTS entry_as_is BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER IF NOT EXISTS node_stays BEFORE DELETE ON node BEGIN SELECT RAISE(ABORT, 'nodes stay'); END;
CREATE TRIGGER IF NOT EXISTS node_as_is BEFORE UPDATE ON node BEGIN SELECT RAISE(ABORT, 'nodes stay'); END;
"""


def open_log(home: Path, *, name: str) -> Log:
    """The node's log in `home`, made on first use. `name` is the node's, as every checkpoint carries it."""
    private_key = signer(home, name=name)
    publish(home, private_key.key)
    return Log(
        storage=SqliteLog(home / "ledger" / "log.sqlite"),
        uses=SqliteUses(home / "ledger" / "private.sqlite"),
        signer=private_key,
        secret=person_secret(home),
    )


class SqliteLog:
    """Keeps datong.ledger.log.LogStorage. Safe to share between threads, and to open in several processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = SqliteFile(path, _SCHEMA)

    def size(self) -> int:
        return _Rows(self._file.connection()).size()

    def node(self, level: int, index: int) -> bytes:
        return _Rows(self._file.connection()).node(level, index)

    def row(self, index: int) -> Row | None:
        return _Rows(self._file.connection()).row(index)

    def rows(self, start: int, end: int) -> Iterator[Row]:
        return _Rows(self._file.connection()).rows(start, end)

    def row_of(self, event: UUID) -> Row | None:
        return _Rows(self._file.connection()).row_of(event)

    def checkpoint(self, *, at_least: int = 0) -> str | None:
        return _Rows(self._file.connection()).checkpoint(at_least=at_least)

    @contextmanager
    def writing(self) -> Iterator[LogWriter]:
        with self._file.writing() as connection:
            yield _Rows(connection)

    def copy_to(self, path: Path) -> None:
        """A copy for an auditor as of now, whole in one file, made while others write."""
        self._file.connection().execute("VACUUM INTO ?", (str(path),))

    def close(self) -> None:
        self._file.close()


class _Rows:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._run_many = connection.executemany

    def size(self) -> int:
        newest: int = self._run("SELECT ifnull(max(idx), -1) FROM entry").fetchone()[0]
        return newest + 1

    def node(self, level: int, index: int) -> bytes:
        found = self._run("SELECT hash FROM node WHERE level = ? AND idx = ?", (level, index)).fetchone()
        if found is None:
            raise LogNotAsSigned(self.size())
        hash: bytes = found[0]
        return hash

    def row(self, index: int) -> Row | None:
        return self._one("SELECT idx, event_id, bytes FROM entry WHERE idx = ?", index)

    def row_of(self, event: UUID) -> Row | None:
        return self._one("SELECT idx, event_id, bytes FROM entry WHERE event_id = ?", event.bytes)

    def rows(self, start: int, end: int) -> Iterator[Row]:
        sql = "SELECT idx, event_id, bytes FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"
        for index, id, entry in self._run(sql, (start, end)):
            yield Row(index, UUID(bytes=id), entry)

    def checkpoint(self, *, at_least: int = 0) -> str | None:
        sql = "SELECT note FROM checkpoint WHERE size >= ? ORDER BY size DESC LIMIT 1"
        found = self._run(sql, (at_least,)).fetchone()
        return found[0] if found else None

    def add(self, rows: Iterable[Row], nodes: Iterable[tuple[int, int, bytes]]) -> None:
        self._run_many(
            "INSERT INTO entry VALUES (?, ?, ?)", ((row.index, row.id.bytes, row.entry) for row in rows)
        )
        self._run_many("INSERT INTO node VALUES (?, ?, ?)", nodes)

    def keep_checkpoint(self, size: int, note: str) -> None:
        self._run(
            "INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT (size) DO UPDATE SET note = excluded.note",
            (size, note),
        )

    def _one(self, sql: str, value: int | bytes) -> Row | None:
        found = self._run(sql, (value,)).fetchone()
        return Row(found[0], UUID(bytes=found[1]), found[2]) if found else None
