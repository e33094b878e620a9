"""Requests and agreements that concern a person's department; all of them for those who oversee sharing."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from datong.sharing.agreement import Agreement
from datong.sharing.request import ShareRequest
from datong.terms.actor import Actor
from datong.terms.text import Text
from datong.web.doors import OVERSEERS, STAFF, open_to
from datong.web.node import node, now, signed_in

Noun = TypeVar("Noun", ShareRequest, Agreement)


@dataclass(frozen=True)
class State:
    """How an agreement stands today; `code` is the badge's class."""

    code: str
    title: Text


REVOKED = State("revoked", Text(zh="已撤销", en="Revoked"))
EXPIRED = State("returned", Text(zh="已到期", en="Expired"))
NOT_YET = State("submitted", Text(zh="尚未生效", en="Not yet in force"))
IN_FORCE = State("approved", Text(zh="有效", en="In force"))


def state_on(agreement: Agreement, today: date) -> State:
    if agreement.revoked_at is not None:
        return REVOKED
    if today < agreement.period.first:
        return NOT_YET
    return IN_FORCE if agreement.period.holds(today) else EXPIRED


def sees(person: Actor, noun: ShareRequest | Agreement) -> bool:
    """The two departments that agree, and those who oversee them."""
    return bool(person.roles & OVERSEERS) or person.department in (noun.provider, noun.consumer)


def mine_of(person: Actor, nouns: tuple[Noun, ...]) -> list[Noun]:
    return [noun for noun in nouns if sees(person, noun)]


@open_to(*STAFF)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person, sharing, today = signed_in(request), node().sharing, now().date()
    agreements = mine_of(person, sharing.agreements())
    told = {
        "requests": mine_of(person, sharing.requests()),
        "agreements": [(each, state_on(each, today)) for each in reversed(agreements)],
    }
    return render(request, "desk/sharing.html", told)
