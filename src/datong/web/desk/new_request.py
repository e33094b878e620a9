"""Asking another department for data: the form with the five statutory fields (政务数据共享条例 Art. 20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from datong.catalogue.field import Field
from datong.catalogue.resource import Resource, ResourceState
from datong.grading.scheme import Grade
from datong.sharing import actions
from datong.sharing.request import Item, RequestedField, ShareRequest
from datong.sharing.scope import Comparison, RowScope
from datong.sharing.treatment import ORDER, Modality, Treatment
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.refusal import Incomplete
from datong.terms.text import Text
from datong.web.answers import NotAChoice, NotADay, choice, day
from datong.web.desk.row_scope import EMPTY_LINES, ScopeLine, read_scope
from datong.web.doors import NothingHere, open_to
from datong.web.faults import status_of
from datong.web.language import language
from datong.web.node import node, now, purposes, signed_in
from datong.web.stewards.catalogue import ASKS_FOR_DATA

HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True)
class FieldRow:
    """One item that can be ticked: its grade, what the grade gives by default, and what was chosen so far."""

    field: Field
    grade: Grade | None
    default: Treatment | None
    checked: bool
    wanted: str


@open_to(*ASKS_FOR_DATA)
@require_http_methods(["GET", "POST"])
def new_request(request: HttpRequest, name: ResourceName) -> HttpResponse:
    entry = node().catalogue.resource(name)
    if entry is None or entry.state is not ResourceState.PUBLISHED:
        raise NothingHere
    if request.method != "POST":
        return _form(request, entry, request.GET)
    try:
        sent = _send(request, entry)
    except Fault as fault:
        return _form(request, entry, request.POST, fault=fault)
    if isinstance(sent, Incomplete):
        return _form(request, entry, request.POST, incomplete=sent)
    done = Text(zh=f"申请 {sent.id} 已提交。", en=f"Request {sent.id} is sent.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/sharing/requests/{sent.id}/")


def _send(request: HttpRequest, entry: Resource) -> ShareRequest | Incomplete:
    written, person, here = request.POST, signed_in(request), node()
    first, last = day(written.get("first")), day(written.get("last"))
    if first is None or last is None:
        raise NotADay
    modality = choice(Modality, written.get("modality"))
    if modality is None:
        raise NotAChoice
    return actions.request(
        store=here.sharing,
        catalogue=here.catalogue,
        purposes=purposes(),
        pack=here.pack.sharing,
        items=(Item(entry.name, tuple(_fields(written)), RowScope(read_scope(entry, _lines(written)))),),
        purpose=written.get("purpose", ""),
        basis=written.get("basis", "").strip(),
        scenario=written.get("scenario", "").strip(),
        modality=modality,
        period=Period(first, last),
        consented_by=_head(person.department) if written.get("consented") == "yes" else "",
        by=person,
        at=now(),
    )


def _fields(written: QueryDict) -> Iterator[RequestedField]:
    for name in written.getlist("field"):
        yield RequestedField(name, choice(Treatment, written.get(f"treatment:{name}")))


def _lines(written: QueryDict) -> list[ScopeLine]:
    columns = (
        written.getlist("where_field"),
        written.getlist("where_comparison"),
        written.getlist("where_value"),
    )
    return [ScopeLine(*line) for line in zip(*columns, strict=False)]


def _head(department: str) -> str:
    found = node().catalogue.department(department)
    return found.sharing_head if found else ""


def _form(
    request: HttpRequest,
    entry: Resource,
    written: QueryDict,
    *,
    fault: Fault | None = None,
    incomplete: Incomplete | None = None,
) -> HttpResponse:
    today = now().date()
    told: dict[str, Any] = {
        "resource": entry,
        "fault": fault,
        "incomplete": incomplete,
        "rows": list(_rows(entry, written)),
        "filled": _filled(written, today),
        "head": _head(signed_in(request).department),
        "purposes": purposes().values(),
        "treatments": ORDER,
        "comparisons": list(Comparison),
        "modalities": list(Modality),
    }
    status = 400 if incomplete else status_of(fault) if fault else 200
    return render(request, "desk/new_request.html", told, status=status)


def _filled(written: QueryDict, today: date) -> dict[str, Any]:
    lines = _lines(written)
    return {
        "purpose": written.get("purpose", ""),
        "basis": written.get("basis", ""),
        "scenario": written.get("scenario", ""),
        "modality": written.get("modality", Modality.ROWS.value),
        "first": written.get("first", today.isoformat()),
        "last": written.get("last", (today + HALF_A_YEAR).isoformat()),
        "consented": written.get("consented") == "yes",
        "conditions": lines + [ScopeLine()] * max(0, EMPTY_LINES - len(lines)),
    }


def _rows(entry: Resource, written: QueryDict) -> Iterator[FieldRow]:
    here = node()
    grades = {grade.column: grade for grade in here.grading.columns(entry.name)}
    ticked = set(written.getlist("field"))
    for field in entry.fields:
        known = grades.get(field.name)
        confirmed = known.confirmed if known else None
        element = field.element or (known.proposal.element if known else "")
        yield FieldRow(
            field=field,
            grade=confirmed,
            default=here.pack.sharing.defaults.treatment(confirmed, element) if confirmed else None,
            checked=field.name in ticked,
            wanted=written.get(f"treatment:{field.name}", ""),
        )
