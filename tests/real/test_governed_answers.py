"""The main job on tables that nobody here wrote: from a department's file to a governed, recorded answer."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.real.bureau import Bureau, real

pytestmark = [pytest.mark.real, pytest.mark.slow]

DESCRIBED = """
abstract = {{ zh = "{zh}", en = "{en}" }}
title = {{ zh = "{zh}", en = "{en}" }}
classification = "市场监管/许可"
update_cycle = "daily"
sharing = "conditional"
sharing_basis = "Municipal Code of Chicago, 4-4"
conditions = "For supervision of food businesses; no republication of owners' names."
method = "service"

[assessment]
done_on = 2026-11-01
summary = "No secrets; names of owners are personal."
approved_by = "{head}"
"""

REQUEST = """
purpose = "food-inspection"
basis = "Municipal Code of Chicago, 7-38"
scenario = "Plan canvass inspections of one ward by licence."
modality = "rows"
consented_by = "health_head"

[period]
first = 2026-01-01
last = 2099-12-31

[[items]]
resource = "business.business_licences"
fields = [
    "LICENSE_NUMBER", {{ name = "LEGAL_NAME", treatment = "masked" }}, "DOING_BUSINESS_AS_NAME", "ADDRESS", "WARD",
    "LICENSE_DESCRIPTION", "LICENSE_STATUS",
]
scope = [{{ field = "WARD", comparison = "=", values = [{ward}] }}]
"""
WARD = 44


@pytest.fixture
def chicago(bureau: Bureau) -> tuple[Bureau, Path]:
    folder = real("chicago")
    bureau.settle(
        {"business": "Business Affairs", "health": "Public Health", "streets": "Streets and Sanitation"}
    )
    for source, file in (
        ("business", "business_licences.csv"),
        ("health", "food_inspections.csv"),
        ("streets", "sanitation_complaints_311.csv.gz"),
    ):
        bureau.type("source", "add", source, str(folder / file), "--department", source)
        (delivery,) = bureau.type("land", source)
        assert delivery["state"] == "landed"
        assert delivery["read"] == delivery["landed"] + delivery["quarantined"]
    for resource, zh, en, head in (
        ("business.business_licences", "营业执照", "Business licences", "business_head"),
        ("health.food_inspections", "食品检查", "Food inspections", "health_head"),
    ):
        bureau.publish(resource, DESCRIBED.format(zh=zh, en=en, head=head))
    return bureau, folder


def test_public_health_uses_licences_of_one_ward_with_owners_masked(chicago: tuple[Bureau, Path]) -> None:
    bureau, folder = chicago
    request = bureau.type(
        "share", "request", bureau.write("request.toml", REQUEST.format(ward=WARD)), by="health_officer"
    )
    agreement = bureau.type("share", "approve", request["id"], by="business_head")
    with (folder / "business_licences.csv").open(encoding="utf-8") as file:
        licences = list(csv.DictReader(file))
    of_ward = [row for row in licences if row["WARD"] == str(WARD)]

    rows = bureau.type(
        "query", "--purpose", "food-inspection",
        'SELECT "LEGAL_NAME", "WARD", "LICENSE_NUMBER" FROM business.business_licences',
        by="health_officer",
    )  # fmt: skip
    assert Counter(str(row["LICENSE_NUMBER"]) for row in rows) == Counter(
        r["LICENSE_NUMBER"] for r in of_ward
    )
    assert {row["WARD"] for row in rows} == {WARD}
    names = {row["LEGAL_NAME"] for row in of_ward}
    assert all(
        "*" in row["LEGAL_NAME"] and row["LEGAL_NAME"] not in names for row in rows if row["LEGAL_NAME"]
    )

    joined = bureau.type(
        "query", "--purpose", "food-inspection",
        """SELECT i."Results", count(*) AS inspections FROM health.food_inspections AS i
        JOIN business.business_licences AS l ON l."LICENSE_NUMBER" = i."License" GROUP BY i."Results" """,
        by="health_officer",
    )  # fmt: skip
    assert Counter({r["Results"]: r["inspections"] for r in joined}) == _inspections_by_hand(folder, of_ward)

    bureau.type("share", "revoke", agreement["id"], "--because", "The plan is made.", by="business_head")
    refused = bureau.type(
        "query", "--purpose", "food-inspection", 'SELECT "WARD" FROM business.business_licences',
        by="health_officer", code=1,
    )  # fmt: skip
    assert refused["refused"][0]["next_step"]["en"]
    assert bureau.type("ledger", "verify")["sound"]


def test_a_licence_is_refused_for_another_purpose_and_field(chicago: tuple[Bureau, Path]) -> None:
    bureau, _ = chicago
    request = bureau.type(
        "share", "request", bureau.write("request.toml", REQUEST.format(ward=WARD)), by="health_officer"
    )
    bureau.type("share", "approve", request["id"], by="business_head")
    for purpose, sql in (
        ("statistics", 'SELECT "WARD" FROM business.business_licences'),
        ("food-inspection", 'SELECT "ACCOUNT_NUMBER" FROM business.business_licences'),
        ("food-inspection", 'SELECT "Status" FROM streets.sanitation_complaints_311'),
    ):
        bureau.type("query", "--purpose", purpose, sql, by="health_officer", code=1)
    shown = bureau.type("ledger", "show", "--last", "3")
    assert [line["entry"]["kind"] for line in shown] == ["gateway.query_refused"] * 3


def test_messages_to_the_hotline_are_graded_and_governed(bureau: Bureau) -> None:
    folder = real("hotline")
    bureau.settle({"hotline": "Hotline", "health": "Public Health"})
    bureau.type("source", "add", "hotline", str(folder / "zh_messages.xlsx"), "--department", "hotline")
    (delivery,) = bureau.type("land", "hotline")
    assert (delivery["read"], delivery["quarantined"]) == (delivery["landed"] + delivery["quarantined"], 0)
    assert delivery["landed"] == 4_326
    resource = delivery["resource"]
    bureau.publish(resource, DESCRIBED.format(zh="群众留言", en="Messages", head="hotline_head"))
    rows = bureau.type(
        "query", "--purpose", "complaint-handling", f'SELECT count(*) AS n, sum(点赞数) AS likes FROM {resource}',
        by="hotline_officer",
    )  # fmt: skip
    assert rows[0]["n"] == 4_326
    bureau.type(
        "query",
        "--purpose",
        "complaint-handling",
        f"SELECT 留言主题 FROM {resource}",
        by="health_officer",
        code=1,
    )
    assert bureau.type("ledger", "verify")["sound"]


def _inspections_by_hand(folder: Path, licences: list[dict[str, str]]) -> Counter[str]:
    """The same join in plain Python: each inspection once for each licence term of its number."""
    terms = Counter(row["LICENSE_NUMBER"] for row in licences)
    results: Counter[str] = Counter()
    with (folder / "food_inspections.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            results[row["Results"]] += terms[row["License"]]
    return +results
