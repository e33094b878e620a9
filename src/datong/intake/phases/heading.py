"""decode, step 4: where the headings are. Titles above them are passed over, headings of two rows are joined by "_"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from datong.intake.phases.characters import tidy
from datong.terms.fault import Fault
from datong.terms.text import Text

_LOOK = 40  # rows from the top in which the headings must be
_LONGEST = 120  # characters of a heading; what is longer is a note
_VALUE = re.compile(
    r"[-+]?\d+([.,]\d+)*%?|\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,4}日?)?( .*)?|\d{5,}[0-9Xx*]*|https?://.*|[^@\s]+@[^@\s]+"
)
# 单位：某局, "As of: today"; but case:name is a heading of event logs.
_LABELLED = re.compile(r"[\u4e00-\u9fff（）() ]{1,16}[：:]\s*\S|[A-Za-z ]{1,24}[：:]\s+\S")


class HeadingNotFound(Fault):
    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            Text(
                zh=f"在“{table}”开头没有找到表头（一行各列的名称），无法知道各列是什么。请让提供部门在数据上方加一行列名后重新交付。",
                en=f"No row of headings was found at the top of {table}, so there is no telling what its columns are. "
                "Ask the department to put one row of column names above the data and deliver it again.",
            )
        )


@dataclass(frozen=True)
class Heading:
    """`names` as delivered (joined where there were two rows), "" for a column without one. Rows are counted from 0."""

    names: tuple[str, ...]
    first: int
    rows: int

    @property
    def after(self) -> int:
        """The first row of data."""
        return self.first + self.rows


# ((row, column), (row, column)) of a merged cell's first and last corner.
Merged = tuple[tuple[int, int], tuple[int, int]]


def heading_of(
    rows: Sequence[Sequence[str]], width: int, *, table: str, merged: Sequence[Merged] = ()
) -> Heading:
    """`width` is what most rows have; the table is as wide as its headings, so that a cell without one is told of.

    Raises HeadingNotFound where the first full row already looks like data, or there is none.
    """
    first = next((i for i, row in enumerate(rows[:_LOOK]) if _full(row, width) and not _is_note(row)), None)
    if first is None or not _names_columns(rows[first]):
        raise HeadingNotFound(table)
    depth = _depth(rows, first, width, merged)
    width = max(len(row) for row in rows[first : first + depth])
    levels = [_filled(rows, first + level, width, merged, last=level == depth - 1) for level in range(depth)]
    names = tuple(_joined([level[column] for level in levels]) for column in range(width))
    return Heading(names, first, depth)


def _full(row: Sequence[str], width: int) -> bool:
    """Whether the row has as many cells as the table and most of them say something. A title has one, whatever pads it."""
    filled = sum(bool(cell.strip()) for cell in row)
    return filled >= (1 if width == 1 else max(2, width * 0.5))


def _is_note(row: Sequence[str]) -> bool:
    """单位：某局 beside 日期：2026-10-31 is a line above a table, however many cells it fills."""
    filled = [cell for cell in row if cell.strip()]
    return sum(bool(_LABELLED.match(cell.strip())) for cell in filled) * 2 > len(filled)


def looks_like_value(cell: str) -> bool:
    return bool(_VALUE.fullmatch(tidy(cell))) or len(cell) > _LONGEST


def _names_columns(row: Sequence[str]) -> bool:
    """Headings may hold a year or two ("2019"); when half the cells look like values, it is a row of data."""
    filled = [cell for cell in row if cell.strip()]
    values = sum(map(looks_like_value, filled))
    years = sum(bool(re.fullmatch(r"(19|20)\d\d年?", tidy(cell))) for cell in filled)
    return values - years < max(1, len(filled) * 0.34) and years < len(filled)


def _depth(rows: Sequence[Sequence[str]], first: int, width: int, merged: Sequence[Merged]) -> int:
    """How many rows the headings take: a merged cell says so itself; in a CSV, gaps that the next row fills."""
    tall = [last[0] for start, last in merged if start[0] == first and start[1] < width]
    if tall and max(tall) > first:
        return max(tall) - first + 1
    wide = any(start[0] == first and last[1] > start[1] for start, last in merged)
    return 2 if _next_row_fills_gaps(rows, first, width) and (wide or not merged) else 1


def _next_row_fills_gaps(rows: Sequence[Sequence[str]], first: int, width: int) -> bool:
    if first + 2 >= len(rows):
        return False
    top, below = _padded(rows[first], width), _padded(rows[first + 1], width)
    gaps = [i for i in range(width) if not top[i].strip()]
    filled = [cell for cell in below if cell.strip()]
    data = rows[first + 2 : first + 22]
    return (
        bool(gaps)
        and bool(top[0].strip())
        and all(below[i].strip() for i in gaps)
        and not any(map(looks_like_value, filled))
        # The same columns do hold values further down, so that this row is unlike the data.
        and any(looks_like_value(cell) for row in data for cell in row if cell.strip())
        and (len(filled) == width or any(top[i].strip() and not below[i].strip() for i in range(width)))
    )


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _filled(
    rows: Sequence[Sequence[str]], index: int, width: int, merged: Sequence[Merged], *, last: bool
) -> list[str]:
    """A row of headings with each merged cell's text in all the columns it spans."""
    row = _padded(rows[index], width)
    spans = [(s, e) for s, e in merged if s[0] <= index <= e[0]]
    for start, end in spans:
        text = _padded(rows[start[0]], width)[start[1]] if start[1] < width else ""
        for column in range(start[1], min(end[1] + 1, width)):
            row[column] = text
    if not merged and not last:  # a CSV has lost the spans: a gap belongs to the group on its left
        for column in range(1, width):
            row[column] = row[column] if row[column].strip() else row[column - 1]
    return row


def _joined(levels: Sequence[str]) -> str:
    """ "医疗救助" above "金额" is "医疗救助_金额"; a cell merged downwards names its column once."""
    parts: list[str] = []
    for level in map(tidy, levels):
        if level and level not in parts:
            parts.append(level)
    return "_".join(parts)
