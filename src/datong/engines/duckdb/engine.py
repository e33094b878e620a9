"""DuckDB behind the gateway's Engine port."""

import pyarrow as pa
from sqlglot.errors import UnsupportedError

from datong.engines.duckdb.process import QueryProcesses
from datong.engines.duckdb.session import Faulted, answer
from datong.engines.duckdb.statements import DIALECT, job_of
from datong.gateway.engine import EngineFault, GovernedQuery


class DuckDBEngine:
    """Every query in a process of its own. This is the one that serves people."""

    name = "duckdb"
    dialect = DIALECT

    def __init__(self, processes: QueryProcesses | None = None) -> None:
        self.processes = processes or QueryProcesses()

    def run(self, query: GovernedQuery) -> pa.Table | EngineFault:
        try:
            job = job_of(query)
        except UnsupportedError:
            return EngineFault("query")
        return self.processes.run(job)

    def close(self) -> None:
        self.processes.close()


class DuckDBInThisProcess:
    """The locked session without the process around it: for generated tests, and for measuring what the process costs.
    Never for people: one wall of two."""

    name = "duckdb"
    dialect = DIALECT

    def run(self, query: GovernedQuery) -> pa.Table | EngineFault:
        try:
            return answer(job_of(query))
        except UnsupportedError:
            return EngineFault("query")
        except Faulted as fault:
            return EngineFault(fault.kind)
