"""A table in a department's SQLite file, beside the others of the same system."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datong.demo.tables import Table


class DatabaseTable:
    first_line: int | None = None

    def __init__(self, path: Path, table: Table) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        # The file is rewritten whole when the county is: nothing is lost with a journal that isn't kept.
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        columns = ", ".join(f'"{column.name}" {column.sql}' for column in table.columns)
        self._database.execute(f'CREATE TABLE "{table.name}" ({columns})')
        self._database.execute("BEGIN")
        places = ", ".join("?" * len(table.columns))
        self._insert = f'INSERT INTO "{table.name}" VALUES ({places})'

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        self._database.executemany(self._insert, rows)

    def close(self) -> None:
        self._database.execute("COMMIT")
        self._database.close()
