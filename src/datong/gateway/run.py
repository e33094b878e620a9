"""The only door to data: prepare → find whose data it is → record → execute → record the outcome.

Whatever happens, there is an entry: a refusal is entered, an allowance is durable before the engine starts, and an engine
that fails has its fault entered beside it. If the ledger can't be written, nothing leaves.
"""

import secrets as random_secrets
from collections.abc import Mapping
from uuid import uuid4

import pyarrow as pa

from datong.gateway.answer import Answer, RefusedAnswer
from datong.gateway.engine import Engine, EngineFault, Limits
from datong.gateway.kept import Kept
from datong.gateway.persons import concerned
from datong.gateway.ports import PseudonymKeys, Recorder, Shelf
from datong.gateway.prepare import NotPrepared, Prepared, prepare
from datong.gateway.recorded import asked, codes, granted
from datong.gateway.refusals import fault
from datong.gateway.request import QueryRequest
from datong.gateway.rewrite.extract import COUNT_KEY, secrets_needed
from datong.terms.event import Event, Json
from datong.terms.refusal import Refusal


def run(
    request: QueryRequest,
    *,
    shelf: Shelf,
    engine: Engine,
    recorder: Recorder,
    keys: PseudonymKeys,
    limits: Limits = Limits(),
    kept: Kept | None = None,
) -> Answer | RefusedAnswer:
    """`kept` makes the second query of a kind quicker; None compiles everything anew."""
    door = _Door(request, recorder, asked(request, keys))
    try:
        prepared = prepare(request, shelf=shelf, limits=limits, kept=kept)
        if isinstance(prepared, NotPrepared):
            return door.refused(prepared.refusals, resources=[str(r) for r in prepared.resources])
        secrets = _secrets(prepared, keys)
        persons = concerned(prepared, engine=engine, secrets=secrets, limits=limits, at=request.at)
        if isinstance(persons, EngineFault):
            resources = [str(table.resource) for table in prepared.allowed.tables]
            return door.refused((fault(persons.kind, limits),), resources=resources)
        facts = {**granted(prepared), "engine": engine.name, "reach": persons.reach}
    except BaseException:  # Ctrl-C too: rows were read to find the persons
        door.refused((fault("other", limits),))
        raise
    entry = door.allowed(facts, persons=persons.persons)
    try:
        table = engine.run(prepared.rewritten.governed(secrets=secrets, limits=limits))
    except BaseException:
        door.finished(entry, fault_kind="other")
        raise
    if isinstance(table, EngineFault):
        door.finished(entry, fault_kind=table.kind)
        return RefusedAnswer((fault(table.kind, limits),), entry)
    door.finished(entry, rows=table.num_rows)
    return _answer(table, prepared, entry)


def _secrets(prepared: Prepared, keys: PseudonymKeys) -> Mapping[str, str]:
    """The agreements' keys, and one of this query alone under which people are told apart in groups."""
    needed = secrets_needed(prepared.rewritten.extracts)
    secrets = {parameter: keys.key(agreement) for parameter, agreement in needed.items()}
    if any(extract.person == "count" for extract in prepared.rewritten.extracts):
        secrets[COUNT_KEY] = random_secrets.token_hex(32)
    return secrets


def _answer(table: pa.Table, prepared: Prepared, entry: int) -> Answer:
    lineage = tuple((str(t.resource), t.snapshot.delivery) for t in prepared.allowed.tables)
    return Answer(table=table, decision=prepared.allowed, entry=entry, lineage=lineage)


class _Door:
    """What is entered about one query."""

    def __init__(self, request: QueryRequest, recorder: Recorder, about: dict[str, Json]) -> None:
        self._request, self._recorder, self._about = request, recorder, about
        self._subject = f"query/{uuid4().hex}"

    def refused(self, refusals: tuple[Refusal, ...], resources: list[str] | None = None) -> RefusedAnswer:
        facts = {**self._about, "refused": codes(refusals), "resources": resources or []}
        return RefusedAnswer(refusals, self._record("gateway.query_refused", facts))

    def allowed(self, facts: dict[str, Json], *, persons: tuple[str, ...]) -> int:
        return self._record("gateway.query_allowed", {**self._about, **facts}, persons=persons)

    def finished(self, entry: int, *, rows: int = 0, fault_kind: str = "") -> None:
        self._record("gateway.query_finished", {"entry": entry, "rows": rows, "fault": fault_kind})

    def _record(self, kind: str, facts: dict[str, Json], *, persons: tuple[str, ...] = ()) -> int:
        return self._recorder.record(
            Event(
                kind=kind,
                at=self._request.at,
                by=self._request.actor.login,
                subject=self._subject,
                facts=facts,
                persons=persons,
            )
        )
