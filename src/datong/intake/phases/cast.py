"""type: a column's text read as its type. What can't be read is marked, never rounded, guessed or left out."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datong.catalogue.field import FieldType
from datong.intake.phases import dates, numbers
from datong.intake.phases.types import NO_VALUE, Reading
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
    if how.no_value:
        unknown = pc.match_substring_regex(column, NO_VALUE)
        if times := count(unknown):
            tally.repaired("type.no_value", name, times)
            column = pc.if_else(unknown, pa.scalar(None, pa.string()), column)
    match how.type:
        case FieldType.DATE | FieldType.TIMESTAMP:
            return _dated(column, how, name, tally)
        case FieldType.BOOLEAN:
            lower = pc.utf8_lower(column)
            known = pc.is_in(lower, pa.array(["true", "false"]))
            array = pc.if_else(known, pc.equal(lower, "true"), pa.scalar(None, pa.bool_()))
            return array, _filled(column) & ~mask_of(known)
        case _:
            array, bad = numbers.as_decimals(column, how.arrow)
            marks = _filled(column) & ~mask_of(pc.match_substring_regex(column, numbers.PLAIN)) & ~bad
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
    tally.repaired("date.placeholder", name, int((known & np.isin(micros, dates.PLACEHOLDERS)).sum()))
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
    tally.repaired("date.placeholder", name, int((sure & np.isin(found.micros, dates.PLACEHOLDERS)).sum()))
    unclear = _filled(column) & ~sure & ~found.two_digits
    tally.repaired("date.unclear", name, int(unclear.sum()))
    return written


def _filled(column: pa.Array) -> Mask:
    return mask_of(column.is_valid())
