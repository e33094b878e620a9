"""Tables that departments published: every cell lands as Python's own csv reads it, or is counted as repaired."""

import csv
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

import openpyxl
import pytest

from datong.intake.delivery import DeliveryState
from tests.real.shared_data import real
from tests.unit.intake.conftest import Intake

pytestmark = [pytest.mark.real, pytest.mark.slow]

# File → columns that must have a type of their own, and how many cells may differ because they were repaired.
TABLES: dict[str, tuple[dict[str, str], int]] = {
    "chicago/business_licences.csv": (
        {"LICENSE_TERM_START_DATE": "date", "WARD": "integer", "LATITUDE": "decimal", "LICENSE_NUMBER": "text", "ZIP_CODE": "text"},
        0,
    ),
    "chicago/food_inspections.csv": (
        {"Inspection_Date": "date", "License": "text", "criticalCount": "integer", "Longitude": "decimal"},
        0,
    ),
    "chicago/sanitation_complaints_311.csv.gz": ({"Creation_Date": "date", "Ward": "integer", "ZIP_Code": "text"}, 0),
    "chicago/truth_half.csv": ({"same_licence_number": "boolean", "Inspection_ID": "text"}, 0),
    "hotline/la_311_2017.csv.gz": ({"CreatedDate": "timestamp", "ClosedDate": "timestamp", "ZipCode": "text"}, 0),
    "divisions/streets.csv": ({"code": "text", "areaCode": "text"}, 0),
    "tables/flights/dirty.csv": ({}, 0),
    "tables/hospital/dirty.csv": ({}, 0),
    "process/receipt.csv.gz": ({}, 0),
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_a_published_table_lands(table: str, tmp_path: Path) -> None:
    path = real(table)
    types, repaired = TABLES[table]
    intake = Intake(tmp_path)
    delivery = intake.land(path.name, source=intake.source(str(path.parent)))
    assert delivery.state is DeliveryState.LANDED, delivery.stopped_because
    assert (delivery.quarantined, delivery.read) == (0, delivery.landed)
    assert {name: intake.types(delivery)[name] for name in types} == types
    with _opened(path) as file:
        _, *delivered = (row for row in csv.reader(file) if any(cell.strip() for cell in row))
    columns = [column.to_pylist() for column in intake.table(delivery).columns]
    assert len(columns[0]) == len(delivered)
    differing = sum(
        not _same(column[i], row[j]) for i, row in enumerate(delivered) for j, column in enumerate(columns)
    )
    assert differing == repaired


def test_citizens_messages_land_from_their_spreadsheet(tmp_path: Path) -> None:
    path = real("hotline/zh_messages.xlsx")
    intake = Intake(tmp_path)
    delivery = intake.land(path.name, source=intake.source(str(path.parent)))
    assert delivery.state is DeliveryState.LANDED
    assert (delivery.read, delivery.quarantined) == (4326, 0)
    assert intake.types(delivery) == {
        "留言编号": "text", "留言用户": "text", "留言主题": "text", "留言时间": "timestamp", "留言详情": "text",
        "反对数": "integer", "点赞数": "integer",
    }  # fmt: skip
    sheet = openpyxl.load_workbook(path, read_only=True).active
    _, *delivered = sheet.iter_rows(values_only=True)
    untouched = {"留言编号": 0, "留言用户": 1, "反对数": 5, "点赞数": 6}
    for name, place in untouched.items():
        landed = intake.table(delivery)[name].to_pylist()
        assert [str(value) for value in landed] == [str(row[place]).strip() for row in delivered], name


def _same(landed: Any, delivered: str) -> bool:
    """Whether the landed value is what the cell says; only space at the ends may be gone."""
    text = delivered.strip()
    match landed:
        case None:
            return text == ""
        case bool():
            return text.lower() == str(landed).lower()
        case datetime():
            return landed in (datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p"),)
        case date():
            return text == landed.isoformat()
        case int() | Decimal():
            try:
                return Decimal(text) == landed
            except InvalidOperation:
                return False
    return bool(landed == text)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield file
    else:
        with open(path, encoding="utf-8", newline="") as file:
            yield file
