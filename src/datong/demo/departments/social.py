"""Human resources and social security (人社): the insured, under the initials of pinyin that the vendor chose as headings."""

import numpy as np
from numpy.random import Generator

from datong.catalogue.resource import SharingAttribute, UpdateCycle
from datong.demo import dates
from datong.demo.county import County
from datong.demo.households import TODAY, YEAR
from datong.demo.listing import everyone, listed, sexes, where_so
from datong.demo.people import Occupation
from datong.demo.tables import CatalogueEntry, Cells, Column, Database, Holds, Subjects, Table
from datong.terms.text import Text

_EMPLOYEES, _RESIDENTS = "企业职工基本养老保险", "城乡居民基本养老保险"
_COVERED = {
    Occupation.EMPLOYED: 0.96,
    Occupation.SELF_EMPLOYED: 0.55,
    Occupation.FARMING: 0.75,
    Occupation.AT_HOME: 0.3,
    Occupation.RETIRED: 0.85,
}


def _insured(county: County, draw: Generator) -> Subjects:
    people, everybody = county.people, everyone(county)
    covered = np.array([_COVERED.get(o, 0.0) for o in Occupation])[people.occupation]
    of_age = people.age(everybody) >= 16
    return listed(county, everybody[of_age & (draw.random(len(everybody)) < covered)], "insured", draw)


def _fill(county: County, subjects: Subjects, draw: Generator) -> Cells:
    people, firms, who = county.people, county.firms, subjects["person"]
    n, employer = len(who), county.employer[subjects["person"]]
    employed = employer >= 0
    pension = people.occupation[who] == Occupation.RETIRED
    adult = people.birth[who] + int(16.5 * YEAR)
    joined = adult + (draw.random(n) * np.maximum(TODAY - adult, 30)).astype(np.int64)
    base = np.where(
        employed, (draw.lognormal(8.55, 0.35, n)).clip(3850, 21000).round(-1), 300 * draw.integers(1, 12, n)
    )
    state = np.where(
        pension, "待遇领取", draw.choice(np.array(["正常参保", "中断缴费"], dtype=object), n, p=[0.92, 0.08])
    )
    return {
        "gmsfhm": people.identity[who].tolist(),
        "xm": people.name[who].tolist(),
        "xb": sexes(county, who, ("男", "女")),
        "csrq": dates.written(people.birth[who], dates.ISO),
        "lxdh": [mobile or None for mobile in people.mobile(who)],
        "dwmc": where_so(employed, firms.name[employer].tolist()),
        "dwtyshxydm": where_so(employed, firms.code[employer].tolist()),
        "xzlx": np.where(employed, _EMPLOYEES, _RESIDENTS).tolist(),
        "cbzt": state.tolist(),
        "cbrq": dates.written(np.minimum(joined, TODAY - 5), dates.ISO),
        "jfjs": base.tolist(),
        "yhkh": people.card(who),
        "gxsj": dates.written(TODAY - draw.integers(0, 700, n), dates.ISO),
    }


INSURED = Table(
    department="social",
    name="insured",
    title=Text("养老保险参保人员信息", "Pension insurance members"),
    kept=Database("social_security.sqlite"),
    entry=CatalogueEntry(
        abstract=Text(
            "企业职工和城乡居民基本养老保险参保人员的身份、单位、参保状态、缴费基数和待遇账户。",
            "Members of employees' and residents' pension insurance: identity, employer, state, contribution base and account.",
        ),
        classification="社会保障/养老保险/参保登记",
        cycle=UpdateCycle.DAILY,
        sharing=SharingAttribute.CONDITIONAL,
        basis="《中华人民共和国社会保险法》第八十一条；《中华人民共和国个人信息保护法》第三十四条",
        conditions=Text(
            "仅限核验参保状态、认定救助或就业扶持资格使用；缴费基数按区间提供。",
            "For checking membership and for deciding assistance or employment support; the base is given in bands.",
        ),
    ),
    columns=(
        Column(
            "grbh",
            Text("个人编号", "Member number"),
            Holds.KEY,
            sql="VARCHAR(12) PRIMARY KEY",
            element="person.social_security_number",
        ),
        Column("gmsfhm", Text("公民身份号码", "Identity number"), Holds.IDENTITY, sql="VARCHAR(18)"),
        Column("xm", Text("姓名", "Name"), Holds.NAME, sql="VARCHAR(50)"),
        Column("xb", Text("性别", "Sex"), Holds.SEX, sql="VARCHAR(2)"),
        Column("csrq", Text("出生日期", "Date of birth"), Holds.BIRTH, sql="DATE"),
        Column("lxdh", Text("联系电话", "Telephone"), Holds.MOBILE, sql="VARCHAR(20)"),
        Column("dwmc", Text("单位名称", "Employer"), Holds.FIRM, sql="VARCHAR(120)"),
        Column(
            "dwtyshxydm",
            Text("单位统一社会信用代码", "Employer's credit code"),
            Holds.CREDIT_CODE,
            sql="CHAR(18)",
        ),
        Column("xzlx", Text("险种类型", "Kind of insurance"), sql="VARCHAR(40)", element="record.category"),
        Column("cbzt", Text("参保状态", "State"), Holds.STATUS, sql="VARCHAR(12)"),
        Column("cbrq", Text("参保日期", "Member since"), Holds.DATE, sql="DATE"),
        Column(
            "jfjs",
            Text("缴费基数（元）", "Contribution base (yuan)"),
            Holds.AMOUNT,
            sql="DECIMAL(12,2)",
            element="person.income",
        ),
        Column("yhkh", Text("银行卡号", "Card number"), Holds.CARD, sql="VARCHAR(19)"),
        Column("gxsj", Text("更新时间", "Updated on"), Holds.DATE, sql="DATE"),
    ),
    subjects=_insured,
    fill=_fill,
    key=lambda row: f"3{row:09}",
)
TABLES = (INSURED,)
