"""Masks and pseudonyms: what each shows, and that no value whatever makes one fail or differ between the two tellings."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datong.engines.memory.treated import seen
from datong.gateway.decision import FieldDecision
from datong.gateway.rewrite.mask import NotSelectable, treated
from datong.sharing.treatment import Treatment
from datong.terms.text import Text
from tests.unit.gateway.small_county import ARROW

KEY = "ab" * 32
SESSION = duckdb.connect()  # opening one takes longer than all its queries here


def field(element: str, type: str = "text", treatment: Treatment = Treatment.MASKED) -> FieldDecision:
    return FieldDecision("v", treatment, element, type, Text("", ""))


def in_duckdb(values: list[Any], f: FieldDecision) -> list[Any]:
    base = pa.table({"v": pa.array(values, ARROW[f.type])})
    sql = treated(f, key="k").sql("duckdb", identify=True)
    SESSION.register("base", base)
    found = SESSION.execute(f"SELECT {sql} FROM base", {"k": KEY} if "$k" in sql else None)
    return [row[0] for row in found.fetchall()]


SHOWN = [
    ("person.identity_number", "99010119800101001X", "990*************1X"),
    ("person.identity_number", "990101800101001", "990*************01"),
    ("person.identity_number", "9901", "***"),
    ("person.mobile", "13912345678", "139********78"),
    ("person.name", "王小明", "王**"),
    ("person.name", "欧阳明", "欧**"),
    ("person.name", "王", "王**"),
    ("person.name", "", "**"),
    ("person.owner_name", "John Smith", "J**"),
    ("person.bank_account", "6222021234567890123", "************0123"),
    ("person.address", "榕溪县城关镇人民路1号", "榕溪县***"),
    ("person.address", "榕溪市城关区", "榕溪市***"),
    ("person.address", "1234 W Main St", "***"),
    ("person.address", "城关镇1号榕溪县", "***"),
    ("person.health", "anything", "***"),
    ("", "anything", "***"),
    ("person.name", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("element", "value", "shown"), SHOWN)
def test_a_mask_shows_as_much_as_its_kind_allows(element: str, value: Any, shown: Any) -> None:
    assert in_duckdb([value], field(element)) == [shown]
    assert seen(value, field(element), KEY) == shown


OTHERS = [
    ("date", date(1980, 5, 17), date(1980, 1, 1)),
    ("timestamp", datetime(1980, 5, 17, 8, 30), datetime(1980, 1, 1)),
    ("integer", 5, None),
    ("decimal", Decimal("5.00"), None),
    ("boolean", True, None),
]


@pytest.mark.parametrize(("type", "value", "shown"), OTHERS)
def test_a_date_keeps_its_year_and_a_number_nothing(type: str, value: Any, shown: Any) -> None:
    assert in_duckdb([value, None], field("", type)) == [shown, None]
    assert seen(value, field("", type), KEY) == shown


ELEMENTS = (
    "person.identity_number",
    "person.mobile",
    "person.name",
    "person.address",
    "person.bank_account",
    "",
)
PLAIN_TEXT = st.text(st.characters(codec="utf-8"), max_size=24)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), PLAIN_TEXT), min_size=1, max_size=20), st.sampled_from(ELEMENTS))
def test_masks_and_pseudonyms_are_total_and_told_alike(values: list[Any], element: str) -> None:
    for treatment in (Treatment.MASKED, Treatment.PSEUDONYM, Treatment.CLEAR):
        f = field(element, treatment=treatment)
        assert in_duckdb(values, f) == [seen(v, f, KEY) for v in values]


TYPED = {
    "integer": st.integers(-(2**63), 2**63 - 1),
    "decimal": st.decimals(-(10**9), 10**9, places=2),
    "date": st.dates(),
    "timestamp": st.datetimes(),
    "boolean": st.booleans(),
}


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(sorted(TYPED)))
def test_so_they_are_for_every_type(data: st.DataObject, type: str) -> None:
    values = data.draw(st.lists(st.one_of(st.none(), TYPED[type]), min_size=1, max_size=10))
    for treatment in (Treatment.MASKED, Treatment.PSEUDONYM):
        f = field("", type, treatment)
        assert in_duckdb(values, f) == [seen(v, f, KEY) for v in values]


def test_dates_beyond_the_calendar_are_hidden_and_do_not_fail() -> None:
    sql = treated(field("", "date"), key="k").sql("duckdb", identify=True)
    with duckdb.connect() as session:
        session.execute(
            "CREATE TABLE base AS SELECT unnest(['infinity', '-infinity', '5877642-06-25 (BC)', '5881580-07-10'])::DATE AS v"
        )
        assert session.execute(f"SELECT {sql} FROM base").fetchall() == [(None,)] * 4


@pytest.mark.parametrize("treatment", [Treatment.VERIFY_ONLY, Treatment.ABSENT])
def test_a_field_that_is_not_let_out_cannot_be_selected_at_all(treatment: Treatment) -> None:
    with pytest.raises(NotSelectable):
        treated(field("", treatment=treatment), key="k")
