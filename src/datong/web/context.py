"""What every page knows: its language, who is signed in, and where they can go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from datong import environment
from datong.gateway.decide import READING_ROLES
from datong.terms.actor import Actor, Role
from datong.terms.text import Text
from datong.web.doors import OVERSEERS, STAFF
from datong.web.language import language
from datong.web.node import actor


@dataclass(frozen=True)
class Place:
    """A line of the navigation; `roles` empty means anyone signed in. `also` are addresses that belong under it."""

    path: str
    title: Text
    roles: frozenset[Role] = frozenset()
    also: str = ""

    def holds(self, path: str) -> bool:
        if self.path == "/":
            return path == "/"
        return path.startswith(self.path) or bool(self.also and path.startswith(self.also))


PLACES = (
    Place("/", Text(zh="待办", en="To do")),
    Place("/mine/", Text(zh="谁用过我的信息", en="Who used my data"), frozenset({Role.CITIZEN})),
    Place("/catalogue/", Text(zh="目录", en="Catalogue"), STAFF),
    Place(
        "/sources/",
        Text(zh="数据源", en="Sources"),
        frozenset({Role.DATA_OFFICER, Role.SHARING_HEAD, Role.ADMINISTRATOR}) | OVERSEERS,
        also="/deliveries/",
    ),
    Place("/sharing/", Text(zh="共享", en="Sharing"), STAFF),
    Place("/query/", Text(zh="查询", en="Query"), READING_ROLES, also="/verify/"),
    Place("/ledger/", Text(zh="台账", en="Ledger")),
)


def site(request: HttpRequest) -> dict[str, Any]:
    person = actor(request)
    return {
        "language": language(request),
        "actor": person,
        "places": _places(person, request.path),
        "demo": bool(environment.text("DATONG_DEMO")),
    }


def _places(person: Actor | None, path: str) -> list[tuple[Place, bool]]:
    if person is None:
        return []
    mine = [place for place in PLACES if not place.roles or person.roles & place.roles]
    return [(place, place.holds(path)) for place in mine]
