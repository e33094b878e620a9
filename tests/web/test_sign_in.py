"""Signing in and out: slow to guess, silent about who has an account, gone when it ends."""

import json

import pytest
from django.core.cache import cache

from tests.web.conftest import Browser
from tests.web.county import PASSWORD, County


@pytest.fixture(autouse=True)
def _nobody_waits():
    cache.clear()


def sign_in(client, login: str, password: str = PASSWORD, **form: str):
    return client.post("/sign-in/", {"login": login, "password": password, **form})


def test_the_right_password_opens_the_page_one_came_for(county: County, browser: Browser) -> None:
    client = browser()
    answer = sign_in(client, "mei", next="/mine/")
    assert answer.headers["Location"] == "/mine/"
    assert "name of mei" in client.get("/mine/").content.decode()


def test_a_wrong_login_and_a_wrong_password_look_the_same(county: County, browser: Browser) -> None:
    wrong_password = sign_in(browser(), "mei", "wrong")
    no_account = sign_in(browser(), "nobody", "wrong")
    assert wrong_password.status_code == no_account.status_code == 403
    said = [
        answer.content.decode().partition('role="alert"')[2][:200] for answer in (wrong_password, no_account)
    ]
    assert said[0] == said[1]
    assert "isn&#x27;t right" in said[0]


def test_after_five_failures_the_right_password_waits_too(county: County, browser: Browser) -> None:
    client = browser()
    for _ in range(5):
        sign_in(client, "mei", "wrong")
    answer = sign_in(client, "mei")
    assert answer.status_code == 429
    assert "Wait 5 minutes" in answer.content.decode()
    assert sign_in(client, "market.data").status_code == 302  # somebody else isn't locked out with them


def test_signing_in_gives_a_new_session_and_signing_out_ends_it(county: County, browser: Browser) -> None:
    client = browser()
    sign_in(client, "mei")
    first = client.cookies["sessionid"].value
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    client.post("/sign-out/")
    client.cookies["sessionid"] = first
    assert client.get("/mine/").status_code == 302


def test_signing_in_is_entered_in_the_ledger(county: County, browser: Browser) -> None:
    before = county.node.log.size()
    client = browser()
    sign_in(client, "market.data", "wrong")
    sign_in(client, "market.data")
    entries = [entry for _, entry in county.node.log.entries(before)]
    assert [(e.kind, e.by) for e in entries] == [("account.signed_in", "market.data")]


def test_signing_out_takes_a_form_and_not_a_link(county: County, browser: Browser) -> None:
    assert browser("mei").get("/sign-out/").status_code == 405


def test_a_closed_account_is_out_with_its_next_click(county: County, browser: Browser) -> None:
    from datong.terms.actor import SYSTEM, Role
    from datong.web.node import now

    accounts = county.node.accounts
    accounts.add(
        login="leaver",
        name="leaver",
        department="market",
        roles=(Role.OFFICER,),
        password=PASSWORD,
        by=SYSTEM,
        at=now(),
    )
    client = browser("leaver")
    assert client.get("/catalogue/").status_code == 200
    accounts.close(login="leaver", by=SYSTEM, at=now())
    assert client.get("/catalogue/").status_code == 302


def test_a_form_without_its_token_changes_nothing(county: County, browser: Browser) -> None:
    client = browser("mei", enforce_csrf_checks=True)
    answer = client.post("/sign-out/")
    assert answer.status_code == 403
    assert "The page was too old" in answer.content.decode()
    assert client.get("/mine/").status_code == 200


def test_the_demonstration_lists_who_can_sign_in_and_a_real_node_does_not(
    county: County, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [["market.head", "黄敏", "Huang Min", "市场监管局负责人", "head of Market Regulation"]]
    kept = {"password": "rongxi-demo", "people": people}
    (county.node.home / "demo.json").write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    assert "rongxi-demo" not in browser().get("/sign-in/").content.decode()
    monkeypatch.setenv("DATONG_DEMO", "1")
    page = browser().get("/sign-in/").content.decode()
    assert "rongxi-demo" in page
    assert "head of Market Regulation" in page
    assert "Demonstration: everyone and everything here is invented." in page


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/ledger/"])
def test_a_page_lets_no_script_run_and_no_other_site_in(county: County, browser: Browser, path: str) -> None:
    answer = browser().get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert "<script" not in page
    assert "style=" not in page
    assert "<style" not in page


def test_a_fault_of_our_own_is_a_page_without_a_trace(
    county: County, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("990101199003077751")

    monkeypatch.setattr("datong.web.portal.home.tasks", broken)
    answer = browser("market.data", raises=False).get("/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "The node hit an error of its own" in page
    assert "RuntimeError" not in page
    assert "990101199003077751" not in page
