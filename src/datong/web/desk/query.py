"""The query page: a question under an agreement, what was masked and why, the answer, and its entry in the ledger.

It asks the gateway and nothing else; the CSV file is a query like any other, with an entry of its own.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from datong.catalogue.resource import ResourceState
from datong.gateway.answer import Answer, RefusedAnswer
from datong.gateway.csv_file import csv_file
from datong.gateway.decide import READING_ROLES
from datong.gateway.explain import explain
from datong.gateway.request import QueryRequest
from datong.gateway.run import run
from datong.sharing.agreement import Agreement
from datong.terms.actor import Actor
from datong.terms.text import Text
from datong.web.desk import examples
from datong.web.desk.cells import sheet
from datong.web.desk.chart import chart
from datong.web.desk.sharing import IN_FORCE, state_on
from datong.web.doors import open_to
from datong.web.language import language
from datong.web.node import node, now, purposes, signed_in


@dataclass(frozen=True)
class Asked:
    """The form as it was sent, or as an example's link fills it."""

    purpose: str = ""
    agreement: str = ""
    sql: str = ""
    form: str = "table"


@open_to(*READING_ROLES)
@require_http_methods(["GET", "POST"])
def query(request: HttpRequest) -> HttpResponse:
    written = request.POST if request.method == "POST" else request.GET
    asked = Asked(
        written.get("purpose", ""),
        written.get("agreement", ""),
        written.get("sql", ""),
        written.get("form", "table"),
    )
    # Only a form that was sent asks anything: a link may fill the page in, and a question in an address would be logged.
    if request.method != "POST":
        return _page(request, asked, about=request.GET.get("resource", ""))
    if written.get("do") == "explain":
        return _explained(request, asked)
    answer = _answer(request, asked)
    if isinstance(answer, RefusedAnswer):
        return _page(request, asked, refusals=answer.refusals, entry=answer.entry, status=403)
    if written.get("do") == "csv":
        return _file(answer)
    return _page(request, asked, **_shown(request, asked, answer))


def _request(request: HttpRequest, asked: Asked) -> QueryRequest:
    return QueryRequest(
        actor=signed_in(request),
        purpose=asked.purpose,
        sql=asked.sql,
        at=now(),
        agreement=asked.agreement or None,
    )


def _answer(request: HttpRequest, asked: Asked) -> Answer | RefusedAnswer:
    here = node()
    return run(
        _request(request, asked),
        shelf=here.shelf,
        engine=here.engine,
        recorder=here.recorder,
        keys=here.keys,
        limits=here.limits,
        kept=here.kept,
    )


def _explained(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Nothing is read, and yet it is entered: feeling along an agreement's edge should be as visible as querying it."""
    here = node()
    told = explain(
        _request(request, asked),
        shelf=here.shelf,
        engine=here.engine,
        recorder=here.recorder,
        keys=here.keys,
        limits=here.limits,
        kept=here.kept,
    )
    return _page(
        request,
        asked,
        refusals=told.refusals,
        decided=told.tables,
        entry=told.entry,
        governed=told.sql,
        status=403 if told.refusals else 200,
    )


def _shown(request: HttpRequest, asked: Asked, answer: Answer) -> dict[str, Any]:
    drawn = chart(answer.table, language(request)) if asked.form == "chart" else None
    return {
        "sheet": sheet(answer.table, language(request)),
        "chart": None if isinstance(drawn, Text) else drawn,
        "no_chart": drawn if isinstance(drawn, Text) else None,
        "decided": answer.decision.tables,
        "lineage": answer.lineage,
        "entry": answer.entry,
    }


def _file(answer: Answer) -> HttpResponse:
    return HttpResponse(
        csv_file(answer.table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="answer-{answer.entry}.csv"'},
    )


def _page(
    request: HttpRequest, asked: Asked, *, about: str = "", status: int = 200, **told: Any
) -> HttpResponse:
    """`about` names a resource that the person came from: the page then begins with its example."""
    person = signed_in(request)
    agreements = usable(person)
    own = node().catalogue.resources(state=ResourceState.PUBLISHED, provider=person.department)
    offered = [*examples.of_agreements(agreements, entry_of=node().catalogue.resource), *examples.of_own(own)]
    fits = next((each for each in offered if about and about == each.resource), None)
    told |= {
        "asked": Asked(fits.purpose, fits.agreement, fits.sql) if fits else asked,
        "purposes": purposes().values(),
        "agreements": agreements,
        "examples": offered,
    }
    return render(request, "desk/query.html", told, status=status)


def usable(person: Actor) -> list[Agreement]:
    """The agreements in force that this person's department may rely on today."""
    today = now().date()
    held = node().sharing.agreements(consumer=person.department)
    return [agreement for agreement in held if state_on(agreement, today) is IN_FORCE]
