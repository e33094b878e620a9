"""The catalogue: its list with search, and a resource's page."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from datong.catalogue import actions, rules
from datong.catalogue.field import Field
from datong.catalogue.resource import Resource, ResourceState, SharingAttribute
from datong.grading.scheme import ColumnGrade
from datong.intake.delivery import ColumnProfile
from datong.terms.actor import Actor, Role
from datong.terms.names import ResourceName
from datong.terms.refusal import Incomplete
from datong.terms.text import Text
from datong.web.doors import STAFF, NothingHere, open_to
from datong.web.language import language
from datong.web.node import node, now, signed_in
from datong.web.stewards.sight import KEEPERS, inspects, keeps, sees

ASKS_FOR_DATA = frozenset({Role.OFFICER, Role.DATA_OFFICER, Role.SHARING_HEAD})


@dataclass(frozen=True)
class Row:
    """A field with what is known of it."""

    field: Field
    grade: ColumnGrade | None
    profile: ColumnProfile | None

    @property
    def element(self) -> str:
        return self.field.element or (self.grade.proposal.element if self.grade else "")


@open_to(*STAFF)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person, catalogue = signed_in(request), node().catalogue
    words, provider = request.GET.get("words", "").strip()[:200], request.GET.get("provider", "")
    found = catalogue.search(words) if words else catalogue.resources()
    shown = [entry for entry in found if sees(person, entry) and provider in ("", entry.provider)]
    told = {
        "resources": shown,
        "words": words,
        "provider": provider,
        "departments": catalogue.departments(),
    }
    return render(request, "stewards/catalogue.html", told)


@open_to(*STAFF)
@require_safe
def resource(request: HttpRequest, name: ResourceName) -> HttpResponse:
    return page(request, seen(request, name))


@open_to(*KEEPERS)
@require_POST
def submit(request: HttpRequest, name: ResourceName) -> HttpResponse:
    outcome = actions.submit(store=node().catalogue, name=name, by=signed_in(request), at=now())
    if isinstance(outcome, Incomplete):
        return page(request, seen(request, name), incomplete=outcome, status=400)
    done = Text(zh="已提交共享主管部门审核。", en="Submitted: the sharing authority reviews it next.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/catalogue/{name}/")


@open_to(Role.SHARING_HEAD, Role.AUTHORITY_REVIEWER)
@require_POST
def withdraw(request: HttpRequest, name: ResourceName) -> HttpResponse:
    because = request.POST.get("because", "")
    actions.withdraw(store=node().catalogue, name=name, because=because, by=signed_in(request), at=now())
    done = Text(zh="已下架，即时停止提供。", en="Withdrawn: it is served to nobody from now on.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/catalogue/{name}/")


def seen(request: HttpRequest, name: ResourceName) -> Resource:
    """The entry, for a person who may see it."""
    entry = node().catalogue.resource(name)
    if entry is None or not sees(signed_in(request), entry):
        raise NothingHere
    return entry


def page(
    request: HttpRequest, entry: Resource, *, incomplete: Incomplete | None = None, status: int = 200
) -> HttpResponse:
    here, person = node(), signed_in(request)
    grades = {grade.column: grade for grade in here.grading.columns(entry.name)}
    snapshot = here.lake.current(entry.name)
    delivery = here.intake.delivery_of_snapshot(snapshot.id) if snapshot else None
    profiles = {profile.column: profile for profile in delivery.profile} if delivery else {}
    told = {
        "resource": entry,
        "provider": here.catalogue.department(entry.provider),
        "rows": [Row(f, grades.get(f.name), profiles.get(f.name)) for f in entry.fields],
        "table_grade": here.table_grade(entry.name) if grades else None,
        "missing": incomplete.missing if incomplete else _missing(entry),
        "flags": rules.flags(entry),
        "waiting": sum(1 for f in entry.fields if f.name not in grades or grades[f.name].confirmed is None),
        "snapshot": snapshot,
        "delivery": delivery,
        "may": _may(person, entry),
    }
    return render(request, "stewards/resource.html", told, status=status)


def _missing(entry: Resource) -> tuple[Any, ...]:
    return rules.missing(entry) if entry.state in rules.DESCRIBABLE else ()


def _may(person: Actor, entry: Resource) -> dict[str, bool]:
    """Which buttons this person gets. The actions ask again; a button that would only be refused isn't shown."""
    published = entry.state is ResourceState.PUBLISHED
    own, asks = person.department == entry.provider, bool(person.roles & ASKS_FOR_DATA)
    reviews = Role.AUTHORITY_REVIEWER in person.roles
    heads = own and Role.SHARING_HEAD in person.roles
    return {
        "keep": keeps(person, entry),
        "describe": keeps(person, entry) and entry.state in rules.DESCRIBABLE,
        "submit": keeps(person, entry) and entry.state in rules.MOVES["submit"][0],
        "review": reviews and entry.state is ResourceState.SUBMITTED,
        "withdraw": (heads or reviews) and entry.state in rules.MOVES["withdraw"][0],
        "request": published and asks and not own and entry.sharing is not SharingAttribute.NOT_SHARED,
        "query": published and asks,
        "inspect": inspects(person, entry.provider),
    }
