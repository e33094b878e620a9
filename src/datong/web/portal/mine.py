"""“Who used my data”: a citizen's own page, told by the ledger alone (个人信息保护法 Art. 44–45)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from datong.terms.actor import Role
from datong.terms.fault import Fault
from datong.terms.text import Text
from datong.web.answers import number
from datong.web.doors import NothingHere, open_to
from datong.web.node import actor, node
from datong.web.portal.uses import told

A_PAGE = 50


class NotTiedToAPerson(Fault):
    """The account has no identity number, so there is nothing to look up."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="此账号尚未与公民身份号码绑定，无法查询使用记录。请持有效证件到政务服务窗口办理绑定。",
                en="This account isn't tied to an identity number yet, so there is nothing to look up. "
                "The service counter can tie it, on sight of your identity document.",
            )
        )


@open_to(Role.CITIZEN)
def mine(request: HttpRequest) -> HttpResponse:
    before = number(request.GET.get("before"))
    uses = list(told(_own_number(request), node().log, limit=A_PAGE + 1, before=before))
    older = uses[A_PAGE - 1].use.index if len(uses) > A_PAGE else None
    return render(request, "portal/mine.html", {"uses": uses[:A_PAGE], "older": older, "before": before})


@open_to(Role.CITIZEN)
def opening(request: HttpRequest, index: int) -> HttpResponse:
    """What anyone can check with the public key and this person's number; it holds neither name nor number."""
    ours = node().log
    found = ours.opening(index, _own_number(request)) if index < ours.size() else None
    if found is None:
        raise NothingHere
    return HttpResponse(
        found.to_json(),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="entry-{index}-opening.json"'},
    )


def _own_number(request: HttpRequest) -> str:
    person = actor(request)
    number = node().accounts.identity_number(person.login) if person else None
    if number is None:
        raise NotTiedToAPerson
    return number
