"""Claims in, yes or no out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.engines.memory.engine import MemoryEngine
from datong.gateway.engine import Engine, EngineFault, GovernedQuery
from datong.gateway.verify import Verified, VerifyRequest, verify
from datong.grading.scheme import Grade
from datong.sharing.scope import Scalar
from datong.sharing.treatment import Modality
from datong.terms.names import ResourceName
from tests.unit.gateway.small_county import (
    AT,
    PURPOSE,
    RESIDENT,
    Book,
    County,
    agreement,
    graded,
    grant,
    number,
    officer,
    small_county,
    ward,
)

TERMS = {
    "id": "verify_only",
    "name": "verify_only",
    "born": "verify_only",
    "children": "clear",
    "mobile": "masked",
}


@pytest.fixture
def county(tmp_path: Path) -> County:
    county = small_county(tmp_path)
    county.sign(agreement("A-1", grant(RESIDENT, TERMS, ward("1", "2")), modality=Modality.VERIFY))
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
    assert asked(county, engine, number(1)) == ["gateway.nothing_claimed"]


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


@pytest.mark.parametrize("modality", [Modality.ROWS, Modality.LOOKUP, Modality.VERIFY])
def test_ways_of_use_that_show_one_record_let_it_be_verified(county: County, modality: Modality) -> None:
    county.sign(replace(county.signed[-1], modality=modality))
    assert asked(county, MemoryEngine(), number(1), born="1980-01-02") == {"born": True}


@pytest.mark.parametrize("modality", [Modality.AGGREGATE, Modality.BULK])
def test_statistics_and_files_let_nobody_be_verified(county: County, modality: Modality) -> None:
    county.sign(replace(county.signed[-1], modality=modality))
    assert asked(county, MemoryEngine(), number(1), born="1980-01-02") == ["gateway.use_no_verification"]


@pytest.mark.parametrize("treatment", ["masked", "pseudonym", "absent"])
def test_nobody_is_verified_by_a_number_that_is_not_granted(county: County, treatment: str) -> None:
    """Under a pseudonym, yes or no about a number would take the pseudonyms off."""
    county.sign(agreement("A-1", grant(RESIDENT, TERMS | {"id": treatment}), modality=Modality.ROWS))
    assert asked(county, MemoryEngine(), number(1), born="1980-01-02") == ["gateway.key_not_granted"]


@pytest.mark.parametrize("grade", [None, Grade.IMPORTANT])
def test_nobody_is_verified_by_a_number_that_may_not_be_shared(county: County, grade: Grade | None) -> None:
    known = county.resources[RESIDENT]
    county.put(replace(known, grades=(graded(RESIDENT, "id", grade), *known.grades[1:])))
    assert asked(county, MemoryEngine(), number(1), born="1980-01-02") == ["gateway.key_not_granted"]


def test_an_agreement_that_lets_it_be_verified_serves_beside_one_that_does_not(county: County) -> None:
    county.sign(agreement("A-0", grant(RESIDENT, {"born": "clear"}), modality=Modality.AGGREGATE))
    assert asked(county, MemoryEngine(), number(1), born="1980-01-02") == {"born": True}


@pytest.mark.parametrize("key", ["\ud800", 19800102, None])
def test_a_key_that_is_no_text_is_refused_and_entered(county: County, engine: Engine, key: Any) -> None:
    book = Book()
    assert asked(county, engine, key, book, born="1980-01-02") == ["gateway.claim_not_of_type"]
    assert asked(county, engine, number(1), book, name="\ud800") == ["gateway.claim_not_of_type"]
    assert book.kinds == ["verification_refused"] * 2


@pytest.mark.parametrize("claim", ["1e1000000", "1e-1000000", "9" * 5000, "1e25", str(2**63)])
def test_a_number_beyond_all_columns_is_refused_before_it_is_written_out(county: County, claim: str) -> None:
    assert asked(county, MemoryEngine(), number(1), children=claim) == ["gateway.claim_not_of_type"]


def test_an_interruption_leaves_an_entry(county: County) -> None:
    class Interrupted(MemoryEngine):
        def run(self, query: GovernedQuery) -> EngineFault:
            raise KeyboardInterrupt

    book = Book()
    with pytest.raises(KeyboardInterrupt):
        asked(county, Interrupted(), number(1), book, children=1)
    assert book.kinds == ["verification_allowed", "verification_finished"]


def test_a_resource_that_looks_like_somebodys_number_is_not_entered_as_typed(
    county: County, engine: Engine
) -> None:
    book, typed = Book(), ResourceName("police", "p990101198001000001")
    request = VerifyRequest(officer(), PURPOSE, typed, number(1), {"name": "张"}, AT)
    verify(request, shelf=county, engine=engine, recorder=book)
    assert book.events[-1].facts["resource"] == "?"
