"""The county's firms, shops and co-operatives, the people who answer for them in law, and who works where."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from datong.demo import numbers
from datong.demo.addresses import Indices
from datong.demo.households import TODAY, YEAR
from datong.demo.people import Occupation, People
from datong.demo.places import COUNTY, TOWNS, Kind, Place


class FirmKind(IntEnum):
    SHOP = 0  # 个体工商户
    COMPANY = 1  # 公司
    COOPERATIVE = 2  # 农民专业合作社


REGISTERED_AS = {FirmKind.SHOP: "92", FirmKind.COMPANY: "91", FirmKind.COOPERATIVE: "93"}


@dataclass(frozen=True)
class Trade:
    """`industry` is a GB/T 4754 class; `food` says that a food permit is needed, and for what (主体业态)."""

    kind: FirmKind
    weight: float
    word: str
    industry: str
    industry_name: str
    food: str = ""


_CATERING, _SALES, _CANTEEN = "餐饮服务经营者", "食品销售经营者", "单位食堂"
TRADES = (
    Trade(FirmKind.SHOP, 9, "小吃店", "6291", "小吃服务", _CATERING),
    Trade(FirmKind.SHOP, 7, "餐馆", "6210", "正餐服务", _CATERING),
    Trade(FirmKind.SHOP, 4, "快餐店", "6220", "快餐服务", _CATERING),
    Trade(FirmKind.SHOP, 4, "奶茶店", "6239", "其他饮料及冷饮服务", _CATERING),
    Trade(FirmKind.SHOP, 10, "便利店", "5213", "便利店零售", _SALES),
    Trade(FirmKind.SHOP, 5, "食杂店", "5229", "其他食品零售", _SALES),
    Trade(FirmKind.SHOP, 4, "水果店", "5223", "果品、蔬菜零售", _SALES),
    Trade(FirmKind.SHOP, 4, "理发店", "8040", "理发及美容服务"),
    Trade(FirmKind.SHOP, 4, "服装店", "5232", "服装零售"),
    Trade(FirmKind.SHOP, 3, "汽车修理店", "8111", "汽车修理与维护"),
    Trade(FirmKind.SHOP, 3, "五金店", "5281", "五金零售"),
    Trade(FirmKind.SHOP, 2, "药店", "5251", "西药零售"),
    Trade(FirmKind.SHOP, 2, "民宿", "6130", "民宿服务"),
    Trade(FirmKind.COMPANY, 5, "贸易有限公司", "5190", "其他批发业"),
    Trade(FirmKind.COMPANY, 4, "建筑工程有限公司", "4790", "其他房屋建筑业"),
    Trade(FirmKind.COMPANY, 3, "食品有限公司", "1499", "其他未列明食品制造", _SALES),
    Trade(FirmKind.COMPANY, 3, "餐饮管理有限公司", "6210", "正餐服务", _CATERING),
    Trade(FirmKind.COMPANY, 3, "机械制造有限公司", "3489", "其他通用零部件制造"),
    Trade(FirmKind.COMPANY, 3, "纺织有限公司", "1751", "化纤织造加工"),
    Trade(FirmKind.COMPANY, 3, "茶业有限公司", "1530", "精制茶加工", _SALES),
    Trade(FirmKind.COMPANY, 2, "物流有限公司", "5430", "道路货物运输"),
    Trade(FirmKind.COMPANY, 2, "电子科技有限公司", "3989", "其他电子元件制造"),
    Trade(FirmKind.COMPANY, 2, "竹木制品有限公司", "2041", "竹制品制造"),
    Trade(FirmKind.COMPANY, 2, "房地产开发有限公司", "7010", "房地产开发经营"),
    Trade(FirmKind.COMPANY, 2, "物业服务有限公司", "7020", "物业管理", _CANTEEN),
    Trade(FirmKind.COMPANY, 1, "超市有限公司", "5212", "超级市场零售", _SALES),
    Trade(FirmKind.COOPERATIVE, 2, "茶叶专业合作社", "0164", "茶叶种植"),
    Trade(FirmKind.COOPERATIVE, 2, "蔬菜专业合作社", "0141", "蔬菜种植"),
    Trade(FirmKind.COOPERATIVE, 1, "生猪养殖专业合作社", "0313", "猪的饲养"),
)
_AUSPICIOUS = "鑫盛恒瑞泰丰隆昌和顺兴源达宏信诚康嘉美佳华安福祥溪榕岚云翠远卓创新腾锦德裕茂"


@dataclass(frozen=True)
class Firms:
    """Row i is firm i. `address` is the registered one, `short_address` what stands on the door."""

    code: NDArray[np.object_]
    name: NDArray[np.object_]
    trade: Indices
    owner: Indices
    established: Indices
    status: NDArray[np.object_]
    capital: Indices  # in 10,000 yuan
    address: NDArray[np.object_]
    short_address: NDArray[np.object_]
    telephone: Indices

    def __len__(self) -> int:
        return len(self.code)


def open_firms(people: People, places: tuple[Place, ...], draw: Generator) -> Firms:
    """A firm for about every fifteen people."""
    count = max(12, len(people) // 15)
    weights = np.array([trade.weight for trade in TRADES])
    trade = draw.choice(len(TRADES), count, p=weights / weights.sum())
    owner = _owners(people, count, draw)
    name, address, short = _names_and_doors(people, places, trade, owner, draw)
    of_age = people.birth[owner] + int(18.2 * YEAR)
    established = np.maximum(
        of_age, TODAY - draw.exponential(7.5 * YEAR, count).clip(30, 30 * YEAR).astype(np.int64)
    )
    capital = draw.choice([1, 5, 10, 50, 100, 200, 500, 1000, 2000], count)
    return Firms(
        code=_codes(trade),
        name=name,
        trade=trade,
        owner=owner,
        established=established,
        status=draw.choice(np.array(["存续", "注销", "吊销"], dtype=object), count, p=[0.87, 0.10, 0.03]),
        capital=np.where(of_kind(trade, FirmKind.SHOP), np.minimum(capital, 10), capital),
        address=address,
        short_address=short,
        telephone=people.telephone[owner],
    )


def hire(people: People, firms: Firms, draw: Generator) -> Indices:
    """The firm each employed person works for, -1 for the others. A few firms employ most of them."""
    size = draw.pareto(1.1, len(firms)) + np.where(of_kind(firms.trade, FirmKind.COMPANY), 3.0, 0.2)
    size *= firms.status == "存续"
    employer = draw.choice(len(firms), len(people), p=size / size.sum())
    return np.where(people.occupation == Occupation.EMPLOYED, employer, -1)


def of_kind(trade: Indices, kind: FirmKind) -> NDArray[np.bool_]:
    return np.array([t.kind == kind for t in TRADES])[trade]


def needing_a_permit(trade: Indices) -> NDArray[np.bool_]:
    return np.array([bool(t.food) for t in TRADES])[trade]


def _owners(people: People, count: int, draw: Generator) -> Indices:
    """Adults, alive; one firm in eight belongs to somebody who has another."""
    age = people.age(np.arange(len(people)))
    able = draw.permutation(np.flatnonzero((age >= 20) & (age <= 70) & (people.died < 0)))
    owner = able[np.arange(count) % len(able)]
    again = draw.random(count) < 0.12
    owner[again] = owner[draw.integers(0, count, int(again.sum()))]
    return owner


def _codes(trade: Indices) -> NDArray[np.object_]:
    code = np.full(len(trade), "", dtype=object)
    for kind, prefix in REGISTERED_AS.items():
        theirs = np.flatnonzero(of_kind(trade, kind))
        code[theirs] = numbers.credit_codes(prefix, theirs)
    return code


def _names_and_doors(
    people: People, places: tuple[Place, ...], trade: Indices, owner: Indices, draw: Generator
) -> tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.object_]]:
    roads = [place for place in places if place.kind is Kind.ROAD]
    by_town = np.array([t.weight for t in TOWNS])
    of_road = np.array([by_town[TOWNS.index(r.town)] for r in roads])
    where = draw.choice(len(roads), len(trade), p=of_road / of_road.sum())
    house, door = draw.integers(1, 480, len(trade)), draw.integers(0, 9, len(trade))
    brand = draw.choice(np.array(list(_AUSPICIOUS), dtype=object), (len(trade), 3))
    longer = draw.random(len(trade)) < 0.55
    name, address, short = [], [], []
    for t, o, w, h, d, (one, two, three), more in zip(
        trade.tolist(),
        owner.tolist(),
        where.tolist(),
        house.tolist(),
        door.tolist(),
        brand,
        longer.tolist(),
        strict=True,
    ):
        road = roads[w]
        shop = f"{h}号" + (f"-{d}" if d else "") + "店面" * (TRADES[t].kind is FirmKind.SHOP)
        name.append(_name(TRADES[t], road, one + two + three * more, people.name[o], h))
        address.append(f"{COUNTY}{road.town.name}{road.road}{shop}")
        short.append(f"{road.road}{shop}")
    return tuple(np.array(column, dtype=object) for column in (name, address, short))  # type: ignore[return-value]


def _name(trade: Trade, road: Place, brand: str, owner: str, chance: int) -> str:
    if trade.kind is FirmKind.COMPANY:
        return ("榕溪县", "岚川市", "岚东", "榕溪")[chance % 4] + brand + trade.word
    if trade.kind is FirmKind.COOPERATIVE:
        return COUNTY + road.town.name.rstrip("镇乡街道") + brand[:2] + trade.word
    called = (owner[0] + "记", owner[-2:], brand[:2], road.road.rstrip("路街巷") + brand[:2])[chance % 4]
    return COUNTY + road.town.name.removesuffix("街道") + called.strip("·") + trade.word
