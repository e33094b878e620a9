"""decode, step 3: what separates the cells of a line. Four separators are tried on the file's beginning; the steadiest wins.

Quotation marks are always the standard's (RFC 4180): a cell in quotes may hold separators, line ends and doubled quotes.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from datong.intake.phases.heading import looks_like_value

SEPARATORS = ",;\t|"
NONE = "\x1f"  # for a file of one column: a character that no file has
# Share of the records with several cells that must agree on how many, for the separator to be believed.
_STEADY, _STEADIER = 0.5, 0.9


@dataclass(frozen=True)
class Record:
    """`line` is the record's last line: of a record with line ends inside quotes it is where it ended."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Dialect:
    separator: str
    width: int  # cells in most records


def records(lines: Sequence[str], separator: str) -> list[Record]:
    """The file's beginning as records, leniently: this only finds headings and never lands."""
    reader = csv.reader((line.rstrip("\r") + "\n" for line in lines), delimiter=separator)
    found = []
    try:
        for cells in reader:
            found.append(Record(reader.line_num, cells))
    except csv.Error:  # a cell beyond csv's own limit: what came before it tells enough
        pass
    return found


def dialect_of(lines: Sequence[str]) -> Dialect:
    best, best_score = Dialect(NONE, 1), (0.0, 0)
    for separator in SEPARATORS:
        width, share = _steadiness(records(lines, separator))
        if width > 1 and (round(share, 1), width) > best_score:
            best, best_score = Dialect(separator, width), (round(share, 1), width)
    return best


def _steadiness(found: list[Record]) -> tuple[int, float]:
    """The commonest number of cells above one and the share of all records that have it; (1, 0) where too few agree.

    Lines of a single cell are titles and notes around a table. But where the very first line is one, it may also be the
    heading of a single column of free text. Then the others must agree nearly all, and some column must be of values.
    """
    widths = [len(record.cells) for record in found if any(cell.strip() for cell in record.cells)]
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 1, 0.0
    width, times = max(several.items(), key=lambda item: (item[1], item[0]))
    agree = times / several.total()
    if agree < (_STEADY if widths[0] > 1 else _STEADIER):
        return 1, 0.0
    if widths[0] == 1 and not _has_values([record.cells for record in found if len(record.cells) == width]):
        return 1, 0.0
    return width, times / len(widths)


def _has_values(rows: list[list[str]]) -> bool:
    """Whether a column under the first of `rows` is mostly of numbers, dates and the like, as a table's are."""
    below = rows[1:]
    return any(sum(looks_like_value(row[i]) for row in below) * 2 > len(below) for i in range(len(rows[0])))
