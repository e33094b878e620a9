"""Which language a page is shown in: what the person chose, else what the browser prefers, else the node's own."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from datong.terms.text import Language

COOKIE = "datong_language"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_DJANGOS_NAME = {"zh": "zh-hans", "en": "en"}  # for the messages Django's own form fields write


def chosen(request: HttpRequest) -> Language:
    cookie = request.COOKIES.get(COOKIE)
    if cookie in LANGUAGES:
        return cast(Language, cookie)
    return preferred(request.headers.get("Accept-Language", ""))


def preferred(accept_language: str) -> Language:
    """The first of our languages that a browser lists; browsers list them in order of preference."""
    for part in accept_language.lower().split(","):
        tag = part.split(";")[0].strip()[:2]
        if tag in LANGUAGES:
            return tag
    return "en" if settings.LANGUAGE_CODE == "en" else "zh"


def language(request: HttpRequest) -> Language:
    """What `speaking` settled for this request."""
    return cast(Language, getattr(request, "language", "zh"))


def speaking(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        request.language = chosen(request)
        with translation.override(_DJANGOS_NAME[request.language]):
            response = get_response(request)
        response.headers["Content-Language"] = "zh-Hans" if language(request) == "zh" else "en"
        return response

    return answer
