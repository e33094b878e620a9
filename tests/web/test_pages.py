"""Each page opens for those it is for, in both languages, with what they came for on it."""

import re

import pytest

from tests.web.conftest import Browser
from tests.web.county import PEOPLE, PERMITS, County


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("login", "path", "zh", "en"),
    [
        ("", "/", "政务数据", "Government data"),
        ("", "/sign-in/", "登录", "Sign in"),
        ("", "/ledger/", "公钥", "public key"),
        (
            "market.data",
            "/",
            "确认“食品经营许可”的 1 个信息项的级别",
            "Confirm the grades of Food permits: 1 waiting",
        ),
        ("market.head", "/", "答复卫生健康局的共享申请", "Answer request"),
        ("health.officer", "/", "即将到期", "is about to end"),
        ("health.officer", "/catalogue/", "食品经营许可", "Food permits"),
        ("health.officer", f"/catalogue/{PERMITS}/", "有条件共享", "Conditional"),
        (
            "market.data",
            f"/catalogue/{PERMITS}/grades/",
            "值通过校验码",
            "the values pass the check character",
        ),
        ("market.data", "/sources/", "permits", "permits"),
        ("market.data", "/sources/permits/", "已入湖", "Landed"),
        (
            "market.data",
            "/deliveries/D-food_permit/",
            "读入 6 = 入湖 4 + 隔离 2",
            "read 6 = landed 4 + quarantined 2",
        ),
        ("market.data", "/deliveries/D-food_permit/", "逗号", "comma"),
        ("market.data", "/deliveries/D-food_permit/", "permit_no ← 许可证编号", "permit_no ← 许可证编号"),
        ("health.officer", "/deliveries/D-food_permit/", "完整报告由提供部门", "The full report is for"),
        ("health.officer", f"/sharing/new/{PERMITS}/", "属于", "is one of"),
        ("health.officer", "/sharing/", "有效", "In force"),
        ("market.head", "/sharing/requests/R-2026-0002/", "同意并签署", "Approve and sign"),
        (
            "health.officer",
            "/sharing/agreements/A-2026-0001/",
            "签名核验无误",
            "stands over exactly this text",
        ),
        ("health.officer", "/query/", "从示例开始", "Start from an example"),
        ("auditor", "/ledger/", "提出共享申请", "A request was sent"),
        ("auditor", "/ledger/entries/0/", "刚刚核验", "Checked just now"),
        ("mei", "/mine/", "为您开通本站账号", "Your account here was made"),
    ],
)
def test_a_page_says_what_it_is_for(
    county: County, browser: Browser, language: str, login: str, path: str, zh: str, en: str
) -> None:
    # Numbers carry the year in which the county was made.
    year = str(county.agreement.approved_at.year)
    answer = browser(login, language=language).get(path.replace("2026-000", f"{year}-000"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (zh if language == "zh" else en) in page
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}">' in page
    assert re.search(r"<title>\s*\S.*· (大通|Datong)</title>", page)
    assert page.count("<h1>") == 1


def test_a_page_in_english_has_no_chinese_of_ours(county: County, browser: Browser) -> None:
    """What departments wrote stays as they wrote it; the site's own words are English throughout."""
    page = browser("auditor").get(f"/ledger/entries/{county.node.log.size() - 1}/").content.decode()
    ours = re.sub(r"<pre>.*?</pre>|<dd>.*?</dd>", "", page, flags=re.S)
    assert set(re.findall(r"[\u3400-\u9fff]+", ours)) == {"中文"}


@pytest.mark.parametrize(
    ("accepts", "shown"), [("zh-CN,en", "zh-Hans"), ("fr,en;q=0.5", "en"), ("", "zh-Hans"), ("fr", "zh-Hans")]
)
def test_a_browser_without_a_choice_gets_the_language_it_prefers(
    browser: Browser, accepts: str, shown: str
) -> None:
    client = browser()
    del client.cookies["datong_language"]
    assert client.get("/", headers={"accept-language": accepts}).headers["Content-Language"] == shown


def test_choosing_a_language_holds_and_comes_back_to_the_page(browser: Browser) -> None:
    client = browser(language="zh")
    answer = client.post("/language/", {"language": "en", "next": "/ledger/"})
    assert answer.headers["Location"] == "/ledger/"
    assert "Ledger" in client.get("/ledger/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://example.invalid/", "//example.invalid", "javascript:alert(1)"]
)
def test_a_link_can_not_send_a_person_elsewhere(browser: Browser, elsewhere: str) -> None:
    answer = browser().post("/language/", {"language": "en", "next": elsewhere})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        (f"/catalogue/{PERMITS}/grades/", "/catalogue/"),
        ("/deliveries/D-food_permit/", "/sources/"),
        ("/verify/", "/query/"),
        ("/ledger/", "/ledger/"),
    ],
)
def test_the_navigation_shows_where_one_is(county: County, browser: Browser, path: str, place: str) -> None:
    page = browser("market.data").get(path).content.decode()
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', page) == [place]


@pytest.mark.parametrize("login", sorted(PEOPLE))
def test_every_place_of_the_navigation_opens(county: County, browser: Browser, login: str) -> None:
    client = browser(login)
    places = re.findall(r'<li><a href="([^"]*)"', client.get("/").content.decode())
    assert len(places) > 2
    for place in places:
        assert client.get(place).status_code == 200, place
