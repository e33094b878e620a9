import re
import tomllib
from pathlib import Path

import openpyxl
import pytest
from stdnum.cn import uscc

from datong.catalogue.resource import SharingAttribute
from datong.demo.accounts import OFFICERS
from datong.demo.departments import AUTHORITATIVE, DEPARTMENTS, PROVIDERS, TABLES
from datong.demo.generate import CountyReport
from datong.demo.tables import Csv, Holds, Sheet
from datong.terms.actor import Role
from datong.terms.names import ResourceName
from tests.unit.demo import kept
from tests.unit.demo.test_numbers import check_character

IDENTITY = re.compile(r"\d{6}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
ELEMENTS = Path(__file__).parents[3] / "rules" / "cn" / "elements.toml"


def test_eight_departments_keep_tables_and_each_lies_in_its_own_folder(report: CountyReport) -> None:
    assert len(PROVIDERS) == 8
    assert {table.department for table in TABLES} == {department.code for department in PROVIDERS}
    assert all(
        told.path.is_file() and told.path.parent == report.folder(told.department) for told in report.tables
    )


def test_a_node_reads_a_database_by_its_url_and_exports_by_their_folder(report: CountyReport) -> None:
    assert report.source_url("police") == f"sqlite:///{report.folder('police') / 'population.sqlite'}"
    assert report.source_url("health") == str(report.folder("health"))
    for department in PROVIDERS:
        kinds = {type(table.kept) for table in TABLES if table.department == department.code}
        assert len(kinds) == 1


def test_department_codes_are_valid_and_in_the_unassigned_area() -> None:
    assert all(uscc.is_valid(d.credit_code) and d.credit_code.startswith("1199") for d in DEPARTMENTS)
    assert [d.code for d in DEPARTMENTS if d.authority] == ["bureau"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_can_be_catalogued_as_the_statute_asks(table) -> None:
    ResourceName.parse(f"{table.department}.{table.name}")
    assert table.title.zh
    assert table.title.en
    assert table.entry.abstract.zh
    assert table.entry.abstract.en
    assert table.entry.classification.count("/") == 2
    if table.entry.sharing is SharingAttribute.CONDITIONAL:
        assert table.entry.basis.startswith("《")
        assert table.entry.conditions.zh
        assert table.entry.conditions.en
    assert all(column.title.zh and column.title.en for column in table.columns)
    assert len({column.name for column in table.columns}) == len(table.columns)
    assert table.first(Holds.KEY)


def test_elements_are_those_of_the_rules_pack() -> None:
    known = {element["code"] for element in tomllib.loads(ELEMENTS.read_text("utf-8"))["element"]}
    used = {column.standard for table in TABLES for column in table.columns} - {""}
    assert used <= known
    assert set(AUTHORITATIVE) <= used


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_keys_name_one_row_each(report: CountyReport, name: str) -> None:
    keys = kept.column(report, name, kept.table(name).first(Holds.KEY) or "")
    assert len(set(keys)) == len(keys) > 0


def test_the_population_register_has_everybody(report: CountyReport) -> None:
    rows = kept.rows(report, "resident")
    assert len(rows) >= report.people
    assert {row["sex"] for row in rows} == {"1", "2"}
    assert all(re.fullmatch(r"\d{8}", row["birth_date"]) for row in rows)
    assert "死亡注销" in {row["household_status"] for row in rows}


def test_hospital_files_are_gb18030_and_not_utf8(report: CountyReport) -> None:
    for name in ("visits", "vaccinations"):
        data = (report.folder("health") / f"{name}.csv").read_bytes()
        assert "身份证号" in data.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")


def test_allowances_have_a_title_two_merged_heading_rows_and_a_total(report: CountyReport) -> None:
    sheet = openpyxl.load_workbook(report.folder("civil") / "allowances.xlsx").worksheets[0]
    merged = {str(ranged) for ranged in sheet.merged_cells.ranges}
    assert {"A1:N1", "A3:A4", "C3:G3", "H3:K3", "L3:M3", "N3:N4"} <= merged
    assert sheet["C3"].value == "申请人信息"
    assert [sheet.cell(4, at).value for at in range(3, 8)] == [
        "姓名",
        "性别",
        "身份证号",
        "联系电话",
        "家庭住址",
    ]
    amounts = [sheet.cell(row, 10).value for row in range(5, sheet.max_row)]
    assert sheet.cell(sheet.max_row, 1).value == "合计"
    assert sheet.cell(sheet.max_row, 10).value == sum(a for a in amounts if isinstance(a, int | float))


def test_case_numbers_look_like_identity_numbers_and_mostly_fail_the_check(report: CountyReport) -> None:
    numbers = kept.column(report, "allowances", "受理编号")
    assert len(numbers) > 60
    assert all(IDENTITY.fullmatch(number) for number in numbers)
    assert sum(check_character(number) == number[-1] for number in numbers) / len(numbers) < 0.2
    identities = [
        n
        for n in kept.column(report, "allowances", "身份证号")
        if isinstance(n, str) and IDENTITY.fullmatch(n)
    ]
    assert sum(check_character(n) == n[-1].upper() for n in identities) / len(identities) > 0.9


def test_medical_insurance_has_full_width_digits_and_fifteen_digit_numbers(report: CountyReport) -> None:
    numbers = kept.column(report, "enrolment", "证件号码")
    assert any(re.fullmatch(r"[０-９]{17}[０-９Ｘｘ]|[０-９]{15}", number) for number in numbers)
    assert any(re.fullmatch(r"\d{15}", number) for number in numbers if number.isascii())


def test_property_files_have_lines_above_and_below_the_table(report: CountyReport) -> None:
    lines = kept.lines(report, "titles")
    assert lines[0][0] == "榕溪县不动产登记信息汇总表"
    assert lines[3][0] == "不动产权证号"
    told = next(told for told in report.tables if told.table == "titles")
    assert lines[-3][0] == f"合计：{told.rows} 条"


def test_every_csv_has_rows_nobody_can_read(report: CountyReport) -> None:
    for table in TABLES:
        if isinstance(table.kept, Csv):
            told = next(told for told in report.tables if told.table == table.name)
            assert told.unreadable >= 1
            assert len(kept.rows(report, table.name)) == told.rows - told.unreadable


def test_food_permits_can_be_joined_to_firms_but_for_the_missing_codes(report: CountyReport) -> None:
    firms = set(kept.column(report, "firm", "uscc"))
    codes = kept.column(report, "food_permit", "uscc")
    known = [code for code in codes if code and len(code) == 18]
    assert len(known) / len(codes) > 0.7
    assert sum(code in firms for code in known) / len(known) > 0.9


def test_dates_are_kept_in_several_habits(report: CountyReport) -> None:
    habits = {re.sub(r"\d", "9", day) for day in kept.column(report, "enrolment", "出生日期") if day}
    assert {"9999-99-99", "99999999"} <= habits
    assert any("/" in habit for habit in habits)


def test_every_department_has_a_data_officer_and_a_head_who_signs() -> None:
    for department in DEPARTMENTS:
        theirs = [account for account in OFFICERS if account.department == department.code]
        assert any(Role.DATA_OFFICER in account.roles for account in theirs)
        assert department.sharing_head in {a.login for a in theirs if Role.SHARING_HEAD in a.roles}
    assert {Role.AUTHORITY_REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR} <= {
        r for a in OFFICERS for r in a.roles
    }
    assert len({account.login for account in OFFICERS}) == len(OFFICERS)


def test_the_citizens_who_can_sign_in_live_in_the_county(report: CountyReport) -> None:
    citizens = [account for account in report.accounts if Role.CITIZEN in account.roles]
    numbers = set(kept.column(report, "resident", "id_number"))
    assert len({account.identity for account in citizens}) == 2
    assert {account.identity for account in citizens} <= numbers
    assert citizens[1].identity in set(kept.column(report, "allowances", "身份证号"))


def test_a_sheet_that_would_overflow_is_refused_before_a_row_is_lost(tmp_path: Path) -> None:
    from datong.demo.write.workbook import SheetFull, Workbook

    book = Workbook(tmp_path / "full.xlsx", Sheet("full.xlsx", "名册"), kept.table("roll").columns)
    with pytest.raises(SheetFull, match="1048576"):
        book.add(_Long())  # type: ignore[arg-type]
    book.close()


class _Long:
    def __len__(self) -> int:
        return 1_048_576
