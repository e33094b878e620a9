"""The locked session: an in-memory DuckDB that makes the extracts from our own statements, gives up every file, locks
itself, and only then runs what a person wrote.

DuckDB alone is not a security boundary (its allowed paths can be written, for one): this session is the inner of two walls,
the process in limits.py the outer. It imports nothing but DuckDB and pyarrow, so that the process stays small.
"""

import contextlib
from collections.abc import Callable

import duckdb
import pyarrow as pa

from datong.engines.duckdb.job import Job

# One message a fault. Never the engine's own text: it quotes values.
_FAULTS: tuple[tuple[type[BaseException], str], ...] = (
    (duckdb.OutOfMemoryException, "memory"),
    (MemoryError, "memory"),
    (pa.ArrowMemoryError, "memory"),
    (duckdb.InterruptException, "time"),
    (duckdb.InvalidInputException, "conversion"),
    (duckdb.DataError, "conversion"),
    (duckdb.ProgrammingError, "query"),
    (duckdb.NotSupportedError, "query"),
)


class Faulted(Exception):
    """`kind` is an EngineFault's."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"The engine couldn't finish ({kind}).")


def answer(job: Job, *, narrow: Callable[[], object] | None = None) -> pa.Table:
    """The answer to `job.ask`; raises Faulted, from nothing, so that no engine text travels with it.

    `narrow` is called between the extracts and the person's query, while the engine has no thread but the caller's.
    """
    try:
        with _opened(job) as session:
            for statement in job.make:
                _made(session, statement, job)
            if narrow:
                # Ends the engine's other threads; those started after are as narrow as this one.
                session.execute("SET threads = 1")
                narrow()
                session.execute(f"SET threads = {job.threads}")
            _lock(session, job)
            return _plain_numbers(_bounded(session.sql(job.ask), job))
    except Faulted:
        raise
    except BaseException as error:
        kind = next((kind for type_, kind in _FAULTS if isinstance(error, type_)), "other")
    raise Faulted(kind)


def _opened(job: Job) -> duckdb.DuckDBPyConnection:
    session = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allow_extension_repositories": "forbidden",
            "allow_persistent_secrets": "false",
            "allow_unredacted_secrets": "false",
            "python_enable_replacements": "false",
            "memory_limit": f"{job.memory_mb}MB",
            "threads": str(job.threads),
            "async_threads": "0",  # for files far away; ours are here, and what isn't started needn't be narrowed
            "temp_directory": "",  # nothing is spilled: a temporary file would outlive its reader
            "max_execution_time": str(job.seconds * 1000),
            "error_on_division_by_zero": "false",
            "enable_external_file_cache": "false",
        },
    )
    session.execute('CREATE SCHEMA "datong"')
    return session


def _made(session: duckdb.DuckDBPyConnection, statement: str, job: Job) -> None:
    """The engine says which parameters a statement has: the text could hold the name of one as somebody's value."""
    for one in session.extract_statements(statement):
        session.execute(one, {name: job.secrets[name] for name in one.named_parameters} or None)


def _lock(session: duckdb.DuckDBPyConnection, job: Job) -> None:
    """From here on no file is within reach but those in which nothing is hidden, and no setting can be changed."""
    if job.kept_files:
        files = ", ".join("'" + file.replace("'", "''") + "'" for file in job.kept_files)
        session.execute(f"SET allowed_paths = [{files}]")
    session.execute("SET enable_external_access = false")
    session.execute("SET lock_configuration = true")


def _bounded(result: duckdb.DuckDBPyRelation, job: Job) -> pa.Table:
    """Read in batches, so that an answer that is too long or too large is never held whole."""
    reader = result.to_arrow_reader(65_536)
    batches: list[pa.RecordBatch] = []
    count = size = 0
    for batch in reader:
        count += batch.num_rows
        size += batch.nbytes
        if count > job.rows:
            raise Faulted("rows")
        if size > job.result_mb * 2**20:
            raise Faulted("size")
        batches.append(batch)
    return pa.Table.from_batches(batches, schema=reader.schema)


def _plain_numbers(table: pa.Table) -> pa.Table:
    """A sum of whole numbers comes as HUGEINT, which Arrow only knows as a decimal of 38 digits: a whole number again,
    where all of them fit."""
    for place, field in enumerate(table.schema):
        if field.type == pa.decimal128(38, 0):
            with contextlib.suppress(pa.ArrowInvalid):
                table = table.set_column(place, field.name, table.column(place).cast(pa.int64()))
    return table
