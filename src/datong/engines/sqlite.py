"""Reads tables of a department's SQLite file into Arrow, without ever writing to it.

SQLite keeps a type with each value, whatever the column was declared as. So one pass in SQLite first asks which kinds of
value each column holds; a column of whole numbers only is read as such, and a mixed one as text, unaltered.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pyarrow as pa

from datong.intake.naming import field_names
from datong.intake.reader import Delivered, Heard, NoSuchTable, SourceOutOfReach, SourceWentAway
from datong.intake.rows import Rows
from datong.intake.tally import Tally

_ROWS = 20_000  # of a batch
_KIND = "nullif(typeof({}), 'null')"
_EXACT = 2**53  # beyond it a double no longer holds every whole number


class SQLite:
    """URLs are `sqlite:///relative/path` or `sqlite:////absolute/path`."""

    def tables(self, url: str) -> tuple[str, ...]:
        with _opened(url) as database:
            return _tables(database)

    @contextmanager
    def open(self, url: str, table: str) -> Iterator[Delivered]:
        with _opened(url) as database:
            if table not in _tables(database):
                raise NoSuchTable(table, url)
            yield SQLiteTable(database, url, table)


def _tables(database: sqlite3.Connection) -> tuple[str, ...]:
    query = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    return tuple(str(name, "utf-8", "replace") for (name,) in database.execute(query))


@contextmanager
def _opened(url: str) -> Iterator[sqlite3.Connection]:
    path = Path(url.removeprefix("sqlite:///"))
    if not path.is_file():
        raise SourceOutOfReach(url)
    try:
        # Read-only, and in one transaction: the table is read as it stood at one moment, whoever writes meanwhile.
        database = sqlite3.connect(
            f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, isolation_level=None
        )
    except sqlite3.Error:
        raise SourceOutOfReach(url) from None
    # Bytes, because a file may hold GBK under the name of text; decoding is done by the batch.
    database.text_factory = bytes
    try:
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        database.close()
        raise SourceOutOfReach(url) from None
    try:
        yield database
    finally:
        database.close()


class SQLiteTable:
    settled = False

    def __init__(self, database: sqlite3.Connection, url: str, table: str) -> None:
        self._database, self._url, self._table, self.file = database, url, table, table
        self._digest, self._read = sha256(), False
        try:
            declared = database.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()
            columns = [
                (_text(name), _text(type).upper()) for _, name, type, *_, hidden in declared if hidden != 1
            ]
            self.headings = tuple(name for name, _ in columns)
            self.names = tuple(field_names(self.headings))
            kinds = self._kinds()
        except sqlite3.Error:
            raise SourceWentAway(url, 0) from None
        types = [_type(k) for k in kinds]
        self.schema = pa.schema(list(zip(self.names, types, strict=True)))
        self.declared_text = frozenset(
            name
            for name, (_, declared_type), held in zip(self.names, columns, kinds, strict=True)
            if any(word in declared_type for word in ("CHAR", "CLOB", "TEXT")) or held <= {"text"}
        )
        mixed = [
            name
            for name, held in zip(self.names, kinds, strict=True)
            if len(held) > 1 and held != {"integer", "real"}
        ]
        self.how: tuple[tuple[str, str], ...] = (("database", "SQLite"), ("mixed_columns", ", ".join(mixed)))

    @property
    def fingerprint(self) -> str:
        return self._digest.hexdigest() if self._read else ""

    def rows(self, tally: Tally, heard: Heard) -> Iterator[Rows]:
        columns = ", ".join(map(_quoted, self.headings))
        self._digest.update(repr(self.schema).encode())
        try:
            cursor = self._database.execute(f"SELECT {columns} FROM {_quoted(self._table)}")
            while batch := cursor.fetchmany(_ROWS):
                first = tally.read + 1
                tally.read += len(batch)
                rows = self._rows(batch, first, tally)
                for array in rows.columns.columns:
                    for buffer in array.buffers():
                        self._digest.update(buffer or b"\0")
                yield rows
        except sqlite3.Error:
            raise SourceWentAway(self._url, tally.read) from None
        self._read = True

    def _kinds(self) -> list[frozenset[str]]:
        """The storage classes that occur in each column: for most columns the first and last in the alphabet are the same."""
        columns = [_quoted(heading) for heading in self.headings]
        extremes = self._asked(f"min({_KIND.format(c)}), max({_KIND.format(c)})" for c in columns)
        return [
            frozenset(map(_text, {low, high} - {None})) if low == high else self._kinds_of(column)
            for column, low, high in zip(columns, extremes[::2], extremes[1::2], strict=True)
        ]

    def _kinds_of(self, column: str) -> frozenset[str]:
        """Of a mixed column; whole numbers too large for a double are told apart."""
        found = self._database.execute(
            f"SELECT DISTINCT CASE WHEN typeof({column}) = 'integer' AND ({column} > {_EXACT} OR {column} < -{_EXACT}) "
            f"THEN 'large' ELSE typeof({column}) END FROM {_quoted(self._table)} WHERE {column} IS NOT NULL"
        )
        return frozenset(_text(kind) for (kind,) in found)

    def _asked(self, what: Iterable[str]) -> tuple[Any, ...]:
        answer: tuple[Any, ...] = self._database.execute(
            f"SELECT {', '.join(what)} FROM {_quoted(self._table)}"
        ).fetchone()
        return answer

    def _rows(self, batch: list[tuple[Any, ...]], first: int, tally: Tally) -> Rows:
        lines = np.arange(first, first + len(batch), dtype=np.int64)
        bad = np.zeros(len(batch), bool)
        arrays = []
        for values, field in zip(zip(*batch, strict=True), self.schema, strict=True):
            array, undecodable = _array(values, field.type)
            bad |= undecodable
            arrays.append(array)
        rows = Rows(lines, pa.RecordBatch.from_arrays(arrays, schema=self.schema))
        for i in np.flatnonzero(bad):
            tally.set_aside(int(lines[i]), "cell.not_utf8", repr(batch[int(i)]))
        return rows.where(~bad) if bad.any() else rows


def _type(kinds: frozenset[str]) -> pa.DataType:
    if kinds and kinds <= {"integer", "large"}:
        return pa.int64()
    return pa.float64() if kinds and kinds <= {"integer", "real"} else pa.string()


def _array(values: tuple[Any, ...], type: pa.DataType) -> tuple[pa.Array, np.ndarray]:
    none = np.zeros(len(values), bool)
    if not pa.types.is_string(type):
        return pa.array(values, type), none
    try:
        return pa.array(values, pa.binary()).cast(pa.string()), none
    except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError):  # mixed kinds, or text that isn't UTF-8
        pass
    texts: list[str | None] = []
    for i, value in enumerate(values):
        try:
            texts.append(_as_text(value))
        except UnicodeDecodeError:
            texts.append(None)
            none[i] = True
    return pa.array(texts, pa.string()), none


def _as_text(value: Any) -> str | None:
    """A value of a mixed column, exactly as SQLite would print it."""
    if value is None:
        return None
    return value.decode("utf-8") if isinstance(value, bytes) else repr(value)


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
