"""A request's page: what is asked, and for the provider's head, granting or refusing it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from datong.grading.scheme import Grade
from datong.sharing import actions, answering
from datong.sharing.answering import Place
from datong.sharing.request import Item, RequestState, ShareRequest
from datong.sharing.scope import RowScope
from datong.sharing.treatment import ORDER, Treatment
from datong.terms.actor import Actor, Role
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.refusal import Incomplete
from datong.terms.text import Text
from datong.web.answers import choice
from datong.web.desk.sharing import sees
from datong.web.doors import STAFF, NothingHere, open_to
from datong.web.faults import status_of
from datong.web.language import language
from datong.web.node import node, now, signed_in


@dataclass(frozen=True)
class AskedField:
    """One field of a request. `offered` are the treatments that show no more than was asked for."""

    name: str
    grade: Grade | None
    default: Treatment | None
    wanted: Treatment | None
    offered: tuple[Treatment, ...]
    granted: Treatment | None


@dataclass(frozen=True)
class AskedItem:
    resource: ResourceName
    scope: RowScope
    rows: tuple[AskedField, ...]


@open_to(*STAFF)
@require_safe
def request_page(request: HttpRequest, id: str) -> HttpResponse:
    return _page(request, _seen(request, id))


@open_to(Role.SHARING_HEAD)
@require_POST
def approve(request: HttpRequest, id: str) -> HttpResponse:
    asked, here = _seen(request, id), node()
    try:
        outcome = actions.approve(
            store=here.sharing,
            catalogue=here.catalogue,
            grading=here.grading,
            signer=here.signer,
            pack=here.pack.sharing,
            table_grade=here.table_grade,
            id=id,
            treatments=_chosen(request, asked),
            weaker_because=request.POST.get("weaker_because", "").strip(),
            conditions=request.POST.get("conditions", "").strip(),
            by=signed_in(request),
            at=now(),
        )
    except Fault as fault:
        return _page(request, asked, fault=fault)
    if isinstance(outcome, Incomplete):
        return _page(request, asked, incomplete=outcome)
    done = Text(zh=f"协议 {outcome.id} 已签署。", en=f"Agreement {outcome.id} is signed.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/sharing/agreements/{outcome.id}/")


@open_to(Role.SHARING_HEAD)
@require_POST
def refuse(request: HttpRequest, id: str) -> HttpResponse:
    asked = _seen(request, id)
    try:
        actions.refuse(
            store=node().sharing,
            id=id,
            because=request.POST.get("because", ""),
            by=signed_in(request),
            at=now(),
        )
    except Fault as fault:
        return _page(request, asked, fault=fault)
    done = Text(zh="已答复不同意共享，理由已告知申请方。", en="Refused: the requester reads your reasons.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/sharing/requests/{id}/")


def _seen(request: HttpRequest, id: str) -> ShareRequest:
    found = node().sharing.request(id)
    if found is None or not sees(signed_in(request), found):
        raise NothingHere
    return found


def _chosen(request: HttpRequest, asked: ShareRequest) -> dict[Place, Treatment]:
    chosen = {}
    for item in asked.items:
        for field in item.fields:
            treatment = choice(Treatment, request.POST.get(f"treatment:{item.resource}:{field.name}"))
            if treatment is not None:
                chosen[item.resource, field.name] = treatment
    return chosen


def _page(
    request: HttpRequest,
    asked: ShareRequest,
    *,
    fault: Fault | None = None,
    incomplete: Incomplete | None = None,
) -> HttpResponse:
    told = {
        "asked": asked,
        "fault": fault,
        "incomplete": incomplete,
        "items": [AskedItem(i.resource, i.scope, tuple(_rows(request, i))) for i in asked.items],
        "may": {"answer": _answers(signed_in(request), asked)},
        "weaker_because": request.POST.get("weaker_because", ""),
        "conditions": request.POST.get("conditions", ""),
    }
    status = 400 if incomplete else status_of(fault) if fault else 200
    return render(request, "desk/request.html", told, status=status)


def _answers(person: Actor, asked: ShareRequest) -> bool:
    return asked.state is RequestState.SUBMITTED and person.may_act_as(
        Role.SHARING_HEAD, department=asked.provider
    )


def _rows(request: HttpRequest, item: Item) -> Iterator[AskedField]:
    here = node()
    entry = here.catalogue.resource(item.resource)
    for field in item.fields:
        known = here.grading.column(item.resource, field.name)
        confirmed = known.confirmed if known else None
        described = entry.field(field.name) if entry else None
        element = (described.element if described else "") or (known.proposal.element if known else "")
        default = here.pack.sharing.defaults.treatment(confirmed, element) if confirmed else None
        chosen = choice(Treatment, request.POST.get(f"treatment:{item.resource}:{field.name}"))
        yield AskedField(
            name=field.name,
            grade=confirmed,
            default=default,
            wanted=field.treatment,
            offered=ORDER[ORDER.index(field.treatment) :] if field.treatment else ORDER,
            granted=chosen or (answering.treatment(field.treatment, default, None) if default else None),
        )
