"""What a person sees when something can't be done: the reason and the next step, in their language, never a trace."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from datong.terms.fault import Fault
from datong.terms.may import MayNot
from datong.terms.stale_write import StaleWrite
from datong.terms.text import Text
from datong.web.doors import NothingHere, NotYourPage

_STATUS: dict[type[Fault], int] = {NotYourPage: 403, MayNot: 403, NothingHere: 404, StaleWrite: 409}


class FaultsToPages:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Fault):
            return page(request, exception.text, status=status_of(exception))
        return None


def status_of(fault: Fault) -> int:
    return _STATUS.get(type(fault), 400)


def page(request: HttpRequest, text: Text, *, status: int) -> HttpResponse:
    return render(request, "web/fault.html", {"text": text, "back": _back(request)}, status=status)


def _back(request: HttpRequest) -> str:
    """Where the person came from, when that is a page of ours."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if came_from and ours else "/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, _UNREADABLE, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, NotYourPage().text, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, NothingHere().text, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """No template context here: what broke may be what the context needs."""
    return render(None, "web/broken.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF check failed: an old page, or a form sent from another site."""
    return page(request, _STALE_FORM, status=403)


_UNREADABLE = Text(
    zh="系统读不懂这次提交的内容。请返回上一页重新填写。",
    en="What was sent can't be read. Go back and fill the form in again.",
)
_STALE_FORM = Text(
    zh="页面已过期，为防止他人冒用，本次提交未被接受。请返回、刷新页面后重试。",
    en="The page was too old, so what you sent wasn't accepted; this keeps others from acting in your name. "
    "Go back, reload the page and try again.",
)
