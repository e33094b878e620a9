"""normalise: the same text in one way of writing it. Full-width digits and letters, invisible characters, space at the ends.

Chinese punctuation is left alone: it is right in a sentence. Only between digits is a full-width mark a digit's mark.
"""

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datong.intake.rows import Rows, count
from datong.intake.tally import Tally

# Marks of writing direction and the byte order mark, soft hyphen, zero-width space and word joiner: none has a shape.
INVISIBLE = "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
# Between letters of some scripts and inside emoji these two are spelling; after ASCII or Chinese they are dirt.
_JOINERS = "([\\x00-\\x7f\u3000-\u9fff\uff00-\uffef])[\u200c\u200d]+"
_SPACE = "[\\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
_WIDE = "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
_MARKS = {"－": "-", "．": ".", "，": ",", "／": "/", "：": ":"}
_MARK_BETWEEN_DIGITS = "[0-9][" + "".join(_MARKS) + "][0-9]"
_APOSTROPHE = "^['\u2018\u2019]([0-9][0-9A-Za-z.-]*)?$"
_SMALL_X = "^[0-9]{17}x$"
_BROKEN = "\ufffd|锟斤拷|烫烫烫|屯屯屯"

_NARROW = {
    code: code - 0xFEE0
    for a, b in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(a, b + 1)
}


def tidy(text: str) -> str:
    """One heading, put right as cells are, with space of any kind inside it as one plain space."""
    text = re.sub(INVISIBLE, "", text).translate(_NARROW)
    return re.sub(f"{_SPACE}+", " ", text).strip()


def normalise(rows: Rows, tally: Tally) -> Rows:
    """Every text column put right; what was done is counted by column. Typed columns pass untouched."""
    names = rows.columns.schema.names
    arrays = [
        _normalised(array, name, tally) if pa.types.is_string(array.type) else array
        for name, array in zip(names, rows.columns.columns, strict=True)
    ]
    return rows.with_columns(arrays)


def _normalised(column: pa.Array, name: str, tally: Tally) -> pa.Array:
    plain = _all_ascii(column)
    if not plain:
        for kind, pattern, repair in _BEYOND_ASCII:
            column = _where(column, pattern, repair, name, kind, tally)
        tally.repaired("check.broken_text", name, count(pc.match_substring_regex(column, _BROKEN)))
    trimmed = pc.ascii_trim_whitespace(column) if plain else pc.utf8_trim_whitespace(column)
    if _bytes_of(trimmed) != _bytes_of(column):  # trimming only takes away: as many bytes, the same text
        tally.repaired("normalise.space", name, count(pc.not_equal(trimmed, column)))
        column = trimmed
    for kind, pattern, repair in _ANY:
        column = _where(column, pattern, repair, name, kind, tally)
    return column


def without_empty(rows: Rows) -> Rows:
    """In a file an empty cell is no value; after normalising, a cell of nothing but space is empty too."""
    arrays = [
        pc.if_else(empty, pa.scalar(None, pa.string()), array)
        if pa.types.is_string(array.type) and count(empty := pc.equal(array, ""))
        else array
        for array in rows.columns.columns
    ]
    return rows.with_columns(arrays)


def _all_ascii(column: pa.Array) -> bool:
    data = column.buffers()[2]
    return data is None or not bool(np.any(np.frombuffer(data, np.uint8) >= 0x80))


def _bytes_of(column: pa.Array) -> int:
    return int(pc.sum(pc.binary_length(column)).as_py() or 0)


def _where(
    column: pa.Array, pattern: str, repair: Callable[[pa.Array], pa.Array], name: str, kind: str, tally: Tally
) -> pa.Array:
    """`repair` on the values that `pattern` finds, which are nearly always none."""
    found = pc.match_substring_regex(column, pattern)
    times = count(found)
    if not times:
        return column
    tally.repaired(kind, name, times)
    if times * 4 > len(column):
        return pc.if_else(found, repair(column), column)
    found = found.fill_null(False)
    return pc.replace_with_mask(column, found, repair(column.filter(found)))


def _without_invisible(column: pa.Array) -> pa.Array:
    column = pc.replace_substring_regex(column, INVISIBLE, "")
    return pc.replace_substring_regex(column, _JOINERS, "\\1")


def _plain_space(column: pa.Array) -> pa.Array:
    return pc.replace_substring(column, "\u00a0", " ")


def _narrow(column: pa.Array) -> pa.Array:
    return pa.array([None if v is None else v.translate(_NARROW) for v in column.to_pylist()], pa.string())


def _narrow_marks(column: pa.Array) -> pa.Array:
    for wide, narrow in _MARKS.items():
        for _ in range(
            2
        ):  # in 1－2－3 the first pass takes 1－2, and the digit it shares is only free for the second
            column = pc.replace_substring_regex(column, f"([0-9]){wide}([0-9])", f"\\1{narrow}\\2")
    return column


def _without_apostrophe(column: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(column, _APOSTROPHE, "\\1")


_BEYOND_ASCII: tuple[tuple[str, str, Callable[[pa.Array], pa.Array]], ...] = (
    ("normalise.invisible", f"{INVISIBLE}|{_JOINERS}", _without_invisible),
    ("normalise.space", "\u00a0", _plain_space),
    ("normalise.full_width", _WIDE, _narrow),
    ("normalise.full_width", _MARK_BETWEEN_DIGITS, _narrow_marks),
)
_ANY: tuple[tuple[str, str, Callable[[pa.Array], pa.Array]], ...] = (
    ("normalise.apostrophe", _APOSTROPHE, _without_apostrophe),
    ("normalise.identity_x", _SMALL_X, pc.utf8_upper),
)
