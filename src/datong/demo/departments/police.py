"""Public security (公安): the population register, as its system's database keeps it."""

import numpy as np
from numpy.random import Generator

from datong.catalogue.resource import SharingAttribute, UpdateCycle
from datong.demo import dates
from datong.demo.addresses import Form
from datong.demo.county import County
from datong.demo.households import TODAY, Relation
from datong.demo.listing import drawn, everyone, home, sexes
from datong.demo.slips import Slip, rate
from datong.demo.tables import CatalogueEntry, Cells, Column, Database, Holds, Subjects, Table
from datong.terms.text import Text

_RELATIONS = {
    Relation.HEAD: ("户主", "户主"),
    Relation.SPOUSE: ("夫", "妻"),
    Relation.CHILD: ("子", "女"),
    Relation.FATHER: ("父亲", "父亲"),
    Relation.MOTHER: ("母亲", "母亲"),
}


def _residents(county: County, draw: Generator) -> Subjects:
    who = everyone(county)  # household by household, as the register is kept
    dead = county.people.died >= 0
    return {"person": who, "late": dead & (draw.random(len(who)) < rate(Slip.LATE_UPDATE, "resident"))}


def _fill(county: County, subjects: Subjects, draw: Generator) -> Cells:
    people, who = county.people, subjects["person"]
    household = people.household[who]
    moved_on, entered = (
        county.households.moved_on[household],
        people.birth[who] + draw.integers(3, 90, len(who)),
    )
    registered = np.minimum(np.where(moved_on >= 0, np.maximum(entered, moved_on), entered), TODAY)
    updated = registered + (draw.random(len(who)) * (TODAY - registered)).astype(np.int64)
    gone = (people.died[who] >= 0) & ~subjects["late"]
    clock = draw.integers(8 * 3600, 18 * 3600, len(who)).tolist()
    return {
        "id_number": people.identity[who].tolist(),
        "name": people.name[who].tolist(),
        "sex": sexes(county, who, ("1", "2")),
        "birth_date": dates.written(people.birth[who], dates.COMPACT),
        "household_no": [f"990123{h + 1:07}" for h in household.tolist()],
        "relation": [
            _RELATIONS[Relation(r)][0 if m else 1]
            for r, m in zip(people.relation[who].tolist(), people.male[who].tolist(), strict=True)
        ],
        "address": county.dwellings.address(home(county, subjects), Form.FULL),
        "mobile": [mobile or None for mobile in people.mobile(who)],
        "household_status": np.where(
            gone, "死亡注销", np.array(drawn(("正常", "待核实"), len(who), draw, [0.997, 0.003]))
        ).tolist(),
        "registered_on": dates.written(registered, dates.ISO),
        "updated_on": [
            f"{day} {s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}"
            for day, s in zip(dates.written(updated, dates.ISO), clock, strict=True)
        ],
    }


RESIDENT = Table(
    department="police",
    name="resident",
    title=Text("人口基本信息", "Population register"),
    kept=Database("population.sqlite"),
    entry=CatalogueEntry(
        abstract=Text(
            "本县常住户籍人口的公民身份号码、姓名、性别、出生日期、户号、住址、联系电话和户籍状态，来自户籍登记。",
            "Residents on the county's household register: identity number, name, sex, date of birth, household, address, "
            "telephone and status, as registered.",
        ),
        classification="人口/户籍/人口基本信息",
        cycle=UpdateCycle.DAILY,
        sharing=SharingAttribute.CONDITIONAL,
        basis="《中华人民共和国居民身份证法》第六条；《中华人民共和国个人信息保护法》第三十四条",
        conditions=Text(
            "仅限依法履行职责需要核验或核对人口信息的部门使用；按事项提供必要字段，不得用于申请列明以外的用途。",
            "For departments whose statutory duty needs a resident's particulars checked; only the fields the matter needs, "
            "for no purpose but the one stated.",
        ),
    ),
    columns=(
        Column("rid", Text("登记序号", "Register row"), Holds.KEY, sql="INTEGER PRIMARY KEY"),
        Column("id_number", Text("公民身份号码", "Identity number"), Holds.IDENTITY, sql="VARCHAR(18)"),
        Column("name", Text("姓名", "Name"), Holds.NAME, sql="VARCHAR(60)"),
        Column("sex", Text("性别（1 男 2 女）", "Sex (1 male, 2 female)"), Holds.SEX, sql="CHAR(1)"),
        Column("birth_date", Text("出生日期", "Date of birth"), Holds.BIRTH, sql="CHAR(8)"),
        Column(
            "household_no",
            Text("户号", "Household number"),
            element="person.household_number",
            sql="VARCHAR(13)",
        ),
        Column(
            "relation",
            Text("与户主关系", "Relation to the head"),
            sql="VARCHAR(12)",
            element="person.family_relation",
        ),
        Column("address", Text("户籍地址", "Registered address"), Holds.ADDRESS, sql="VARCHAR(200)"),
        Column("mobile", Text("联系电话", "Telephone"), Holds.MOBILE, sql="VARCHAR(11)"),
        Column("household_status", Text("户籍状态", "Status"), Holds.STATUS, sql="VARCHAR(12)"),
        Column("registered_on", Text("登记日期", "Registered on"), Holds.DATE, sql="DATE"),
        Column("updated_on", Text("更新时间", "Updated at"), Holds.DATE, sql="DATETIME"),
    ),
    subjects=_residents,
    fill=_fill,
    key=lambda row: row,
    form=Form.FULL,
    where=home,
)
TABLES = (RESIDENT,)
