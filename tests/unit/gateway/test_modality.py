"""Look-ups one at a time, and statistics that stand for enough people."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from datong.catalogue.field import Field, FieldType
from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.engines.memory.engine import MemoryEngine
from datong.gateway.answer import Answer
from datong.gateway.engine import Engine, Limits
from datong.gateway.run import run
from datong.sharing.treatment import Modality
from tests.unit.gateway.small_county import (
    ALLOWANCE,
    ALLOWANCE_FIELDS,
    FIRM,
    RESIDENT,
    Book,
    County,
    Keys,
    agreement,
    asking,
    grant,
    landed,
    number,
    served,
    small_county,
)

CLEAR = {"id": "clear", "name": "masked", "Ward No": "clear", "children": "clear"}


@pytest.fixture
def county(tmp_path: Path) -> County:
    return small_county(tmp_path)


@pytest.fixture(params=[MemoryEngine(), DuckDBInThisProcess()], ids=lambda e: e.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


def asked(sql: str, county: County, engine: Engine, limits: Limits = Limits()) -> Any:
    """The rows, or the code of the refusal."""
    answer = run(asking(sql), shelf=county, engine=engine, recorder=Book(), keys=Keys(), limits=limits)
    if isinstance(answer, Answer):
        return [tuple(row.values()) for row in answer.table.to_pylist()]
    return answer.refusals[0].code.removeprefix("gateway.")


LOOKUPS = [
    (f"SELECT name FROM police.resident WHERE id = '{number(1)}'", [("李**",)]),
    (f"SELECT name FROM police.resident r WHERE '{number(1)}' = r.id AND children > 0", [("李**",)]),
    ("SELECT name FROM police.resident WHERE id = 'nobody'", []),
    ("SELECT name FROM police.resident", "use_lookup_only"),
    (f"SELECT name FROM police.resident WHERE id = '{number(1)}' OR TRUE", "use_lookup_only"),
    (f"SELECT name FROM police.resident WHERE NOT id = '{number(1)}'", "use_lookup_only"),
    (f"SELECT name FROM police.resident WHERE id >= '{number(1)}'", "use_lookup_only"),
    (f"SELECT name FROM police.resident WHERE id IN ('{number(1)}', '{number(2)}')", "use_lookup_only"),
    ("SELECT name FROM police.resident WHERE id = id", "use_lookup_only"),
    ("SELECT name FROM police.resident WHERE id = ''", "use_lookup_only"),
    ("SELECT name FROM police.resident WHERE id = ' 　'", "use_lookup_only"),
    ("SELECT name FROM police.resident WHERE name = '王**'", "use_lookup_only"),
    (
        f"SELECT a.name FROM police.resident a, police.resident b WHERE a.id = '{number(1)}'",
        "use_lookup_only",
    ),
    (f"SELECT name FROM (SELECT * FROM police.resident) WHERE id = '{number(1)}'", "use_lookup_only"),
    (
        f"SELECT name FROM police.resident WHERE id = '{number(1)}' UNION SELECT name FROM police.resident",
        "use_lookup_only",
    ),
]


@pytest.mark.parametrize(("sql", "expected"), LOOKUPS)
def test_a_lookup_names_one_record(county: County, engine: Engine, sql: str, expected: Any) -> None:
    county.sign(agreement("A-1", grant(RESIDENT, CLEAR), modality=Modality.LOOKUP))
    assert asked(sql, county, engine) == expected


def test_a_firm_is_looked_up_by_its_credit_code(county: County, engine: Engine) -> None:
    county.sign(agreement("A-3", grant(FIRM, {"code": "clear", "title": "clear"}), modality=Modality.LOOKUP))
    assert asked("SELECT title FROM market.firm WHERE code = '990000000000000001'", county, engine) == [
        ("榕溪1号店",)
    ]
    assert asked("SELECT title FROM market.firm", county, engine) == "use_lookup_only"


def test_nothing_can_be_looked_up_by_a_mask(county: County, engine: Engine) -> None:
    county.sign(agreement("A-1", grant(RESIDENT, CLEAR | {"id": "masked"}), modality=Modality.LOOKUP))
    assert (
        asked("SELECT name FROM police.resident WHERE id = '990*************1X'", county, engine)
        == "nothing_to_verify_by"
    )


NOT_STATISTICS = [
    "SELECT kind FROM welfare.allowance",
    "SELECT * FROM welfare.allowance",
    "SELECT min(amount) FROM welfare.allowance",
    "SELECT max(person) FROM welfare.allowance",
    "SELECT median(amount) FROM welfare.allowance",
    "SELECT list(amount) FROM welfare.allowance",
    "SELECT any_value(amount) FROM welfare.allowance",
    "SELECT sum(CASE WHEN person = 'x' THEN amount END) FROM welfare.allowance",
    "SELECT sum(amount * 2) FROM welfare.allowance",
    "SELECT sum(amount) FILTER (WHERE person = 'x') FROM welfare.allowance",
    "SELECT sum(amount) + 1 FROM welfare.allowance",
    "SELECT sum(amount) FROM welfare.allowance WHERE person = 'x'",
    "SELECT kind, sum(amount) FROM welfare.allowance WHERE amount > 100 GROUP BY kind",
    "SELECT kind, count(*) FROM welfare.allowance GROUP BY kind HAVING sum(amount) > 100",
    "SELECT left(kind, 1), count(*) FROM welfare.allowance GROUP BY 1",
    "SELECT kind, count(*) FROM welfare.allowance GROUP BY ROLLUP (kind)",
    "SELECT kind, count(*) FROM welfare.allowance GROUP BY kind ORDER BY min(amount)",
    "SELECT kind, sum(amount) OVER () FROM welfare.allowance GROUP BY ALL",
    "SELECT count(*) FROM welfare.allowance a JOIN welfare.allowance b ON a.kind = b.kind",
    "SELECT count(*) FROM (SELECT * FROM welfare.allowance WHERE person = 'x')",
    "WITH a AS (SELECT * FROM welfare.allowance) SELECT count(*) FROM a",
    "SELECT count(*) FROM welfare.allowance WHERE kind IN (SELECT kind FROM welfare.allowance)",
    "SELECT count(*) FROM welfare.allowance UNION ALL SELECT count(*) FROM welfare.allowance",
    "SELECT DISTINCT count(*) FROM welfare.allowance",
]
TERMS = {"person": "clear", "kind": "clear", "amount": "clear"}


@pytest.mark.parametrize("sql", NOT_STATISTICS)
def test_what_could_single_somebody_out_is_no_statistic(county: County, sql: str) -> None:
    county.sign(agreement("A-2", grant(ALLOWANCE, TERMS), modality=Modality.AGGREGATE))
    assert asked(sql, county, MemoryEngine()) == "use_aggregate_only"


def groups(county: County, folder: Path, sizes: dict[str, int], rows_each: int = 1) -> None:
    """An allowance table in which each kind is paid to so many people, each as often as `rows_each`."""
    people = [(kind, n) for kind, size in sizes.items() for n in range(size)]
    rows = [(f"{kind}{n}", kind, 10, None) for kind, n in people for _ in range(rows_each)]
    snapshot = landed(folder, ALLOWANCE, ALLOWANCE_FIELDS, rows, "s2")
    county.put(served(ALLOWANCE, ALLOWANCE_FIELDS, snapshot))
    county.sign(agreement("A-2", grant(ALLOWANCE, TERMS), modality=Modality.AGGREGATE))


BY_KIND = "SELECT kind, count(*), sum(amount) FROM welfare.allowance GROUP BY kind ORDER BY kind"
SUPPRESSED = [
    # people in each group → groups shown, with a minimum of 3
    ({"a": 3, "b": 4}, ["a", "b"]),
    ({"a": 2, "b": 2, "c": 4}, ["c"]),  # two small ones hide each other: 4 people
    ({"a": 1, "b": 4, "c": 5}, ["c"]),  # one small one would be the total less the others: b goes with it
    ({"a": 1, "b": 4, "c": 4, "d": 5}, ["d"]),  # b and c are as small as one another
    ({"a": 2, "b": 3}, []),
    ({"a": 1}, []),
]


@pytest.mark.parametrize(("sizes", "shown"), SUPPRESSED)
def test_small_groups_are_left_out_and_cannot_be_had_by_subtraction(
    county: County, engine: Engine, tmp_path: Path, sizes: dict[str, int], shown: list[str]
) -> None:
    groups(county, tmp_path, sizes)
    found = asked(BY_KIND, county, engine, Limits(min_group=3))
    assert [kind for kind, _, _ in found] == shown
    assert all((int(count), int(total)) == (sizes[kind], sizes[kind] * 10) for kind, count, total in found)


def test_people_are_counted_and_not_rows(county: County, engine: Engine, tmp_path: Path) -> None:
    groups(county, tmp_path, {"a": 2, "b": 2, "c": 3}, rows_each=5)
    assert [(k, int(n)) for k, n, _ in asked(BY_KIND, county, engine, Limits(min_group=3))] == [("c", 15)]


def paid(county: County, folder: Path, rows: list[tuple[Any, ...]]) -> None:
    """Allowances as (person, kind, amount)."""
    snapshot = landed(folder, ALLOWANCE, ALLOWANCE_FIELDS, [(*row, None) for row in rows], "s2")
    county.put(served(ALLOWANCE, ALLOWANCE_FIELDS, snapshot))
    county.sign(agreement("A-2", grant(ALLOWANCE, TERMS), modality=Modality.AGGREGATE))


def amounts(**given: tuple[int, int]) -> list[tuple[Any, ...]]:
    """kind=(people, of whom so many have an amount, 10 each)"""
    return [
        (f"{kind}{n}", kind, 10 if n < some else None)
        for kind, (size, some) in given.items()
        for n in range(size)
    ]


CONTRIBUTORS = [
    # (people, contributors) of each kind → kinds, in order of people, whose sum is shown; with a minimum of 3
    ({"a": (5, 5), "b": (6, 6)}, "ab"),
    ({"a": (5, 5), "b": (6, 1), "c": (7, 7)}, "c"),  # b's one, had from the total: a's sum goes with it
    ({"a": (5, 5), "b": (6, 0), "c": (7, 7)}, "ac"),  # nobody's sum tells of nobody
    ({"a": (5, 5), "b": (6, 2), "c": (7, 1)}, "a"),  # two and one are enough together
    ({"a": (5, 1)}, ""),
]


@pytest.mark.parametrize(("given", "shown"), CONTRIBUTORS)
def test_a_statistic_stands_for_enough_who_contribute_to_it(
    county: County, engine: Engine, tmp_path: Path, given: dict[str, tuple[int, int]], shown: str
) -> None:
    paid(county, tmp_path, amounts(**given))
    sql = (
        "SELECT kind, count(*), count(amount), sum(amount), avg(amount), count(DISTINCT amount) "
        "FROM welfare.allowance GROUP BY kind ORDER BY kind"
    )
    found = asked(sql, county, engine, Limits(min_group=3))
    assert [(kind, int(n)) for kind, n, *_ in found] == [(kind, size) for kind, (size, _) in given.items()]
    assert "".join(kind for kind, _, *told in found if told != [None] * 4) == shown
    assert all(int(total) == 10 * int(n) for _, _, n, total, *_ in found if total is not None)


def test_a_total_of_one_persons_amount_is_not_given(county: County, engine: Engine, tmp_path: Path) -> None:
    paid(county, tmp_path, amounts(a=(5, 1)))
    sql = "SELECT count(*), count(amount), sum(amount) FROM welfare.allowance"
    assert asked(sql, county, engine, Limits(min_group=3)) == [(5, None, None)]


def test_rows_are_in_the_order_of_what_is_shown(county: County, engine: Engine, tmp_path: Path) -> None:
    """Ordered by the sums left out, the place of a row would tell the size of one."""
    paid(
        county,
        tmp_path,
        [(f"{k}{n}", k, {"a": 1, "b": 3, "c": 2}[k] if n == 0 else None) for k in "abc" for n in range(4)],
    )
    sql = "SELECT kind, sum(amount) AS s FROM welfare.allowance GROUP BY kind ORDER BY s, kind"
    assert asked(sql, county, engine, Limits(min_group=4)) == [("a", None), ("b", None), ("c", None)]


def test_people_in_two_small_groups_hide_neither_by_the_other(
    county: County, engine: Engine, tmp_path: Path
) -> None:
    """The same two people in a and b: the total less c would be about the two of them."""
    same = [(f"p{n}", kind, 10) for kind in "ab" for n in range(2)]
    paid(county, tmp_path, same + amounts(c=(3, 3), d=(5, 5)))
    assert [kind for kind, _, _ in asked(BY_KIND, county, engine, Limits(min_group=3))] == ["d"]


def test_groups_of_no_kind_are_groups_too(county: County, engine: Engine, tmp_path: Path) -> None:
    paid(county, tmp_path, [(f"n{n}", None, 10) for n in range(2)] + amounts(c=(3, 3), d=(5, 5)))
    assert [kind for kind, _, _ in asked(BY_KIND, county, engine, Limits(min_group=3))] == ["d"]


def test_no_condition_is_tried_on_a_group_left_out(county: County, engine: Engine, tmp_path: Path) -> None:
    """It would fail on 'rare' if it were, and tell that there is one."""
    paid(
        county,
        tmp_path,
        [(f"{k}{n}", k, 10) for k, size in (("rare", 2), ("7", 4), ("8", 5)) for n in range(size)],
    )
    sql = "SELECT kind, count(*) FROM welfare.allowance WHERE CAST(kind AS INT) > 6 GROUP BY kind"
    assert asked(sql, county, engine, Limits(min_group=3)) == [("8", 5)]


def test_a_condition_picks_among_the_groups_shown_and_moves_none(
    county: County, engine: Engine, tmp_path: Path
) -> None:
    """Asked one by one, the groups are the same as asked together: suppression comes before the condition."""
    groups(county, tmp_path, {"a": 1, "b": 4, "c": 5})
    for kind, shown in (("a", []), ("b", []), ("c", ["c"])):
        sql = f"SELECT kind, count(*) FROM welfare.allowance WHERE kind = '{kind}' GROUP BY kind"
        assert [k for k, _ in asked(sql, county, engine, Limits(min_group=3))] == shown


def test_a_total_stands_for_enough_people_or_is_not_given(
    county: County, engine: Engine, tmp_path: Path
) -> None:
    groups(county, tmp_path, {"a": 5})
    assert [
        int(n)
        for (n,) in asked("SELECT count(*) FROM welfare.allowance", county, engine, Limits(min_group=5))
    ] == [5]
    assert asked("SELECT count(*) FROM welfare.allowance", county, engine, Limits(min_group=6)) == []


def test_where_rows_are_about_nobody_rows_are_counted(county: County, engine: Engine, tmp_path: Path) -> None:
    fields = (Field("kind", FieldType.TEXT),)
    rows = [("a",)] * 2 + [("b",)] * 2 + [("c",)] * 3
    county.put(served(ALLOWANCE, fields, landed(tmp_path, ALLOWANCE, fields, rows, "s3")))
    county.sign(agreement("A-2", grant(ALLOWANCE, {"kind": "clear"}), modality=Modality.AGGREGATE))
    sql = "SELECT kind, count(*) AS n FROM welfare.allowance GROUP BY kind ORDER BY n DESC LIMIT 5"
    assert [k for k, _ in asked(sql, county, engine, Limits(min_group=3))] == ["c"]


def test_own_rows_beside_anothers_statistics_are_no_way_around_the_rule(county: County) -> None:
    county.sign(replace(county.signed[1], modality=Modality.AGGREGATE))
    sql = "SELECT r.name, a.amount FROM police.resident r JOIN welfare.allowance a ON r.id = a.person"
    assert asked(sql, county, MemoryEngine()) == "use_aggregate_only"
