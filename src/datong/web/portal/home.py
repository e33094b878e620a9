"""The first page: for a stranger what this is, for everyone else what they have to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from datong.web.doors import public
from datong.web.node import actor, node, now
from datong.web.portal.starts import starts
from datong.web.portal.tasks import tasks


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = actor(request)
    if person is None:
        return render(request, "portal/welcome.html")
    told = {"tasks": tasks(node(), person, at=now()), "starts": starts(person)}
    return render(request, "portal/home.html", told)
