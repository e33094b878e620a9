"""A request, its answer, and the end of an agreement: the smallest honest form of sharing (政务数据共享条例 Art. 20–22, 27)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from datong.catalogue.resource import Resource
from datong.catalogue.store import CatalogueStore
from datong.grading.scheme import ColumnGrade, TableGrade
from datong.grading.store import GradingStore
from datong.sharing import answering, permissions, rules, signing
from datong.sharing.agreement import Agreement, Grant, GrantedField
from datong.sharing.answering import Place
from datong.sharing.pack import SharingPack
from datong.sharing.request import Item, RequestState, ShareRequest
from datong.sharing.store import SharingStore, Signer
from datong.sharing.treatment import Modality, Treatment
from datong.terms.actor import Actor
from datong.terms.calendar import NoCalendar
from datong.terms.event import Event, Json
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.purpose import Purpose
from datong.terms.refusal import Incomplete
from datong.terms.text import Text


class NoSuchRequest(Fault):
    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(Text(f"没有申请 {id}。请核对编号。", f"There is no request {id}. Check its number."))


class NoSuchAgreement(Fault):
    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(
            Text(f"没有协议 {id}。请核对编号。", f"There is no agreement {id}. Check its number.")
        )


class AlreadyAnswered(Fault):
    def __init__(self, request: ShareRequest) -> None:
        self.id, self.state = request.id, request.state
        self.agreement = request.agreement
        super().__init__(
            Text(
                zh=f"申请 {request.id} 已答复（{request.state}），不能再次答复。如需变更，请重新申请或终止协议 {request.agreement or '（无）'}。",
                en=f"Request {request.id} has been answered already ({request.state}) and isn't answered twice. For a change, "
                f"send a new request, or revoke the agreement {request.agreement or '(none)'}.",
            )
        )


class AlreadyRevoked(Fault):
    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(
            Text(
                f"协议 {id} 已终止，无须再办。", f"Agreement {id} was revoked already. Nothing is left to do."
            )
        )


class NotAsSigned(Fault):
    """To sign its next version would be to sign what nobody approved."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(
            Text(
                zh=f"协议 {id} 的文本与签名不符，已不再据此提供数据，也不能在其上签署终止。请报告审计员，"
                "由其查明何人改动了控制库；恢复原文后再行终止。",
                en=f"The text of agreement {id} isn't what was signed. Nothing is served under it, and no revocation is "
                "signed upon it. Tell the auditor, who finds out who changed the control database; revoke it once its text is "
                "restored.",
            )
        )


class ReasonNeeded(Fault):
    """A refusal without reasons can't be sent (Art. 21), nor an agreement ended without cause (Art. 27)."""

    def __init__(self, action: Text) -> None:
        self.action = action
        super().__init__(
            Text(
                zh=f"{action.zh}须说明理由（《政务数据共享条例》第二十一条、第二十七条）。请填写理由后重试。",
                en=f"Reasons must be given to {action.en} (Art. 21, 27). Write them and try again.",
            )
        )


def request(
    *,
    store: SharingStore,
    catalogue: CatalogueStore,
    purposes: Mapping[str, Purpose],
    pack: SharingPack,
    items: tuple[Item, ...],
    purpose: str,
    basis: str,
    scenario: str,
    modality: Modality,
    period: Period,
    consented_by: str,
    by: Actor,
    at: datetime,
) -> ShareRequest | Incomplete:
    """Sends a request in the name of `by`'s department, or says everything it still lacks. Raises MayNot."""
    permissions.to_request(by)
    today = pack.clock.calendar.day(at)
    asked = ShareRequest(
        id="",
        consumer=by.department,
        provider=items[0].resource.department if items else "",
        purpose=purpose,
        basis=basis,
        scenario=scenario,
        items=items,
        modality=modality,
        period=period,
        consented_by=consented_by,
        submitted_by=by.login,
        submitted_at=at,
    )
    resources = _resources(catalogue, items)
    lacking = rules.missing(
        asked,
        resources=resources,
        consumer=catalogue.department(by.department),
        purposes=purposes,
        today=today,
    )
    if lacking:
        return Incomplete(lacking)
    attributes = frozenset(r.sharing for r in resources.values() if r and r.sharing)
    due = pack.clock.due(at, attributes)
    sent = replace(
        asked,
        id=_number(store, "R", today.year),
        answer_due=None if isinstance(due, NoCalendar) else due,
    )
    facts: dict[str, Json] = {
        **_facts(sent),
        "fields": {
            str(i.resource): {f.name: f.treatment.value if f.treatment else None for f in i.fields}
            for i in items
        },
        "scope_by": {str(i.resource): [c.field for c in i.scope.conditions] for i in items},
        "basis": basis,
        "consented_by": consented_by,
        "answer_due": due.says.en if isinstance(due, NoCalendar) else due.isoformat(),
    }
    store.save((sent,), Event("sharing.requested", at, by.login, f"request/{sent.id}", facts))
    return sent


def approve(
    *,
    store: SharingStore,
    catalogue: CatalogueStore,
    grading: GradingStore,
    signer: Signer,
    pack: SharingPack,
    table_grade: Callable[[ResourceName], TableGrade],
    id: str,
    treatments: Mapping[Place, Treatment] | None = None,
    weaker_because: str = "",
    conditions: str = "",
    by: Actor,
    at: datetime,
) -> Agreement | Incomplete:
    """Signs the agreement that the gateway enforces from this moment, or says everything that stands in the way.

    `treatments` are the approver's own choices; a field without one gets the stricter of what was asked for and what its
    confirmed grade gives by default. Raises MayNot, NotByWhoAsked, NoSuchRequest, AlreadyAnswered.
    """
    asked = _open_request(store, id)
    permissions.to_answer(by, asked)
    today = pack.clock.calendar.day(at)
    resources = _resources(catalogue, asked.items)
    grades = {(g.resource, g.column): g for item in asked.items for g in grading.columns(item.resource)}
    tables = {item.resource: table_grade(item.resource) for item in asked.items}
    in_the_way = answering.in_the_way(asked, resources=resources, grades=grades, tables=tables, today=today)
    if in_the_way:
        return Incomplete(in_the_way)
    wanted = {(i.resource, f.name): f.treatment for i in asked.items for f in i.fields}
    defaults = {place: _default(place, resources, grades, pack) for place in wanted}
    chosen = treatments or {}
    refused = answering.choices_refused(wanted, defaults, chosen, weaker_because)
    if refused:
        return Incomplete(refused)
    shown = {p: answering.treatment(wanted[p], defaults[p], chosen.get(p)) for p in wanted}
    unsigned = Agreement(
        id=_number(store, "A", today.year),
        version=1,
        request=asked.id,
        provider=asked.provider,
        consumer=asked.consumer,
        purpose=asked.purpose,
        basis=asked.basis,
        modality=asked.modality,
        grants=tuple(_grant(item, shown, grades) for item in asked.items),
        period=asked.period,
        conditions=conditions or _conditions(asked, resources),
        approved_by=by.login,
        approved_at=at,
    )
    signed = replace(unsigned, signature=signing.sign(unsigned, signer))
    answered = replace(
        asked, state=RequestState.APPROVED, answered_by=by.login, answered_at=at, agreement=signed.id
    )
    more = [
        f"{name}.{field}" for (name, field), t in shown.items() if answering.weaker(t, defaults[name, field])
    ]
    facts: dict[str, Json] = {
        "request": asked.id,
        "version": signed.version,
        **_facts(asked),
        "fields": {str(g.resource): {f.name: f.treatment.value for f in g.fields} for g in signed.grants},
        "more_than_default": {"fields": more, "because": weaker_because} if more else None,
        "table_grades": {str(name): table.grade.name for name, table in tables.items()},
        "sha256": signing.digest(signed),
    }
    event = Event("sharing.agreement_approved", at, by.login, f"agreement/{signed.id}", facts)
    store.save((answered, signed), event)
    return signed


def refuse(*, store: SharingStore, id: str, because: str, by: Actor, at: datetime) -> ShareRequest:
    """Answers no, with reasons (Art. 21). Raises MayNot, NotByWhoAsked, NoSuchRequest, AlreadyAnswered, ReasonNeeded."""
    asked = _open_request(store, id)
    permissions.to_answer(by, asked)
    if not because.strip():
        raise ReasonNeeded(Text("不同意共享", "refuse a request"))
    refused = replace(
        asked, state=RequestState.REFUSED, answered_by=by.login, answered_at=at, refused_because=because
    )
    event = Event("sharing.request_refused", at, by.login, f"request/{id}", {"because": because})
    store.save((refused,), event)
    return refused


def revoke(
    *,
    store: SharingStore,
    catalogue: CatalogueStore,
    signer: Signer,
    id: str,
    because: str,
    by: Actor,
    at: datetime,
) -> Agreement:
    """Ends an agreement from this moment by signing its next version, whose text is as it was.

    Raises MayNot, NoSuchAgreement, AlreadyRevoked, ReasonNeeded, NotAsSigned.
    """
    agreement = store.agreement(id)
    if agreement is None:
        raise NoSuchAgreement(id)
    permissions.to_revoke(by, agreement, catalogue)
    if agreement.revoked_at is not None:
        raise AlreadyRevoked(id)
    if not because.strip():
        raise ReasonNeeded(Text("终止协议", "revoke an agreement"))
    if not signing.verify_signature(agreement, signer):
        raise NotAsSigned(id)
    unsigned = replace(
        agreement,
        version=agreement.version + 1,
        revoked_at=at,
        revoked_by=by.login,
        revoked_because=because,
    )
    revoked = replace(unsigned, signature=signing.sign(unsigned, signer))
    facts: dict[str, Json] = {
        "version": revoked.version,
        "because": because,
        "sha256": signing.digest(revoked),
    }
    store.save((revoked,), Event("sharing.agreement_revoked", at, by.login, f"agreement/{id}", facts))
    return revoked


def _open_request(store: SharingStore, id: str) -> ShareRequest:
    found = store.request(id)
    if found is None:
        raise NoSuchRequest(id)
    if found.state is not RequestState.SUBMITTED:
        raise AlreadyAnswered(found)
    return found


def _resources(catalogue: CatalogueStore, items: tuple[Item, ...]) -> Mapping[ResourceName, Resource | None]:
    return {item.resource: catalogue.resource(item.resource) for item in items}


def _number(store: SharingStore, letter: str, year: int) -> str:
    series = f"{letter}-{year}"
    return f"{series}-{store.next_number(series):04d}"


def _default(
    place: Place,
    resources: Mapping[ResourceName, Resource | None],
    grades: Mapping[Place, ColumnGrade],
    pack: SharingPack,
) -> Treatment:
    """By the element an officer gave the field, or else the one its values and heading were recognised as."""
    name, column = place
    grade, resource = grades[place], resources[name]
    field = resource.field(column) if resource else None
    if grade.confirmed is None:
        return Treatment.ABSENT
    return pack.defaults.treatment(
        grade.confirmed, (field.element if field else "") or grade.proposal.element
    )


def _grant(item: Item, shown: Mapping[Place, Treatment], grades: Mapping[Place, ColumnGrade]) -> Grant:
    fields = []
    for field in item.fields:
        confirmed = grades[item.resource, field.name].confirmed
        if confirmed is not None:  # in_the_way saw to it
            fields.append(GrantedField(field.name, shown[item.resource, field.name], confirmed))
    return Grant(item.resource, tuple(fields), item.scope)


def _conditions(asked: ShareRequest, resources: Mapping[ResourceName, Resource | None]) -> str:
    """The provider's published conditions of use, each resource's own."""
    stated = ((item.resource, resources[item.resource]) for item in asked.items)
    return "\n".join(f"{name}：{r.conditions}" for name, r in stated if r and r.conditions)


def _facts(request: ShareRequest) -> dict[str, Json]:
    return {
        "provider": request.provider,
        "consumer": request.consumer,
        "purpose": request.purpose,
        "modality": request.modality.value,
        "period": [request.period.first.isoformat(), request.period.last.isoformat()],
    }
