"""Who may open a page: each view says so in one line, and a sweep test checks that every one does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from datong.terms.actor import Role
from datong.terms.fault import Fault
from datong.terms.text import Text
from datong.web.node import actor

View = Callable[..., HttpResponse]

# Everyone who works with data in a department or at the authority; a citizen or an administrator isn't among them.
STAFF = frozenset({Role.OFFICER, Role.DATA_OFFICER, Role.SHARING_HEAD, Role.AUTHORITY_REVIEWER, Role.AUDITOR})
OVERSEERS = frozenset({Role.AUTHORITY_REVIEWER, Role.AUDITOR})


class NotYourPage(Fault):
    """The person signed in has none of the roles a page is for."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="您的角色不能打开此页面。如工作需要，请联系本部门共享工作机构负责人或管理员调整角色。",
                en="Your roles don't open this page. If your work needs it, ask the head of your sharing office or "
                "an administrator for the role.",
            )
        )


class NothingHere(Fault):
    """There is no such thing, or it isn't for this person: the two look the same."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="未找到该内容，或您无权查看。请核对地址，或从列表中进入。",
                en="There is no such thing here, or it isn't yours to see. Check the address, or come from the list.",
            )
        )


def public(view: View) -> View:
    view.door = "public"  # type: ignore[attr-defined]
    return view


def open_to(*roles: Role) -> Callable[[View], View]:
    """Opens to whoever holds one of `roles`; with no role named, to anyone signed in."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            person = actor(request)
            if person is None:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            if roles and not person.roles & frozenset(roles):
                raise NotYourPage
            return view(request, *args, **kwargs)

        guarded.door = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return guard
