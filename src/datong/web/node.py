"""The node this process serves, and who is acting in a request."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from datong.terms.actor import Actor
from datong.terms.purpose import Purpose
from datong.wiring import Node

_opening = Lock()


def node() -> Node:
    # One thread opens it while the others wait: two nodes in a process would be two engines.
    with _opening:
        return _opened(Path(settings.DATONG_HOME))


@lru_cache(maxsize=2)
def _opened(home: Path) -> Node:
    return Node.open(home)


def actor(request: HttpRequest) -> Actor | None:
    """The person signed in, read fresh in each request: a role taken away is gone with the next click."""
    if not hasattr(request, "_datong_actor"):
        user = request.user
        request._datong_actor = node().accounts.actor(user.get_username()) if user.is_authenticated else None
    return request._datong_actor


def now() -> datetime:
    """The one clock of the site, in the node's own zone: an agreement's last day ends at midnight here."""
    return timezone.localtime()


def signed_in(request: HttpRequest) -> Actor:
    """The person behind a page that `doors.open_to` guards."""
    person = actor(request)
    assert person is not None, "a view that asks for the person signed in stands behind doors.open_to"
    return person


def purposes() -> Mapping[str, Purpose]:
    return node().pack.purposes
