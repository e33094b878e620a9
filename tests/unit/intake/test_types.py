"""What a column holds, by all of its values: text is always a safe answer."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from datong.catalogue.field import FieldType
from datong.intake.phases.cast import cast
from datong.intake.phases.identity import names_an_identifier
from datong.intake.phases.types import Seen, promised, reading
from datong.intake.tally import Tally


def seen(values: list[str | None], heading: str = "x", **options) -> Seen:
    made = Seen(heading, **options)
    made.watch(pa.array(values, pa.string()))
    return made


def type_of(values: list[str | None], heading: str = "x", **options) -> str:
    return reading(seen(values, heading, **options)).type.value


@pytest.mark.parametrize(
    ("values", "heading", "type"),
    [
        (["1", "-2", None], "数量", "integer"),
        (["1", "2.50"], "数量", "decimal"),
        (["1", "02"], "数量", "text"),
        (["0", "0.5"], "率", "decimal"),
        (["1e5", "2"], "x", "text"),
        (["1,5", "2"], "x", "text"),
        (["1,234"], "x", "text"),  # a thousand or one and a bit
        (["1,234", "5,678.90"], "x", "decimal"),
        (["13900000000"], "x", "text"),
        (["12"], "许可证号", "text"),
        (["12"], "序号", "integer"),
        (["12"], "挂号费", "integer"),
        (["3", "4"], "LICENSE_NUMBER", "text"),
        (["3", "4"], "number_of_people", "integer"),
        (["20200101", "20200102"], "日期", "date"),
        (["20200101", "20200102"], "编码", "text"),
        (["20200101", "20209999", "20200103"], "登记日期", "text"),
        (["2020-01-01", "2020-01-01 10:00:00"], "x", "timestamp"),
        (["2020-01-01T00:00:00+08:00"], "x", "text"),
        (["43838", "43839"], "日期", "integer"),  # day numbers alone may be anything
        (["01/02/2020", "03/04/2020"], "x", "text"),
        (["13/02/2020", "03/04/2020"], "x", "date"),
        (["13/02/2020", "03/14/2020"], "x", "text"),
        (["无", "无", "3"], "备注", "text"),
        (["true", "FALSE"], "x", "boolean"),
        (["是", "否"], "x", "text"),
        ([None, None], "x", "text"),
    ],
)
def test_what_a_column_holds(values: list[str | None], heading: str, type: str) -> None:
    assert type_of(values, heading) == type


def test_one_value_after_a_million_decides_as_much_as_the_first() -> None:
    made = Seen("数量")
    for _ in range(10):
        made.watch(pa.array(["7"] * 100_000))
    assert reading(made).type is FieldType.INTEGER
    made.watch(pa.array(["seven"]))
    assert reading(made).type is FieldType.TEXT


def test_one_bad_date_in_a_hundred_is_a_row_for_quarantine_and_more_make_text() -> None:
    good = ["2020-01-02"] * 198
    assert type_of([*good, "2020-02-30", "soon"]) == "date"
    assert type_of([*good, "2020-02-30", "soon", "later"]) == "text"


def test_what_a_database_calls_text_is_never_read_as_a_number() -> None:
    assert type_of(["1", "2"], declared_text=True) == "text"
    assert type_of(["2020-01-02"], declared_text=True) == "date"


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["13/02/2020", "05/06/2020"], [date(2020, 2, 13), date(2020, 6, 5)]),
        (["02/13/2020", "05/06/2020"], [date(2020, 2, 13), date(2020, 5, 6)]),
        (
            ["05/06/2020", "2020-01-02"],
            [None, date(2020, 1, 2)],
        ),  # which is which, this time, nobody can tell
    ],
)
def test_a_promised_date_with_the_year_last_is_read_only_where_its_order_shows(
    values, read, tmp_path: Path
) -> None:
    how = promised(FieldType.DATE, seen(values))
    with Tally(file="t", path=tmp_path / "q") as tally:
        array, bad = cast(pa.array(values), how, name="x", tally=tally)
    assert array.to_pylist() == read
    assert bad.tolist() == [value is None for value in read]


@pytest.mark.parametrize(
    "heading",
    [
        "身份证号",
        "证件号码",
        "Zip",
        "ZipCode",
        "SRNumber",
        "license",
        "account_no",
        "电话",
        "统一社会信用代码",
    ],
)
def test_headings_that_name_an_identifier(heading: str) -> None:
    assert names_an_identifier(heading)


@pytest.mark.parametrize(
    "heading", ["序号", "数量", "金额", "no_of_rooms", "Ward", "notes", "电话费", "period", "行号"]
)
def test_headings_that_dont(heading: str) -> None:
    assert not names_an_identifier(heading)
