"""A downloaded answer opens in a spreadsheet program as it is, and nothing in it runs."""

import csv
import io
from decimal import Decimal

import pyarrow as pa
import pytest

from datong.gateway.csv_file import csv_file


def read_back(table: pa.Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_file(table).decode("utf-8-sig"))))


def test_it_begins_with_the_mark_that_excel_needs_for_chinese():
    assert csv_file(pa.table({"店名": ["榕树饭店"]})).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x"])
def test_a_cell_that_would_run_gets_an_apostrophe(cell):
    assert read_back(pa.table({"note": [cell]}))[1] == ["'" + cell]


def test_a_heading_that_would_run_gets_an_apostrophe_too():
    assert read_back(pa.table({"=cmd()": ["x"]}))[0] == ["'=cmd()"]


def test_a_negative_number_stays_a_number():
    table = pa.table({"n": [-5], "d": [Decimal("-1.50")]})
    assert read_back(table)[1] == ["-5", "-1.50"]


def test_two_columns_of_the_same_name_are_both_there():
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["n", "n"])
    assert read_back(table) == [["n", "n"], ["1", "2"]]


def test_an_answer_without_rows_is_its_headings():
    assert read_back(pa.table({"a": pa.array([], pa.string())})) == [["a"]]


def test_a_missing_value_is_an_empty_cell_and_commas_and_quotes_come_back():
    assert read_back(pa.table({"a": [None, 'he said "no", twice\n']}))[1:] == [
        [""],
        ['he said "no", twice\n'],
    ]
