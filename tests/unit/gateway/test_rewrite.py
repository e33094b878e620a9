"""Extracts: names nothing can capture, treatments, scopes, narrowing, and the seal."""

from pathlib import Path
from typing import Any

import pytest
import sqlglot

from datong.catalogue.field import Field, FieldType
from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.engines.memory.engine import MemoryEngine
from datong.gateway.answer import Answer
from datong.gateway.engine import Limits
from datong.gateway.explain import shown
from datong.gateway.prepare import Prepared, prepare
from datong.gateway.rewrite.seal import QueryNotSealed, seal
from datong.gateway.run import run
from tests.unit.gateway.small_county import (
    ALLOWANCE,
    FIRM,
    RESIDENT,
    Book,
    County,
    Keys,
    agreement,
    asking,
    grant,
    landed,
    officer,
    served,
    small_county,
    ward,
)


@pytest.fixture
def county(tmp_path: Path) -> County:
    return small_county(tmp_path)


def prepared(sql: str, county: County, **changed: Any) -> Prepared:
    found = prepare(asking(sql, **changed), shelf=county, limits=Limits())
    assert isinstance(found, Prepared), found
    return found


def answered(sql: str, county: County) -> list[tuple[Any, ...]]:
    answer = run(asking(sql), shelf=county, engine=MemoryEngine(), recorder=Book(), keys=Keys())
    assert isinstance(answer, Answer), answer
    return [tuple(row.values()) for row in answer.table.to_pylist()]


def test_only_columns_that_are_used_and_visible_stand_in_the_extract(county: County) -> None:
    extract = prepared("SELECT name FROM police.resident WHERE children > 1", county).rewritten.extracts[0]
    assert set(extract.columns) == {"name", "children"}
    assert "secret" not in extract.tree.sql()
    assert '"id"' not in extract.tree.sql()


def test_a_star_shrinks_to_what_is_visible(county: County) -> None:
    extract = prepared("SELECT * FROM police.resident", county).rewritten.extracts[0]
    assert set(extract.columns) == {"id", "name", "address", "Ward No", "born", "children"}


def test_a_cte_named_like_a_resource_an_extract_or_a_department_captures_nothing(county: County) -> None:
    for name in ("resident", "t1", "datong", "police"):
        sql = f"WITH {name} AS (SELECT 'mine' AS name) SELECT r.name, m.name AS mine FROM police.resident r, {name} m"
        rows = answered(sql, county)
        assert len(rows) == 8
        assert {(a[1:], b) for a, b in rows} == {("**", "mine")}


def test_an_alias_named_like_an_extract_captures_nothing(county: County) -> None:
    sql = "SELECT t2.name FROM police.resident t2 JOIN welfare.allowance t1 ON t1.person = t2.id"
    assert answered(sql, county) == []


def test_an_outer_join_keeps_its_left_side_when_the_scope_leaves_out_the_right(county: County) -> None:
    both = (grant(RESIDENT, {"id": "clear"}), grant(ALLOWANCE, {"person": "clear", "kind": "clear"}))
    county.signed = []
    county.sign(
        agreement("A-1", both[0]),
        agreement("A-2", grant(ALLOWANCE, {"person": "clear", "kind": "clear"})),
    )
    rows = answered(
        "SELECT r.id, a.kind FROM police.resident r LEFT JOIN welfare.allowance a "
        "ON r.id = a.person AND a.kind = '低保'",
        county,
    )
    assert len(rows) == 12
    assert sum(kind is not None for _, kind in rows) == 3


def test_references_share_an_extract_unless_a_where_narrows_one(county: County) -> None:
    plain = prepared("SELECT a.name FROM police.resident a JOIN police.resident b ON a.id = b.id", county)
    assert len(plain.rewritten.extracts) == 1
    narrowed = prepared(
        "SELECT a.name FROM police.resident a JOIN police.resident b ON a.id = b.id WHERE a.children = 2",
        county,
    )
    assert [e.narrowed for e in narrowed.rewritten.extracts] == [True, False]


NARROWING = [
    ("\"Ward No\" = '1'", True),
    ("\"Ward No\" IN ('1', '2')", True),
    ("children >= 2 AND name LIKE '王%'", True),
    ("born < '1990-01-01'", True),
    ("name = '王**'", True),
    ('"Ward No" = 1', False),  # a text against a number: the engine would convert, and might fail
    ("children = '2'", False),
    ("born = 'yesterday'", False),
    ("id = 'abc'", False),  # a pseudonym: hashing every row to find one costs more than it saves
    ("children = 2 OR children = 3", False),
    ("NOT children = 2", False),
    ("children = children", False),
    ("CAST(name AS INT) = 2", False),
]


@pytest.mark.parametrize(("where", "narrows"), NARROWING)
def test_only_comparisons_that_cannot_fail_narrow_an_extract(
    county: County, where: str, narrows: bool
) -> None:
    extract = prepared(f"SELECT name FROM police.resident WHERE {where}", county).rewritten.extracts[0]
    assert extract.narrowed is narrows


def test_a_table_is_read_in_place_only_when_nothing_of_it_is_hidden(county: County) -> None:
    sql = "SELECT name FROM police.resident"
    assert not prepared(sql, county).rewritten.extracts[0].hides_nothing
    own = prepared(sql, county, actor=officer("police"))
    assert own.rewritten.extracts[0].hides_nothing
    county.sign(agreement("A-1", grant(RESIDENT, dict.fromkeys(("id", "name"), "clear"))))
    assert not prepared(sql, county).rewritten.extracts[0].hides_nothing  # other columns are in the same file


def test_pseudonyms_are_equal_inside_an_agreement_and_nowhere_else(county: County) -> None:
    county.signed = []
    for id in ("B-1", "B-2"):
        county.sign(agreement(id, grant(RESIDENT, {"id": "pseudonym"}, ward("1")), purpose=f"for-{id}"))
    found = []
    for id in ("B-1", "B-2"):
        request = asking("SELECT id FROM police.resident", purpose=f"for-{id}")
        answer = run(request, shelf=county, engine=MemoryEngine(), recorder=Book(), keys=Keys())
        assert isinstance(answer, Answer)
        found.append(set(answer.table.column(0).to_pylist()))
    assert len(found[0]) == len(found[1]) == 4
    assert not found[0] & found[1]


def test_the_statement_that_runs_is_shown_with_its_secrets_by_name(county: County) -> None:
    text = shown(prepared("SELECT id FROM police.resident", county).rewritten, dialect="duckdb")
    assert "$key_A_1" in text
    assert Keys().key("A-1") not in text
    assert '"police"."resident"' in text


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM police.resident",
        "SELECT 1 FROM resident",
        "SELECT 1 FROM datong.t9",
        "SELECT 1 FROM lake.datong.t1",
        "SELECT getenv('x') FROM datong.t1",
        "SELECT version() FROM datong.t1",
        'SELECT "datong person" FROM datong.t1',
        "SELECT $1 FROM datong.t1",
    ],
)
def test_the_seal_stops_whatever_the_rules_before_it_let_through(county: County, sql: str) -> None:
    extracts = prepared("SELECT name FROM police.resident", county).rewritten.extracts
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    with pytest.raises(QueryNotSealed):
        seal(tree, extracts)


def test_a_heading_keeps_its_departments_spelling(county: County) -> None:
    answer = run(
        asking('SELECT "ward no", NAME, count(*) FROM police.resident GROUP BY 1, 2'),
        shelf=county,
        engine=MemoryEngine(),
        recorder=Book(),
        keys=Keys(),
    )
    assert isinstance(answer, Answer)
    assert answer.table.column_names == ["Ward No", "name", "count(*)"]


def test_two_columns_of_one_name_are_told_apart(county: County) -> None:
    rows = answered(
        "SELECT a.children, b.children FROM police.resident a JOIN police.resident b ON a.id = b.id", county
    )
    assert {len(row) for row in rows} == {2}


@pytest.mark.parametrize("name", ["姓名", "ÄMTER", 'it\'s "quoted"', "select", "a.b", "with space "])
def test_a_column_is_served_under_whatever_heading_its_department_gave_it(
    county: County, tmp_path: Path, name: str
) -> None:
    fields = (Field(name, FieldType.TEXT), Field("id", FieldType.TEXT, element="person.identity_number"))
    county.put(served(FIRM, fields, landed(tmp_path, FIRM, fields, [("x", "990")], "s9")))
    county.sign(agreement("A-3", grant(FIRM, {name: "clear"})))
    quoted = '"' + name.replace('"', '""') + '"'
    for sql in (f"SELECT {quoted} FROM market.firm WHERE {quoted} = 'x'", "SELECT * FROM market.firm"):
        for engine in (MemoryEngine(), DuckDBInThisProcess()):
            answer = run(asking(sql), shelf=county, engine=engine, recorder=Book(), keys=Keys())
            assert isinstance(answer, Answer), answer
            assert answer.table.to_pylist() == [{name: "x"}]


WRITTEN = [
    ("duckdb", "SELECT name, \"ward no\" FROM police.resident WHERE \"Ward No\" = '1' AND name LIKE '王%'"),
    ("postgres", "SELECT name, \"Ward No\" FROM police.resident WHERE \"Ward No\" = '1' AND name ~ '^王'"),
    ("spark", "SELECT name, `Ward No` FROM police.resident WHERE `Ward No` = '1' AND name RLIKE '^王'"),
]


@pytest.mark.parametrize(("dialect", "sql"), WRITTEN)
def test_a_query_may_be_written_in_another_dialect(county: County, dialect: str, sql: str) -> None:
    request = asking(sql, dialect=dialect)
    answer = run(request, shelf=county, engine=DuckDBInThisProcess(), recorder=Book(), keys=Keys())
    assert isinstance(answer, Answer), answer
    assert answer.table.to_pylist() == [{"name": "王**", "Ward No": "1"}] * 2
