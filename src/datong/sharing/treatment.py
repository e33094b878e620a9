"""What an agreement lets a consumer see of a field, from most to least (脱敏方式)."""

from enum import StrEnum


class Treatment(StrEnum):
    CLEAR = "clear"  # 明文
    MASKED = "masked"  # 掩码: by the kind of value, see gateway/rewrite/mask.py
    PSEUDONYM = "pseudonym"  # 假名: keyed per agreement; equal values stay equal inside it, and nowhere else
    VERIFY_ONLY = "verify_only"  # 仅核验: a claim in, yes or no out; never selected
    ABSENT = "absent"  # 不提供


# From most visible to least: `stricter` picks by it.
ORDER = (Treatment.CLEAR, Treatment.MASKED, Treatment.PSEUDONYM, Treatment.VERIFY_ONLY, Treatment.ABSENT)


def stricter(one: Treatment, other: Treatment) -> Treatment:
    return max(one, other, key=ORDER.index)


class Modality(StrEnum):
    """How the data is used as a whole (使用方式)."""

    ROWS = "rows"  # 明细查询
    LOOKUP = "lookup"  # 逐人查询
    VERIFY = "verify"  # 核验
    AGGREGATE = "aggregate"  # 统计
    BULK = "bulk"  # 批量文件
