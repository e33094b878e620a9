"""A query as it is asked: who, for what, under which agreement, in what words."""

from dataclasses import dataclass
from datetime import datetime

from datong.terms.actor import Actor


@dataclass(frozen=True)
class QueryRequest:
    """`agreement` narrows to one; None lets every agreement in force for this department and purpose serve.

    `dialect` is how `sql` is written; every engine gets its own dialect from the same tree.
    """

    actor: Actor
    purpose: str
    sql: str
    at: datetime
    agreement: str | None = None
    dialect: str = "duckdb"
