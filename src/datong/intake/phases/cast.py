"""type: a column's text read as its type. What can't be read is marked, never rounded, guessed or left out."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datong.catalogue.field import FieldType
from datong.intake.phases import dates, numbers
from datong.intake.phases.types import Reading, means_no_value
from datong.intake.rows import Mask, count, mask_of
from datong.intake.tally import Tally

BAD = {
    FieldType.DATE: "type.not_a_date",
    FieldType.TIMESTAMP: "type.not_a_timestamp",
    FieldType.INTEGER: "type.not_an_integer",
    FieldType.DECIMAL: "type.not_a_decimal",
    FieldType.BOOLEAN: "type.not_a_boolean",
}


def cast(column: pa.Array, how: Reading, *, name: str, tally: Tally) -> tuple[pa.Array, Mask]:
    """The column as `how` says, and which values couldn't be read (they are null in the array)."""
    if how.type is FieldType.TEXT:
        written = _rewritten(column, name, tally) if how.rewrite_dates else column
        return written, np.zeros(len(column), bool)
    match how.type:
        case FieldType.DATE | FieldType.TIMESTAMP:
            return _dated(_without_words(column, name, tally), how, name, tally)
        case FieldType.BOOLEAN:
            column = _without_words(column, name, tally)
            lower = pc.utf8_lower(column)
            known = pc.is_in(lower, pa.array(["true", "false"]))
            array = pc.if_else(known, pc.equal(lower, "true"), pa.scalar(None, pa.bool_()))
            return array, _filled(column) & ~mask_of(known)
    return _number(column, how, name, tally)


def _without_words(column: pa.Array, name: str, tally: Tally) -> pa.Array:
    """The column with words for "unknown" as no value."""
    unknown = means_no_value(column)
    if not (times := count(unknown)):
        return column
    tally.repaired("type.no_value", name, times)
    return pc.if_else(unknown, pa.scalar(None, pa.string()), column)


def _number(column: pa.Array, how: Reading, name: str, tally: Tally) -> tuple[pa.Array, Mask]:
    plain = pc.match_substring_regex(column, numbers.PLAIN)
    if count(plain) + column.null_count < len(column):
        column = _without_words(column, name, tally)
    array, bad = numbers.as_decimals(column, plain, how.arrow)
    marks = _filled(column) & ~mask_of(plain) & ~bad
    if marks.any():
        scaled = mask_of(pc.match_substring_regex(column, "[万亿]")) & marks
        tally.repaired("number.ten_thousands", name, int(scaled.sum()))
        tally.repaired("number.marks", name, int((marks & ~scaled).sum()))
    return array, bad


def _dated(column: pa.Array, how: Reading, name: str, tally: Tally) -> tuple[pa.Array, Mask]:
    found = dates.dated(column)
    known = found.certain | found.compact | found.serial
    micros = found.micros
    if how.day_first is not None:
        last, ok = (
            (found.day_first, found.day_first_ok)
            if how.day_first
            else (found.month_first, found.month_first_ok)
        )
        micros = np.where(known, micros, last)
        known = known | ok
    if how.type is FieldType.DATE:
        known &= ~dates.has_time(micros)
    tally.repaired("date.excel_serial", name, int(found.serial.sum()))
    _note_placeholders(micros, known, name, tally)
    bad = _filled(column) & ~known
    array = (
        dates.as_dates(micros, known) if how.type is FieldType.DATE else dates.as_timestamps(micros, known)
    )
    return array, bad


def _rewritten(column: pa.Array, name: str, tally: Tally) -> pa.Array:
    """A text column of dates: those that can only be read one way as year-month-day, all others as they came."""
    found = dates.dated(column)
    sure = (found.certain | found.compact | found.serial) & ~dates.has_time(found.micros)
    days = pc.strftime(dates.as_dates(found.micros, sure), format="%Y-%m-%d")
    written = pc.if_else(pa.array(sure), days, column)
    tally.repaired("date.rewritten", name, count(pc.not_equal(written, column)))
    tally.repaired("date.excel_serial", name, int(found.serial.sum()))
    tally.repaired("date.two_digit_year", name, int(found.two_digits.sum()))
    _note_placeholders(found.micros, sure, name, tally)
    unclear = _filled(column) & ~sure & ~found.two_digits
    tally.repaired("date.unclear", name, int(unclear.sum()))
    return written


def _note_placeholders(micros: dates.Micros, known: Mask, name: str, tally: Tally) -> None:
    """Somebody is born on 1970-01-01; where it is more than one in a hundred, it stands for no date."""
    times = int((known & np.isin(micros, dates.PLACEHOLDERS)).sum())
    if times * 100 > int(known.sum()):
        tally.repaired("date.placeholder", name, times)


def _filled(column: pa.Array) -> Mask:
    return mask_of(column.is_valid())
