"""Grades are confirmed by ticking; a lowering waits for somebody else."""

import pytest

from datong.grading.scheme import Grade, Verdict
from tests.web.conftest import Browser
from tests.web.county import PERMITS, County

PATH = f"/catalogue/{PERMITS}/grades/"


def grade_of(county: County, column: str):
    return county.node.grading.column(PERMITS, column)


def test_many_are_confirmed_in_one_go_and_what_nobody_recognised_is_not(
    county: County, browser: Browser
) -> None:
    client = browser("market.data")
    assert "Confirm all 1 proved or likely" in client.get(PATH).content.decode()
    page = client.post(PATH, {"all": "yes"}, follow=True).content.decode()
    assert "1 confirmed." in page
    assert grade_of(county, "note").confirmed is Grade.G2


def test_raising_a_grade_takes_one_person(county: County, browser: Browser) -> None:
    browser("market.data").post(
        PATH, {"column": ["ward", "issued_on"], "grade:ward": "2", "grade:issued_on": "2"}
    )
    assert grade_of(county, "ward").confirmed is Grade.G2
    assert grade_of(county, "issued_on").confirmed is Grade.G2


def test_lowering_takes_a_reason_and_a_second_person(county: County, browser: Browser) -> None:
    first, other = browser("market.data"), browser("market.second")
    form = {"column": "owner_name", "grade:owner_name": "2"}
    refused = first.post(PATH, form)
    assert refused.status_code == 400
    assert "takes a reason" in refused.content.decode()
    page = first.post(PATH, {**form, "because": "许可公示信息"}, follow=True).content.decode()
    assert "1 lowered, for a second person to decide" in page
    assert "takes another person" in page
    assert grade_of(county, "owner_name").confirmed is Grade.G3
    assert first.post(PATH + "second/", {"column": "owner_name"}).status_code == 400
    assert "Decide as the second person" in other.get("/").content.decode()
    assert "许可公示信息" in other.get(PATH).content.decode()
    other.post(PATH + "second/", {"column": "owner_name"})
    assert grade_of(county, "owner_name").confirmed is Grade.G2


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"column": "ward"},
        {"column": "ward", "grade:ward": "9"},
        {"column": "nothing", "grade:nothing": "1"},
    ],
    ids=["nothing ticked", "no grade", "no such grade", "no such column"],
)
def test_what_decides_nothing_says_so(county: County, browser: Browser, form: dict) -> None:
    assert browser("market.data").post(PATH, form).status_code == 400


@pytest.mark.parametrize("login", ["bureau.reviewer", "auditor"])
def test_those_who_oversee_read_the_evidence_and_decide_nothing(
    county: County, browser: Browser, login: str
) -> None:
    client, before = browser(login), grade_of(county, "permit_no")
    assert "the values pass the check character" in client.get(PATH).content.decode()
    assert client.post(PATH, {"column": "permit_no", "grade:permit_no": "4"}).status_code == 403
    assert grade_of(county, "permit_no") == before


def test_columns_examined_under_older_rules_are_examined_again(county: County, browser: Browser) -> None:
    client = browser("market.data")
    assert "The rules pack has changed" in client.get(PATH).content.decode()
    page = client.post(PATH + "examine/", follow=True).content.decode()
    assert "Examined again" in page
    assert "The rules pack has changed" not in page
    assert grade_of(county, "owner_id").proposal.verdict is Verdict.PROVED
