"""type: quantities. Plain digits are cast in the engine; currency signs, thousands separators, 万 and 亿 are worked out
exactly, in decimal. A number is never read through floating point."""

import re
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from datong.intake.rows import Mask, mask_of

INTEGER = r"^-?(?:0|[1-9][0-9]{0,17})$"
PLAIN = r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$"
MARKED = (
    r"^(?P<sign>[-+]?)[￥¥$]? ?(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?"
    r" ?(?P<times>[万亿]?)(?P<unit>[元圆]?)$"
)
# A leading zero makes a code, not a quantity ("00731"), unless a decimal point follows.
_CODE = re.compile(r"0[0-9]")
_MARKED = re.compile(MARKED)
_TIMES = {"": 0, "万": 4, "亿": 8}


def marked_value(text: str) -> Decimal | None:
    """ "￥5,054.98" → 5054.98; "0.026747万" → 267.47. None where it isn't a number."""
    found = _MARKED.match(text)
    if not found or _CODE.match(found["whole"]):
        return None
    digits = found["whole"].replace(",", "") + (found["part"] or "")
    scale = len(found["part"] or "") - _TIMES[found["times"]]
    return Decimal(f"{'-' if found['sign'] == '-' else ''}{digits}E{-scale}")


def digits_of(value: Decimal, *, scaled_by_unit: bool) -> tuple[int, int]:
    """Digits before and after the point. 0.026747万 is 267.47: zeros that only the unit brought aren't counted."""
    if scaled_by_unit:
        value = value.normalize()
    _, digits, exponent = value.as_tuple()
    after = max(0, -int(exponent))
    return max(1, len(digits) + int(exponent)), after


def plain_digits(column: pa.Array) -> tuple[int, int]:
    """The most digits before and after the point in a column of plain numbers."""
    lengths = pc.utf8_length(pc.utf8_ltrim(column, "-"))
    point = pc.find_substring(column, ".")
    signs = pc.starts_with(column, "-").cast(pa.int32())
    has = pc.greater_equal(point, 0)
    before = pc.if_else(has, pc.subtract(point, signs), lengths)
    after = pc.if_else(has, pc.subtract(pc.subtract(lengths, before), 1), 0)
    return int(pc.max(before).as_py() or 1), int(pc.max(after).as_py() or 0)


def as_decimals(column: pa.Array, matching: pa.Array, type: pa.DataType) -> tuple[pa.Array, Mask]:
    """The column as `type` (decimal or integer) and which values couldn't be; `matching` are those that PLAIN matches.
    Values with marks are worked out one by one."""
    plain = mask_of(matching)
    filled = mask_of(column.is_valid())
    if (plain == filled).all():
        return _cast(column, type)
    values = pc.if_else(pa.array(plain), column, pa.scalar(None, pa.string()))
    worked: list[Decimal | None] = [None] * len(column)
    for i in np.flatnonzero(filled & ~plain):
        worked[i] = _fitting(marked_value(column[int(i)].as_py()), type)
    marked = np.array([value is not None for value in worked])
    array, bad = _cast(values, type)
    target = pa.decimal128(38, 0) if pa.types.is_integer(type) else type
    exact = pa.array(worked, target).cast(type)
    return pc.coalesce(exact, array), (filled & ~plain & ~marked) | bad


def _fitting(value: Decimal | None, type: pa.DataType) -> Decimal | None:
    """The value where `type` holds it without rounding."""
    if value is None:
        return None
    scale = 0 if pa.types.is_integer(type) else type.scale
    whole = 18 if pa.types.is_integer(type) else type.precision - type.scale
    before, after = digits_of(value, scaled_by_unit=True)
    return value if after <= scale and before <= whole else None


def _cast(values: pa.Array, type: pa.DataType) -> tuple[pa.Array, Mask]:
    """A fast cast of plain numbers; where one of them doesn't fit, value by value, to know which."""
    none: npt.NDArray[np.bool_] = np.zeros(len(values), bool)
    try:
        return values.cast(type), none
    except pa.ArrowInvalid:
        fitted = [None if v is None else _fitting(Decimal(v), type) for v in values.to_pylist()]
        target = pa.decimal128(38, 0) if pa.types.is_integer(type) else type
        array = pa.array(fitted, target).cast(type)
        return array, mask_of(pc.and_(values.is_valid(), array.is_null()))
