"""The places of Rongxi: towns, villages, roads and estates, each under its name of today and the one it had before."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import product

from datong.demo.names import words

PROVINCE, CITY, COUNTY = "岚东省", "岚川市", "榕溪县"


class Kind(IntEnum):
    ESTATE = 0  # 小区: building, unit, room
    ROAD = 1  # 临街房: house number, room
    VILLAGE = 2  # 村: group, house number


@dataclass(frozen=True)
class Town:
    """`weight` is its share of the county's people; `urban` the share of them in estates and along roads."""

    code: str
    name: str
    formerly: str
    weight: float
    urban: float
    committees: tuple[str, ...]


TOWNS = (
    Town("001", "榕荫街道", "城关镇", 0.20, 0.97, ("榕荫", "鼓楼", "南门", "文昌", "北较场")),
    Town("002", "溪口街道", "溪口镇", 0.16, 0.92, ("溪口", "码头", "和平", "新桥头")),
    Town("003", "东屏街道", "东屏乡", 0.12, 0.80, ("东屏", "开发区", "学府")),
    Town("100", "石桥镇", "石桥公社", 0.10, 0.35, ("石桥街", "桥南")),
    Town("101", "柳塘镇", "柳塘公社", 0.09, 0.30, ("柳塘街",)),
    Town("102", "白沙渡镇", "白沙公社", 0.08, 0.28, ("渡口",)),
    Town("103", "大樟镇", "大樟公社", 0.07, 0.25, ("大樟街",)),
    Town("104", "茶亭镇", "茶亭公社", 0.06, 0.20, ("茶亭街",)),
    Town("200", "云岭乡", "云岭公社", 0.04, 0.08, ("云岭",)),
    Town("201", "梅坑乡", "红星公社", 0.03, 0.08, ("梅坑",)),
    Town("202", "竹岙乡", "前进公社", 0.03, 0.06, ("竹岙",)),
    Town("203", "蓝坪畲族乡", "蓝坪乡", 0.02, 0.06, ("蓝坪",)),
)

ROADS = (  # of today, formerly
    "人民路 解放路",
    "榕荫大道 城关路",
    "溪滨路 河堤路",
    "文昌街 红卫街",
    "鼓楼巷 鼓楼前",
    "学府路 一中路",
    "建设北路 建设路",
    "建设南路 建设路",
    "东屏路 东屏公路",
    "码头街 运河街",
    "和平路 东风路",
    "新桥路 桥头路",
    "南门兜 南门",
    "工业一路 开发区一路",
    "工业二路 开发区二路",
    "樟树巷 公社巷",
    "茶市街 供销社前",
    "桂花路 县道三线",
    "双塔路 塔下路",
    "环城东路 环城路",
)
_ESTATE_FIRST = words(
    "锦绣 榕溪 溪岸 金桂 翠屏 书香 阳光 凤凰 紫荆 江滨 安居 文昌 兰亭 东方 碧水 和顺 天元 盛世 桃源 丽景"
)
_ESTATE_LAST = words("花园 家园 名邸 华府 小区 新村 公寓 苑 嘉园 豪庭 里 雅居")
_ESTATE_FORMERLY = words(
    "棉纺厂宿舍 农机厂宿舍 县一建宿舍 糖厂宿舍 粮食局宿舍 二轻局宿舍 化肥厂宿舍 酒厂宿舍"
)
_VILLAGE_FIRST = words(
    "柳树 上洋 下洋 石门 白鹤 樟坑 蓝田 竹园 枫林 后坪 前山 深井 龙潭 半岭 茶坪 溪尾 坂头 高寨 洋中 梅树 "
    "双溪 官田 古楼 旧县 林厝"
)
_VILLAGE_LAST = words("湾 坑 垅 头 坂 厝 墩 岭 洲 下 塘 尾")


@dataclass(frozen=True)
class Place:
    """A part of the county that holds dwellings, told apart inside it by up to three numbers.

    `beneath` is the line under the town as written today, `formerly` as it was, `short` as a neighbour says it.
    `floors` and `units` shape an estate's buildings.
    """

    kind: Kind
    town: Town
    committee: str
    road: str
    beneath: str
    formerly: str
    short: str
    floors: int = 6
    units: int = 2


def places_for(households: int) -> tuple[Place, ...]:
    """Enough places for so many households: of the size they have in a county, so more people means more of them."""
    found: list[Place] = []
    estates, villages = _estate_names(), _village_names()
    for index, town in enumerate(TOWNS):
        urban = households * town.weight * town.urban
        rural = households * town.weight * (1 - town.urban)
        found += [_estate(town, next(estates), n, index) for n in range(max(1, round(urban * 0.8 / 320)))]
        found += [_road(town, n, index) for n in range(max(1, min(4, round(urban * 0.2 / 60))))]
        found += [_village(town, next(villages), n) for n in range(max(1, round(rural / 260)))]
    return tuple(found)


def _estate(town: Town, name: str, n: int, index: int) -> Place:
    road, road_before = ROADS[(n * 3 + index) % len(ROADS)].split()
    house = f"{17 + (n * 37 + index * 11) % 380}号"
    before = _ESTATE_FORMERLY[(n + index) % len(_ESTATE_FORMERLY)] if n % 3 == 0 else name
    committee = town.committees[n % len(town.committees)]
    floors = (6, 6, 7, 11, 18, 26)[(n + index) % 6]
    return Place(
        Kind.ESTATE, town, committee, road + house, f"{road}{house}{name}", f"{road_before}{house}{before}", name,
        floors, 2 + n % 3,
    )  # fmt: skip


def _road(town: Town, n: int, index: int) -> Place:
    road, before = ROADS[(n * 5 + index) % len(ROADS)].split()
    return Place(Kind.ROAD, town, town.committees[n % len(town.committees)], road, road, before, road)


def _village(town: Town, name: str, n: int) -> Place:
    return Place(Kind.VILLAGE, town, name + "村", "", name + "村", name + "大队", name + "村")


def _estate_names() -> Iterator[str]:
    for phase, last, first in product(("", "二期", "三期", "东区", "西区"), _ESTATE_LAST, _ESTATE_FIRST):
        yield first + last + phase


def _village_names() -> Iterator[str]:
    names = [first + last for first, last in product(_VILLAGE_FIRST, _VILLAGE_LAST)]
    for before in ("", "上", "下", "新", "外"):
        # 101 shares no factor with their number: every name comes once, and the lists' order doesn't show.
        yield from (before + names[n * 101 % len(names)] for n in range(len(names)))
