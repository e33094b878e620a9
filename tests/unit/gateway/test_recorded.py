"""The ledger holds what was asked, and nothing that a person could be known by."""

from pathlib import Path

import pytest

from datong.gateway.engine import Limits
from datong.gateway.kept import Kept
from datong.gateway.prepare import Prepared, prepare
from datong.gateway.recorded import asked, code, granted
from tests.unit.gateway.small_county import Keys, asking, small_county


@pytest.mark.parametrize(
    "typed",
    ["990123197410317328", "m139-1234-5678", "m13912345678", "WangXiaoming", "王小明", "wang xiaoming", "a1b2c3d4e5f6g7"],
)  # fmt: skip
def test_a_purpose_or_an_agreement_that_is_no_code_is_not_entered(typed: str) -> None:
    assert code(typed) == "?"
    about = asked(asking("SELECT 1", purpose=typed, agreement=typed), Keys())
    assert typed not in repr(about)


@pytest.mark.parametrize("typed", ["benefit-check", "statistics", "A-2026-0003", "A-1", ""])
def test_a_code_is_entered_as_it_is(typed: str) -> None:
    assert code(typed) == typed


def test_the_statement_keeps_units_and_the_catalogues_names_and_nothing_else_of_what_was_typed(
    tmp_path: Path,
) -> None:
    sql = """SELECT extract(year FROM born) AS wang, r.children + 12345 AS "li", 'zhao' AS x
             FROM police.resident AS zhou WHERE born + INTERVAL '1' DAY > DATE '1999-01-02' AND name LIKE 'qian%'"""
    prepared = prepare(
        asking(sql.replace("r.", "zhou.")), shelf=small_county(tmp_path), limits=Limits(), kept=Kept()
    )
    assert isinstance(prepared, Prepared), prepared
    statement = str(granted(prepared)["statement"]).lower()
    for word in ("year", "day", "born", "children", "police", "resident"):
        assert word in statement
    for value in ("wang", '"li"', "zhao", "zhou", "qian", "12345", "1999"):
        assert value not in statement
