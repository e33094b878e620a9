"""The newest version of each agreement that the ledger knows: what the control database is held against.

A signature says that a text was once signed, not that it still holds: whoever puts back the row from before a revocation,
or restores an older copy of the database, brings a true signature with it. The ledger doesn't forget, so it is read along,
each entry once, and what it says is kept beside it.
"""

from dataclasses import dataclass
from pathlib import Path

from datong.ledger.entry import read
from datong.ledger.log import Log
from datong.records.ledger_sqlite import SqliteFile

_SCHEMA = """
CREATE TABLE IF NOT EXISTS newest (subject TEXT PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS seen (one INTEGER PRIMARY KEY CHECK (one = 1), entries INTEGER NOT NULL);
INSERT OR IGNORE INTO seen VALUES (1, 0);
"""
# Nearly all entries are of queries; looking for this costs less than reading them.
_MARK = b'"sharing.agreement_'


@dataclass(frozen=True)
class KnownVersions:
    log: Log
    file: SqliteFile

    @classmethod
    def of(cls, path: Path, log: Log) -> "KnownVersions":
        return cls(log, SqliteFile(path, _SCHEMA))

    def newest(self) -> dict[str, int]:
        """By agreement, as of the ledger's last entry. A lost file is made again from the ledger."""
        self._read_on()
        rows = self.file.connection().execute("SELECT subject, version FROM newest")
        return {subject.removeprefix("agreement/"): version for subject, version in rows}

    def _read_on(self) -> None:
        (seen,) = self.file.connection().execute("SELECT entries FROM seen").fetchone()
        size = self.log.size()
        if seen == size:
            return
        # A ledger shorter than what was read of it was put back itself: it is read from its beginning.
        found = self._told(seen if seen < size else 0, size)
        with self.file.writing() as connection:
            connection.executemany(
                "INSERT INTO newest VALUES (?, ?) ON CONFLICT (subject) "
                "DO UPDATE SET version = max(version, excluded.version)",
                found,
            )
            connection.execute("UPDATE seen SET entries = ?", (size,))

    def _told(self, start: int, end: int) -> list[tuple[str, int]]:
        entries = (read(row.entry) for row in self.log.storage.rows(start, end) if _MARK in row.entry)
        told = (
            (e.subject, e.facts.get("version")) for e in entries if e.kind.startswith("sharing.agreement_")
        )
        return [(subject, version) for subject, version in told if isinstance(version, int)]
