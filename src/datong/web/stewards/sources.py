"""Sources and their deliveries: what came in, what was repaired, what couldn't be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from datong.catalogue.resource import ResourceState
from datong.intake.source import Source, shown
from datong.terms.actor import Actor, Role
from datong.web.doors import OVERSEERS, STAFF, NothingHere, open_to
from datong.web.node import node, signed_in
from datong.web.stewards.reading import read_as
from datong.web.stewards.sight import KEEPERS, inspects

_OPENS_SOURCES = (*KEEPERS, *OVERSEERS, Role.ADMINISTRATOR)


@open_to(*_OPENS_SOURCES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person, intake = signed_in(request), node().intake
    rows = [
        (source, shown(source.url), next(iter(intake.deliveries(source=source.name)), None))
        for source in intake.sources()
        if _sees(person, source)
    ]
    return render(request, "stewards/sources.html", {"rows": rows})


@open_to(*_OPENS_SOURCES)
@require_safe
def source(request: HttpRequest, name: str) -> HttpResponse:
    found = node().intake.source(name)
    if found is None or not _sees(signed_in(request), found):
        raise NothingHere
    told = {
        "source": found,
        "where": shown(found.url),
        "deliveries": node().intake.deliveries(source=name),
    }
    return render(request, "stewards/source.html", told)


@open_to(*STAFF)
@require_safe
def delivery(request: HttpRequest, id: str) -> HttpResponse:
    """The report, whole for those who keep the data, and as a name and a date for those who only used it."""
    person, found = signed_in(request), node().intake.delivery(id)
    if found is None:
        raise NothingHere
    if inspects(person, found.resource.department):
        told = {"delivery": found, "reading": list(read_as(found.how))}
        return render(request, "stewards/delivery.html", told)
    entry = node().catalogue.resource(found.resource)
    if entry is None or entry.state is not ResourceState.PUBLISHED:
        raise NothingHere
    return render(request, "stewards/delivery_named.html", {"delivery": found, "resource": entry})


def _sees(person: Actor, source: Source) -> bool:
    return Role.ADMINISTRATOR in person.roles or inspects(person, source.department)
