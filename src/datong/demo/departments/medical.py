"""Medical insurance (医保): the year's enrolment, typed in by the towns' offices and exported as one CSV."""

import numpy as np
from numpy.random import Generator

from datong.catalogue.resource import SharingAttribute, UpdateCycle
from datong.demo import dates
from datong.demo.county import County
from datong.demo.departments.health import HOSPITALS
from datong.demo.households import TODAY
from datong.demo.listing import drawn, everyone, home, listed, sexes
from datong.demo.numbers import FOREIGN
from datong.demo.tables import CatalogueEntry, Cells, Column, Csv, Holds, Subjects, Table
from datong.terms.text import Text

_FOREIGN = tuple(str(area) for area in FOREIGN)


def _enrolled(county: County, draw: Generator) -> Subjects:
    everybody = everyone(county)
    return listed(county, everybody[draw.random(len(everybody)) < 0.945], "enrolment", draw)


def _fill(county: County, subjects: Subjects, draw: Generator) -> Cells:
    people, who = county.people, subjects["person"]
    n, employed = len(who), county.employer[subjects["person"]] >= 0
    identity = people.identity[who].tolist()
    fee = np.where(employed, draw.integers(1900, 9000, n), 400).tolist()
    since = np.maximum(people.birth[who] + 20, TODAY - draw.integers(30, 5400, n))
    return {
        "姓名": people.name[who].tolist(),
        "证件类型": [
            "外国人永久居留身份证" if number.startswith(_FOREIGN) else "居民身份证" for number in identity
        ],
        "证件号码": identity,
        "性别": sexes(county, who, ("男", "女")),
        "出生日期": dates.by_hand(
            people.birth[who], {dates.ISO: 0.7, dates.SLASHED: 0.2, dates.COMPACT: 0.1}, draw
        ),
        "参保类别": np.where(employed, "职工基本医疗保险", "城乡居民基本医疗保险").tolist(),
        "年度": ["2026"] * n,
        "缴费金额": [f"{f:.2f}" for f in fee],
        "手机号码": [mobile or None for mobile in people.mobile(who)],
        "联系地址": county.dwellings.address(home(county, subjects), ENROLMENT.form),
        "定点医疗机构": drawn(HOSPITALS, n, draw),
        "参保日期": dates.by_hand(
            np.minimum(since, TODAY), {dates.COMPACT: 0.8, dates.DOTTED: 0.15, dates.HAN: 0.05}, draw
        ),
    }


ENROLMENT = Table(
    department="medical",
    name="enrolment",
    title=Text("基本医疗保险参保信息", "Medical insurance enrolment"),
    kept=Csv("enrolment.csv", encoding="utf-8-sig"),
    entry=CatalogueEntry(
        abstract=Text(
            "本年度职工和城乡居民基本医疗保险参保人员的证件、类别、缴费、联系方式和定点机构。",
            "This year's members of employees' and residents' medical insurance: document, category, payment, contact and clinic.",
        ),
        classification="医疗保障/参保缴费/参保信息",
        cycle=UpdateCycle.MONTHLY,
        sharing=SharingAttribute.CONDITIONAL,
        basis="《中华人民共和国社会保险法》第八十一条；《中华人民共和国个人信息保护法》第三十四条",
        conditions=Text(
            "仅限核验参保状态和资助参保对象核对使用。",
            "For checking membership and matching those whose contribution is subsidised.",
        ),
    ),
    columns=(
        Column(
            "个人编号", Text("个人编号", "Member number"), Holds.KEY, element="person.social_security_number"
        ),
        Column("姓名", Text("姓名", "Name"), Holds.NAME),
        Column("证件类型", Text("证件类型", "Kind of document"), element="record.category"),
        Column("证件号码", Text("证件号码", "Identity number"), Holds.IDENTITY),
        Column("性别", Text("性别", "Sex"), Holds.SEX),
        Column("出生日期", Text("出生日期", "Date of birth"), Holds.BIRTH),
        Column("参保类别", Text("参保类别", "Category"), element="record.category"),
        Column("年度", Text("年度", "Year"), element="record.date"),
        Column("缴费金额", Text("缴费金额（元）", "Paid (yuan)"), Holds.AMOUNT),
        Column("手机号码", Text("手机号码", "Mobile"), Holds.MOBILE),
        Column("联系地址", Text("联系地址", "Address"), Holds.ADDRESS),
        Column("定点医疗机构", Text("定点医疗机构", "Clinic"), element="organisation.name"),
        Column("参保日期", Text("参保日期", "Member since"), Holds.DATE),
    ),
    subjects=_enrolled,
    fill=_fill,
    key=lambda row: f"9901{row:08}",
    where=home,
)
TABLES = (ENROLMENT,)
