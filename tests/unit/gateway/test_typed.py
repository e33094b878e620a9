"""What a person typed may be somebody's number: a refusal doesn't say it again."""

from pathlib import Path

import pytest

from datong.engines.memory.engine import MemoryEngine
from datong.gateway.answer import RefusedAnswer
from datong.gateway.run import run
from datong.gateway.typed import said
from datong.terms.refusal import Refusal
from tests.unit.gateway.small_county import Book, Keys, asking, small_county

NUMBER = "990123197410317328"

SLIPS = [
    (f'SELECT name FROM police.resident WHERE id = "{NUMBER}"', "column_unknown"),
    ('SELECT name FROM police.resident WHERE name = "王小明"', "column_unknown"),
    ("SELECT name FROM police.resident WHERE name = 王小明", "column_unknown"),
    ('SELECT name FROM police.resident WHERE name = "Wang Xiaoming"', "column_unknown"),
    ('SELECT name FROM police.resident WHERE name = "wangxiaoming"', "column_unknown"),
    ("SELECT name FROM police.resident WHERE id = m13912345678", "column_unknown"),
    ('SELECT name FROM police.resident r WHERE r."13912345678" = 1', "column_unknown"),
    ("""SELECT name FROM police.resident WHERE name = "O'wang" """, "column_unknown"),
    (f'SELECT name FROM police.resident ORDER BY "{NUMBER}"', "column_unknown"),
    (f'SELECT "{NUMBER}".* FROM police.resident', "column_unknown"),
    (f'SELECT name FROM police.resident JOIN market.firm USING ("{NUMBER}")', "column_unknown"),
    (f'SELECT name FROM "{NUMBER}"', "table_not_plain"),
    (f"SELECT name FROM '{NUMBER}'", "table_not_plain"),
    (f"SELECT name FROM police.x{NUMBER}", "resource_unknown"),
    ('SELECT name FROM police."王小明"', "table_not_plain"),
    (f'SELECT name FROM police.resident WHERE "{NUMBER}"(1)', "function_not_allowed"),
    ("SELECT name FROM police.resident WHERE f13912345678(1)", "function_not_allowed"),
    (f'SELECT CAST(name AS "{NUMBER}") FROM police.resident', "construct_not_allowed"),
    (f"SELECT name::m{NUMBER} FROM police.resident", "construct_not_allowed"),
]  # fmt: skip


def refused(folder: Path, sql: str, **changed: str) -> Refusal:
    answer = run(
        asking(sql, **changed),
        shelf=small_county(folder),
        engine=MemoryEngine(),
        recorder=Book(),
        keys=Keys(),
    )
    assert isinstance(answer, RefusedAnswer)
    return answer.refusals[0]


@pytest.mark.parametrize(("sql", "code"), SLIPS)
def test_a_value_in_a_names_place_is_not_said_again(tmp_path: Path, sql: str, code: str) -> None:
    refusal = refused(tmp_path, sql)
    assert refusal.code == f"gateway.{code}"
    for value in (NUMBER, "王小明", "Xiaoming", "xiaoming", "13912345678", "wang"):
        assert value not in repr(refusal)


def test_the_place_is_said_and_that_values_take_single_quotes(tmp_path: Path) -> None:
    refusal = refused(tmp_path, f'SELECT name\nFROM police.resident\nWHERE id = "{NUMBER}"')
    assert "line 3" in refusal.reason.en
    assert "第 3 行" in refusal.reason.zh
    assert "single quotes" in refusal.next_step.en
    assert "单引号" in refusal.next_step.zh


def test_what_is_plainly_a_name_is_said(tmp_path: Path) -> None:
    assert "'nmae'" in refused(tmp_path, "SELECT nmae FROM police.resident").reason.en
    assert "'Ward No'" in repr(said("Ward No", known=["ward no"], quoted=True))
    ambiguous = 'SELECT "ward no" FROM police.resident a, police.resident b'
    assert "'ward no'" in refused(tmp_path, ambiguous).reason.zh
    assert "police.residents" in refused(tmp_path, "SELECT 1 FROM police.residents").reason.en
    assert "'getenv'" in refused(tmp_path, "SELECT getenv('HOME')").reason.en


@pytest.mark.parametrize("typed", [NUMBER, "m139-1234-5678", "王小明", "WangXiaoming", "wang 1"])
def test_a_value_in_the_purposes_or_the_agreements_place_is_not_said_again(
    tmp_path: Path, typed: str
) -> None:
    sql = "SELECT name FROM police.resident"
    assert typed not in repr(refused(tmp_path, sql, purpose=typed))
    assert typed not in repr(refused(tmp_path, sql, purpose=typed, agreement="A-1"))
    assert typed not in repr(refused(tmp_path, sql, agreement=typed))
    assert "A-2026-0099" in repr(refused(tmp_path, sql, agreement="A-2026-0099"))
    assert "tax-audit" in repr(refused(tmp_path, sql, purpose="tax-audit"))
