"""Natural resources (自然资源): titles to homes and the standard addresses, CSVs with lines above and below the table."""

import numpy as np
from numpy.random import Generator

from datong.catalogue.resource import SharingAttribute, SharingMethod, UpdateCycle
from datong.demo import dates
from datong.demo.addresses import Form, Indices
from datong.demo.county import County
from datong.demo.households import TODAY, Relation
from datong.demo.listing import drawn, listed, where_so
from datong.demo.numbers import AREA
from datong.demo.places import COUNTY, Kind
from datong.demo.tables import CatalogueEntry, Cells, Column, Csv, Holds, Subjects, Table
from datong.terms.text import Text


def _owners(county: County, draw: Generator) -> Subjects:
    """Most households own their home: the head alone, or with the spouse on a line of its own. Many stay after death, until inherited."""
    people = county.people
    heads = np.flatnonzero(people.relation == Relation.HEAD)
    own = heads[draw.random(len(heads)) < 0.72]
    beside = np.minimum(own + 1, len(people) - 1)
    couple = (people.relation[beside] == Relation.SPOUSE) & (
        people.household[beside] == people.household[own]
    )
    together = couple & (draw.random(len(own)) < 0.45)
    person = np.concatenate([own, beside[together]])
    shared = np.concatenate([together, np.ones(int(together.sum()), dtype=bool)])
    home = county.households.dwelling[people.household[person]]
    return listed(county, person, "titles", draw, dwelling=home, shared=shared)


def _at(county: County, subjects: Subjects) -> Indices:
    return subjects["dwelling"]


def _titles(county: County, subjects: Subjects, draw: Generator) -> Cells:
    people, who, where = county.people, subjects["person"], subjects["dwelling"]
    n = len(who)
    registered = np.maximum(TODAY - draw.integers(30, 7000, n), people.birth[who] + 18 * 366)
    rural = np.array([place.kind is Kind.VILLAGE for place in county.dwellings.places])[
        county.dwellings.place[where]
    ]
    return {
        "不动产单元号": _unit_codes(county, where),
        "权利人": people.name[who].tolist(),
        "证件种类": ["身份证"] * n,
        "证件号码": people.identity[who].tolist(),
        "共有情况": np.where(subjects["shared"], "共同共有", "单独所有").tolist(),
        "坐落": county.dwellings.address(where, Form.COUNTY),
        "建筑面积": [
            f"{a:.2f}"
            for a in np.where(rural, draw.normal(190, 45, n), draw.normal(102, 24, n)).clip(32, 420).tolist()
        ],
        "规划用途": np.where(
            rural, "农村宅基地", np.array(drawn(("成套住宅", "住宅"), n, draw, [0.8, 0.2]))
        ).tolist(),
        "登记时间": dates.by_hand(
            np.minimum(registered, TODAY), {dates.SLASHED: 0.75, dates.HAN: 0.25}, draw
        ),
        "联系电话": [mobile or None for mobile in people.mobile(who)],
    }


def _unit_codes(county: County, where: Indices) -> list[str]:
    """28 characters: area, cadastral district and sub-district, kind of parcel, parcel, F for a building, its unit."""
    d = county.dwellings
    rows = zip(*(a[where].tolist() for a in (d.place, d.number, d.unit, d.room)), strict=True)
    return [
        f"{AREA}{d.places[p].town.code}{p % 1000:03}{'JC' if d.places[p].kind is Kind.VILLAGE else 'GB'}{p:05}F{number:04}{(unit * 1000 + room) % 10000:04}"
        for p, number, unit, room in rows
    ]


def _every_dwelling(county: County, draw: Generator) -> Subjects:
    places = county.dwellings
    order = np.lexsort((places.room, places.unit, places.number, places.place))
    return {"person": np.full(len(order), -1), "dwelling": order}


def _addresses(county: County, subjects: Subjects, draw: Generator) -> Cells:
    d, where = county.dwellings, subjects["dwelling"]
    places = [d.places[p] for p in d.place[where].tolist()]
    number, unit, room = (a[where].tolist() for a in (d.number, d.unit, d.room))
    mark = {Kind.ESTATE: "栋", Kind.ROAD: "号", Kind.VILLAGE: "组"}
    now, before = (d.address(where, form) for form in (Form.COUNTY, Form.HISTORIC))
    known = draw.random(len(where)) < 0.35
    return {
        "乡镇街道": [p.town.name for p in places],
        "社区（村）": [p.committee if p.kind is Kind.VILLAGE else p.committee + "社区" for p in places],
        "道路门牌": [p.road or None for p in places],
        "小区（自然村）": [p.short if p.kind is not Kind.ROAD else None for p in places],
        "楼栋（号、组）": [f"{n}{mark[p.kind]}" for n, p in zip(number, places, strict=True)],
        "单元": [f"{u}单元" if u else None for u in unit],
        "户室": [f"{r}{'号' if p.kind is Kind.VILLAGE else '室'}" for r, p in zip(room, places, strict=True)],
        "标准地址": now,
        "曾用地址": where_so(known, before),
        "启用日期": dates.written(TODAY - draw.integers(30, 6000, len(where)), dates.SLASHED),
    }


TITLES = Table(
    department="property",
    name="titles",
    title=Text("不动产登记信息", "Property titles"),
    kept=Csv(
        "titles.csv",
        encoding="utf-8",
        preamble=(
            f"{COUNTY}不动产登记信息汇总表",
            f"填报单位：{COUNTY}自然资源局　　统计截止：2026年11月20日　　面积单位：平方米",
            "",
        ),
        footer=(
            "",
            "合计：{rows} 条",
            "注：本表内容以不动产登记簿为准；空白项为原档案缺失。",
            "制表：登记中心档案科　　审核：登记中心",
        ),
    ),
    entry=CatalogueEntry(
        abstract=Text(
            "住宅不动产的单元号、权证号、权利人、共有情况、坐落、面积、用途和登记时间。",
            "Titles to homes: unit, certificate, holder, co-ownership, location, floor area, use and day of registration.",
        ),
        classification="自然资源/不动产/登记",
        cycle=UpdateCycle.WEEKLY,
        sharing=SharingAttribute.CONDITIONAL,
        basis="《不动产登记暂行条例》第二十七条、第二十八条",
        conditions=Text(
            "仅限核查家庭财产状况、入学资格和税费征收使用，须说明查询目的。",
            "For checking a household's property, school admission and taxes, with the purpose of the search stated.",
        ),
    ),
    columns=(
        Column(
            "不动产权证号",
            Text("不动产权证号", "Certificate number"),
            Holds.KEY,
            element="property.certificate_number",
        ),
        Column("不动产单元号", Text("不动产单元号", "Property unit number"), element="record.number"),
        Column("权利人", Text("权利人", "Holder"), Holds.NAME, element="person.owner_name"),
        Column("证件种类", Text("证件种类", "Kind of document"), element="record.category"),
        Column("证件号码", Text("证件号码", "Holder's identity number"), Holds.IDENTITY),
        Column("共有情况", Text("共有情况", "Co-ownership"), element="record.category"),
        Column("坐落", Text("坐落", "Location"), Holds.ADDRESS, element="place.address"),
        Column("建筑面积", Text("建筑面积（平方米）", "Floor area (m²)"), element="record.count"),
        Column("规划用途", Text("规划用途", "Use"), element="record.category"),
        Column("登记时间", Text("登记时间", "Registered on"), Holds.DATE),
        Column("联系电话", Text("联系电话", "Telephone"), Holds.MOBILE),
    ),
    subjects=_owners,
    fill=_titles,
    key=lambda row: f"岚({2016 + row % 11}){COUNTY}不动产权第{row:07}号",
    where=_at,
)
ADDRESSES = Table(
    department="property",
    name="addresses",
    title=Text("标准地址", "Standard addresses"),
    kept=Csv(
        "addresses.csv",
        encoding="utf-8",
        preamble=(f"{COUNTY}标准地址库（导出）",),
        footer=("共 {rows} 条记录",),
    ),
    entry=CatalogueEntry(
        abstract=Text(
            "全县门牌、楼栋、单元、户室的标准地址及曾用地址，不含人员信息。",
            "Every dwelling's standard address down to the room, with the address it had before; nothing about people.",
        ),
        classification="自然资源/地名地址/标准地址",
        cycle=UpdateCycle.MONTHLY,
        sharing=SharingAttribute.UNCONDITIONAL,
        method=SharingMethod.DOWNLOAD,
    ),
    columns=(
        Column("地址编码", Text("地址编码", "Address code"), Holds.KEY),
        Column("乡镇街道", Text("乡镇街道", "Town"), element="place.area_name"),
        Column("社区（村）", Text("社区（村）", "Community or village"), element="place.area_name"),
        Column("道路门牌", Text("道路门牌", "Road and number"), element="place.address"),
        Column("小区（自然村）", Text("小区（自然村）", "Estate or hamlet"), element="place.address"),
        Column("楼栋（号、组）", Text("楼栋（号、组）", "Building, house or group"), element="place.address"),
        Column("单元", Text("单元", "Unit"), element="place.address"),
        Column("户室", Text("户室", "Room"), element="place.address"),
        Column("标准地址", Text("标准地址", "Standard address"), Holds.ADDRESS, element="place.address"),
        Column("曾用地址", Text("曾用地址", "Former address"), element="place.address"),
        Column("启用日期", Text("启用日期", "In use since"), Holds.DATE),
    ),
    subjects=_every_dwelling,
    fill=_addresses,
    key=lambda row: f"DZ990123{row:08}",
    where=_at,
)
TABLES = (TITLES, ADDRESSES)
