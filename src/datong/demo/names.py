"""Names of invented people: surnames, and given names as each generation chose them.

The lists and their order were written for this county and copy no survey; a character's weight falls with its place.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Names = NDArray[np.object_]


def words(text: str) -> tuple[str, ...]:
    """A list written in one line, blanks between."""
    return tuple(text.split())


# In a southern county a few clans fill whole villages; 蓝 and 雷 are frequent there and rare elsewhere.
SURNAMES = words(
    "林 陈 黄 李 王 张 刘 吴 杨 郑 周 蓝 许 叶 谢 徐 郭 何 苏 曾 朱 雷 罗 赖 胡 "
    "邱 沈 高 赵 卢 江 蔡 彭 邓 余 潘 廖 马 孙 肖 洪 方 梁 傅 宋 范 杜 温 程 钟 "
    "魏 唐 汤 冯 颜 戴 姚 吕 章 连 涂 丁 于 韩 袁 董 任 石 游 田 施 简 翁 姜 庄 "
    "倪 夏 龚 阮 柯 俞 祝 万 管 姬 尤 饶 占 危 官 巫 华 毛 白 邵 孟 秦 武 熊 孔 "
    "尹 段 黎 龙 万俟 欧阳 上官 司徒 诸葛 慕容 东方 皇甫 单 仇 区 查 解 盖 乐 覃 冼 "
    "亓 麴 逄"
)

# Given to people as a whole: transliterated names, written without a break or with a middle dot.
DOTTED_FIRST = words(
    "阿丽娅 努尔兰 赛里克 古丽扎 巴哈尔 迪力夏 艾尼瓦 帕提曼 热依拉 玛依努 阿依登 叶尔波 塔依尔 米日古 沙吾列"
)
DOTTED_LAST = words(
    "库尔班 沙比提 阿不拉 吐尔逊 买买提 木拉提 哈力克 赛买提 卡德尔 伊明江 热合曼 达吾提 尼亚孜 艾山江"
)
UNBROKEN = words(
    "扎西卓嘎 格桑央金 吉木阿呷 阿苦石布 才让措 仁青多吉 沙马日哈 岩温叫 玉罕香 多杰次仁 吉克拉铁 咪依鲁"
)
LATIN_FIRST = words("Elena Marco Ingrid Tomasz Amara Joaquín Zoë Kwame Renée Björn Siobhan Anneliese")
LATIN_LAST = words(
    "Marchetti Okonkwo Lindqvist O'Dwyer Ferreira Novák Dubois Dalen-Smit García Müller Hakimi"
)


@dataclass(frozen=True)
class Fashion:
    """How one generation named one sex: the share with a single character, those characters, and the two places of a pair."""

    born_from: int
    male: bool
    single: float
    alone: str
    first: str
    second: str


FASHIONS = (
    Fashion(1900, True, 0.12, "根福旺发荣富贵清明生", "国建金文德玉福永水荣正天长春大炳开明学家世志", "明生华福荣林发根成才财贵德旺木水祥土有全兴松寿"),
    Fashion(1900, False, 0.10, "英兰珍梅莲香花凤菊桂", "秀玉桂凤美金月淑素春水银彩细兰冬翠丽巧爱", "英兰珍香莲花妹金凤娥梅仙菊玉娇芳治美琴环珠"),
    Fashion(1964, True, 0.42, "军勇强伟斌辉平峰涛刚杰波华东明忠坚林鹏飞", "建志国文永小晓海少庆新卫振世伟俊家剑红宗", "华军明辉强平勇峰忠斌荣东生伟文清锋鹏林雄民"),
    Fashion(1964, False, 0.38, "丽芳敏红燕萍玲霞芬琴艳英云梅静娟华", "丽秀美小雪晓玉春爱海淑艳红惠月素建慧金", "华英芳红梅玲珍萍琴琼燕霞香云芬娟清娥珠敏容"),
    Fashion(1985, True, 0.36, "超鑫杰鹏凯磊浩亮宇帅俊涛彬龙威阳翔琦", "志文俊家伟建晓嘉子佳泽明宇浩少锦天智永", "杰鹏强伟豪龙辉斌峰文华铭翔毅宇宏城炜源鑫锋"),
    Fashion(1985, False, 0.34, "婷静丹雪倩颖琳洁慧莹娜璐瑶蕾佳敏茜", "雅晓丽佳美雪燕小婷思文嘉惠诗秋梦玉静海", "婷玲萍芳燕琴红敏娟梅霞琳莹君倩雯云清华琼"),
    Fashion(2000, True, 0.20, "浩宇轩睿辰杰毅煜鑫涵昊泽晨航博逸", "子宇俊浩文志嘉泽铭梓佳昊天伟锦承思睿", "豪轩涵杰鑫浩宇辰涛睿彬毅铭翔洋霖博阳烨坤"),
    Fashion(2000, False, 0.16, "欣怡雨涵颖妍琪瑶倩彤悦玥萱诺", "思雨欣佳梓诗雅子梦嘉心静语若晓可紫", "怡涵琪妍彤萱瑶婷颖莹雯琳彤轩如欣桐洁"),
    Fashion(2014, True, 0.09, "沐宸奕睿屹珩昱澈朗柏", "沐奕梓子宇泽书景星一浩逸亦知承云煜睿晨", "宸泽辰轩阳睿安航霖川屿白珩宁然舟恒言熙喆"),
    Fashion(2014, False, 0.09, "玥汐妍苒沁柠瑾禾念棠", "若一沐语书诗梓知可芷星云安以欣念清伊", "汐玥妍宁桐棠溪瑶禾晴希苒涵微瑾念语言熙沫"),
)  # fmt: skip
# Characters that leave the common tables: GB18030 needs four bytes for some, and old systems show a box.
RARE = "喆堃犇淼焱翀赟燊昇璟甯䶮㛃𬭎𬱖𣲗"


def surnames(count: int, draw: Generator) -> Names:
    return _pick(np.array(SURNAMES, dtype=object), count, draw, flat=7)


def given_names(birth_year: NDArray[np.int64], male: NDArray[np.bool_], draw: Generator) -> Names:
    """A given name each, in the fashion of the year and the sex."""
    given = np.full(len(birth_year), "", dtype=object)
    for fashion, born_before in zip(FASHIONS, _ends(), strict=True):
        theirs = (birth_year >= fashion.born_from) & (birth_year < born_before) & (male == fashion.male)
        given[theirs] = _in_fashion(fashion, int(theirs.sum()), draw)
    rare = np.flatnonzero(draw.random(len(given)) < 0.002)
    given[rare] = draw.choice(np.array(list(RARE), dtype=object), len(rare))
    return given


def dotted_names(family: NDArray[np.int64], draw: Generator) -> Names:
    """Given name, middle dot, the family's name: the same for all whose `family` is the same."""
    last = np.array(DOTTED_LAST, dtype=object)[family % len(DOTTED_LAST)]
    name: Names = draw.choice(np.array(DOTTED_FIRST, dtype=object), len(family)) + "·" + last
    return name


def unbroken_names(count: int, draw: Generator) -> Names:
    chosen: Names = draw.choice(np.array(UNBROKEN, dtype=object), count)
    return chosen


def latin_names(count: int, draw: Generator) -> Names:
    first = draw.choice(np.array(LATIN_FIRST, dtype=object), count)
    name: Names = first + " " + draw.choice(np.array(LATIN_LAST, dtype=object), count)
    return name


def _ends() -> list[int]:
    starts = sorted({fashion.born_from for fashion in FASHIONS})
    after = dict(zip(starts, [*starts[1:], 9999], strict=True))
    return [after[fashion.born_from] for fashion in FASHIONS]


def _in_fashion(fashion: Fashion, count: int, draw: Generator) -> Names:
    alone = _pick(np.array(list(fashion.alone), dtype=object), count, draw)
    first = _pick(np.array(list(fashion.first), dtype=object), count, draw)
    second = _pick(np.array(list(fashion.second), dtype=object), count, draw)
    return np.where(draw.random(count) < fashion.single, alone, first + second)


def _pick(choices: Names, count: int, draw: Generator, *, flat: int = 9) -> Names:
    """Draws with a weight that falls with the place; a larger `flat` makes them more alike."""
    weight = 1 / (np.arange(len(choices)) + flat)
    chosen: Names = draw.choice(choices, count, p=weight / weight.sum())
    return chosen
