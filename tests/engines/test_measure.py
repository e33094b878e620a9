from datetime import date

import pytest

from datong.catalogue.snapshot import Snapshot
from datong.engines.duckdb.measure import DuckDBMeasurer, NotMeasured
from datong.terms.names import ResourceName
from tests.engines import slow_checks
from tests.engines.measured import PACK, landed, measures


def number(first: str) -> str:
    """A check character for 17 invented digits, found by trying."""
    return next(first + c for c in "0123456789X" if slow_checks._mod_11_2(first + c) == 1)


VALID = number("99010119900101001")
ODD = next(n for n in (number(f"99010119900101{i:03d}") for i in range(500)) if n.endswith("X"))


# What single values pass, of the tests that speak for themselves; a test not named must fail.
CASES: list[tuple[str, set[str]]] = [
    (VALID, {"gb11643", "gb11643_shape"}),
    (ODD, {"gb11643", "gb11643_shape"}),
    (ODD.lower(), {"gb11643", "gb11643_shape"}),  # x for X
    (f"  {VALID} ", {"gb11643", "gb11643_shape"}),
    (number("81000019900101001"), {"gb11643", "gb11643_shape"}),  # Hong Kong, Macao, Taiwan residents
    (number("82000019900101001"), {"gb11643", "gb11643_shape"}),
    (number("83000019900101001"), {"gb11643", "gb11643_shape"}),
    (number("37999919000229001"), {"gb11643", "gb11643_shape"}),  # no such area, no such day that year
    (VALID[:-1] + ("0" if VALID[-1] != "0" else "1"), {"gb11643_shape"}),
    (number("99010119901301001"), set()),  # a thirteenth month
    (number("99010119900431001"), set()),  # 31 April
    (number("09010119900101001"), set()),
    ("990101900101001", {"gb11643_15"}),
    ("990101901301001", set()),
    ("13800138000", {"mobile"}),
    ("+86 13800138000", {"mobile"}),
    ("138-0013-8000", {"mobile"}),
    ("12800138000", set()),
    ("138001380001", set()),
    ("0532-88888888", {"landline"}),
    ("(010)62345678", {"landline"}),
    ("clerk@example.org", {"email"}),
    ("Clerk@Example.ORG", {"email"}),
    ("clerk@localhost", set()),
    ("京A12345", {"plate"}),
    ("鲁bD12345", {"plate"}),
    ("AA12345", set()),
    ("2016", set()),  # a year is no card
    ("SCN-125", set()),
    ("acid", set()),
    ("Safari", set()),
    ("4111111111111111", {"luhn", "luhn_shape"}),
    ("4111111111111112", {"luhn_shape"}),
    ("1111111111111117", set()),  # checks, but nobody issues such cards
    ("汉族", {"ethnicity"}),
    ("male", {"sex"}),
    ("2026-11-23", {"date"}),
    ("2026年11月3日", {"date"}),
    ("欧阳小明", {"surname"}),
    ("王明", {"surname"}),
    ("黄岛区", set()),  # begins with a surname and is a place
    ("浙江省某市某区长江街288号", {"address"}),
    ("某县某镇某村三组", {"address"}),
    ("3352 N BROADWAY AVE 1", {"address_latin"}),
    (f"来电人{VALID}反映", {"gb11643_inside", "gb11643_inside_shape"}),
    (f"G{VALID}", {"gb11643_inside", "gb11643_inside_shape"}),  # a pupil's number
    (f"1{VALID}", set()),  # part of a longer number
    ("请联系13800138000，谢谢", {"mobile_inside"}),
    ("🙂", set()),
    ("", set()),
]
# Any six digits look like a postcode, and one number in thirty-one checks as a credit code.
BY_CHANCE = {"passport", "postcode", "area_code", "icd10", "gb32100", "gb32100_shape"}


@pytest.fixture(scope="module")
def of_each_value(tmp_path_factory):
    """Every value in a column of its own, all measured at once."""
    columns = {str(place): ("text", [value]) for place, (value, _) in enumerate(CASES)}
    return measures(tmp_path_factory.mktemp("values"), columns)


@pytest.mark.parametrize("place", range(len(CASES)), ids=[repr(value) for value, _ in CASES])
def test_a_value_passes_exactly_the_tests_it_should(place, of_each_value):
    passed = {id for id, share in of_each_value[place].shares.items() if share}
    assert passed - BY_CHANCE == CASES[place][1]


def test_an_empty_column_or_an_empty_snapshot_is_measured_as_such(tmp_path):
    nothing = measures(tmp_path, {"c": ("text", [None, "", "  "]), "d": ("date", [None] * 3)})
    assert [(m.rows, m.filled, m.distinct, m.longest, dict(m.shares)) for m in nothing] == [
        (3, 0, 0, 0, {})
    ] * 2
    empty = Snapshot(ResourceName("a", "b"), "1", (), 0, (("c", "text"),), "D")
    assert DuckDBMeasurer().measure(empty, PACK.detectors)[0].rows == 0


def test_every_type_is_counted_and_whole_numbers_are_tested_as_they_are_written(tmp_path):
    text, number_, day, money, flag = measures(
        tmp_path,
        {
            "文本": ("text", ["a", "bb", None]),
            "手机": ("integer", [13800138000, 13900139000, None]),
            "day": ("date", [date(2026, 1, 1), None, None]),
            "money": ("decimal", [1, 2, 3]),
            "flag": ("boolean", [True, False, None]),
        },
    )
    assert (text.column, text.filled, text.distinct, text.shortest, text.longest) == ("文本", 2, 2, 1, 2)
    assert number_.shares["mobile"] == 1.0
    assert (day.filled, day.longest, dict(day.shares)) == (1, 10, {})
    assert (money.filled, flag.filled, flag.distinct) == (3, 2, 2)


def test_lengths_are_counted_in_characters(tmp_path):
    assert measures(tmp_path, {"c": ("text", ["住址", "🙂🙂🙂"])})[0].longest == 3


def test_headings_that_differ_only_in_case_or_hold_quotes_are_columns_of_their_own(tmp_path):
    awkward = {
        'a"b': ("text", ["x"]),
        "A": ("text", ["yy"]),
        "a": ("text", ["zzz"]),
        "sel ect": ("text", [""]),
    }
    assert [m.longest for m in measures(tmp_path, awkward)] == [1, 2, 3, 0]


def test_files_add_up(tmp_path):
    column = measures(tmp_path, {"c": ("text", [VALID, "x", VALID, None, VALID])}, files=3)[0]
    assert (column.rows, column.filled, column.shares["gb11643"]) == (5, 4, 0.75)


def test_a_table_with_more_columns_than_a_query_asks_about_is_measured_whole(tmp_path):
    wide = {f"c{i}": ("text", ["汉族" if i % 2 else VALID]) for i in range(43)}
    measured = measures(tmp_path, wide)
    assert [m.column for m in measured] == list(wide)
    assert all(m.shares["ethnicity" if i % 2 else "gb11643"] == 1.0 for i, m in enumerate(measured))


def test_a_file_that_is_gone_is_said_without_its_contents(tmp_path):
    snapshot = landed(tmp_path, {"c": ("text", [VALID])})
    (tmp_path / "part0.parquet").write_bytes(b"PAR1 torn " + VALID.encode())
    with pytest.raises(NotMeasured) as stopped:
        DuckDBMeasurer().measure(snapshot, PACK.detectors)
    assert VALID not in str(stopped.value)
    assert stopped.value.__cause__ is None
