"""An entry's way by clicks: filled in, submitted, returned, submitted again, published, found, withdrawn."""

import pytest

from datong.catalogue.resource import ResourceState, SharingAttribute
from tests.web.conftest import Browser
from tests.web.county import FIRMS, PERMITS, County

PATH = f"/catalogue/{FIRMS}/"
FILLED = {
    "title_zh": "企业登记信息",
    "title_en": "Registered firms",
    "abstract_zh": "县内登记的企业。",
    "abstract_en": "Firms registered in the county.",
    "classification": "市场监管/登记",
    "format": "table",
    "update_cycle": "weekly",
    "sharing": "conditional",
    "sharing_basis": "",
    "conditions": "仅用于履职",
    "method": "exchange",
    "secrecy": "none",
    "assessed_on": "2026-11-20",
    "assessment": "不涉密",
    "approved_by": "market.head",
    "zh:ward": "片区",
    "en:ward": "Ward",
}


def entry(county: County):
    return county.node.catalogue.resource(FIRMS)


def fill_in(county: County, browser: Browser, login: str = "market.data", **change: str):
    form = {**FILLED, "revision": str(entry(county).revision), **change}
    return browser(login).post(PATH + "describe/", form)


def test_an_entry_goes_its_whole_way(county: County, browser: Browser) -> None:
    keeper, reviewer, stranger = browser("market.data"), browser("bureau.reviewer"), browser("civil.officer")

    page = keeper.post(PATH + "submit/").content.decode()
    assert "The assessment" in page or "There is no assessment" in page
    assert "The update cycle is missing" in page
    assert entry(county).state is ResourceState.DRAFT

    assert fill_in(county, browser).status_code == 302
    assert entry(county).sharing is SharingAttribute.CONDITIONAL
    assert entry(county).field("ward").title.zh == "片区"
    assert keeper.post(PATH + "submit/").status_code == 302
    assert stranger.get(PATH).status_code == 404

    assert "Review the catalogue entry Registered firms" in reviewer.get("/").content.decode()
    assert "self-made conditions" in reviewer.get(PATH).content.decode()
    reviewer.post(f"/review/{FIRMS}/return/", {"because": "请列明法律依据"})
    assert "Mend the entry of Registered firms" in keeper.get("/").content.decode()
    assert "请列明法律依据" in keeper.get(PATH).content.decode()

    fill_in(county, browser, sharing_basis="《中华人民共和国市场主体登记管理条例》")
    keeper.post(PATH + "submit/")
    assert reviewer.post(f"/review/{FIRMS}/publish/").status_code == 302
    assert "Registered firms" in stranger.get(PATH).content.decode()
    assert str(FIRMS) in stranger.get("/catalogue/", {"words": "县内登记"}).content.decode()
    assert str(PERMITS) not in stranger.get("/catalogue/", {"words": "县内登记"}).content.decode()

    assert browser("market.head").post(PATH + "withdraw/", {"because": ""}).status_code == 400
    assert (
        browser("market.head").post(PATH + "withdraw/", {"because": "数据有误，暂停提供"}).status_code == 302
    )
    assert stranger.get(PATH).status_code == 404


def test_two_people_do_not_overwrite_each_other(county: County, browser: Browser) -> None:
    before = entry(county).revision
    answer = fill_in(county, browser, title_zh="甲", revision=str(before - 1))
    assert answer.status_code == 409
    assert "was changed by somebody else" in answer.content.decode()
    assert 'value="甲"' in answer.content.decode()
    assert entry(county).revision == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"secrecy": "state_secret"}, "Under Art. 2"),
        ({"assessed_on": "yesterday"}, "A date can&#x27;t be read"),
        ({"sharing": "perhaps"}, "isn&#x27;t in the list"),
    ],
)
def test_what_can_not_be_kept_is_said(county: County, browser: Browser, change: dict, says: str) -> None:
    answer = fill_in(county, browser, **change)
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_a_submission_by_somebody_else_is_not_one(county: County, browser: Browser) -> None:
    for login in ("health.head", "civil.officer", "bureau.reviewer"):
        assert browser(login).post(PATH + "submit/").status_code == 403
    assert browser("market.data").post(f"/review/{PERMITS}/publish/").status_code == 403


def test_evidence_and_profile_are_for_those_who_keep_or_oversee(county: County, browser: Browser) -> None:
    path = f"/catalogue/{PERMITS}/"
    for login in ("market.data", "auditor", "bureau.reviewer"):
        assert "the values pass the check character" in browser(login).get(path).content.decode()
    for login in ("health.officer", "civil.officer"):
        page = browser(login).get(path).content.decode()
        assert "the values pass the check character" not in page
        assert "D-food_permit" not in page
        assert "General 4" in page  # the grade itself is announced
