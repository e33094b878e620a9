"""type: what a column holds, decided by all of its values and never by a sample.

Three things never become a quantity: a heading that names an identifier, a leading zero, eleven digits and more. What
the first landing decided is the table's promise: a later value that doesn't keep it goes to quarantine.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datong.catalogue.field import FieldType
from datong.intake.phases import dates, numbers
from datong.intake.phases.identity import Ruined, names_an_identifier
from datong.intake.rows import count

NO_VALUE = r"^(?:不详|未知|无|空|暂无|/|\\|-{1,9}|—{1,3}|－{1,3}|N/?A|n/?a|NULL|null|None|NaN|nan|#N/A)$"
_BOOLEAN = r"^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$"
_IN_TEN_THOUSANDS = ("万", "亿")
_IN_YUAN = ("元", "￥", "¥")
_ENOUGH = 1000  # values after which a column that is mostly something else is no longer asked whether it holds dates
UNREADABLE = 0.01  # share of a date column's values that may be unreadable; their rows go to quarantine
_DATED_HEADING = ("日期", "时间", "年月日", "日", "date", "day", "time", "birth", "dob", "_at", "_on")


@dataclass(frozen=True)
class Reading:
    """How a column's text is read. `day_first` says how dates with the year last are read: None, not at all."""

    type: FieldType
    arrow: pa.DataType
    day_first: bool | None = None
    rewrite_dates: bool = False  # a text column of dates: certain ones are written alike, the others left
    no_value: bool = False  # words for "unknown" are read as no value


TEXT = Reading(FieldType.TEXT, pa.string())


def type_of(arrow: pa.DataType) -> FieldType:
    """The catalogue's word for a column that arrived typed."""
    if pa.types.is_date(arrow):
        return FieldType.DATE
    if pa.types.is_timestamp(arrow):
        return FieldType.TIMESTAMP
    if pa.types.is_boolean(arrow):
        return FieldType.BOOLEAN
    if pa.types.is_integer(arrow):
        return FieldType.INTEGER
    return FieldType.DECIMAL if pa.types.is_decimal(arrow) or pa.types.is_floating(arrow) else FieldType.TEXT


@dataclass
class Seen:
    """What was seen of one text column so far: counts only. `declared_text` is a database's word that it holds text."""

    heading: str
    declared_text: bool = False
    settled: bool = False  # the source's types hold: only ruined numbers are looked for
    filled: int = 0
    no_value: int = 0
    booleans: int = 0
    plain: int = 0
    marked: int = 0
    in_ten_thousands: int = 0
    in_yuan: int = 0
    with_point: int = 0  # marked values that show which sign is the decimal point
    before: int = 1
    after: int = 0
    longest_integer: int = 0
    dates: Counter[str] = field(default_factory=Counter)
    ruined: Ruined = field(init=False)
    _numeric: bool = True
    _dated: bool = True

    def __post_init__(self) -> None:
        self.ruined = Ruined(self.heading)

    @property
    def values(self) -> int:
        return self.filled - self.no_value

    def watch(self, column: pa.Array) -> None:
        filled = len(column) - column.null_count
        self.filled += filled
        if not filled:
            return
        self.ruined.watch(column)
        if self.settled or not (self._numeric or self._dated):
            return
        values = column.drop_null()
        plain = pc.match_substring_regex(values, numbers.PLAIN) if self._numeric else None
        if plain is None or count(plain) < len(values):
            unknown = means_no_value(values)
            if times := count(unknown):
                self.no_value += times
                known = pc.invert(unknown)
                values, plain = values.filter(known), None if plain is None else plain.filter(known)
        if plain is not None and len(values):
            self._watch_numbers(values, plain)
        if self._dated and len(values):
            self._watch_dates(values)

    def _watch_numbers(self, values: pa.Array, plain: pa.Array) -> None:
        times = count(plain)
        if times < len(values) and not self._watch_others(values.filter(pc.invert(plain))):
            self._numeric = False
            return
        self.plain += times
        if not times:
            return
        values = values if times == len(values) else values.filter(plain)
        before, after = numbers.plain_digits(values)
        self.before, self.after = max(self.before, before), max(self.after, after)
        if not after:
            self.longest_integer = max(self.longest_integer, before)

    def _watch_others(self, values: pa.Array) -> bool:
        """Values that aren't plain numbers: true and false, or numbers with marks. False where one is neither."""
        self.booleans += (booleans := count(pc.match_substring_regex(values, _BOOLEAN)))
        if booleans == len(values):
            return True
        if booleans or count(pc.match_substring_regex(values, numbers.MARKED)) < len(values):
            return False
        for text in values.to_pylist():
            value = numbers.marked_value(text)
            if value is None:
                return False
            scaled = any(unit in text for unit in _IN_TEN_THOUSANDS)
            before, after = numbers.digits_of(value, scaled_by_unit=scaled)
            self.before, self.after = max(self.before, before), max(self.after, after)
            self.in_ten_thousands += scaled
            self.in_yuan += any(unit in text for unit in _IN_YUAN)
            self.with_point += "," not in text or "." in text or text.count(",") > 1
        self.marked += len(values)
        return True

    def _watch_dates(self, values: pa.Array) -> None:
        seen = self.dates
        if (standard := dates.standard(values)) is not None:
            for form in ("values", "likely", "certain"):
                seen[form] += len(values)
            seen["timed"] += int(dates.has_time(standard).sum())
            return
        likely = count(pc.match_substring_regex(values, dates.ANY))
        seen["values"] += len(values)
        seen["likely"] += likely
        if seen["values"] >= _ENOUGH and seen["likely"] * 2 < seen["values"]:
            self._dated = False
            return
        if not likely:
            return
        found = dates.dated(values)
        for form in ("certain", "compact", "serial", "two_digits"):
            seen[form] += int(getattr(found, form).sum())
        seen["month_first"] += int(found.month_first_ok.sum())
        seen["day_first"] += int(found.day_first_ok.sum())
        year_last = found.month_first_ok | found.day_first_ok
        seen["year_last"] += int(year_last.sum())
        read = found.certain | found.compact | found.serial
        seen["timed"] += int((read & dates.has_time(found.micros)).sum())
        seen["timed"] += int(
            (
                year_last & dates.has_time(np.where(found.month_first_ok, found.month_first, found.day_first))
            ).sum()
        )


def means_no_value(column: pa.Array) -> pa.Array:
    """Which values are a word for "unknown" or a dash; none is longer than nine bytes."""
    short = pc.less_equal(pc.binary_length(column), 9)
    return pc.match_substring_regex(column, NO_VALUE) if short.true_count else short


def reading(seen: Seen) -> Reading:
    """What the column holds. Text is always a safe answer; anything else must be true of every value."""
    values = seen.values
    if not values or seen.ruined.scientific or seen.no_value > values:
        return TEXT
    if seen.booleans == values:
        return Reading(FieldType.BOOLEAN, pa.bool_())
    if (dated := _dates(seen)) is not None:
        return dated
    if seen.plain + seen.marked == values and not seen.declared_text and not _mostly_eight_digit_dates(seen):
        return _number(seen)
    return TEXT


def _dates(seen: Seen) -> Reading | None:
    found, values = seen.dates, seen.values
    if found["values"] != values:  # the column was found to be of something else on the way
        return None
    mixed = found["certain"] > 0 and found["certain"] * 2 >= found["certain"] + found["serial"]
    compact = found["compact"] if (found["certain"] or _heads_dates(seen)) else 0
    serial = found["serial"] if mixed and found["certain"] + compact >= 0.2 * values else 0
    year_first = found["certain"] + compact + serial
    if found["year_last"] and not year_first:
        return _year_last(seen)
    unreadable = values - year_first
    kind = FieldType.TIMESTAMP if found["timed"] else FieldType.DATE
    if year_first and unreadable <= UNREADABLE * values:
        return _dated(kind)
    # Kept as text, but a column of dates all the same: the certain ones are written alike, as long as most are dates.
    dates_of_a_kind = year_first + found["two_digits"]
    if year_first and found["certain"] and dates_of_a_kind * 2 >= values and kind is FieldType.DATE:
        return Reading(FieldType.TEXT, pa.string(), rewrite_dates=True)
    return None


def _mostly_eight_digit_dates(seen: Seen) -> bool:
    """19560409 and its like, too many of them impossible to be dates: no quantity either."""
    return _heads_dates(seen) and seen.dates["compact"] * 2 > seen.values


def _heads_dates(seen: Seen) -> bool:
    return any(word in seen.heading.lower() for word in _DATED_HEADING)


def _year_last(seen: Seen) -> Reading | None:
    """02/03/2020 is in March or in February. The column says which where only one reading makes dates of all values."""
    found, order = seen.dates, _order(seen)
    if order is None or found["year_last"] != seen.values:
        return None
    return _dated(FieldType.TIMESTAMP if found["timed"] else FieldType.DATE, day_first=order)


def _order(seen: Seen) -> bool | None:
    """Whether the day comes first in dates with the year last; None where both or neither fit all of them."""
    found = seen.dates
    month_first, day_first = (found[order] == found["year_last"] for order in ("month_first", "day_first"))
    return None if month_first == day_first else day_first


def _dated(kind: FieldType, *, day_first: bool | None = None) -> Reading:
    arrow = pa.timestamp("us") if kind is FieldType.TIMESTAMP else pa.date32()
    return Reading(kind, arrow, day_first=day_first, no_value=True)


def _number(seen: Seen) -> Reading:
    identifier = names_an_identifier(seen.heading) and not seen.after
    if identifier or (seen.longest_integer >= 11 and not seen.after) or units_unclear(seen):
        return TEXT
    if not seen.after and seen.before <= 18:
        return Reading(FieldType.INTEGER, pa.int64(), no_value=True)
    if (whole := seen.before + seen.after) > 38:
        return TEXT
    return Reading(FieldType.DECIMAL, pa.decimal128(18 if whole <= 18 else 38, seen.after), no_value=True)


def units_unclear(seen: Seen) -> bool:
    """万 beside bare numbers is clear only where something says the bare ones are 元; and 1,234 alone may be a decimal."""
    in_yuan = "万" not in seen.heading and (
        seen.in_yuan > 0 or any(word in seen.heading for word in _IN_YUAN)
    )
    all_alike = seen.in_ten_thousands == seen.values
    if (seen.in_ten_thousands or seen.in_yuan) and "万" in seen.heading:
        return True
    if seen.in_ten_thousands and not (in_yuan or all_alike):
        return True
    return seen.marked > 0 and seen.with_point == 0 and seen.after == 0 and seen.before <= 6


def promised(type: FieldType, seen: Seen) -> Reading:
    """How to read a column whose type an earlier landing decided."""
    match type:
        case FieldType.TEXT:
            found = _dates(seen)
            return found if found is not None and found.rewrite_dates else TEXT
        case FieldType.INTEGER:
            return Reading(type, pa.int64(), no_value=True)
        case FieldType.DECIMAL:
            precision = 18 if seen.before + seen.after <= 18 else 38
            return Reading(type, pa.decimal128(precision, min(seen.after, precision - 1)), no_value=True)
        case FieldType.BOOLEAN:
            return Reading(type, pa.bool_(), no_value=True)
        case _:
            return _dated(type, day_first=_order(seen))
