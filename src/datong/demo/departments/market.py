"""Market regulation (市场监管): firms and food permits, two tables of one database, bound by a code that is sometimes missing."""

import numpy as np
from numpy.random import Generator

from datong.catalogue.resource import SharingAttribute, UpdateCycle
from datong.demo import dates
from datong.demo.county import County
from datong.demo.firms import TRADES, FirmKind, needing_a_permit
from datong.demo.households import TODAY
from datong.demo.listing import drawn, where_so
from datong.demo.tables import CatalogueEntry, Cells, Column, Database, Holds, Subjects, Table
from datong.terms.text import Text

_KINDS = {
    FirmKind.SHOP: "个体工商户",
    FirmKind.COMPANY: "有限责任公司",
    FirmKind.COOPERATIVE: "农民专业合作社",
}
_RESULTS = ("符合", "基本符合", "不符合")
_INSPECTED = {dates.ISO: 0.8, dates.SLASHED: 0.2}


def _registered(county: County, draw: Generator) -> Subjects:
    which = np.argsort(county.firms.established, kind="stable")
    return {"person": county.firms.owner[which], "firm": which}


def _firms(county: County, subjects: Subjects, draw: Generator) -> Cells:
    firms, people, which = county.firms, county.people, subjects["firm"]
    trade = [TRADES[t] for t in firms.trade[which].tolist()]
    return {
        "uscc": firms.code[which].tolist(),
        "ent_name": firms.name[which].tolist(),
        "ent_type": [_KINDS[t.kind] for t in trade],
        "legal_rep": people.name[subjects["person"]].tolist(),
        "legal_rep_id": people.identity[subjects["person"]].tolist(),
        "reg_capital": firms.capital[which].astype(float).tolist(),
        "est_date": dates.written(firms.established[which], dates.ISO),
        "op_state": firms.status[which].tolist(),
        "industry_code": [t.industry for t in trade],
        "industry": [t.industry_name for t in trade],
        "dom": firms.address[which].tolist(),
        "tel": [mobile or None for mobile in people.mobile(subjects["person"])],
        "updated_at": [
            day + "T00:00:00" for day in dates.written(TODAY - draw.integers(0, 900, len(which)), dates.ISO)
        ],
    }


def _permitted(county: County, draw: Generator) -> Subjects:
    """One permit for nearly every food business; a tenth still has the one it held before as well."""
    which = np.flatnonzero(needing_a_permit(county.firms.trade) & (draw.random(len(county.firms)) < 0.96))
    again = which[draw.random(len(which)) < 0.1]
    firm = np.concatenate([which, again])
    before = np.r_[np.zeros(len(which), dtype=bool), np.ones(len(again), dtype=bool)]
    order = draw.permutation(len(firm))
    return {"person": county.firms.owner[firm[order]], "firm": firm[order], "before": before[order]}


def _permits(county: County, subjects: Subjects, draw: Generator) -> Cells:
    firms, which = county.firms, subjects["firm"]
    n = len(which)
    issued = TODAY - np.where(subjects["before"], draw.integers(1900, 3400, n), draw.integers(5, 1800, n))
    open_now = (firms.status[which] == "存续") & ~subjects["before"]
    ends = issued + 5 * 365
    inspected = np.minimum(issued + draw.integers(10, 900, n), TODAY - 1)
    visited = draw.random(n) < 0.85
    return {
        "firm_name": firms.name[which].tolist(),
        "uscc": firms.code[which].tolist(),
        "legal_rep": county.people.name[subjects["person"]].tolist(),
        "premises": firms.address[which].tolist(),
        "business_type": [TRADES[t].food for t in firms.trade[which].tolist()],
        "valid_from": dates.written(issued, dates.ISO),
        "valid_to": dates.written(ends, dates.ISO),
        "issuer": ["榕溪县市场监督管理局"] * n,
        "state": np.where(open_now, "有效", np.where(subjects["before"], "已换证", "已注销")).tolist(),
        "last_inspected": where_so(visited, dates.by_hand(inspected, _INSPECTED, draw)),
        "result": where_so(visited, drawn(_RESULTS, n, draw, [0.77, 0.18, 0.05])),
    }


FIRM = Table(
    department="market",
    name="firm",
    title=Text("经营主体登记信息", "Registered firms"),
    kept=Database("market.sqlite"),
    entry=CatalogueEntry(
        abstract=Text(
            "企业、个体工商户和农民专业合作社的登记事项：代码、名称、类型、法定代表人（经营者）、资本、状态、行业和住所。",
            "Firms, shops and co-operatives as registered: code, name, type, legal representative, capital, state, trade and seat.",
        ),
        classification="市场监管/经营主体/登记",
        cycle=UpdateCycle.DAILY,
        sharing=SharingAttribute.CONDITIONAL,
        basis="《企业信息公示暂行条例》；《中华人民共和国个人信息保护法》第三十四条",
        conditions=Text(
            "登记公示事项可直接使用；法定代表人证件号码和联系电话仅限履行监管职责核验使用。",
            "What is published of a registration may be used as it is; the representative's number and telephone only for "
            "checking in the course of supervision.",
        ),
    ),
    columns=(
        Column("ent_id", Text("主体序号", "Row"), Holds.KEY, sql="INTEGER PRIMARY KEY"),
        Column(
            "uscc", Text("统一社会信用代码", "Unified social credit code"), Holds.CREDIT_CODE, sql="CHAR(18)"
        ),
        Column("ent_name", Text("名称", "Name"), Holds.FIRM, sql="VARCHAR(160)"),
        Column("ent_type", Text("类型", "Type"), sql="VARCHAR(40)", element="record.category"),
        Column(
            "legal_rep",
            Text("法定代表人（经营者）", "Legal representative"),
            Holds.NAME,
            sql="VARCHAR(60)",
            element="person.legal_representative",
        ),
        Column(
            "legal_rep_id",
            Text("法定代表人证件号码", "Representative's identity number"),
            Holds.IDENTITY,
            sql="VARCHAR(18)",
        ),
        Column(
            "reg_capital",
            Text("注册资本（万元）", "Registered capital (10,000 yuan)"),
            Holds.AMOUNT,
            sql="DECIMAL(16,4)",
        ),
        Column("est_date", Text("成立日期", "Established on"), Holds.DATE, sql="DATE"),
        Column("op_state", Text("登记状态", "State"), Holds.STATUS, sql="VARCHAR(10)"),
        Column(
            "industry_code",
            Text("行业代码（GB/T 4754）", "Industry code (GB/T 4754)"),
            sql="CHAR(4)",
            element="organisation.industry",
        ),
        Column("industry", Text("行业", "Industry"), sql="VARCHAR(60)", element="organisation.industry"),
        Column(
            "dom", Text("住所", "Registered seat"), Holds.ADDRESS, sql="VARCHAR(200)", element="place.address"
        ),
        Column("tel", Text("联系电话", "Telephone"), Holds.MOBILE, sql="VARCHAR(20)"),
        Column("updated_at", Text("更新时间", "Updated at"), Holds.DATE, sql="DATETIME"),
    ),
    subjects=_registered,
    fill=_firms,
    key=lambda row: row,
)
FOOD_PERMIT = Table(
    department="market",
    name="food_permit",
    title=Text("食品经营许可信息", "Food permits"),
    kept=Database("market.sqlite"),
    entry=CatalogueEntry(
        abstract=Text(
            "食品经营许可证的编号、经营者、场所、主体业态、有效期、状态和最近一次检查结果。",
            "Food permits: number, holder, premises, kind of business, validity, state and the latest inspection's result.",
        ),
        classification="市场监管/食品安全/经营许可",
        cycle=UpdateCycle.DAILY,
        sharing=SharingAttribute.UNCONDITIONAL,
        open_to_public=True,
    ),
    columns=(
        Column("permit_no", Text("许可证编号", "Permit number"), Holds.KEY, sql="VARCHAR(16) PRIMARY KEY"),
        Column("firm_name", Text("经营者名称", "Holder"), Holds.FIRM, sql="VARCHAR(160)"),
        Column(
            "uscc", Text("统一社会信用代码", "Unified social credit code"), Holds.CREDIT_CODE, sql="CHAR(18)"
        ),
        Column(
            "legal_rep",
            Text("法定代表人（负责人）", "Legal representative"),
            Holds.NAME,
            sql="VARCHAR(60)",
            element="person.legal_representative",
        ),
        Column(
            "premises",
            Text("经营场所", "Premises"),
            Holds.ADDRESS,
            sql="VARCHAR(200)",
            element="place.address",
        ),
        Column(
            "business_type",
            Text("主体业态", "Kind of business"),
            sql="VARCHAR(40)",
            element="record.category",
        ),
        Column("valid_from", Text("有效期自", "Valid from"), Holds.DATE, sql="DATE"),
        Column("valid_to", Text("有效期至", "Valid to"), Holds.DATE, sql="DATE"),
        Column("issuer", Text("发证机关", "Issued by"), sql="VARCHAR(60)", element="organisation.name"),
        Column("state", Text("许可状态", "State"), Holds.STATUS, sql="VARCHAR(10)"),
        Column("last_inspected", Text("最近检查日期", "Last inspected on"), Holds.DATE, sql="VARCHAR(10)"),
        Column("result", Text("检查结果", "Result"), sql="VARCHAR(10)", element="record.status"),
    ),
    subjects=_permitted,
    fill=_permits,
    key=lambda row: f"JY1990123{row:07}",
)
TABLES = (FIRM, FOOD_PERMIT)
