"""The keys of pseudonyms (gateway.ports.PseudonymKeys): one an agreement, in a file of their own.

Apart from the data, so that a copy of the lake or the control database doesn't tell who a pseudonym is; apart from the
ledger, so that destroying a key at the end of an agreement leaves no trace to rebuild it from.
"""

import os
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PseudonymFile:
    path: Path

    @classmethod
    def of(cls, path: Path) -> "PseudonymFile":
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        file = cls(path)
        with closing(file._open()) as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS pseudonym (agreement TEXT PRIMARY KEY, key TEXT NOT NULL)"
            )
        return file

    def key(self, agreement: str) -> str:
        """32 bytes in hex, made on first use. Durable before it is used: a lost key would change every pseudonym."""
        with closing(self._open()) as connection:
            row = self._find(connection, agreement)
            if row is None:
                connection.execute(
                    "INSERT INTO pseudonym VALUES (?, ?) ON CONFLICT DO NOTHING",
                    (agreement, secrets.token_hex(32)),
                )
                row = self._find(connection, agreement)
            return str(row[0])  # type: ignore[index]

    def _find(self, connection: sqlite3.Connection, agreement: str) -> tuple[str] | None:
        found: tuple[str] | None = connection.execute(
            "SELECT key FROM pseudonym WHERE agreement = ?", (agreement,)
        ).fetchone()
        return found

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        return connection
