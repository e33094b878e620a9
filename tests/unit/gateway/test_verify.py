"""Claims in, yes or no out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.engines.memory.engine import MemoryEngine
from datong.gateway.engine import Engine, EngineFault, GovernedQuery
from datong.gateway.verify import Verified, VerifyRequest, verify
from datong.sharing.scope import Scalar
from datong.sharing.treatment import Modality
from tests.unit.gateway.small_county import (
    AT,
    PURPOSE,
    RESIDENT,
    Book,
    County,
    agreement,
    grant,
    number,
    officer,
    small_county,
    ward,
)


@pytest.fixture
def county(tmp_path: Path) -> County:
    county = small_county(tmp_path)
    terms = {"name": "verify_only", "born": "verify_only", "children": "clear", "mobile": "masked"}
    county.sign(agreement("A-1", grant(RESIDENT, terms, ward("1", "2")), modality=Modality.VERIFY))
    return county


@pytest.fixture(params=[MemoryEngine(), DuckDBInThisProcess()], ids=lambda e: e.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


def asked(county: County, engine: Engine, key: str, book: Book | None = None, **claims: Scalar) -> Any:
    request = VerifyRequest(officer(), PURPOSE, RESIDENT, key, claims, AT)
    found = verify(request, shelf=county, engine=engine, recorder=book or Book())
    return dict(found.answers) if isinstance(found, Verified) else [r.code for r in found.refusals]


def test_each_claim_gets_a_yes_or_a_no(county: County, engine: Engine) -> None:
    assert asked(county, engine, number(1), name="张大红", born="1980-01-02", children=9) == {
        "name": False,
        "born": True,
        "children": False,
    }
    assert asked(county, engine, number(1), name="李大红") == {"name": True}
    assert asked(county, engine, number(1), children=1) == {"children": True}


def test_who_is_not_there_or_out_of_scope_gets_a_no_like_any_other(county: County, engine: Engine) -> None:
    for key in (number(2), number(99), "", "x'; --"):
        assert asked(county, engine, key, children=2) == {"children": False}


def test_a_null_is_a_no(county: County, engine: Engine) -> None:
    assert asked(county, engine, number(0), children=0) == {"children": False}


def test_what_stands_behind_a_mask_cannot_be_verified(county: County, engine: Engine) -> None:
    assert asked(county, engine, number(1), mobile="13900000001") == ["gateway.claim_not_granted"]
    assert asked(county, engine, number(1), secret="secret 1") == ["gateway.claim_not_granted"]
    assert asked(county, engine, number(1), nosuch="x") == ["gateway.claim_not_granted"]


def test_a_claim_is_of_the_fields_type(county: County, engine: Engine) -> None:
    assert asked(county, engine, number(1), born="2 January 1980") == ["gateway.claim_not_of_type"]


def test_nothing_claimed_is_nothing_verified(county: County, engine: Engine) -> None:
    assert asked(county, engine, number(1)) == ["gateway.nothing_to_verify_by"]


def test_the_entry_names_the_person_and_not_the_outcome(county: County, engine: Engine) -> None:
    book = Book()
    asked(county, engine, number(1), book, born="1980-01-02")
    assert book.kinds == ["verification_allowed", "verification_finished"]
    assert book.events[0].persons == (number(1),)
    assert book.events[0].facts["fields"] == {"born": "verify_only"}
    assert "1980" not in repr([e.facts for e in book.events])
    assert "True" not in repr(book.events[1].facts)


def test_a_refused_verification_is_entered(county: County, engine: Engine) -> None:
    book = Book()
    county.sign(replace(county.signed[-1], revoked_at=AT))
    assert asked(county, engine, number(1), book, born="1980-01-02") == ["gateway.agreement_revoked"]
    assert book.kinds == ["verification_refused"]


def test_a_fault_of_the_engine_is_no_answer(county: County) -> None:
    class Stopped(MemoryEngine):
        def run(self, query: GovernedQuery) -> EngineFault:
            return EngineFault("time")

    book = Book()
    assert asked(county, Stopped(), number(1), book, children=1) == ["gateway.stopped_time"]
    assert book.kinds == ["verification_allowed", "verification_finished"]
