"""What a query would see, without seeing it."""

from pathlib import Path

import pytest

from datong.engines.memory.engine import MemoryEngine
from datong.gateway.engine import EngineFault, GovernedQuery
from datong.gateway.explain import Explanation, explain
from tests.unit.gateway.small_county import Book, County, Keys, asking, small_county


class NeverRun(MemoryEngine):
    def run(self, query: GovernedQuery) -> EngineFault:
        raise AssertionError("an explanation ran the query")


@pytest.fixture
def county(tmp_path: Path) -> County:
    return small_county(tmp_path)


def explained(sql: str, county: County, book: Book) -> Explanation:
    return explain(asking(sql), shelf=county, engine=NeverRun(), recorder=book, keys=Keys())


def test_an_explanation_says_treatments_reasons_and_the_statement(county: County) -> None:
    book = Book()
    explanation = explained("SELECT id, name FROM police.resident", county, book)
    assert explanation.allowed
    name = explanation.tables[0].field("name")
    assert name is not None
    assert (name.treatment, name.why.en) == ("masked", "the agreement grants it masked")
    assert "$key_A_1" in explanation.sql
    assert Keys().key("A-1") not in repr(explanation)


def test_an_explanation_is_entered_and_so_is_one_of_a_refusal(county: County) -> None:
    book = Book()
    explained("SELECT name FROM police.resident", county, book)
    refused = explained("SELECT secret FROM police.resident", county, book)
    assert book.kinds == ["query_explained", "query_explained"]
    assert [e.facts["allowed"] for e in book.events] == [True, False]
    assert not refused.allowed
    assert [r.code for r in refused.refusals] == ["gateway.column_not_granted"]
    assert refused.sql == ""
