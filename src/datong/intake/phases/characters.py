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
    data = values_bytes(column)
    if not data.isascii():
        for kind, traces, pattern, repair in _BEYOND_ASCII:
            if any(trace in data for trace in traces):
                column = _where(column, pattern, repair, name, kind, tally)
        if any(trace in data for trace in _BROKEN_BYTES):
            tally.repaired("check.broken_text", name, count(pc.match_substring_regex(column, _BROKEN)))
        data = values_bytes(column)
    if _may_have_space_outside(column):
        trimmed = pc.utf8_trim_whitespace(column)
        tally.repaired("normalise.space", name, count(pc.not_equal(trimmed, column)))
        column = trimmed
    if any(trace in data for trace in (b"'", b"\xe2\x80\x98", b"\xe2\x80\x99")):
        column = _where(column, _APOSTROPHE, _without_apostrophe, name, "normalise.apostrophe", tally)
    if b"x" in data:
        column = _where(column, _SMALL_X, pc.utf8_upper, name, "normalise.identity_x", tally)
    return column


def values_bytes(column: pa.Array) -> bytes:
    """All of a text column's characters in one piece, to look for a byte in: hundreds of times faster than a pattern."""
    offsets, data = column.buffers()[1:3]
    if data is None or not len(column):
        return b""
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return memoryview(data)[int(ends[0]) : int(ends[-1])].tobytes()


def _may_have_space_outside(column: pa.Array) -> bool:
    """Whether a value's first or last bytes could be a space of some kind; false alarms cost a trimming."""
    offsets, data = column.buffers()[1:3]
    if data is None or not len(column):
        return False
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1].astype(np.int64)
    filled = np.diff(ends) > 0
    if not filled.any():
        return False
    first, last = ends[:-1][filled], ends[1:][filled] - 1
    byte = np.frombuffer(data, np.uint8)
    head, tail = byte[first], byte[last]
    # C2: no-break space; E1 to E3: the others, of three bytes.
    odd = (head <= 0x20) | (tail <= 0x20) | ((head >= 0xE1) & (head <= 0xE3)) | (head == 0xC2)
    if odd.any():
        return True
    before = byte[np.maximum(last - 2, 0)]
    return bool(
        np.any(
            (tail >= 0x80) & (((before >= 0xE1) & (before <= 0xE3)) | (byte[np.maximum(last - 1, 0)] == 0xC2))
        )
    )


def without_empty(rows: Rows) -> Rows:
    """In a file an empty cell is no value; after normalising, a cell of nothing but space is empty too."""
    arrays = [
        pc.if_else(empty, pa.scalar(None, pa.string()), array)
        if pa.types.is_string(array.type) and count(empty := pc.equal(array, ""))
        else array
        for array in rows.columns.columns
    ]
    return rows.with_columns(arrays)


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


# What to do, the bytes without which there is nothing to do, the pattern that finds it.
_BEYOND_ASCII: tuple[tuple[str, tuple[bytes, ...], str, Callable[[pa.Array], pa.Array]], ...] = (
    (
        "normalise.invisible",
        (b"\xc2\xad", b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf"),
        f"{INVISIBLE}|{_JOINERS}",
        _without_invisible,
    ),
    ("normalise.space", (b"\xc2\xa0",), "\u00a0", _plain_space),
    ("normalise.full_width", (b"\xef\xbc", b"\xef\xbd"), _WIDE, _narrow),
    ("normalise.full_width", (b"\xef\xbc",), _MARK_BETWEEN_DIGITS, _narrow_marks),
)
_BROKEN_BYTES = tuple(trace.encode() for trace in _BROKEN.split("|"))
