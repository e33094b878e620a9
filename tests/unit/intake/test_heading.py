"""Where the headings are, and when it must be said that there are none."""

import pytest

from datong.intake.phases.dialect import NONE, dialect_of
from datong.intake.phases.heading import HeadingNotFound, heading_of


@pytest.mark.parametrize(
    ("lines", "separator", "width"),
    [
        (["a,b", "1,2"], ",", 2),
        (["a;b", "1,5;2,5", "1,6;2,7"], ";", 2),
        (["a\tb", "x, y\tz", "x\tz"], "\t", 2),
        (["a|b|c", "1|2|3"], "|", 3),
        (["one column", "free text, with commas", "and, more, of, them", "none"], NONE, 1),
        (["某表,,", "a,b,c", "1,2,3", "注：x"], ",", 3),
        (["a,b", '"x;y;z",2', '"x;y;z",3'], ",", 2),
    ],
)
def test_the_steadiest_separator_wins(lines: list[str], separator: str, width: int) -> None:
    found = dialect_of(lines)
    assert (found.separator, found.width) == (separator, width)


def names(rows: list[list[str]], width: int, **options) -> tuple[str, ...]:
    return heading_of(rows, width, table="t", **options).names


def test_titles_are_passed_over() -> None:
    found = heading_of(
        [["名册", "", ""], ["截止", "2026", ""][:1], ["姓名", "性别", "号码"], ["甲", "男", "1"]],
        3,
        table="t",
    )
    assert (found.names, found.first, found.rows) == (("姓名", "性别", "号码"), 2, 1)


def test_merged_cells_say_which_heading_spans_what() -> None:
    rows = [["序号", "个人", "", "电话"], ["", "姓名", "性别", ""], ["1", "甲", "男", "5"]]
    merged = [((0, 1), (0, 2)), ((0, 0), (1, 0)), ((0, 3), (1, 3))]
    assert names(rows, 4, merged=merged) == ("序号", "个人_姓名", "个人_性别", "电话")


def test_a_first_row_of_words_under_a_gap_is_data_and_no_second_heading() -> None:
    rows = [["姓名", "", "备注"], ["甲", "乙", "丙"], ["丁", "戊", "己"]]
    assert heading_of(rows, 3, table="t").rows == 1


@pytest.mark.parametrize(
    "row",
    [
        ["1", "2", "3"],
        ["钱一", "990101199001010012", "2020-01-01"],
        ["x@y.org", "13900000000", "甲"],
        ["2019", "2020", "2021"],
    ],
)
def test_a_row_of_values_is_no_heading(row: list[str]) -> None:
    with pytest.raises(HeadingNotFound):
        heading_of([row, row], 3, table="t")


def test_a_few_years_among_headings_are_headings() -> None:
    assert names([["地区", "2019年", "2020"], ["甲", "1", "2"]], 3) == ("地区", "2019年", "2020")
