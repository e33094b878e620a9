"""What a browser is told not to do: run scripts, load from elsewhere, be framed, keep a page with data."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# No script runs at all, so a heading or a cell that holds markup stays text even where escaping failed.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def browser_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        # A shared counter PC must not show the last visitor's page to the next one on "back".
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
