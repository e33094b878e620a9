"""Filling in a catalogue entry: what the landed table couldn't say of itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from datong.catalogue import actions
from datong.catalogue.resource import (
    Assessment,
    Resource,
    Secrecy,
    SharingAttribute,
    SharingMethod,
    UpdateCycle,
)
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.stale_write import StaleWrite
from datong.terms.text import Text
from datong.web.answers import choice, day
from datong.web.doors import NotYourPage, open_to
from datong.web.faults import status_of
from datong.web.language import language
from datong.web.node import node, now, signed_in
from datong.web.stewards.catalogue import seen
from datong.web.stewards.sight import KEEPERS, keeps

_WORDS = (
    "title_zh",
    "title_en",
    "abstract_zh",
    "abstract_en",
    "classification",
    "format",
    "sharing_basis",
    "conditions",
)


@open_to(*KEEPERS)
@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, name: ResourceName) -> HttpResponse:
    entry = seen(request, name)
    if not keeps(signed_in(request), entry):
        raise NotYourPage
    if request.method != "POST":
        return _form(request, entry, _filled(entry))
    try:
        _keep(request, entry)
    except Fault as fault:
        blank = dict.fromkeys(_filled(entry), "")
        return _form(request, entry, {**blank, **request.POST.dict()}, fault)
    messages.success(request, Text(zh="目录内容已保存。", en="The entry is saved.").in_(language(request)))
    return HttpResponseRedirect(f"/catalogue/{name}/")


def _keep(request: HttpRequest, entry: Resource) -> None:
    written = request.POST
    # The page this form came from may be older than the entry: whoever saved in between would be overwritten.
    if written.get("revision") != str(entry.revision):
        raise StaleWrite(f"resource/{entry.name}", entry.revision)
    titles = {
        f.name: Text(
            zh=written.get(f"zh:{f.name}", f.title.zh).strip(),
            en=written.get(f"en:{f.name}", f.title.en).strip(),
        )
        for f in entry.fields
    }
    actions.describe(
        store=node().catalogue,
        name=entry.name,
        titles=titles,
        by=signed_in(request),
        at=now(),
        **_parts(written),
    )


def _parts(written: Mapping[str, str]) -> dict[str, Any]:
    word = {name: written.get(name, "").strip() for name in _WORDS}
    return {
        "title": Text(zh=word["title_zh"], en=word["title_en"]),
        "abstract": Text(zh=word["abstract_zh"], en=word["abstract_en"]),
        "classification": word["classification"],
        "format": word["format"],
        "sharing_basis": word["sharing_basis"],
        "conditions": word["conditions"],
        "update_cycle": choice(UpdateCycle, written.get("update_cycle")),
        "sharing": choice(SharingAttribute, written.get("sharing")),
        "method": choice(SharingMethod, written.get("method")) or SharingMethod.SERVICE,
        "secrecy": choice(Secrecy, written.get("secrecy")) or Secrecy.NONE,
        "open_to_public": written.get("open_to_public") == "yes",
        "assessment": _assessment(
            day(written.get("assessed_on")),
            written.get("assessment", "").strip(),
            written.get("approved_by", "").strip(),
        ),
    }


def _assessment(done_on: date | None, summary: str, approved_by: str) -> Assessment | None:
    return Assessment(done_on, summary, approved_by) if done_on else None


def _filled(entry: Resource) -> dict[str, Any]:
    """The entry as the form writes it."""
    assessment = entry.assessment
    return {
        "title_zh": entry.title.zh,
        "title_en": entry.title.en,
        "abstract_zh": entry.abstract.zh,
        "abstract_en": entry.abstract.en,
        "classification": entry.classification,
        "format": entry.format,
        "sharing_basis": entry.sharing_basis,
        "conditions": entry.conditions,
        "update_cycle": entry.update_cycle,
        "sharing": entry.sharing,
        "method": entry.method,
        "secrecy": entry.secrecy,
        "open_to_public": "yes" if entry.open_to_public else "",
        "assessed_on": assessment.done_on.isoformat() if assessment else "",
        "assessment": assessment.summary if assessment else "",
        "approved_by": assessment.approved_by if assessment else "",
    }


def _form(
    request: HttpRequest, entry: Resource, filled: Mapping[str, Any], fault: Fault | None = None
) -> HttpResponse:
    told = {
        "resource": entry,
        "filled": filled,
        "fault": fault,
        "titles": [
            (f, filled.get(f"zh:{f.name}", f.title.zh), filled.get(f"en:{f.name}", f.title.en))
            for f in entry.fields
        ],
        "update_cycles": list(UpdateCycle),
        "sharings": list(SharingAttribute),
        "methods": list(SharingMethod),
        "secrecies": list(Secrecy),
    }
    return render(request, "stewards/describe.html", told, status=status_of(fault) if fault else 200)
