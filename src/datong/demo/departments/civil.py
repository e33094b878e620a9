"""Civil affairs (民政): the month's allowances, a workbook with a title, headings in two rows and a total at the end."""

import numpy as np
from numpy.random import Generator

from datong.catalogue.resource import SharingAttribute, SharingMethod, UpdateCycle
from datong.demo import dates
from datong.demo.addresses import Indices
from datong.demo.county import County
from datong.demo.households import TODAY, Relation
from datong.demo.listing import drawn, everyone, home, listed, sexes
from datong.demo.numbers import AREA, calendar_number
from datong.demo.tables import CatalogueEntry, Cells, Column, Holds, Sheet, Subjects, Table
from datong.terms.text import Text

# Kind, and the monthly amounts it comes in.
ALLOWANCES = (
    ("城乡最低生活保障", (420, 480, 560, 680)),
    ("特困人员救助供养", (1050, 1180, 1360)),
    ("高龄津贴", (60, 100, 200, 500)),
    ("困难残疾人生活补贴", (90, 110)),
    ("重度残疾人护理补贴", (100, 120)),
    ("孤儿及事实无人抚养儿童基本生活费", (1200, 1650)),
)
_BANKS = ("榕溪县农村信用合作联社", "邮储银行榕溪县支行", "岚川银行榕溪支行")


def _entitled(county: County, draw: Generator) -> Subjects:
    people, everybody = county.people, everyone(county)
    age, n = people.age(everybody), len(county.people)
    poor = draw.random(len(county.households))[people.household] < 0.021
    chance = draw.random((5, n))
    alone = (people.relation == Relation.HEAD) & (np.bincount(people.household)[people.household] == 1)
    entitled = (
        poor,
        alone & (age >= 62) & (chance[0] < 0.08),
        (age >= 80) & (chance[1] < 0.9),
        chance[2] < 0.007,
        chance[3] < 0.006,
        (age < 16) & (chance[4] < 0.006),
    )
    who = np.concatenate([np.flatnonzero(mask) for mask in entitled])
    kind = np.repeat(np.arange(len(entitled)), [int(mask.sum()) for mask in entitled])
    return listed(county, who, "allowances", draw, kind=kind)


def _fill(county: County, subjects: Subjects, draw: Generator) -> Cells:
    people, who, kind = county.people, subjects["person"], subjects["kind"].tolist()
    n = len(who)
    began = TODAY - draw.integers(40, 3200, n)
    members = np.bincount(people.household)[people.household[who]].tolist()
    pick = draw.integers(0, 12, n).tolist()
    return {
        "受理编号": _case_numbers(began - draw.integers(5, 40, n), draw),
        "姓名": people.name[who].tolist(),
        "性别": sexes(county, who, ("男", "女")),
        "身份证号": people.identity[who].tolist(),
        "联系电话": [mobile or None for mobile in people.mobile(who)],
        "家庭住址": county.dwellings.address(home(county, subjects), ALLOWANCE.form),
        "救助类别": [ALLOWANCES[k][0] for k in kind],
        "保障人数": [m if k == 0 else 1 for k, m in zip(kind, members, strict=True)],
        "月补助金额(元)": [
            str(ALLOWANCES[k][1][p % len(ALLOWANCES[k][1])]) for k, p in zip(kind, pick, strict=True)
        ],
        "起发年月": dates.by_hand(
            began, {dates.MONTH_HAN: 0.6, dates.MONTH_DOTTED: 0.25, dates.MONTH_DASHED: 0.15}, draw
        ),
        "开户银行": drawn(_BANKS, n, draw, [0.6, 0.25, 0.15]),
        "银行卡号": people.card(who),
        "备注": drawn((None, "新增", "提标", "季度复核"), n, draw, [0.9, 0.04, 0.04, 0.02]),
    }


def _case_numbers(accepted: Indices, draw: Generator) -> list[str]:
    """Area, date, serial of the day: eighteen digits with a date inside, as an identity number has, and no check character."""
    serial = draw.integers(1, 9999, len(accepted))
    day = calendar_number(accepted.astype("datetime64[D]"))
    return [str(number) for number in ((AREA * 10**8 + day) * 10**4 + serial).tolist()]


_APPLICANT, _AID, _PAYMENT = "申请人信息", "救助信息", "发放信息"
ALLOWANCE = Table(
    department="civil",
    name="allowances",
    title=Text("困难群众救助发放信息", "Social assistance payments"),
    kept=Sheet(
        "allowances.xlsx",
        sheet="2026年10月",
        title=("榕溪县2026年10月困难群众救助及福利补贴资金发放表", "填报单位：榕溪县民政局　　单位：元"),
        total="月补助金额(元)",
        widths={
            "受理编号": 22,
            "身份证号": 22,
            "家庭住址": 48,
            "救助类别": 24,
            "开户银行": 24,
            "银行卡号": 24,
            "月补助金额(元)": 14,
        },
    ),
    entry=CatalogueEntry(
        abstract=Text(
            "当月发放的最低生活保障、特困供养、高龄津贴、残疾人补贴和儿童生活费的对象、类别、金额与发放账户。",
            "Who was paid minimum living allowance, destitute support, old-age, disability and children's allowances in the "
            "month: category, amount and account.",
        ),
        classification="民政/社会救助/救助发放",
        cycle=UpdateCycle.MONTHLY,
        sharing=SharingAttribute.CONDITIONAL,
        basis="《社会救助暂行办法》；《中华人民共和国个人信息保护法》第二十八条",
        conditions=Text(
            "仅限认定救助资格、避免重复享受和审计监督使用；账户信息原则上不提供。",
            "For deciding entitlement, avoiding double payment and audit; account numbers are as a rule not provided.",
        ),
        method=SharingMethod.EXCHANGE,
    ),
    columns=(
        Column("序号", Text("序号", "Row"), Holds.KEY),
        Column("受理编号", Text("受理编号", "Case number"), element="record.case_number"),
        Column("姓名", Text("姓名", "Name"), Holds.NAME, group=_APPLICANT),
        Column("性别", Text("性别", "Sex"), Holds.SEX, group=_APPLICANT),
        Column("身份证号", Text("身份证号", "Identity number"), Holds.IDENTITY, group=_APPLICANT),
        Column("联系电话", Text("联系电话", "Telephone"), Holds.MOBILE, group=_APPLICANT),
        Column("家庭住址", Text("家庭住址", "Home address"), Holds.ADDRESS, group=_APPLICANT),
        Column("救助类别", Text("救助类别", "Kind of allowance"), group=_AID, element="person.welfare"),
        Column("保障人数", Text("保障人数", "Persons covered"), group=_AID, element="record.count"),
        Column(
            "月补助金额(元)",
            Text("月补助金额（元）", "Monthly amount (yuan)"),
            Holds.AMOUNT,
            group=_AID,
            element="person.welfare",
        ),
        Column("起发年月", Text("起发年月", "Paid since"), Holds.DATE, group=_AID),
        Column("开户银行", Text("开户银行", "Bank"), group=_PAYMENT, element="organisation.name"),
        Column("银行卡号", Text("银行卡号", "Card number"), Holds.CARD, group=_PAYMENT),
        Column("备注", Text("备注", "Remarks"), element="record.note"),
    ),
    subjects=_entitled,
    fill=_fill,
    key=lambda row: row,
    where=home,
)
TABLES = (ALLOWANCE,)
