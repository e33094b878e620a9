"""A governed query, said in DuckDB's SQL."""

import sqlglot
from sqlglot import ErrorLevel, exp

from datong.catalogue.field import FieldType
from datong.catalogue.snapshot import Snapshot
from datong.engines.duckdb.job import Job
from datong.gateway.engine import SCHEMA, Extract, GovernedQuery
from datong.gateway.rewrite.seal import QueryNotSealed, seal

DIALECT = "duckdb"
_TYPES = {
    FieldType.TEXT: "TEXT",
    FieldType.INTEGER: "BIGINT",
    FieldType.DECIMAL: "DECIMAL(38, 9)",
    FieldType.DATE: "DATE",
    FieldType.TIMESTAMP: "TIMESTAMP",
    FieldType.BOOLEAN: "BOOLEAN",
}


def job_of(query: GovernedQuery) -> Job:
    """Raises sqlglot.UnsupportedError when the query can't be said in DuckDB's SQL."""
    ask = _sql(query.tree)
    _read_back(ask, query)
    kept = tuple(f for e in query.extracts if e.hides_nothing for f in e.snapshot.files)
    return Job(
        make=tuple(_make(extract) for extract in query.extracts),
        ask=ask,
        files=tuple(dict.fromkeys(f for e in query.extracts for f in e.snapshot.files)),
        kept_files=tuple(dict.fromkeys(kept)),
        secrets=dict(query.secrets),
        memory_mb=query.limits.memory_mb,
        threads=query.limits.threads,
        seconds=query.limits.seconds,
        rows=query.limits.rows,
        result_mb=query.limits.result_mb,
    )


def _read_back(ask: str, query: GovernedQuery) -> None:
    """Sealed once more as text: what a node was made to say that it wasn't, by quoting or by a fault in writing it down,
    would show here. Raises QueryNotSealed."""
    statements = sqlglot.parse(ask, dialect=DIALECT)
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise QueryNotSealed("more than a query")
    seal(statements[0], query.extracts, ours=True)


def _make(extract: Extract) -> str:
    tree = extract.tree.copy()
    for table in list(tree.find_all(exp.Table)):
        table.replace(_base(extract.snapshot))
    what = "VIEW" if extract.hides_nothing else "TABLE"
    name = exp.table_(exp.to_identifier(extract.name, quoted=True), db=exp.to_identifier(SCHEMA, quoted=True))
    return f"CREATE {what} {name.sql(DIALECT)} AS {_sql(tree)}"


def _base(snapshot: Snapshot) -> exp.Expr:
    """The snapshot's files as a table. A snapshot of an empty table may have none."""
    if not snapshot.files:
        empty = exp.select(
            *(
                exp.alias_(exp.cast(exp.null(), _TYPES[FieldType(type_)], dialect=DIALECT), name, quoted=True)
                for name, type_ in snapshot.columns
            )
        ).where(exp.false())
        return exp.Subquery(this=empty, alias=exp.TableAlias(this=exp.to_identifier("base")))
    files = exp.Array(expressions=[exp.Literal.string(file) for file in snapshot.files])
    # Folders are only folders here: one called ward=3 must not become a column that hides the file's.
    plain = exp.EQ(this=exp.to_identifier("hive_partitioning"), expression=exp.false())
    return exp.Table(this=exp.Anonymous(this="read_parquet", expressions=[files, plain]))


def _sql(tree: exp.Query) -> str:
    return tree.sql(DIALECT, identify=True, comments=False, unsupported_level=ErrorLevel.RAISE)
