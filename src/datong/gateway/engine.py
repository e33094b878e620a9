"""What the gateway needs from a query engine. Engines see governed queries only, never the text a person wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa
from sqlglot import exp

from datong.catalogue.snapshot import Snapshot
from datong.gateway.decision import TableDecision
from datong.sharing.treatment import Treatment

# The schema in which a governed query finds its extracts. No department can bear this name (terms/names.py), and a
# user's CTE can't bear a name with a schema at all: nothing written in a query can stand for an extract.
SCHEMA = "datong"
# Columns of an extract that no query can name, because no name is resolved against them.
PERSON = "datong person"  # whom a row is about; a second number of the row is `datong person 2`, and so on
ROW = "datong row"  # stands for a row of which nothing is read, as in COUNT(*)


def person_names(count: int) -> tuple[str, ...]:
    return tuple(PERSON if n == 1 else f"{PERSON} {n}" for n in range(1, count + 1))


@dataclass(frozen=True)
class Limits:
    """Bounds on one query. Memory and the answer's size in MB, time in seconds; `rows` and `result_mb` cut nothing off: a
    longer or larger answer is refused.

    `min_group`: in statistics, the fewest people a group may stand for.
    """

    memory_mb: int = 512
    threads: int = 2
    seconds: int = 60
    rows: int = 1_000_000
    result_mb: int = 256
    min_group: int = 10


@dataclass(frozen=True)
class Extract:
    """One resource as one query may see it: treated columns of scoped rows, nothing else.

    `tree` selects it from the base table, which it calls by the resource's name. `columns` are the fields it exposes.
    `person`: "" or how PERSON is exposed beside them: "number" (every number of the row, for the record of whose data was
    used, in a query of our own) or "count" (the first, hashed under a key of this query alone, to count people in groups).
    `claims`: instead of the fields' values, whether each equals what was claimed (verification).
    `narrowed`: `tree` leaves out rows that the query's own WHERE leaves out anyway, for speed. It changes no answer.
    """

    name: str
    table: TableDecision
    columns: tuple[str, ...]
    tree: exp.Select
    person: str = ""
    claims: Mapping[str, object] = field(default_factory=dict)
    lookup: Mapping[str, object] = field(default_factory=dict)
    narrowed: bool = False

    @property
    def snapshot(self) -> Snapshot:
        return self.table.snapshot

    @property
    def hides_nothing(self) -> bool:
        """Whether the whole resource is the caller's to read: only then may an engine read the base table in place
        while it runs what a person wrote."""
        return (
            not self.table.scope.conditions
            and not self.person
            and not self.claims
            and all(f.treatment is Treatment.CLEAR for f in self.table.fields)
        )


@dataclass(frozen=True)
class GovernedQuery:
    """`tree` reads `extracts`, each as SCHEMA.name, and nothing else.

    An engine makes every extract a table of its own before it runs `tree`, so that nothing a person wrote is ever
    evaluated on a row or a value that isn't theirs to see: an optimiser that pushes a predicate below a mask or a scope
    would otherwise turn an error, or its absence, into an answer about hidden rows. (`hides_nothing` is the exception.)

    `secrets` are values (pseudonym keys) that stand in the extracts as parameters of that name and must never reach a log
    line or an explanation.
    """

    tree: exp.Query
    extracts: tuple[Extract, ...]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    limits: Limits = Limits()


@dataclass(frozen=True)
class EngineFault:
    """The engine couldn't finish: "time", "memory", "rows", "size", "conversion" (a value the query computes doesn't
    fit), "query" (types or functions that don't go together), "busy" (no place came free), "cancelled", "died" or "other". Never the engine's own text,
    which may quote a value."""

    kind: str


class Engine(Protocol):
    name: str
    dialect: str

    def run(self, query: GovernedQuery) -> "pa.Table | EngineFault": ...
