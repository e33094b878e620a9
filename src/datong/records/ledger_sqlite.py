"""An SQLite file of the ledger: how it is opened and written so that a kill, a power cut or a second process loses nothing."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from datong.terms.fault import Fault
from datong.terms.text import Text

PATIENCE = 60.0  # seconds to wait for other writers: one event about a million people is written in a few


class LedgerNotWritable(Fault):
    """Nothing was entered, and the action that wanted to must not go on. `why` is SQLite's own text, which holds no value."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(
            Text(
                zh=f"无法写入台账 {path.name}（{why}）。未入账的事不能办理，本次操作已停止，数据未受影响。"
                f"请检查 {path.parent} 所在磁盘的空间和权限，然后重试。",
                en=f"The ledger {path.name} can't be written ({why}). What isn't recorded must not happen, so the action "
                f"was stopped and nothing is lost. Check space and permissions of the disk under {path.parent}, then "
                "repeat it.",
            )
        )


class SqliteFile:
    """One connection for each thread and process, all durable: a commit has reached the disk when it returns."""

    def __init__(self, path: Path, schema: str) -> None:
        self.path, self._schema = path, schema
        self._mine = threading.local()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._faults():
            self._prepare()

    def connection(self) -> sqlite3.Connection:
        """This thread's. A forked child opens its own: SQLite's must not cross a fork."""
        if getattr(self._mine, "process", None) != os.getpid():
            self._mine.connection, self._mine.process = self._connect(), os.getpid()
        connection: sqlite3.Connection = self._mine.connection
        return connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the only write lock from its first moment; undone when the block raises."""
        with self._faults():
            connection = self.connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """This thread's connection; another is opened when one is needed."""
        if getattr(self._mine, "process", None) == os.getpid():
            self._mine.connection.close()
            self._mine.process = None

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # a fault of ours, not of the disk
        except sqlite3.DatabaseError as error:
            raise LedgerNotWritable(self.path, str(error)) from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        # A million tags looked up through SQLite's usual 2 MB take twice as long; a small ledger never fills this.
        connection.execute("PRAGMA cache_size = -32768")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def _prepare(self) -> None:
        connection = self.connection()
        _use_wal(connection)
        connection.execute("BEGIN IMMEDIATE")
        for statement in _statements(self._schema):
            connection.execute(statement)
        connection.execute("COMMIT")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Readers don't wait for the writer. SQLite doesn't wait its turn for this one change, so we do."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _statements(schema: str) -> Iterator[str]:
    statement = ""
    for line in schema.strip().splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
