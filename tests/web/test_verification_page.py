"""A claim goes in, yes or no comes out; the page learns nothing else, and neither does its reader."""

from datetime import timedelta

import pytest

from datong.sharing import actions
from datong.sharing.agreement import Agreement
from datong.sharing.request import Item, RequestedField
from datong.sharing.treatment import Modality, Treatment
from datong.terms.period import Period
from datong.web.node import now
from tests.web.conftest import Browser
from tests.web.county import MEI, PERMITS, PURPOSE, County, approve


def agreed(county: County, *fields: str, modality: Modality) -> Agreement:
    node, at = county.node, now()
    asked = actions.request(
        store=node.sharing,
        catalogue=node.catalogue,
        purposes=node.pack.purposes,
        pack=node.pack.sharing,
        items=(Item(PERMITS, tuple(RequestedField(field, Treatment.VERIFY_ONLY) for field in fields)),),
        purpose=PURPOSE,
        basis="《中华人民共和国食品安全法》第一百一十条",
        scenario="窗口核对经营者姓名",
        modality=modality,
        period=Period(at.date(), at.date() + timedelta(days=20)),
        consented_by="health.head",
        by=county.people["health.officer"],
        at=at,
    )
    return approve(node, asked.id, county.people["market.head"], at)


@pytest.fixture(scope="module")
def verifying(county: County) -> Agreement:
    return agreed(county, "owner_id", "owner_name", modality=Modality.VERIFY)


def verify(browser: Browser, agreement: Agreement, key: str, name: str):
    form = {"agreement": agreement.id, "resource": str(PERMITS), "key": key, "claim:owner_name": name}
    return browser("health.officer").post("/verify/", form)


@pytest.mark.parametrize(
    ("key", "name", "says"),
    [(MEI, "林晓梅", "yes"), (MEI, "林晓海", "no"), ("990102200006018867", "林晓梅", "no")],
    ids=["true", "another name", "nobody by that number"],
)
def test_a_claim_gets_yes_or_no(
    county: County, browser: Browser, verifying: Agreement, key: str, name: str, says: str
) -> None:
    page = verify(browser, verifying, key, name).content.decode()
    result = page.partition("<h2>Result</h2>")[2].partition("</section>")[0]
    assert f">{says}</span>" in result
    assert "/ledger/entries/" in result
    assert "榕树饭店" not in page


def test_the_page_offers_what_agreements_let_be_verified(
    county: County, browser: Browser, verifying: Agreement
) -> None:
    page = browser("health.officer").get("/verify/").content.decode()
    assert f"agreement={verifying.id}" in page
    form = browser("health.officer").get("/verify/", {"agreement": verifying.id, "resource": str(PERMITS)})
    assert 'name="claim:owner_name"' in form.content.decode()
    assert 'name="claim:owner_id"' not in form.content.decode()
    nobody = browser("civil.officer").get("/verify/").content.decode()
    assert verifying.id not in nobody


def test_an_agreement_of_others_or_for_reading_is_none_to_verify_under(
    county: County, browser: Browser, verifying: Agreement
) -> None:
    form = {"agreement": verifying.id, "resource": str(PERMITS), "key": MEI, "claim:owner_name": "林晓梅"}
    assert browser("civil.officer").post("/verify/", form).status_code == 404


def test_neither_statistics_nor_a_hidden_number_is_offered_for_verification(
    county: County, browser: Browser, verifying: Agreement
) -> None:
    statistics = agreed(county, "owner_id", "owner_name", modality=Modality.AGGREGATE)
    keyless = agreed(county, "owner_name", modality=Modality.ROWS)
    page = browser("health.officer").get("/verify/").content.decode()
    assert f"agreement={verifying.id}" in page
    for agreement in (statistics, keyless):
        assert f"agreement={agreement.id}" not in page
        assert verify(browser, agreement, MEI, "林晓梅").status_code == 404


def test_nothing_claimed_is_refused_with_its_entry(
    county: County, browser: Browser, verifying: Agreement
) -> None:
    answer = verify(browser, verifying, MEI, "")
    assert answer.status_code == 403
    assert "gateway." in answer.content.decode()


def test_the_citizen_hears_of_it(county: County, browser: Browser, verifying: Agreement) -> None:
    verify(browser, verifying, MEI, "林晓梅")
    page = browser("mei").get("/mine/").content.decode()
    assert "A fact was verified" in page
    assert verifying.id in page
