"""Choosing the page's language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from datong.web.doors import public
from datong.web.language import COOKIE, LANGUAGES

A_YEAR = 365 * 24 * 60 * 60


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(back_to(request))
    wanted = request.POST.get("language")
    if wanted in LANGUAGES:
        response.set_cookie(
            COOKIE, wanted, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


def back_to(request: HttpRequest) -> str:
    """The page named in the form, when it is one of this site: a link from elsewhere must not send people away."""
    there = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return there if ours else "/"
