"""The memory engine behind the gateway's Engine port."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from datong.catalogue.snapshot import Snapshot
from datong.engines.memory.query import Reader
from datong.engines.memory.treated import made
from datong.engines.memory.values import Impossible, NotInTheGrammar
from datong.gateway.engine import EngineFault, GovernedQuery


def read_parquet(snapshot: Snapshot) -> list[dict[str, Any]]:
    return [row for file in snapshot.files for row in pq.read_table(file).to_pylist()]


class MemoryEngine:
    """`rows` gives a snapshot's rows; from its Parquet files unless a test brings its own."""

    name = "memory"
    dialect = "duckdb"

    def __init__(self, rows: Callable[[Snapshot], list[dict[str, Any]]] = read_parquet) -> None:
        self._rows = rows

    def run(self, query: GovernedQuery) -> pa.Table | EngineFault:
        tables = {f"extract {e.name}": made(e, self._rows(e.snapshot), query.secrets) for e in query.extracts}
        try:
            answer = Reader(tables).answer(query.tree)
        except Impossible:
            return EngineFault("conversion")
        except (NotInTheGrammar, TypeError):
            return EngineFault("query")
        if len(answer.rows) > query.limits.rows:
            return EngineFault("rows")
        columns = [pa.array([row[n] for row in answer.rows]) for n in range(len(answer.columns))]
        return pa.Table.from_arrays(columns, names=list(answer.columns))
