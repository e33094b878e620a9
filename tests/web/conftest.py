"""The county that the pages show, and browsers signed in to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.template import engines
from django.test import Client

from datong.records import binding
from datong.web.node import _opened
from datong.wiring import Node
from tests.web.county import County, settled


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[County]:
    """One for each file of tests. A test that changes it makes what it changes itself."""
    home = tmp_path_factory.mktemp("county") / "home"
    with django_db_blocker.unblock(), binding.returning():
        node = Node.init(home)
        try:
            yield settled(node)
        finally:
            _opened.cache_clear()
            node.close()


class CarefulClient(Client):
    """Fails on a page whose template names what its view doesn't give; Django would leave it out in silence."""

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert NOT_GIVEN not in answer.content.decode(), answer.content.decode()
        return answer


Browser = Callable[..., Client]
NOT_GIVEN = "⟦not given"


@pytest.fixture(autouse=True)
def _name_what_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", NOT_GIVEN + " %s⟧")


@pytest.fixture
def browser(county: County) -> Browser:
    """`browser("market.data")` is signed in, `browser()` is a stranger's; both speak English unless told otherwise."""
    from datong.records.models.accounts import Account

    def signed_in(login: str = "", *, language: str = "en", **how: Any) -> Client:
        client = CarefulClient(raise_request_exception=how.pop("raises", True), **how)
        client.cookies["datong_language"] = language
        if login:
            # Past the password, whose slow hash would be most of the test's time; test_sign_in.py types it.
            client.force_login(Account.objects.get(login=login))
        return client

    return signed_in
