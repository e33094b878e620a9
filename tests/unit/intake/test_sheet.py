"""Spreadsheets: what a sheet still holds of each cell, and where its rows are."""

from datetime import date, datetime

import pytest
import xlsxwriter

from datong.intake import actions
from datong.intake.delivery import DeliveryState
from datong.intake.phases.sheet import as_text
from tests.unit.intake.conftest import READERS


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("", ""),
        ("  x ", "  x "),
        (3.0, "3"),
        (0.1, "0.1"),
        (1e-05, "0.00001"),
        (5054.98, "5054.98"),
        (130102870304489.0, "130102870304489"),
        (3.702122011013118e17, "3.702122011013118E+17"),
        (370212201101311800, "3.702122011013118E+17"),
        (True, "true"),
        (datetime(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2, 3, 4, 5), "2020-01-02 03:04:05"),
        (date(2020, 1, 2), "2020-01-02"),
    ],
)
def test_a_cell_is_written_out_without_loss(cell: object, text: str) -> None:
    assert as_text(cell) == text


def test_a_sheet_lands_with_merged_headings_dates_and_its_row_numbers(intake) -> None:
    with xlsxwriter.Workbook(intake.inbox / "低保.xlsx") as book:
        sheet = book.add_worksheet("一月")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range(0, 1, 0, 4, "某县低保名册")
        sheet.merge_range(2, 1, 3, 1, "姓名")
        sheet.merge_range(2, 2, 2, 3, "救助")
        sheet.write_row(3, 2, ["日期", "金额"])
        sheet.merge_range(2, 4, 3, 4, "身份证号")
        sheet.write_row(4, 1, ["甲", "", 20.5, "990101199001010012"])
        sheet.write_datetime(4, 2, datetime(2020, 1, 2), day)
        sheet.write_row(5, 1, ["乙", "", 30, 9.9010119900101e17])
        sheet.write_datetime(5, 2, datetime(2020, 1, 3), day)
        sheet.write_row(7, 1, ["合计", "", 50.5])
    delivery = intake.land("低保.xlsx")
    assert delivery.state is DeliveryState.LANDED, delivery.stopped_because
    assert intake.types(delivery) == {
        "姓名": "text",
        "救助_日期": "date",
        "救助_金额": "decimal",
        "身份证号": "text",
    }
    assert [row[:2] for row in intake.rows(delivery)] == [("甲", date(2020, 1, 2))]
    assert intake.quarantined(delivery) == [(6, "identity.lost_precision 身份证号"), (8, "row.total")]
    assert delivery.read == 3


def test_a_workbook_named_csv_is_still_a_workbook_and_each_visible_sheet_a_table(intake) -> None:
    with xlsxwriter.Workbook(intake.inbox / "t.csv") as book:
        for name in ("一", "二", "hidden"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["a", "b"])
            sheet.write_row(1, 0, ["x", 2])
        sheet.hide()
    assert actions.tables_of(source=intake.source(), readers=READERS) == ("t.csv#一", "t.csv#二")
    assert intake.rows(intake.land("t.csv#二")) == [("x", 2)]


def test_formulas_give_the_value_last_computed(intake) -> None:
    with xlsxwriter.Workbook(intake.inbox / "t.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "n"])
        sheet.write(1, 0, "x")
        sheet.write_formula(1, 1, "=1+1", None, 2)
    assert intake.rows(intake.land("t.xlsx")) == [("x", 2)]


def test_a_damaged_workbook_stops_with_a_reason(intake) -> None:
    with xlsxwriter.Workbook(intake.inbox / "t.xlsx") as book:
        book.add_worksheet().write_row(0, 0, ["a", "b"])
    path = intake.inbox / "t.xlsx"
    data = bytearray(path.read_bytes())
    data[60:400] = bytes(340)
    path.write_bytes(data)
    delivery = intake.land("t.xlsx")
    assert delivery.state is DeliveryState.STOPPED
    assert "damaged" in delivery.stopped_because.en
