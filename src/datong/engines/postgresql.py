"""Reads tables of a department's PostgreSQL into Arrow: COPY in text, split by pyarrow into the database's own types.

The table is read in one read-only transaction, as it stood at one moment. A type without an exact counterpart is read as
the text PostgreSQL prints for it. Nothing passes through floating point that wasn't stored so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv as arrow_csv
from psycopg import sql

from datong.intake.naming import field_names
from datong.intake.reader import Delivered, Heard, NoSuchTable, SourceOutOfReach, SourceWentAway
from datong.intake.rows import Rows
from datong.intake.tally import Tally
from datong.terms.fault import Fault
from datong.terms.text import Text

_BLOCK = 4 << 20
_WHOLE = {"smallint", "integer", "bigint"}
_TEXT = {"text", "character varying", "character", "name"}


class ValueOutOfReach(Fault):
    """A value that the database holds and the lake can't, such as a date before Christ. `row` is near it."""

    def __init__(self, table: str, row: int) -> None:
        self.table, self.row = table, row
        super().__init__(
            Text(
                zh=f"表 {table} 第 {row} 行之后有数据湖不能表示的值（例如公元前的日期），未入湖。请在数据源中更正，或用视图转换后再入湖。",
                en=f"After row {row}, the table {table} holds a value that the lake can't keep, such as a date before Christ, "
                "so it wasn't landed. Correct it in the source, or land a view that converts it.",
            )
        )


class PostgreSQL:
    """URLs as libpq reads them: `postgresql://user:password@host:port/database?sslmode=require`."""

    def tables(self, url: str) -> tuple[str, ...]:
        with _opened(url) as database:
            return tuple(sorted(_tables(database)))

    @contextmanager
    def open(self, url: str, table: str) -> Iterator[Delivered]:
        with _opened(url) as database:
            found = _tables(database).get(table)
            if found is None:
                raise NoSuchTable(table, url)
            yield PostgreSQLTable(database, url, table, found)


@contextmanager
def _opened(url: str) -> Iterator[psycopg.Connection]:
    try:
        database = psycopg.connect(url, connect_timeout=10, client_encoding="UTF8")
    except psycopg.Error:  # `from None`: the driver's text may hold parts of the URL
        raise SourceOutOfReach(url) from None
    # One transaction for all that is asked: the table as it stood at one moment, and nothing written.
    database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    database.read_only = True
    try:
        yield database
    finally:
        database.close()


def _tables(database: psycopg.Connection) -> dict[str, tuple[str, str]]:
    """Name → (schema, table): bare names for `public`, schema.table for others."""
    query = (
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND n.nspname !~ '^pg_' "
        "AND n.nspname <> 'information_schema' AND has_table_privilege(c.oid, 'SELECT')"
    )
    found = database.execute(query).fetchall()
    return {table if schema == "public" else f"{schema}.{table}": (schema, table) for schema, table in found}


@dataclass(frozen=True)
class _Column:
    name: str
    type: str  # format_type without modifiers
    precision: int  # of a numeric, 0 where it has none
    scale: int


class PostgreSQLTable:
    settled = True
    declared_text: frozenset[str] = frozenset()

    def __init__(self, database: psycopg.Connection, url: str, table: str, found: tuple[str, str]) -> None:
        self._database, self._url, self.file = database, url, table
        self._from = sql.Identifier(*found)
        self._digest, self._read = sha256(), False
        try:
            database.execute(
                "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL extra_float_digits = 1"
            )
            columns = self._columns(found)
            self.headings = tuple(column.name for column in columns)
            self.names = tuple(field_names(self.headings))
            self._written, types = self._exact(columns)
        except psycopg.Error:
            raise SourceWentAway(url, 0) from None
        self.schema = pa.schema(list(zip(self.names, types, strict=True)))
        self.how: tuple[tuple[str, str], ...] = (("database", "PostgreSQL"), ("types", "as declared"))

    @property
    def fingerprint(self) -> str:
        return self._digest.hexdigest() if self._read else ""

    def rows(self, tally: Tally, heard: Heard) -> Iterator[Rows]:
        self._digest.update(repr(self.schema).encode())
        query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT csv)").format(
            sql.SQL(", ").join(self._written), self._from
        )
        try:
            with self._database.cursor() as cursor, cursor.copy(query) as copy:
                for batch in self._batches(_Stream(copy, self._digest, heard), tally):
                    lines = np.arange(tally.read + 1, tally.read + batch.num_rows + 1, dtype=np.int64)
                    tally.read += batch.num_rows
                    yield Rows(lines, batch)
        except psycopg.Error:
            raise SourceWentAway(self._url, tally.read) from None
        self._read = True

    def _batches(self, stream: "_Stream", tally: Tally) -> Iterator[pa.RecordBatch]:
        """PostgreSQL writes an empty text in quotes and no value without: they stay two things."""
        if not stream.begins():
            return
        try:
            with arrow_csv.open_csv(
                pa.PythonFile(stream, mode="r"),
                read_options=arrow_csv.ReadOptions(column_names=list(self.names), block_size=_BLOCK),
                parse_options=arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=self.schema,
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                    null_values=[""],
                    true_values=["t"],
                    false_values=["f"],
                ),
            ) as batches:
                yield from batches
        except pa.ArrowInvalid:  # `from None`: the library's text quotes the value
            if stream.failed:
                raise stream.failed from None
            raise ValueOutOfReach(self.file, tally.read) from None

    def _columns(self, found: tuple[str, str]) -> list[_Column]:
        query = (
            "SELECT a.attname, format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid), NULL), "
            "CASE WHEN t.typbasetype <> 0 THEN t.typtypmod ELSE a.atttypmod END "
            "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
            "WHERE a.attrelid = format('%%I.%%I', %s::text, %s::text)::regclass AND a.attnum > 0 AND NOT a.attisdropped "
            "ORDER BY a.attnum"
        )
        columns = []
        for name, type, modifier in self._database.execute(query, found).fetchall():
            precision = ((modifier - 4) >> 16) & 0xFFFF if type == "numeric" and modifier >= 4 else 0
            scale = (modifier - 4) & 0x7FF if precision else 0
            columns.append(_Column(name, type, precision, scale - 2048 if scale >= 1024 else scale))
        return columns

    def _exact(self, columns: list[_Column]) -> tuple[list[sql.Composable], list[pa.DataType]]:
        """For each column how it is written out and what it then is, without losing anything."""
        asked = [(column, sql.Identifier(column.name)) for column in columns]
        limits = self._limits(asked)
        written: list[sql.Composable] = []
        types: list[pa.DataType] = []
        for column, name in asked:
            expression, type = _way(column, name, limits.get(column.name))
            written.append(expression)
            types.append(type)
        return written, types

    def _limits(self, asked: list[tuple[_Column, sql.Identifier]]) -> dict[str, tuple[Any, ...]]:
        """What a type alone doesn't say: the digits of a numeric without limits, and whether a time is ever infinite."""
        parts: list[tuple[str, sql.Composable]] = []
        for column, name in asked:
            if column.type == "numeric":
                finite = sql.SQL("{0} NOT IN ('NaN', 'Infinity', '-Infinity')").format(name)
                parts.append(
                    (
                        column.name,
                        sql.SQL(
                            "ARRAY[max(length(trunc(abs({0}))::text)) FILTER (WHERE {1}), max(scale({0})) FILTER (WHERE {1}), "
                            "count(*) FILTER (WHERE NOT ({1}))::int]"
                        ).format(name, finite),
                    )
                )
            elif column.type.startswith(("timestamp", "date")):
                odd = sql.SQL(
                    "ARRAY[count(*) FILTER (WHERE NOT isfinite({0}) OR extract(year FROM {0}) NOT BETWEEN 1 AND 9999)]"
                )
                parts.append((column.name, odd.format(name)))
        if not parts:
            return {}
        query = sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(part for _, part in parts), self._from)
        found = self._database.execute(query).fetchone()
        assert found is not None
        return {name: tuple(value) for (name, _), value in zip(parts, found, strict=True)}


def _way(
    column: _Column, name: sql.Identifier, limits: tuple[Any, ...] | None
) -> tuple[sql.Composable, pa.DataType]:
    text: tuple[sql.Composable, pa.DataType] = (sql.SQL("{}::text").format(name), pa.string())
    match column.type:
        case kind if kind in _WHOLE:
            return name, pa.int64()
        case "real" | "double precision":  # a real is printed shortest: 0.1, as the department sees it
            return name, pa.float64()
        case "boolean":
            return name, pa.bool_()
        case "date":
            return text if limits and limits[0] else (name, pa.date32())
        case "timestamp without time zone":
            return text if limits and limits[0] else (name, pa.timestamp("us"))
        case "timestamp with time zone":
            if limits and limits[0]:
                return text
            utc = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US\"Z\"')"
            return sql.SQL(utc).format(name), pa.timestamp("us", tz="UTC")
        case "numeric":
            before, after, infinite = limits or (None, None, 0)
            scale = max(column.scale, 0) if column.precision else max(after or 0, 0)
            whole = max(column.precision - column.scale, 1) if column.precision else max(before or 1, 1)
            if infinite or whole + scale > 38:
                return text
            return name, pa.decimal128(18 if whole + scale <= 18 else 38, scale)
    return text


class _Stream:
    """COPY as a file that pyarrow reads from. `failed` keeps the database's error, which would get lost on its way."""

    def __init__(self, copy: psycopg.Copy, digest: Any, heard: Heard) -> None:
        self._copy, self._digest, self._heard = copy, digest, heard
        self._pending = b""
        self._size = 0
        self.failed: psycopg.Error | None = None
        self.closed = False

    def begins(self) -> bool:
        """Whether there is any row; pyarrow takes an empty file for an error."""
        self._pending = self._next()
        return bool(self._pending)

    def read(self, size: int = -1) -> bytes:
        parts, length = [self._pending], len(self._pending)
        while size < 0 or length < size:
            block = self._next()
            if not block:
                break
            parts.append(block)
            length += len(block)
        whole = b"".join(parts)
        given = whole if size < 0 else whole[:size]
        self._pending = whole[len(given) :]
        self._size += len(given)
        self._heard(self._size, 0)
        return given

    def _next(self) -> bytes:
        try:
            block = bytes(self._copy.read())
        except psycopg.Error as error:
            self.failed = error
            raise
        self._digest.update(block)
        return block

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def writable(self) -> bool:
        return False

    def flush(self) -> None:
        """Nothing to do: pyarrow asks every file."""

    def close(self) -> None:
        self.closed = True
