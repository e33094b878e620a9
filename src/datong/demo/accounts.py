"""Who can sign in to the demonstration: invented officers of each department, and two citizens of the county."""

from dataclasses import dataclass

import numpy as np

from datong.demo.county import County
from datong.demo.homophones import in_pinyin
from datong.demo.truth import Links
from datong.terms.actor import Role
from datong.terms.text import Text


@dataclass(frozen=True)
class Account:
    """`identity` is a citizen's identity number, "" for an officer; `department` is a code, "" for a citizen."""

    login: str
    name: Text
    department: str
    roles: tuple[Role, ...]
    duty: Text
    identity: str = ""


_DATA_OFFICER = Text("数据专员", "Data officer")
_HEAD = Text("共享工作机构负责人", "Head of the sharing office")


def _officers(department: str, officer: tuple[str, str], head: tuple[str, str]) -> tuple[Account, Account]:
    return (
        Account(
            f"{department}_data", Text(*officer), department, (Role.DATA_OFFICER, Role.OFFICER), _DATA_OFFICER
        ),
        Account(f"{department}_head", Text(*head), department, (Role.SHARING_HEAD,), _HEAD),
    )


OFFICERS = (
    *_officers("county", ("程书瑶", "Cheng Shuyao"), ("庄文博", "Zhuang Wenbo")),
    *_officers("bureau", ("汤知远", "Tang Zhiyuan"), ("涂景明", "Tu Jingming")),
    *_officers("audit", ("简以宁", "Jian Yining"), ("阮立诚", "Ruan Licheng")),
    *_officers("police", ("雷正阳", "Lei Zhengyang"), ("郭维国", "Guo Weiguo")),
    *_officers("civil", ("蓝秋月", "Lan Qiuyue"), ("俞惠民", "Yu Huimin")),
    *_officers("health", ("柯安然", "Ke Anran"), ("饶济生", "Rao Jisheng")),
    *_officers("social", ("占晓舟", "Zhan Xiaozhou"), ("祝保平", "Zhu Baoping")),
    *_officers("medical", ("温如许", "Wen Ruxu"), ("巫承恩", "Wu Cheng'en")),
    *_officers("education", ("章语桐", "Zhang Yutong"), ("颜树人", "Yan Shuren")),
    *_officers("market", ("危明哲", "Wei Mingzhe"), ("游市平", "You Shiping")),
    *_officers("property", ("管山青", "Guan Shanqing"), ("石地厚", "Shi Dihou")),
    Account("reviewer", Text("洪衡", "Hong Heng"), "bureau", (Role.AUTHORITY_REVIEWER,), Text("共享主管部门审核员", "Reviewer of the sharing authority")),
    Account("administrator", Text("连工", "Lian Gong"), "bureau", (Role.ADMINISTRATOR,), Text("系统管理员", "Administrator")),
    Account("auditor", Text("官清", "Guan Qing"), "audit", (Role.AUDITOR,), Text("审计员", "Auditor")),
)  # fmt: skip

# What each citizen is in, so that there is something to see; the second is an old person on the allowances.
_SHOPKEEPER = ("resident", "food_permit", "firm", "titles", "enrolment")
_PENSIONER = ("resident", "allowances", "visits", "enrolment")


def citizens(county: County, links: Links) -> tuple[Account, Account]:
    """Two living people whose rows are all free of slips if there are such, else whoever comes nearest."""
    shopkeeper = _someone(county, links, _SHOPKEEPER, ages=(28, 66), but=-1)
    pensioner = _someone(county, links, _PENSIONER, ages=(70, 120), but=shopkeeper)
    return (
        _citizen(county, shopkeeper, "citizen", Text("居民，食品店经营者", "Resident, keeps a food shop")),
        _citizen(
            county,
            pensioner,
            "pensioner",
            Text("居民，享受津贴的老人", "Resident, an old person with an allowance"),
        ),
    )


def _someone(
    county: County, links: Links, tables: tuple[str, ...], *, ages: tuple[int, int], but: int
) -> int:
    people = county.people
    age = people.age(np.arange(len(people)))
    here = np.sum([links.appears[table] for table in tables], axis=0)
    likes = 10 * here + 5 * links.spotless + 5 * ((age >= ages[0]) & (age <= ages[1]))
    likes += np.array([len(name) in (2, 3) for name in people.name])
    likes[(people.died >= 0) | (age < 18)] = -1
    if but >= 0:
        likes[but] = -1
    return int(np.argmax(likes))


def _citizen(county: County, person: int, login: str, duty: Text) -> Account:
    name = str(county.people.name[person])
    return Account(
        login, Text(name, in_pinyin(name)), "", (Role.CITIZEN,), duty, str(county.people.identity[person])
    )
