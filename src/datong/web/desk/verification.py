"""Verification (核验): a number and what one believes of it go in, yes or no comes out, and the ledger has it first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from datong.catalogue.field import Field
from datong.catalogue.resource import Resource
from datong.gateway.answer import RefusedAnswer
from datong.gateway.decide import READING_ROLES
from datong.gateway.modality import VERIFIABLE, VERIFYING
from datong.gateway.verify import VerifyRequest, verify
from datong.sharing.agreement import Agreement, Grant
from datong.terms.names import ResourceName
from datong.web.desk.keys import key_of
from datong.web.desk.query import usable
from datong.web.doors import NothingHere, open_to
from datong.web.node import node, now, signed_in


@dataclass(frozen=True)
class Verifiable:
    """What one grant lets be verified: the fields that may be claimed, beside the one that finds the record."""

    agreement: Agreement
    resource: Resource
    key: Field
    fields: tuple[Field, ...]

    @property
    def link(self) -> str:
        return f"/verify/?agreement={self.agreement.id}&resource={self.resource.name}"


@open_to(*READING_ROLES)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    offered = _offered(request)
    written = request.POST if request.method == "POST" else request.GET
    wanted = (written.get("agreement", ""), written.get("resource", ""))
    chosen = next((each for each in offered if (each.agreement.id, str(each.resource.name)) == wanted), None)
    if request.method != "POST":
        return _page(request, offered, chosen, {})
    if chosen is None:
        raise NothingHere
    return _verified(request, offered, chosen)


def _verified(request: HttpRequest, offered: list[Verifiable], chosen: Verifiable) -> HttpResponse:
    written, here = request.POST, node()
    claims = {f.name: written.get(f"claim:{f.name}", "").strip() for f in chosen.fields}
    outcome = verify(
        VerifyRequest(
            actor=signed_in(request),
            purpose=chosen.agreement.purpose,
            resource=chosen.resource.name,
            key=written.get("key", "").strip(),
            claims={name: claim for name, claim in claims.items() if claim},
            at=now(),
            agreement=chosen.agreement.id,
        ),
        shelf=here.shelf,
        engine=here.engine,
        recorder=here.recorder,
        limits=here.limits,
        kept=here.kept,
    )
    typed = {"key": written.get("key", ""), **claims}
    if isinstance(outcome, RefusedAnswer):
        refused = {"refusals": outcome.refusals, "entry": outcome.entry}
        return _page(request, offered, chosen, typed, status=403, **refused)
    return _page(request, offered, chosen, typed, answers=outcome.answers.items(), entry=outcome.entry)


def _offered(request: HttpRequest) -> list[Verifiable]:
    found = (_verifiable(a, grant) for a in usable(signed_in(request)) for grant in a.grants)
    return [each for each in found if each is not None]


def _verifiable(agreement: Agreement, grant: Grant) -> Verifiable | None:
    """None where the gateway would refuse, as far as the agreement's text tells."""
    entry = _entry(grant.resource)
    key = key_of(entry) if entry else None
    names = {field.name for field in grant.fields if field.treatment in VERIFIABLE}
    if entry is None or key is None or key.name not in names or agreement.modality not in VERIFYING:
        return None
    fields = tuple(field for field in entry.fields if field.name in names - {key.name})
    return Verifiable(agreement, entry, key, fields) if fields else None


def _entry(name: ResourceName) -> Resource | None:
    return node().catalogue.resource(name)


def _page(
    request: HttpRequest,
    offered: list[Verifiable],
    chosen: Verifiable | None,
    typed: Mapping[str, str],
    *,
    status: int = 200,
    **told: Any,
) -> HttpResponse:
    told |= {
        "offered": offered,
        "chosen": chosen,
        "key": typed.get("key", ""),
        "claims": [(field, typed.get(field.name, "")) for field in chosen.fields] if chosen else [],
    }
    return render(request, "desk/verification.html", told, status=status)
