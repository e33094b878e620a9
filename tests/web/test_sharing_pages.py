"""Asking, answering and ending, by clicks: what the form says is what the agreement holds."""

import re

import pytest

from datong.sharing.scope import Comparison, Condition
from datong.sharing.treatment import Treatment
from datong.web.node import now
from tests.web.conftest import Browser
from tests.web.county import PERMITS, PURPOSE, County, approve, ask

FORM = {
    "purpose": PURPOSE,
    "basis": "《中华人民共和国食品安全法》第一百一十条",
    "scenario": "核对许可",
    "field": ["permit_no", "owner_name"],
    "treatment:owner_name": "pseudonym",
    "where_field": ["ward", "issued_on", ""],
    "where_comparison": ["in", "between", "="],
    "where_value": ["3, 4", "2026-01-01，2026-12-31", ""],
    "modality": "rows",
    "first": "2026-11-01",
    "last": "2027-10-31",
    "consented": "yes",
}
NEW = f"/sharing/new/{PERMITS}/"


def test_the_form_becomes_a_request_with_its_fields_scope_and_period(
    county: County, browser: Browser
) -> None:
    answer = browser("health.officer").post(NEW, FORM)
    assert answer.status_code == 302, answer.content.decode()
    sent = county.node.sharing.request(answer.headers["Location"].split("/")[-2])
    assert [(f.name, f.treatment) for f in sent.items[0].fields] == [
        ("permit_no", None),
        ("owner_name", Treatment.PSEUDONYM),
    ]
    assert sent.items[0].scope.conditions == (
        Condition("ward", Comparison.IN, (3, 4)),
        Condition("issued_on", Comparison.BETWEEN, ("2026-01-01", "2026-12-31")),
    )
    assert sent.consented_by == "health.head"
    assert (sent.consumer, sent.provider) == ("health", "market")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"basis": ""}, "The legal basis is missing"),
        ({"consented": ""}, "needs the consent of the head"),
        ({"field": []}, "is missing"),
        ({"first": "tomorrow"}, "A date can&#x27;t be read"),
        ({"first": "2027-11-01"}, "would end on"),
        ({"where_value": ["three", "2026-01-01,2026-12-31", ""]}, "can&#x27;t be read as its type"),
        ({"where_value": ["", "2026-01-01,2026-12-31", ""]}, "names an item without a value"),
        ({"modality": "everything"}, "isn&#x27;t in the list"),
        ({"treatment:owner_name": "x-ray"}, "isn&#x27;t in the list"),
        ({"purpose": "curiosity"}, "isn&#x27;t a listed purpose"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    county: County, browser: Browser, change: dict, says: str
) -> None:
    before = len(county.node.sharing.requests())
    answer = browser("health.officer").post(NEW, {**FORM, **change})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    assert "核对许可" in page
    assert len(county.node.sharing.requests()) == before


def test_approving_signs_the_treatments_on_the_page(county: County, browser: Browser) -> None:
    asked = ask(county.node, county.people["health.officer"], ("permit_no", "owner_name"), now())
    client = browser("market.head")
    page = client.get(f"/sharing/requests/{asked.id}/").content.decode()
    offered = dict(
        re.findall(r'name="treatment:market\.food_permit:(\w+)".*?<option value="(\w+)" selected', page, re.S)
    )
    assert offered == {"permit_no": "clear", "owner_name": "masked"}
    stricter = {
        "treatment:market.food_permit:permit_no": "clear",
        "treatment:market.food_permit:owner_name": "absent",
    }
    answer = client.post(f"/sharing/requests/{asked.id}/approve/", stricter)
    assert answer.status_code == 302, answer.content.decode()
    signed = county.node.sharing.agreement(answer.headers["Location"].split("/")[-2])
    assert {f.name: f.treatment for f in signed.grants[0].fields} == {
        "permit_no": Treatment.CLEAR,
        "owner_name": Treatment.ABSENT,
    }


def test_showing_more_than_the_default_takes_a_reason(county: County, browser: Browser) -> None:
    asked = ask(county.node, county.people["health.officer"], ("owner_name",), now())
    client, path = browser("market.head"), f"/sharing/requests/{asked.id}/approve/"
    form = {"treatment:market.food_permit:owner_name": "clear"}
    answer = client.post(path, form)
    assert answer.status_code == 400
    assert "more openly than its grade" in answer.content.decode()
    assert client.post(path, {**form, "weaker_because": "执法文书须载明姓名"}).status_code == 302


def test_a_refusal_without_reasons_is_not_sent(county: County, browser: Browser) -> None:
    asked = ask(county.node, county.people["health.officer"], ("permit_no",), now())
    client, path = browser("market.head"), f"/sharing/requests/{asked.id}/refuse/"
    assert client.post(path, {"because": " "}).status_code == 400
    client.post(path, {"because": "所需内容已在公示信息中"})
    page = browser("health.officer").get(f"/sharing/requests/{asked.id}/").content.decode()
    assert "所需内容已在公示信息中" in page


def test_only_the_provider_s_head_gets_the_buttons(county: County, browser: Browser) -> None:
    path = f"/sharing/requests/{county.open_request.id}/"
    assert "approve/" in browser("market.head").get(path).content.decode().replace("form", "")
    for login in ("health.officer", "health.head", "market.data", "auditor", "bureau.reviewer"):
        page = browser(login).get(path).content.decode()
        assert "Approve and sign" not in page
    assert browser("market.data").post(path + "approve/").status_code == 403
    assert browser("health.head").post(path + "approve/").status_code == 403


def test_revoking_is_felt_by_the_next_query(county: County, browser: Browser) -> None:
    asked = ask(county.node, county.people["health.officer"], ("permit_no",), now())
    signed = approve(county.node, asked.id, county.people["market.head"], now())
    officer = browser("health.officer")
    question = {
        "purpose": PURPOSE,
        "agreement": signed.id,
        "sql": f"SELECT permit_no FROM {PERMITS}",
        "do": "run",
    }
    assert officer.post("/query/", question).status_code == 200
    path = f"/sharing/agreements/{signed.id}/"
    assert browser("market.head").post(path + "revoke/", {"because": ""}).status_code == 400
    assert browser("market.head").post(path + "revoke/", {"because": "用途已完成"}).status_code == 302
    refused = officer.post("/query/", question)
    assert refused.status_code == 403
    assert "gateway.agreement_revoked" in refused.content.decode()
    page = officer.get(path).content.decode()
    assert "用途已完成" in page
    assert "Revoked" in page
    assert "stands over exactly this text" in page  # the revocation is signed too


def test_a_changed_agreement_shows_that_its_signature_does_not_hold(
    county: County, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    forged = replace(county.agreement, purpose="vaccination")
    monkeypatch.setattr(type(county.node.sharing), "agreement", lambda self, id: forged)
    page = browser("auditor").get(f"/sharing/agreements/{forged.id}/").content.decode()
    assert "The text and the signature don't fit together" in page
