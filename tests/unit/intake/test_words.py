"""Names, reasons and URLs: what a person reads of a delivery."""

import re
from pathlib import Path

import pytest

import datong.intake
from datong.intake import naming, reasons
from datong.intake.source import Source, shown
from tests.fakes import NOON


@pytest.mark.parametrize(
    ("table", "name", "title"),
    [
        ("business licences.csv", "business_licences", "business licences"),
        ("Food-Inspections.CSV.gz", "food_inspections", "Food-Inspections"),
        ("resident", "resident", "resident"),
        ("public.resident", "resident", "resident"),
        ("crm.resident", "crm_resident", "crm.resident"),
        ("2024.csv", "t_2024", "2024"),
        ("main.csv", "t_main", "main"),
        ("a.xlsx#Sheet 1", "a_sheet_1", "a Sheet 1"),
    ],
)
def test_a_table_is_called_after_its_file(table: str, name: str, title: str) -> None:
    assert naming.resource_name("police", table).table == name
    assert naming.title(table).zh == title


def test_a_chinese_name_gets_a_stable_code_and_keeps_its_title() -> None:
    first, again, other = (naming.resource_name("police", t) for t in ("户籍.csv", "户籍.csv", "户籍2.csv"))
    assert first == again != other
    assert re.fullmatch(r"t_[0-9a-f]{8}", first.table)
    assert naming.title("户籍.csv").zh == "户籍"


def test_headings_become_names_that_are_all_different_and_can_be_written() -> None:
    headings = ["ID", "id", "", "a.b", 'x"y', "姓 名\n(全)", " Ａ１ ", "column_3"]
    assert naming.field_names(headings) == [
        "ID",
        "id_2",
        "column_3",
        "a_b",
        "x_y",
        "姓 名 (全)",
        "A1",
        "column_3_2",
    ]


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (
            "postgresql://reader:secret@db:5432/x?sslmode=require&password=other",
            "postgresql://reader@db:5432/x",
        ),
        ("postgresql://db/x", "postgresql://db/x"),
        ("sqlite:////srv/a.sqlite", "sqlite:////srv/a.sqlite"),
        ("/srv/a b.csv", "/srv/a b.csv"),
        ("postgresql://u:p@[bad/x", "postgresql://…"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, text: str) -> None:
    assert shown(url) == text


def test_a_source_that_is_printed_keeps_its_password() -> None:
    assert "secret" not in repr(Source("hr", "postgresql://u:secret@db/x", "police", NOON))


def test_a_reason_is_said_in_both_languages_with_what_it_is_about() -> None:
    said = reasons.says("cells.too_few 6 of 7")
    assert (said.en, said.zh) == ("fewer cells than headings (6 of 7)", "单元格少于表头（6 of 7）")
    assert all(text.en and text.zh for text in reasons.SAYS.values())


def test_every_code_that_is_written_is_listed_and_every_listed_one_is_written() -> None:
    folder = Path(datong.intake.__file__).parent
    engines = folder.parent / "engines"
    source = "\n".join(
        path.read_text("utf-8")
        for path in (*folder.rglob("*.py"), *engines.glob("*sql*.py"))
        if path.name != "reasons.py"
    )
    code = r"(?:line|quotes|cells|cell|row|identity|type|decode|normalise|date|number|check)\.[a-z0-9_]+"
    written = set(re.findall(rf'"({code})(?: |")', source)) | {
        f"cells.too_{word}" for word in ("few", "many") if f"cells.too_{word}" in source
    }
    assert written == set(reasons.SAYS)
