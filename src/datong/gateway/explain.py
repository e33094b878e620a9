"""What a query would see, and why, without running it.

No data is read. It is entered in the ledger all the same: somebody who feels their way along an agreement's edge with
explanations should be as visible as somebody who does it with queries.
"""

from dataclasses import dataclass
from uuid import uuid4

from sqlglot import exp

from datong.gateway.decision import Allowed, TableDecision
from datong.gateway.engine import Engine, Limits
from datong.gateway.kept import Kept
from datong.gateway.ports import PseudonymKeys, Recorder, Shelf
from datong.gateway.prepare import NotPrepared, prepare
from datong.gateway.recorded import asked, codes
from datong.gateway.refusals import fault
from datong.gateway.request import QueryRequest
from datong.gateway.rewrite import Rewritten
from datong.terms.event import Event
from datong.terms.refusal import Refusal


@dataclass(frozen=True)
class Explanation:
    """`refusals` is empty when the query would be answered. `sql` is what the engine would run, with each extract as a
    sub-select and each secret as the name of its parameter. `entry` is the explanation's own place in the ledger."""

    refusals: tuple[Refusal, ...]
    tables: tuple[TableDecision, ...]
    sql: str
    entry: int

    @property
    def allowed(self) -> bool:
        return not self.refusals


def explain(
    request: QueryRequest,
    *,
    shelf: Shelf,
    engine: Engine,
    recorder: Recorder,
    keys: PseudonymKeys,
    limits: Limits = Limits(),
    kept: Kept | None = None,
) -> Explanation:
    try:
        prepared = prepare(request, shelf=shelf, limits=limits, kept=kept)
    except BaseException:
        _record(request, recorder, keys, (fault("other", limits),))
        raise
    if isinstance(prepared, NotPrepared):
        entry = _record(request, recorder, keys, prepared.refusals)
        return Explanation(refusals=prepared.refusals, tables=(), sql="", entry=entry)
    entry = _record(request, recorder, keys, ())
    return Explanation(
        refusals=(),
        tables=_in_order(prepared.allowed),
        sql=shown(prepared.rewritten, dialect=engine.dialect),
        entry=entry,
    )


def shown(rewritten: Rewritten, *, dialect: str) -> str:
    """The governed query as one statement."""
    tree = rewritten.tree.copy()
    by_name = {extract.name: extract for extract in rewritten.extracts}
    for table in list(tree.find_all(exp.Table)):
        extract = by_name.get(table.name) if table.args.get("db") is not None else None
        if extract is not None:
            alias = table.args.get("alias")
            table.replace(exp.Subquery(this=extract.tree.copy(), alias=alias.copy() if alias else None))
    return tree.sql(dialect, pretty=True)


def _in_order(allowed: Allowed) -> tuple[TableDecision, ...]:
    return tuple(sorted(allowed.tables, key=lambda table: table.resource))


def _record(
    request: QueryRequest, recorder: Recorder, keys: PseudonymKeys, refusals: tuple[Refusal, ...]
) -> int:
    return recorder.record(
        Event(
            kind="gateway.query_explained",
            at=request.at,
            by=request.actor.login,
            subject=f"query/{uuid4().hex}",
            facts={**asked(request, keys), "allowed": not refusals, "refused": codes(refusals)},
        )
    )
