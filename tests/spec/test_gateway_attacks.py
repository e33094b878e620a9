"""Every attack of the corpus, in two counties that differ in all that the caller may not see."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.gateway.answer import RefusedAnswer
from datong.gateway.run import run
from tests.generative.gateway_worlds import shown
from tests.unit.gateway.small_county import (
    ALLOWANCE,
    ALLOWANCE_FIELDS,
    ALLOWANCE_TERMS,
    FIRM,
    FIRM_FIELDS,
    RESIDENT,
    RESIDENT_FIELDS,
    RESIDENT_TERMS,
    Book,
    County,
    Keys,
    agreement,
    asking,
    firms,
    grant,
    landed,
    number,
    served,
    ward,
)

CORPUS = Path(__file__).parent / "attacks"
_ATTACK = re.compile(
    r"^-- (refused \w+|stopped \w+|same)\n(.*?)(?=^-- (?:refused \w+|stopped \w+|same)\n|\Z)", re.M | re.S
)


def attacks() -> list[Any]:
    found = []
    for file in sorted(CORPUS.glob("*.sql")):
        for place, (expected, sql) in enumerate(_ATTACK.findall(file.read_text("utf-8")), start=1):
            found.append(pytest.param(expected, sql.strip(), id=f"{file.stem}-{place}"))
    return found


def two_faced(folder: Path, face: str) -> County:
    """Two of these look the same to the caller: rows of ward 3 and every masked or ungranted value depend on `face`."""
    people = []
    for n in range(12):
        seen = n % 3 < 2
        people.append(
            (
                number(n) if seen else number(n + ord(face)),
                f"{'王李张刘'[n % 4]}HIDDEN{face}{n}" if seen else f"HIDDEN{face}",
                f"139{ord(face):03d}{n:05d}",
                f"榕溪县HIDDEN{face}{n}号",
                str(n % 3 + 1),
                date(1980 + n, 1 + ord(face) % 12, 1 + n),
                (n % 4 if n % 5 else None) if seen else 2**62 + ord(face),
                f"HIDDEN {face}{n}",
            )
        )
    paid = [
        (number(n), ("低保", "高龄")[n % 2], Decimal(100 + n), date(2025, 1 + ord(face) % 12, 1))
        for n in range(6)
    ]
    county = County()
    county.put(
        served(RESIDENT, RESIDENT_FIELDS, landed(folder, RESIDENT, RESIDENT_FIELDS, people)),
        served(ALLOWANCE, ALLOWANCE_FIELDS, landed(folder, ALLOWANCE, ALLOWANCE_FIELDS, paid)),
        served(FIRM, FIRM_FIELDS, landed(folder, FIRM, FIRM_FIELDS, firms())),
    )
    county.sign(
        agreement("A-1", grant(RESIDENT, RESIDENT_TERMS, ward("1", "2"))),
        agreement("A-2", grant(ALLOWANCE, ALLOWANCE_TERMS)),
    )
    return county


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> tuple[County, County]:
    return two_faced(tmp_path_factory.mktemp("one"), "a"), two_faced(tmp_path_factory.mktemp("other"), "k")


def came_back(sql: str, county: County) -> tuple[str, Any]:
    book = Book()
    answer = run(asking(sql), shelf=county, engine=DuckDBInThisProcess(), recorder=book, keys=Keys())
    assert book.kinds in (["query_refused"], ["query_allowed", "query_finished"])
    if isinstance(answer, RefusedAnswer):
        code = answer.refusals[0].code.removeprefix("gateway.")
        kind = (
            f"stopped {code.removeprefix('stopped_')}" if code.startswith("stopped_") else f"refused {code}"
        )
        return kind, answer.refusals
    return "same", shown(answer)


@pytest.mark.parametrize(("expected", "sql"), attacks())
def test_an_attack_learns_nothing(counties: tuple[County, County], expected: str, sql: str) -> None:
    one, other = (came_back(sql, county) for county in counties)
    assert one[0] == expected, one
    assert one == other
    assert "HIDDEN" not in repr(one[1]).replace(repr(sql), "") or "HIDDEN" in sql


def test_the_corpus_is_read_whole() -> None:
    """A comment misspelt would drop an attack in silence."""
    marked = sum(
        line.startswith(("-- refused", "-- stopped", "-- same"))
        for file in CORPUS.glob("*.sql")
        for line in file.read_text("utf-8").splitlines()
    )
    assert len(attacks()) == marked > 200
