"""The query page asks the gateway and nothing else; what comes back is shown with its reasons, its ground and its entry."""

import csv
import io
import re

import pytest

from tests.web.conftest import Browser
from tests.web.county import FIRMS, HIDDEN_NAME, MEI, OTHER_WARD, PERMITS, PURPOSE, County

ALL = f"SELECT permit_no, 店名, owner_name, ward FROM {PERMITS} ORDER BY permit_no"


def ask(
    browser: Browser, sql: str = ALL, *, login: str = "health.officer", language: str = "en", **form: str
):
    return browser(login, language=language).post(
        "/query/", {"purpose": PURPOSE, "sql": sql, "do": "run", **form}
    )


def test_an_answer_shows_masked_names_the_scope_s_rows_and_why(county: County, browser: Browser) -> None:
    page = ask(browser).content.decode()
    assert "榕树饭店" in page
    assert HIDDEN_NAME not in page
    assert "林" in page  # a masked name keeps the surname
    assert OTHER_WARD not in page  # ward 4 is outside the agreement
    assert "the agreement grants it masked" in page
    assert "ward equals 3" in page
    assert county.agreement.id in page


def test_an_answer_leads_to_the_delivery_and_to_its_entry_in_the_ledger(
    county: County, browser: Browser
) -> None:
    before = county.node.log.size()
    page = ask(browser).content.decode()
    assert f'href="/deliveries/{county.delivery}/"' in page
    entry = int(re.search(r'href="/ledger/entries/(\d+)/"', page)[1])
    assert entry >= before
    assert county.node.log.entry(entry).kind == "gateway.query_allowed"
    assert browser("health.officer").get(f"/ledger/entries/{entry}/").status_code == 200


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        (f"SELECT owner_id FROM {PERMITS}", "gateway.column_not_granted"),
        (f"SELECT * FROM {FIRMS}", "gateway.resource_unknown"),
        ("DROP TABLE market.food_permit", "gateway.query_not_select"),
        (f"SELECT (permit_no FROM {PERMITS}", "gateway.query_not_readable"),
        ("", "gateway."),
    ],
)
def test_a_refusal_gives_the_reason_the_next_step_and_an_entry(
    county: County, browser: Browser, sql: str, code: str
) -> None:
    answer = ask(browser, sql)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert code in page
    entry = int(re.search(r'href="/ledger/entries/(\d+)/"', page)[1])
    assert county.node.log.entry(entry).kind == "gateway.query_refused"
    assert "榕树饭店" not in page


def test_what_was_typed_stays_in_the_box(county: County, browser: Browser) -> None:
    page = ask(browser, "SELECT '</textarea><script>' FROM x").content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert "<script" not in page


def test_explaining_runs_nothing_and_shows_what_would_run(county: County, browser: Browser) -> None:
    page = ask(browser, do="explain").content.decode()
    assert "What would run" in page
    assert "榕树饭店" not in page
    assert "the agreement grants it masked" in page


def test_the_file_is_a_query_of_its_own_and_its_cells_do_not_act(county: County, browser: Browser) -> None:
    before = county.node.log.size()
    answer = ask(browser, do="csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["permit_no", "店名", "owner_name", "ward"]
    assert "'=1+1" in [row[1] for row in rows]
    assert HIDDEN_NAME not in str(rows)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    kinds = [entry.kind for _, entry in county.node.log.entries(before)]
    assert "gateway.query_allowed" in kinds


def test_a_chart_is_drawn_on_the_server(county: County, browser: Browser) -> None:
    page = ask(
        browser, f"SELECT 店名, COUNT(*) AS n FROM {PERMITS} GROUP BY 店名", form="chart"
    ).content.decode()
    assert "<svg" in page
    assert "<script" not in page


def test_an_answer_that_makes_no_chart_is_a_table_and_says_so(county: County, browser: Browser) -> None:
    page = ask(browser, f"SELECT 店名 FROM {PERMITS}", form="chart").content.decode()
    assert "doesn&#x27;t make a chart" in page
    assert "榕树饭店" in page


def test_a_question_in_an_address_is_not_asked(county: County, browser: Browser) -> None:
    before = county.node.log.size()
    page = browser("health.officer").get("/query/", {"purpose": PURPOSE, "sql": ALL}).content.decode()
    assert "榕树饭店" not in page
    assert county.node.log.size() == before


def test_a_department_reads_its_own_data_without_an_agreement(county: County, browser: Browser) -> None:
    page = ask(browser, login="market.data").content.decode()
    assert OTHER_WARD in page
    assert "your own department's data" in page


def test_the_page_begins_with_an_example_of_the_resource_one_came_from(
    county: County, browser: Browser
) -> None:
    page = browser("health.officer").get("/query/", {"resource": str(PERMITS)}).content.decode()
    assert f"FROM {PERMITS} LIMIT 20</textarea>" in page
    example = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1].replace("&quot;", '"')
    assert ask(browser, example).status_code == 200


def test_a_citizen_hears_of_the_query_and_can_prove_it(county: County, browser: Browser) -> None:
    from datong.ledger.opening import Opening

    ask(browser)
    client = browser("mei")
    page = client.get("/mine/").content.decode()
    assert "Data was queried" in page
    assert "Public Health" in page
    assert "Food safety inspection" in page
    assert county.agreement.id in page
    assert "health.officer" not in page
    index = re.search(r"/mine/(\d+)/opening.json", page)[1]
    opening = Opening.from_json(client.get(f"/mine/{index}/opening.json").content.decode())
    assert opening.concerns(MEI, county.node.log.signer.key)
    assert not opening.concerns("990101198505122212", county.node.log.signer.key)
