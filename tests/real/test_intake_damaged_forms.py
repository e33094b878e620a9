"""One Chinese table damaged in ten ways lands equal to its truth, or with every loss counted in the report."""

import csv
from pathlib import Path
from typing import Any

import pytest

from datong.intake.delivery import Delivery, DeliveryState
from tests.real.shared_data import real
from tests.unit.intake.conftest import Intake

pytestmark = pytest.mark.real

FOLDER = "tables/zh_dirty_synth"
NUMBER, BORN = "证件号码", "出生日期"


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path)


@pytest.fixture
def truth() -> list[dict[str, str]]:
    with open(real(FOLDER) / "truth_utf8.csv", encoding="utf-8", newline="") as file:
        return [{heading: cell.strip() for heading, cell in row.items()} for row in csv.DictReader(file)]


def land(intake: Intake, form: str) -> Delivery:
    delivery = intake.land(form, source=intake.source(str(real(FOLDER))))
    assert delivery.state is DeliveryState.LANDED, delivery.stopped_because
    assert delivery.read == delivery.landed + delivery.quarantined
    return delivery


def landed(intake: Intake, delivery: Delivery) -> list[dict[str, str]]:
    return [
        {name: _written(value) for name, value in row.items()} for row in intake.table(delivery).to_pylist()
    ]


def _written(value: Any) -> str:
    return "" if value is None else str(value)


def quarantined_lines(intake: Intake, delivery: Delivery) -> set[int]:
    import json

    kept = intake.room.quarantine_file(delivery.id)
    return (
        {json.loads(line)["line"] for line in kept.read_text("utf-8").splitlines()}
        if kept.exists()
        else set()
    )


@pytest.mark.parametrize(
    "form",
    [
        "01_gb18030_crlf.csv",
        "02_utf8bom_semicolon.csv",
        "03_utf16le_tab.txt",
        "04_big5_comma.csv",
        "07_fullwidth_invisible.csv",
        "08_mixed_units_quotes.csv",
    ],
)
def test_encodings_separators_widths_and_units_land_equal_to_the_truth(
    form: str, intake: Intake, truth: list[dict[str, str]]
) -> None:
    delivery = land(intake, form)
    assert delivery.quarantined == 0
    rows = landed(intake, delivery)
    assert len(rows) == (200 if form.startswith("04") else 600)
    differing = [(i, name) for i, row in enumerate(rows) for name in row if row[name] != truth[i][name]]
    assert differing == []


def test_numbers_that_excel_ruined_are_quarantined_and_all_others_land(
    intake: Intake, truth: list[dict[str, str]]
) -> None:
    delivery = land(intake, "05_excel_damaged_ids_gbk.csv")
    with open(real(FOLDER) / "05_excel_damaged_ids_gbk.csv", encoding="gb18030", newline="") as file:
        delivered = [row[NUMBER].strip() for row in csv.DictReader(file)]
    ruined = {i for i, number in enumerate(delivered) if number != truth[i][NUMBER]}
    assert quarantined_lines(intake, delivery) == {i + 2 for i in ruined}
    assert {row.reason for row in delivery.quarantine} == {f"identity.lost_precision {NUMBER}"}
    assert landed(intake, delivery) == [row for i, row in enumerate(truth) if i not in ruined]


def test_dates_that_can_be_told_are_written_alike_and_every_other_is_counted(
    intake: Intake, truth: list[dict[str, str]]
) -> None:
    delivery = land(intake, "06_mixed_dates.csv")
    rows, repairs = landed(intake, delivery), intake.repairs(delivery)
    differing = [(i, name) for i, row in enumerate(rows) for name in row if row[name] != truth[i][name]]
    assert {name for _, name in differing} == {BORN}
    # Left as they came: years of two digits, a word for "unknown", 1900-01-01. The report has the number of each.
    told = [
        repairs["date.two_digit_year", BORN],
        repairs["date.unclear", BORN],
        repairs["date.placeholder", BORN],
    ]
    missing_but_known = sum(row[BORN] == "" for row in rows) - sum(row[BORN] == "" for row in truth)
    assert len(differing) == sum(told) + missing_but_known
    assert intake.types(delivery)[BORN] == "text"


def test_titles_totals_and_notes_around_a_table_are_set_aside(
    intake: Intake, truth: list[dict[str, str]]
) -> None:
    delivery = land(intake, "09_preamble_footer_gb18030.csv")
    rows = landed(intake, delivery)
    assert [{name: row[name] for name in truth[0]} for row in rows] == truth
    assert (delivery.read, delivery.quarantined) == (606, 6)
    assert {row.reason for row in delivery.quarantine} == {"row.total", "row.note"}


def test_a_sheet_with_merged_headings_lands_with_ruined_numbers_set_aside(
    intake: Intake, truth: list[dict[str, str]]
) -> None:
    delivery = land(intake, "10_multiheader_merged.xlsx#1月")
    names = {
        "个人信息_姓名": "姓名",
        "个人信息_性别": "性别",
        "证件_出生日期": BORN,
        "证件_证件号码": NUMBER,
        "联系电话": "联系电话",
        "住址": "住址",
        "缴费_金额": "缴费金额(元)",
    }
    rows = landed(intake, delivery)
    assert list(rows[0]) == ["序号", *names]
    for row in rows:
        assert {truth_name: row[name] for name, truth_name in names.items()} == truth[int(row["序号"]) - 1]
    reasons = [row.reason for row in delivery.quarantine]
    assert reasons.count("row.total") == 1
    assert set(reasons) == {"row.total", "identity.lost_precision 证件_证件号码"}
    assert delivery.read == 301


def test_the_second_sheet_is_a_table_of_its_own_and_the_note_sheet_is_none(intake: Intake) -> None:
    assert land(intake, "10_multiheader_merged.xlsx#2月").landed == 300
    note = intake.land("10_multiheader_merged.xlsx#填表说明")
    assert note.state is DeliveryState.STOPPED
