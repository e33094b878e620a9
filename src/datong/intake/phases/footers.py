"""decode, last step: rows of a file that aren't data: totals, notes under the table, the headings printed again.

They go to quarantine under a reason of their own, so that the report adds up and a mistake here can be seen.
"""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datong.intake.phases.characters import tidy
from datong.intake.rows import Mask, Rows, mask_of
from datong.intake.tally import Tally

_TOTAL = r"^\s*(?:(?:本页|本表|本月|全部|以上)?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)|(?i:grand total|sub-?total|total))\s*[:：]?\s*$"
_NOTE = r"^\s*(?:注|备注|说明|附注|填表人|填报人|制表人?|审核人?|复核人?|负责人|经办人|单位负责人|数据来源|资料来源|来源|统计截止|打印时间|导出时间|制表时间|(?i:notes?|source|remarks?))\s*\d*\s*[:：]|^\s*[*＊※]"


def reason_for(cells: Sequence[str], width: int) -> str | None:
    """Why a row that hasn't the right number of cells isn't data, where it can be told."""
    filled = [cell for cell in cells if cell.strip()]
    if filled and re.search(_TOTAL, filled[0]) and len(filled) <= _total_fills(width):
        return "row.total"
    if len(filled) == 1 and width > 1 and re.search(_NOTE, filled[0]):
        return "row.note"
    return None


def set_aside(rows: Rows, headings: Sequence[str], tally: Tally) -> Rows:
    """The rows without totals, notes and repeated headings. A table of one column has none that could be told."""
    width = rows.columns.num_columns
    if width < 2 or not len(rows):
        return rows
    for reason, mask in (
        ("row.total", _marked(rows, _TOTAL, at_most=_total_fills(width))),
        ("row.note", _marked(rows, _NOTE, at_most=1)),
    ):
        if mask.any():
            return set_aside(tally.set_aside_rows(rows, mask, reason), headings, tally)
    return tally.set_aside_rows(rows, _headings_again(rows, headings), "row.heading_again")


def _total_fills(width: int) -> int:
    """How many cells a total may fill: it says what it is and sums some columns, and leaves at least one empty."""
    return width - 1 if width > 2 else width


def _marked(rows: Rows, pattern: str, *, at_most: int) -> Mask:
    """Rows whose first filled cell, one of the first three, matches, and that fill no more than `at_most` cells."""
    found: Mask = np.zeros(len(rows), bool)
    empty: Mask = np.ones(len(rows), bool)
    for column in rows.columns.columns[:3]:
        found |= empty & mask_of(pc.match_substring_regex(column, pattern))
        empty &= mask_of(column.is_null())
    if not found.any():
        return found
    filled = np.zeros(len(rows), np.int64)
    for column in rows.columns.columns:
        filled += mask_of(column.is_valid())
    return np.asarray(found & (filled <= at_most))


def _headings_again(rows: Rows, headings: Sequence[str]) -> Mask:
    """Every heading again, as printed tables have on each page."""
    named = [
        (column, heading) for column, heading in zip(rows.columns.columns, headings, strict=True) if heading
    ]
    if not named or not mask_of(pc.equal(named[0][0], pa.scalar(named[0][1]))).any():
        return np.zeros(len(rows), bool)
    again: Mask = np.ones(len(rows), bool)
    for column, heading in named:
        again &= np.array(
            [value is not None and tidy(value) == tidy(heading) for value in column.to_pylist()]
        )
    return again
