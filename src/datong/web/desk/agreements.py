"""An agreement's page: the signed text in words, whether its signature holds, and ending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from datong.gateway.decide import READING_ROLES
from datong.sharing import actions, signing
from datong.sharing.agreement import Agreement
from datong.terms.actor import Actor, Role
from datong.terms.fault import Fault
from datong.terms.text import Text
from datong.web.desk import examples
from datong.web.desk.sharing import IN_FORCE, sees, state_on
from datong.web.doors import STAFF, NothingHere, open_to
from datong.web.faults import status_of
from datong.web.language import language
from datong.web.node import node, now, signed_in


@open_to(*STAFF)
@require_safe
def agreement(request: HttpRequest, id: str) -> HttpResponse:
    return _page(request, _seen(request, id))


@open_to(Role.SHARING_HEAD, Role.AUTHORITY_REVIEWER)
@require_POST
def revoke(request: HttpRequest, id: str) -> HttpResponse:
    found, here = _seen(request, id), node()
    try:
        actions.revoke(
            store=here.sharing,
            catalogue=here.catalogue,
            signer=here.signer,
            id=id,
            because=request.POST.get("because", ""),
            by=signed_in(request),
            at=now(),
        )
    except Fault as fault:
        return _page(request, found, fault)
    done = Text(zh="协议已撤销，立即生效。", en="Revoked: the next query under it is refused.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/sharing/agreements/{id}/")


def _seen(request: HttpRequest, id: str) -> Agreement:
    found = node().sharing.agreement(id)
    if found is None or not sees(signed_in(request), found):
        raise NothingHere
    return found


def _page(request: HttpRequest, found: Agreement, fault: Fault | None = None) -> HttpResponse:
    person, state = signed_in(request), state_on(found, now().date())
    told = {
        "agreement": found,
        "fault": fault,
        "state": state,
        "holds": node().shelf.holds(found),
        "digest": signing.digest(found),
        "may": {
            "revoke": found.revoked_at is None and _ends(person, found),
            "query": state is IN_FORCE and _queries(person, found),
        },
        "example": next(
            (example.link for example in examples.of_agreements([found], entry_of=node().catalogue.resource)),
            "/query/",
        ),
    }
    return render(request, "desk/agreement.html", told, status=status_of(fault) if fault else 200)


def _ends(person: Actor, found: Agreement) -> bool:
    heads = Role.SHARING_HEAD in person.roles and person.department in (found.provider, found.consumer)
    return heads or Role.AUTHORITY_REVIEWER in person.roles


def _queries(person: Actor, found: Agreement) -> bool:
    return person.department == found.consumer and bool(person.roles & READING_ROLES)
