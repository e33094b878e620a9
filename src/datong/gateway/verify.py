"""Verification (核验): somebody hands in a number and what they believe of it, and gets yes or no. Nothing else comes out.

"No" is also the answer about somebody who isn't in the table, or not in the scope: who is there must not be learnt this way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlglot import exp

from datong.catalogue.element import IDENTITY_NUMBER
from datong.gateway.answer import RefusedAnswer
from datong.gateway.conditions import ValueNotOfType, value_of
from datong.gateway.decide import decide_claims
from datong.gateway.decision import Refused, TableDecision
from datong.gateway.engine import SCHEMA, Engine, EngineFault, Extract, GovernedQuery, Limits
from datong.gateway.kept import Kept
from datong.gateway.modality import key_of
from datong.gateway.ports import Recorder, Shelf
from datong.gateway.recorded import code, codes, table_facts
from datong.gateway.refusals import fault, refuse
from datong.gateway.rewrite.scope import literal, scoped
from datong.gateway.rewrite.seal import seal
from datong.sharing.scope import Scalar
from datong.terms.actor import Actor
from datong.terms.event import Event, Json
from datong.terms.identity_number import canonical
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal


@dataclass(frozen=True)
class VerifyRequest:
    """`key`: the identity number (or credit code …) of the one concerned; `claims`: field → the value believed."""

    actor: Actor
    purpose: str
    resource: ResourceName
    key: str
    claims: Mapping[str, Scalar]
    at: datetime
    agreement: str | None = None


@dataclass(frozen=True)
class Verified:
    """`answers`: field → whether the claim is true of a record in the agreement's scope."""

    answers: Mapping[str, bool]
    decision: TableDecision
    entry: int


def verify(
    request: VerifyRequest,
    *,
    shelf: Shelf,
    engine: Engine,
    recorder: Recorder,
    limits: Limits = Limits(),
    kept: Kept | None = None,
) -> Verified | RefusedAnswer:
    subject = f"verification/{uuid4().hex}"
    try:
        prepared = _prepare(request, shelf, kept or Kept())
    except BaseException:
        _record(
            request,
            recorder,
            subject,
            "gateway.verification_refused",
            {"refused": codes((fault("other", limits),))},
        )
        raise
    if isinstance(prepared, Refused):
        facts = {"resource": code(str(request.resource)), "refused": codes(prepared.refusals)}
        return RefusedAnswer(
            prepared.refusals, _record(request, recorder, subject, "gateway.verification_refused", facts)
        )
    extract = prepared
    about_person = (f := extract.table.field(key_of(extract.table))) and f.element == IDENTITY_NUMBER
    entry = _record(
        request,
        recorder,
        subject,
        "gateway.verification_allowed",
        dict(table_facts(extract.table, extract.columns)),
        persons=(canonical(request.key),) if about_person and request.key.strip() else (),
    )
    try:
        found = engine.run(GovernedQuery(tree=_any_row(extract), extracts=(extract,), limits=limits))
    except BaseException:
        _record(
            request, recorder, subject, "gateway.verification_finished", {"entry": entry, "fault": "other"}
        )
        raise
    failed = found.kind if isinstance(found, EngineFault) else ""
    _record(request, recorder, subject, "gateway.verification_finished", {"entry": entry, "fault": failed})
    if isinstance(found, EngineFault):
        return RefusedAnswer((fault(found.kind, limits),), entry)
    answers = dict(zip(extract.columns, (bool(c[0].as_py()) for c in found.columns), strict=True))
    return Verified(answers=answers, decision=extract.table, entry=entry)


def _prepare(request: VerifyRequest, shelf: Shelf, kept: Kept) -> Extract | Refused:
    decision = decide_claims(
        actor=request.actor,
        purpose=request.purpose,
        at=request.at,
        agreement=request.agreement,
        resource=request.resource,
        claimed=frozenset(request.claims),
        policy=kept.policy(shelf, request.actor.department),
    )
    if isinstance(decision, Refused):
        return decision
    if not request.claims:
        return Refused((refuse("gateway.nothing_claimed", resource=request.resource),))
    return _claimed(request, decision, key_of(decision))


def _claimed(request: VerifyRequest, table: TableDecision, key: str) -> Extract | Refused:
    types = dict(table.snapshot.columns)
    try:
        if not isinstance(request.key, str):
            raise ValueNotOfType(types[key])
        lookup = value_of(request.key, types[key])
    except ValueNotOfType:
        return Refused((_not_of_type(key),))
    selected, refusals = [], []
    values: dict[str, object] = {}
    for name, claim in request.claims.items():
        try:
            values[name] = value = value_of(claim, types[name])
        except ValueNotOfType:
            refusals.append(_not_of_type(name))
            continue
        equal = exp.EQ(this=_column(name), expression=literal(value))
        selected.append(exp.alias_(exp.Coalesce(this=equal, expressions=[exp.false()]), name, quoted=True))
    if refusals:
        return Refused(tuple(refusals))
    base = exp.table_(
        exp.to_identifier(table.resource.table, quoted=True),
        db=exp.to_identifier(table.resource.department, quoted=True),
    )
    tree = exp.select(*selected).from_(base)
    for predicate in (*scoped(table), exp.EQ(this=_column(key), expression=literal(lookup))):
        tree = tree.where(predicate, copy=False)
    return Extract(
        name="t1", table=table, columns=tuple(values), tree=tree, claims=values, lookup={key: lookup}
    )


def _any_row(extract: Extract) -> exp.Query:
    tree = exp.select(
        *(exp.alias_(exp.LogicalOr(this=_column(name, "t1")), name, quoted=True) for name in extract.columns)
    ).from_(exp.table_(exp.to_identifier("t1", quoted=True), db=SCHEMA, alias="t1"))
    seal(tree, (extract,))
    return tree


def _column(name: str, table: str = "") -> exp.Expr:
    return exp.column(exp.to_identifier(name, quoted=True), table=table or None)


def _not_of_type(column: str) -> Refusal:
    return refuse("gateway.claim_not_of_type", column=column)


def _record(
    request: VerifyRequest,
    recorder: Recorder,
    subject: str,
    kind: str,
    facts: dict[str, Json],
    *,
    persons: tuple[str, ...] = (),
) -> int:
    about = {
        "department": request.actor.department,
        "purpose": code(request.purpose),
        "agreement": code(request.agreement or ""),
    }
    return recorder.record(
        Event(
            kind=kind,
            at=request.at,
            by=request.actor.login,
            subject=subject,
            facts={**about, **facts},
            persons=persons,
        )
    )
