"""The ledger's page: how long it is, what was signed, whether it holds; the entries for auditor and authority."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from datong.ledger.verify import Report
from datong.ledger.verify_file import verify_file
from datong.terms.actor import Actor
from datong.web.answers import number
from datong.web.doors import OVERSEERS, open_to, public
from datong.web.node import actor, node

A_PAGE = 50


@public
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    return _page(request)


@open_to()
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Recomputes every hash of the log file, as anybody can at home; signed in, so that nobody outside keeps us busy."""
    log = node().log
    return _page(request, verify_file(node().home / "ledger" / "log.sqlite", log.signer.key))


@public
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    return _plain(node().log.checkpoint() or "")


@public
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    return _plain(f"{node().log.signer.key}\n")


def _page(request: HttpRequest, report: Report | None = None) -> HttpResponse:
    log = node().log
    size = log.size()
    told: dict[str, Any] = {
        "size": size,
        "checkpoint": log.checkpoint(),
        "key": log.signer.key,
        "report": report,
        "may_read": _reads(actor(request)),
        "signed_in": actor(request) is not None,
    }
    if told["may_read"]:
        told |= _entries(request, size)
    return render(request, "bureau/ledger.html", told)


def _entries(request: HttpRequest, size: int) -> dict[str, Any]:
    """A page of entries below `before`, the newest first."""
    end = min(number(request.GET.get("before")) or size, size)
    start = max(0, end - A_PAGE)
    return {
        "entries": list(node().log.entries(start, end))[::-1],
        "older": start,
        "newer": min(end + A_PAGE, size) if end < size else None,
    }


def _reads(person: Actor | None) -> bool:
    return person is not None and bool(person.roles & OVERSEERS)


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
