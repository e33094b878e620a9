"""The sweep over every address: who may open it is said by its view, kept by it, and written in the reference."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.conftest import Browser
from tests.web.county import FIRMS, HIDDEN_NAME, MEI, OTHER_WARD, PERMITS, County

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "pages.md"
# What each placeholder stands for when a page of the market department, or of an agreement it made, is visited.
SAMPLES = {"name": str(FIRMS), "index": "0"}


def patterns(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, route)
        elif isinstance(each, URLPattern):
            yield route, each.callback


ADDRESSES = sorted(patterns(), key=lambda pair: pair[0])
PUBLIC = {route for route, view in ADDRESSES if view.door == "public"}


def visited(route: str, county: County) -> str:
    """The address with its placeholders filled in: what is the market department's and not yet published."""
    samples = dict(SAMPLES)
    if "requests/" in route:
        samples["id"] = county.open_request.id
    elif "agreements/" in route:
        samples["id"] = county.agreement.id
    elif "deliveries/" in route:
        samples["id"] = f"D-{FIRMS.table}"
    elif route.startswith("/sources/"):
        samples["name"] = "permits"
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: samples[match[1]], route)


def test_every_view_says_who_may_open_it() -> None:
    assert [route for route, view in ADDRESSES if not hasattr(view, "door")] == []


def test_what_is_public_is_this_and_no_more() -> None:
    assert {
        "/",
        "/sign-in/",
        "/sign-out/",
        "/language/",
        "/ledger/",
        "/ledger/checkpoint",
        "/ledger/key",
    } == PUBLIC


@pytest.mark.parametrize("route", [route for route, _ in ADDRESSES if route not in PUBLIC])
def test_a_stranger_is_sent_to_sign_in(county: County, browser: Browser, route: str) -> None:
    client = browser()
    for answer in (client.get(visited(route, county)), client.post(visited(route, county))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/?next=/")


# Pages that every officer has, with nothing of another department on them.
EVERY_OFFICER = {"/catalogue/", "/sharing/", "/query/", "/verify/", "/ledger/verify/"}


@pytest.mark.parametrize("login", ["civil.officer", "mei", "admin"])
@pytest.mark.parametrize("route", [route for route, _ in ADDRESSES if route not in PUBLIC])
def test_somebody_unrelated_sees_nothing_of_it(
    county: County, browser: Browser, login: str, route: str
) -> None:
    client, path = browser(login), visited(route, county)
    for answer in (client.get(path), client.post(path)):
        page = answer.content.decode().replace(path, "")
        assert answer.status_code in (200, 302, 400, 403, 404, 405)
        hidden = (HIDDEN_NAME, OTHER_WARD, MEI, "P-1", county.agreement.id, county.open_request.id)
        assert not any(value in page for value in hidden)
        if answer.status_code in (200, 302):
            assert route in EVERY_OFFICER | own_pages(login), f"{login} got into {route}"


def own_pages(login: str) -> set[str]:
    return {
        "mei": {"/mine/", "/mine/<int:index>/opening.json"},
        # An administrator adds sources, and so sees where they lie; the first entries of the ledger are their own.
        "admin": {"/sources/", "/sources/<str:name>/"},
    }.get(login, set())


@pytest.mark.parametrize(
    "login", ["market.data", "market.head", "health.officer", "bureau.reviewer", "auditor", "mei"]
)
@pytest.mark.parametrize("route", [route for route, _ in ADDRESSES if route not in {"/sign-out/"}])
def test_nothing_breaks_whatever_is_sent(county: County, browser: Browser, login: str, route: str) -> None:
    """Empty forms, and answers that are no answers, get a page that says so."""
    client, path = browser(login), visited(route, county)
    nonsense = {
        "because": "",
        "purpose": "\x00",
        "sql": "';--",
        "field": "nothing",
        "modality": "?",
        "first": "soon",
    }
    if route.endswith(("publish/", "return/", "submit/")):
        nonsense = {}
    for answer in (client.get(path), client.get(path, {"before": "-1"}), client.post(path, nonsense)):
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/catalogue/no.such/",
        "/catalogue/main.table/",
        "/catalogue/UPPER.case/",
        "/deliveries/none/",
        "/deliveries/%00/",
        "/sharing/requests/R-0000-0000/",
        "/sharing/agreements/'; DROP TABLE x/",
        "/ledger/entries/99999999999999999999/",
        "/ledger/entries/99999/",
        "/sources/..%2f..%2fetc/",
    ],
)
def test_what_is_not_there_looks_like_what_is_not_yours(county: County, browser: Browser, path: str) -> None:
    answer = browser("civil.officer").get(path)
    assert answer.status_code == 404
    assert "There is no such thing here, or it isn&#x27;t yours to see" in answer.content.decode()


def test_an_entry_is_opened_by_who_made_it_and_by_those_who_oversee(county: County, browser: Browser) -> None:
    log = county.node.log
    index = next(i for i, entry in log.entries() if entry.by == "health.officer")
    assert browser("health.officer").get(f"/ledger/entries/{index}/").status_code == 200
    assert browser("auditor").get(f"/ledger/entries/{index}/proof.json").status_code == 200
    assert browser("market.head").get(f"/ledger/entries/{index}/").status_code == 404


def test_the_reference_lists_every_address_and_no_other() -> None:
    written = set(re.findall(r"^\| `(/\S*)` ", REFERENCE.read_text("utf-8"), flags=re.M))
    assert written == {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route, _ in ADDRESSES}


def test_a_published_entry_is_there_for_every_officer_and_a_draft_is_not(
    county: County, browser: Browser
) -> None:
    page = browser("civil.officer").get("/catalogue/").content.decode()
    assert str(PERMITS) in page
    assert str(FIRMS) not in page
