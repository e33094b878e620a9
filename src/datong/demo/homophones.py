"""Characters that sound alike, for what is typed by ear, and characters that look alike, for what is copied by eye."""

from functools import cache

from datong.demo.names import FASHIONS, RARE, SURNAMES

# Pairs an eye or a scanner confuses; either may stand for the other.
_PAIRS = (
    "未末 土士 己已 日曰 治冶 洋详 杨扬 陈阵 伟伪 颖颍 莉利 瑞端 婷停 晴睛 汐沙 玥明 宸辰 "
    "林材 芳芬 菊萄 娟捐 军车 春舂 淑椒 清青 情晴 涛祷 辉晖 祥详 兰三 金全 王玉 刘浏 吴昊 "
    "张弘 李季 郭敦 何河 罗萝 朱未 蓝篮 许诈 谢榭 苏办 雷霍 赖懒 胡湖 沈沉 邱丘 高膏 赵赴 "
    "卢户 江汪 彭澎 廖寥 潘藩 余佘 戴载 姚桃 吕昌 章童 汤场 梅海 桂佳 凤风 秀季 珍诊 英莫 "
    "莲蓬 香看 银根 翠萃 玲铃 燕薰 萍苹 霞露 艳绝 红江 丽雨 敏敬 静净 雪雷 倩情 琳淋 洁结 "
    "慧惠 莹萤 建健 志忘 国囯 文又 永水 海悔 少小 庆床 振震 世丗 俊峻 家冢 强张 勇男 峰锋 "
    "斌赋 鹏鹍 飞气 豪毫 鑫金 凯剀 浩皓 亮享 宇字 子孑 泽译 轩杆 睿容 昊吴 晨震 航杭 霖森 "
    "书韦 景影 安妥 知和 沐沭 奕弈"
)
# Sound like a name's character without being a favourite of this county: what a clerk types first.
ALSO_HEARD = (
    "伶俪莘芸韵蓉嫆辛新鸿虹弘宏泓军均钧君薇维唯巍宾滨冰炳勤琴芹胜盛圣贤娴咸仪义艺益亿利力立莉幸兴姓晏彦焰"
)


@cache
def sounding_like() -> dict[str, str]:
    """Each character with the others of its sound, tones aside: 伟 → 炜维唯巍…"""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  its tables take half a second, and only errors need them

    pool = dict.fromkeys("".join(SURNAMES) + ALSO_HEARD + RARE)
    for fashion in FASHIONS:
        pool |= dict.fromkeys(fashion.alone + fashion.first + fashion.second)
    by_sound: dict[str, str] = {}
    for character in pool:
        sound = lazy_pinyin(character)[0]
        by_sound[sound] = by_sound.get(sound, "") + character
    return {c: group.replace(c, "") for group in by_sound.values() for c in group if len(group) > 1}


def in_pinyin(name: str) -> str:
    """陈小燕 → Chen Xiaoyan."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  as above

    at = 2 if name[:2] in SURNAMES else 1
    return " ".join("".join(lazy_pinyin(part)).title() for part in (name[:at], name[at:]))


@cache
def looking_like() -> dict[str, str]:
    alike: dict[str, str] = {}
    for one, other in (tuple(pair) for pair in _PAIRS.split()):
        if one != other:
            alike[one] = alike.get(one, "") + other
            alike[other] = alike.get(other, "") + one
    return alike
