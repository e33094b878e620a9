"""Confirming grades: one at a time or many at once, and a second person's word on each lowering."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from datong.catalogue.resource import Resource
from datong.grading import actions
from datong.grading.scheme import ColumnGrade, Grade, Verdict
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text
from datong.web.answers import NotAChoice
from datong.web.doors import OVERSEERS, NotYourPage, open_to
from datong.web.faults import status_of
from datong.web.language import language
from datong.web.node import node, now, signed_in
from datong.web.stewards.catalogue import seen
from datong.web.stewards.sight import KEEPERS, inspects, keeps


@dataclass(frozen=True)
class GradeRow:
    grade: ColumnGrade
    offered: Grade
    checked: bool


@open_to(*KEEPERS, *OVERSEERS)
@require_http_methods(["GET", "POST"])
def grades(request: HttpRequest, name: ResourceName) -> HttpResponse:
    entry = seen(request, name)
    if not inspects(signed_in(request), entry.provider):
        raise NotYourPage
    if request.method != "POST":
        return _page(request, entry)
    try:
        count = _confirm(request, name)
    except Fault as fault:
        return _page(request, entry, fault)
    done = Text(zh=f"已处理 {count} 个信息项。", en=f"{count} items are decided.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/catalogue/{name}/grades/")


def _page(request: HttpRequest, entry: Resource, fault: Fault | None = None) -> HttpResponse:
    known = {grade.column: grade for grade in node().grading.columns(entry.name)}
    rows = list(_rows(request, entry, known))
    told = {
        "resource": entry,
        "fault": fault,
        "rows": rows,
        "lowerings": [grade for grade in known.values() if grade.lowering_to is not None],
        "grades": list(Grade),
        "because": request.POST.get("because", ""),
        "pack": ", ".join(sorted({grade.proposal.pack for grade in known.values()})),
        "sure": len(_sure(known.values())),
        "may_confirm": keeps(signed_in(request), entry),
    }
    return render(request, "stewards/grades.html", told, status=status_of(fault) if fault else 200)


def _rows(request: HttpRequest, entry: Resource, known: dict[str, ColumnGrade]) -> Iterator[GradeRow]:
    """In the table's order, with what was chosen so far."""
    ticked = set(request.POST.getlist("column"))
    for field in entry.fields:
        grade = known.get(field.name)
        if grade is None:
            continue
        written = request.POST.get(f"grade:{field.name}")
        offered = _grade(written) if written else grade.confirmed or grade.proposal.grade
        yield GradeRow(grade, offered, field.name in ticked)


def _sure(known: Iterable[ColumnGrade]) -> list[ColumnGrade]:
    """What can be confirmed in one go. About the undetermined nobody knows anything: a person looks at each."""
    return [
        grade
        for grade in known
        if grade.confirmed is None
        and grade.lowering_to is None
        and grade.proposal.verdict is not Verdict.UNDETERMINED
    ]


def _grade(written: str | None) -> Grade:
    try:
        return Grade(int(written or ""))
    except ValueError:
        raise NotAChoice from None


@open_to(*KEEPERS)
@require_POST
def second(request: HttpRequest, name: ResourceName) -> HttpResponse:
    column = request.POST.get("column", "")
    actions.confirm_lowering(
        store=node().grading, resource=name, column=column, by=signed_in(request), at=now()
    )
    done = Text(zh="已同意降级。", en="The lowering is confirmed.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/catalogue/{name}/grades/")


def _confirm(request: HttpRequest, name: ResourceName) -> int:
    raise NotImplementedError
