"""type: dates in all their habits, read only where one reading is possible.

Year first, with any separator or 年月日, is certain; eight digits are where they make a date; a day number of a
spreadsheet (1900 system) is where the column is otherwise of dates. Day and month in front are certain only when the
whole column shows which is which. A year of two digits never is: 05-01-28 was born in 1905 or in 2005.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from datong.intake.rows import Mask, mask_of

_TIME = r"(?:[ T]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.(?P<f>\d{1,6})0*)?)?(?: ?(?P<p>[AaPp])\.?[Mm]\.?)?)?"
YEAR_FIRST = r"^(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?" + _TIME + "$"
YEAR_LAST = r"^(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4})" + _TIME + "$"
COMPACT = r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$"
SERIAL = r"^[1-5]\d{4}(?:\.0+)?$"  # 1927-05-18 to 2064-04-07
TWO_DIGITS = r"^\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$"
ANY = (
    r"^\d{4}[-/.年]\d{1,2}[-/.月]\d|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|^\d{8}$|^[1-5]\d{4}(?:\.0+)?$|"
    + TWO_DIGITS
)

_DAY = 86_400_000_000
_FIRST, _LAST = (int(np.datetime64(year, "us").astype(np.int64)) for year in ("1800", "2201"))
_SERIAL_ZERO = int(np.datetime64("1899-12-30", "D").astype(np.int64))
PLACEHOLDERS = tuple(
    int(np.datetime64(day, "us").astype(np.int64))
    for day in ("1900-01-01", "1899-12-30", "1970-01-01", "9999-12-31")
)

Micros = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Dated:
    """What each value of a column is. `micros` since 1970 counts where `certain`, `serial` or `compact` is set.

    For `year_last`, `month_first` and `day_first` are the two readings and say by `…_ok` whether they make a date.
    """

    micros: Micros
    certain: Mask
    compact: Mask
    serial: Mask
    two_digits: Mask
    month_first: Micros
    month_first_ok: Mask
    day_first: Micros
    day_first_ok: Mask


def standard(column: pa.Array) -> Micros | None:
    """Microseconds of a column whose every value is written as ISO 8601 has it, which the engine reads at once; None else."""
    try:
        micros: Micros = (
            column.cast(pa.timestamp("us")).cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
        )
    except pa.ArrowInvalid:
        return None
    return micros if ((micros >= _FIRST) & (micros < _LAST)).all() else None


def dated(column: pa.Array) -> Dated:
    if (all_standard := standard(column)) is not None:
        filled, none = mask_of(column.is_valid()), np.zeros(len(column), bool)
        return Dated(all_standard, filled, none, none, none, all_standard, none, all_standard, none)
    micros, certain = _read(column, YEAR_FIRST)
    compact_micros, compact = _read(column, COMPACT)
    month_first, month_first_ok = _read(column, YEAR_LAST)
    day_first, day_first_ok = _read(
        column, YEAR_LAST.replace("P<m>", "P<t>").replace("P<d>", "P<m>").replace("P<t>", "P<d>")
    )
    serial = mask_of(pc.match_substring_regex(column, SERIAL))
    return Dated(
        micros=np.where(
            compact, compact_micros, np.where(serial, _serial_days(column, serial) * _DAY, micros)
        ),
        certain=certain,
        compact=compact,
        serial=serial,
        two_digits=mask_of(pc.match_substring_regex(column, TWO_DIGITS)),
        month_first=month_first,
        month_first_ok=month_first_ok,
        day_first=day_first,
        day_first_ok=day_first_ok,
    )


def _serial_days(column: pa.Array, serial: Mask) -> Micros:
    days = np.zeros(len(column), np.int64)
    if serial.any():
        numbers = pc.utf8_slice_codeunits(column.filter(pa.array(serial)), 0, 5)
        days[serial] = numbers.cast(pa.int64()).to_numpy() + _SERIAL_ZERO
    return days


def _read(column: pa.Array, pattern: str) -> tuple[Micros, Mask]:
    """Microseconds since 1970 and whether the value made a date that exists, between 1800 and 2200 (or the year 9999)."""
    micros = np.zeros(len(column), np.int64)
    matched = mask_of(pc.match_substring_regex(column, pattern))
    if not matched.any():
        return micros, matched
    parts = pc.extract_regex(column.filter(pa.array(matched)), pattern)
    names = {field.name for field in parts.type}
    year, month, day = (_number(parts, name) for name in "ymd")
    months = (year - 1970) * 12 + (month - 1)
    days = months.astype("M8[M]").astype("M8[D]") + (day - 1)
    exists = (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("M8[M]").astype(np.int64) == months)
    exists &= ((year >= 1800) & (year <= 2200)) | (year == 9999)
    value = days.astype(np.int64) * _DAY
    if "H" in names:
        clock, told = _clock(parts)
        value, exists = value + clock, exists & told
    micros[matched] = value
    ok = matched.copy()
    ok[matched] = exists
    return micros, ok


def _clock(parts: pa.StructArray) -> tuple[Micros, Mask]:
    hour, minute, second = (_number(parts, name) for name in "HMS")
    half = pc.utf8_lower(pc.struct_field(parts, "p"))
    morning, afternoon = mask_of(pc.equal(half, "a")), mask_of(pc.equal(half, "p"))
    told = (hour <= 23) & (minute <= 59) & (second <= 59)
    told &= ~(morning | afternoon) | ((hour >= 1) & (hour <= 12))
    hour = np.where(morning & (hour == 12), 0, np.where(afternoon & (hour < 12), hour + 12, hour))
    fraction = _number(parts, "f", pad=6)
    return ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction, told


def _number(parts: pa.StructArray, name: str, *, pad: int = 0) -> npt.NDArray[np.int64]:
    """A part that wasn't there counts as 0."""
    text = pc.struct_field(parts, name)
    if pad:
        text = pc.utf8_rpad(text, pad, "0")
    text = pc.if_else(pc.equal(text, ""), "0", text)
    number: npt.NDArray[np.int64] = text.cast(pa.int64()).to_numpy(zero_copy_only=False)
    return number


def has_time(micros: Micros) -> Mask:
    return np.asarray(micros % _DAY != 0)


def as_dates(micros: Micros, known: Mask) -> pa.Array:
    return pa.array((micros // _DAY).astype(np.int32), pa.int32(), mask=~known).cast(pa.date32())


def as_timestamps(micros: Micros, known: Mask) -> pa.Array:
    return pa.array(micros, pa.timestamp("us"), mask=~known)
