"""Education (教育): the school roll of the autumn term, a workbook that the schools fill in and the bureau puts together."""

import numpy as np
from numpy.random import Generator

from datong.catalogue.resource import SharingAttribute, SharingMethod, UpdateCycle
from datong.demo import dates
from datong.demo.addresses import Form
from datong.demo.county import County
from datong.demo.listing import drawn, home, listed, sexes
from datong.demo.places import TOWNS
from datong.demo.tables import CatalogueEntry, Cells, Column, Holds, Sheet, Subjects, Table
from datong.terms.text import Text

_GRADES = (
    "",
    "一年级",
    "二年级",
    "三年级",
    "四年级",
    "五年级",
    "六年级",
    "七年级",
    "八年级",
    "九年级",
    "高一",
    "高二",
    "高三",
)
_TOWN_NAMES = tuple(
    town.name.removesuffix("街道").removesuffix("镇").removesuffix("畲族乡").removesuffix("乡")
    for town in TOWNS
)


def _pupils(county: County, draw: Generator) -> Subjects:
    subjects = listed(county, np.flatnonzero(county.people.grade > 0), "roll", draw)
    order = np.argsort(
        county.people.grade[subjects["person"]], kind="stable"
    )  # the schools' sheets, one after another
    who, people = subjects["person"][order], county.people
    answers = np.where(people.guardian[who] >= 0, people.guardian[who], people.head[who])
    return {"person": who, "late": subjects["late"][order], "answers": answers}


def _fill(county: County, subjects: Subjects, draw: Generator) -> Cells:
    people, who = county.people, subjects["person"]
    n, grade = len(who), people.grade[subjects["person"]].tolist()
    answers = subjects["answers"]
    place = county.dwellings.place[home(county, subjects)].tolist()
    towns = [TOWNS.index(county.dwellings.places[p].town) for p in place]
    which = draw.integers(0, 3, n).tolist()
    entered = [f"{2026 - (g - 1) % 6 if g <= 6 else 2026 - (g - 7) % 3}.9" for g in grade]
    return {
        "学籍号": ["G" + number for number in people.identity[who].tolist()],
        "姓名": people.name[who].tolist(),
        "性别": sexes(county, who, ("男", "女")),
        "出生日期": dates.by_hand(
            people.birth[who], {dates.SLASHED: 0.6, dates.ISO: 0.3, dates.HAN: 0.1}, draw
        ),
        "身份证件号": people.identity[who].tolist(),
        "学校名称": [_school(g, t, w) for g, t, w in zip(grade, towns, which, strict=True)],
        "学段": ["小学" if g <= 6 else "初中" if g <= 9 else "高中" for g in grade],
        "年级": [_GRADES[g] for g in grade],
        "班级": [f"{c}班" for c in draw.integers(1, 9, n).tolist()],
        "入学年月": entered,
        "监护人姓名": people.name[answers].tolist(),
        "监护人证件号": people.identity[answers].tolist(),
        "监护人电话": [mobile or None for mobile in people.mobile(answers)],
        "现住址": county.dwellings.address(home(county, subjects), Form.COUNTY),
        "备注": drawn(
            (None, "寄宿", "随迁子女", "留守儿童", "重复"), n, draw, [0.87, 0.06, 0.03, 0.03, 0.01]
        ),
    }


def _school(grade: int, town: int, which: int) -> str:
    if grade > 9:
        return ("榕溪县第一中学", "榕溪县第二中学", "榕溪县职业技术学校")[which]
    if grade > 6:
        return "榕溪县第三中学" if town == 0 and which else f"榕溪县{_TOWN_NAMES[town]}中学"
    return (
        ("榕溪县实验小学" if town == 0 else f"榕溪县{_TOWN_NAMES[town]}第二小学")
        if which == 0
        else f"榕溪县{_TOWN_NAMES[town]}中心小学"
    )


ROLL = Table(
    department="education",
    name="roll",
    title=Text("中小学学籍信息", "School roll"),
    kept=Sheet(
        "roll.xlsx",
        sheet="在校生名册",
        title=("榕溪县2026年秋季学期中小学在校学生名册",),
        widths={
            "学籍号": 22,
            "身份证件号": 22,
            "学校名称": 26,
            "监护人证件号": 22,
            "监护人电话": 14,
            "现住址": 46,
        },
    ),
    entry=CatalogueEntry(
        abstract=Text(
            "本学期在校中小学生的学籍、学校、年级、监护人和住址。",
            "This term's pupils: roll number, school, year, guardian and address.",
        ),
        classification="教育/基础教育/学籍",
        cycle=UpdateCycle.YEARLY,
        sharing=SharingAttribute.CONDITIONAL,
        basis="《中华人民共和国未成年人保护法》第七十二条；《中华人民共和国个人信息保护法》第二十八条、第三十一条",
        conditions=Text(
            "仅限资助资格认定和义务教育保障使用；不满十四周岁学生的信息按敏感个人信息管理。",
            "For deciding pupils' aid and securing compulsory schooling; those under fourteen are sensitive personal information.",
        ),
        method=SharingMethod.EXCHANGE,
    ),
    columns=(
        Column("序号", Text("序号", "Row"), Holds.KEY),
        Column("学籍号", Text("全国学籍号", "Roll number"), element="person.student_number"),
        Column("姓名", Text("姓名", "Name"), Holds.NAME),
        Column("性别", Text("性别", "Sex"), Holds.SEX),
        Column("出生日期", Text("出生日期", "Date of birth"), Holds.BIRTH),
        Column("身份证件号", Text("身份证件号", "Identity number"), Holds.IDENTITY),
        Column("学校名称", Text("学校名称", "School"), element="organisation.name"),
        Column("学段", Text("学段", "Stage"), element="person.education"),
        Column("年级", Text("年级", "Year"), element="person.education"),
        Column("班级", Text("班级", "Class"), element="record.category"),
        Column("入学年月", Text("入学年月", "Entered"), Holds.DATE),
        Column("监护人姓名", Text("监护人姓名", "Guardian's name"), element="person.name"),
        Column(
            "监护人证件号",
            Text("监护人证件号", "Guardian's identity number"),
            element="person.identity_number",
        ),
        Column("监护人电话", Text("监护人电话", "Guardian's telephone"), Holds.MOBILE),
        Column("现住址", Text("现住址", "Address"), Holds.ADDRESS),
        Column("备注", Text("备注", "Remarks"), element="record.note"),
    ),
    subjects=_pupils,
    fill=_fill,
    key=lambda row: row,
    where=home,
)
TABLES = (ROLL,)
