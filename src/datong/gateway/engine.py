"""What the gateway needs from a query engine. Engines see governed queries only, never the text a person wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
from sqlglot import exp

from datong.catalogue.snapshot import Snapshot


@dataclass(frozen=True)
class Limits:
    """Bounds on one query. Memory in MB, time in seconds; `rows` cuts nothing off: a longer answer is refused."""

    memory_mb: int = 512
    threads: int = 2
    seconds: int = 60
    rows: int = 1_000_000


@dataclass(frozen=True)
class GovernedQuery:
    """`tree` reads only the sub-selects that the rewriter made; in them, and nowhere else, the base tables of `tables`,
    each under the exact name given there. `secrets` are values (pseudonym keys) that stand in the tree as parameters and
    must never reach a log line or an explanation."""

    tree: exp.Expression
    tables: Mapping[str, Snapshot]
    secrets: Mapping[str, str]
    limits: Limits = Limits()


@dataclass(frozen=True)
class EngineFault:
    """The engine couldn't finish: "time", "memory", "rows", "conversion", "cancelled", "died" or "other". Never the
    engine's own text, which may quote a value."""

    kind: str


class Engine(Protocol):
    name: str
    dialect: str

    def run(self, query: GovernedQuery) -> "pa.Table | EngineFault": ...
