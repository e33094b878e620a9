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
from datong.grading.standing import outdated
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


class NothingTicked(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="未勾选任何信息项，没有可确认的内容。请先勾选。",
                en="No item was ticked, so there was nothing to confirm. Tick those you decide on.",
            )
        )


@dataclass(frozen=True)
class GradeRow:
    grade: ColumnGrade
    offered: Grade
    checked: bool


@dataclass
class Decided:
    """What one form did: columns confirmed, and lowerings that now wait for a second person."""

    confirmed: int = 0
    waiting: int = 0

    @property
    def says(self) -> Text:
        return Text(
            zh=f"已确认 {self.confirmed} 个信息项"
            + (f"，{self.waiting} 项降级待第二人复核。" if self.waiting else "。"),
            en=f"{self.confirmed} confirmed"
            + (f"; {self.waiting} lowered, for a second person to decide." if self.waiting else "."),
        )


@open_to(*KEEPERS, *OVERSEERS)
@require_http_methods(["GET", "POST"])
def grades(request: HttpRequest, name: ResourceName) -> HttpResponse:
    entry = seen(request, name)
    if not inspects(signed_in(request), entry.provider):
        raise NotYourPage
    if request.method != "POST":
        return _page(request, entry)
    decided = Decided()
    try:
        _confirm(request, name, decided)
    except Fault as fault:
        _say(request, decided)  # what came before the fault stands
        return _page(request, entry, fault)
    _say(request, decided)
    return HttpResponseRedirect(f"/catalogue/{name}/grades/")


@open_to(*KEEPERS)
@require_POST
def second(request: HttpRequest, name: ResourceName) -> HttpResponse:
    actions.confirm_lowering(
        store=node().grading,
        resource=name,
        column=request.POST.get("column", ""),
        by=signed_in(request),
        at=now(),
    )
    messages.success(request, Text(zh="已同意降级。", en="The lowering is confirmed.").in_(language(request)))
    return HttpResponseRedirect(f"/catalogue/{name}/grades/")


@open_to(*KEEPERS)
@require_POST
def examine(request: HttpRequest, name: ResourceName) -> HttpResponse:
    """Looks at the columns again under today's rules; what was confirmed stays unless something graver is found."""
    entry = seen(request, name)
    if not keeps(signed_in(request), entry):
        raise NotYourPage
    node().examine(name, by=signed_in(request), at=now())
    done = Text(zh="已按现行规则包重新检测。", en="Examined again under today's rules.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/catalogue/{name}/grades/")


def _confirm(request: HttpRequest, name: ResourceName, decided: Decided) -> None:
    person, store, at = signed_in(request), node().grading, now()
    if request.POST.get("all") == "yes":
        before = _sure(store.columns(name))
        actions.confirm_proposed(store=store, resource=name, by=person, at=at)
        decided.confirmed = len(before)
        return
    chosen = {
        column: _grade(request.POST.get(f"grade:{column}")) for column in request.POST.getlist("column")
    }
    if not chosen:
        raise NothingTicked
    for column, grade in chosen.items():
        after = actions.confirm(
            store=store,
            resource=name,
            column=column,
            grade=grade,
            because=request.POST.get("because", "").strip(),
            by=person,
            at=at,
        )
        if after.lowering_to is None:
            decided.confirmed += 1
        else:
            decided.waiting += 1


def _say(request: HttpRequest, decided: Decided) -> None:
    if decided.confirmed or decided.waiting:
        messages.success(request, decided.says.in_(language(request)))


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
        "outdated": outdated(store=node().grading, pack=node().pack.grading, resource=entry.name),
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
