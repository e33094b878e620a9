"""Signing in and out."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from datong.terms.fault import Fault
from datong.terms.text import Text
from datong.web.doors import public
from datong.web.node import node, now
from datong.web.portal import attempts
from datong.web.portal.demonstration import demonstration
from datong.web.portal.speak import back_to


class NotSignedIn(Fault):
    """Never says which of the two was wrong: that would tell who has an account."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="登录名或密码不正确。请核对后重试；忘记密码请联系管理员。",
                en="The login or the password isn't right. Check both and try again; an administrator can set a new password.",
            )
        )


class TooManyAttempts(Fault):
    def __init__(self) -> None:
        minutes = attempts.WAIT_SECONDS // 60
        super().__init__(
            Text(
                zh=f"登录失败次数过多，暂停登录。请 {minutes} 分钟后再试。",
                en=f"There were too many failed attempts. Wait {minutes} minutes, then try again.",
            )
        )


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    try:
        if request.method == "POST":
            return _signed_in(request)
    except Fault as fault:
        return _form(request, fault, status=429 if isinstance(fault, TooManyAttempts) else 403)
    return _form(request)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return HttpResponseRedirect("/")


def _signed_in(request: HttpRequest) -> HttpResponse:
    login, address = request.POST.get("login", "").strip(), request.META.get("REMOTE_ADDR", "")
    if attempts.must_wait(login, address):
        raise TooManyAttempts
    account = auth.authenticate(request, username=login, password=request.POST.get("password", ""))
    if account is None:
        attempts.failed(login, address)
        raise NotSignedIn
    attempts.succeeded(login, address)
    node().accounts.signed_in(login=login, at=now())
    auth.login(request, account)
    return HttpResponseRedirect(back_to(request))


def _form(request: HttpRequest, fault: Fault | None = None, *, status: int = 200) -> HttpResponse:
    shown = {
        "fault": fault,
        "login": request.POST.get("login", ""),
        "next": back_to(request),
        "demonstration": demonstration(node().home),
    }
    return render(request, "portal/sign_in.html", shown, status=status)
