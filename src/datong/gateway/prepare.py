"""From a request to a governed query, or to the refusals: everything that comes before the ledger and the engine."""

from dataclasses import dataclass

from datong.gateway.decide import decide
from datong.gateway.decision import Allowed, Refused
from datong.gateway.engine import Limits
from datong.gateway.kept import Kept
from datong.gateway.modality import refused_use
from datong.gateway.policy import Policy
from datong.gateway.ports import Shelf
from datong.gateway.reads import Parsed, read
from datong.gateway.refusals import refuse
from datong.gateway.request import QueryRequest
from datong.gateway.resolve import Resolved, resolve
from datong.gateway.rewrite import Rewritten, rewrite, visible
from datong.gateway.typed import said
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal


@dataclass(frozen=True)
class Prepared:
    """`resolved` is the query as the caller sees it, `rewritten` as an engine runs it."""

    resolved: Resolved
    allowed: Allowed
    rewritten: Rewritten


@dataclass(frozen=True)
class NotPrepared:
    """`resources`: those the query names, as far as it could be read."""

    refusals: tuple[Refusal, ...]
    resources: tuple[ResourceName, ...] = ()


def prepare(
    request: QueryRequest, *, shelf: Shelf, limits: Limits, kept: Kept | None = None
) -> Prepared | NotPrepared:
    kept = kept if kept is not None else Kept()
    policy = kept.policy(shelf, request.actor.department)
    key = (
        request.sql, request.dialect, request.purpose, request.agreement,
        request.actor.roles, request.actor.department, request.at.date(), limits.min_group,
    )  # fmt: skip
    known = kept.query(policy, key)
    if isinstance(known, Prepared):
        return known
    prepared = _prepare(request, policy=policy, limits=limits)
    if isinstance(prepared, Prepared) and prepared.rewritten.timeless:
        kept.keep(policy, key, prepared)
    return prepared


def _prepare(request: QueryRequest, *, policy: Policy, limits: Limits) -> Prepared | NotPrepared:
    parsed = read(request.sql, dialect=request.dialect)
    if isinstance(parsed, Refusal):
        return NotPrepared((parsed,))
    columns = _columns(parsed, policy)
    if isinstance(columns, NotPrepared):
        return columns
    resolved = resolve(parsed, columns)
    if isinstance(resolved, Refusal):
        return NotPrepared((resolved,), parsed.resources)
    decision = decide(
        actor=request.actor,
        purpose=request.purpose,
        at=request.at,
        agreement=request.agreement,
        reads=resolved.reads,
        policy=policy,
    )
    if isinstance(decision, Refused):
        return NotPrepared(decision.refusals, parsed.resources)
    shown = visible(parsed, resolved, decision)
    if isinstance(shown, Refusal):
        return NotPrepared((shown,), parsed.resources)
    if refusal := refused_use(shown.tree, decision):
        return NotPrepared((refusal,), parsed.resources)
    rewritten = rewrite(shown, decision, at=request.at, limits=limits)
    return Prepared(resolved=shown, allowed=decision, rewritten=rewritten)


def _columns(parsed: Parsed, policy: Policy) -> dict[ResourceName, tuple[str, ...]] | NotPrepared:
    """The columns of every resource named. One that isn't published is as unknown as one that doesn't exist."""
    columns: dict[ResourceName, tuple[str, ...]] = {}
    unknown = []
    for resource in parsed.resources:
        served = policy.served(resource)
        if served is None:
            unknown.append(refuse("gateway.resource_unknown", resource=said(str(resource))))
        else:
            columns[resource] = tuple(field.name for field in served.resource.fields)
    return NotPrepared(tuple(unknown)) if unknown else columns
