"""decode, for spreadsheets: the rows of one sheet as text, exactly as much of each number as the sheet still holds.

Formulas give the values that the spreadsheet program last computed. A workbook is read into memory by the library, so a
sheet costs memory by its size, which the format limits to 1,048,576 rows.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from datong.intake.phases.heading import Heading, Merged, heading_of
from datong.intake.rows import Rows
from datong.intake.tally import Tally
from datong.terms.fault import Fault
from datong.terms.text import Text

_ROWS = 20_000  # of a batch
_EXACT = 10**15  # beyond fifteen digits a spreadsheet's number has lost some


class WorkbookUnreadable(Fault):
    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(
            Text(
                zh=f"{file} 无法作为电子表格打开：文件损坏，或设有密码。请取消密码、重新保存后再交付。",
                en=f"{file} can't be opened as a spreadsheet: it is damaged, or locked with a password. "
                "Have it saved again without one and delivered once more.",
            )
        )


def open_workbook(path: Path) -> CalamineWorkbook:
    """Raises WorkbookUnreadable. By content, not by ending: an xlsx named .csv opens."""
    try:
        with open(path, "rb") as file:
            return CalamineWorkbook.from_filelike(file)
    except (CalamineError, ValueError):
        raise WorkbookUnreadable(path.name) from None


def sheets(workbook: CalamineWorkbook) -> tuple[str, ...]:
    """The sheets a reader sees: hidden ones hold look-ups and drafts."""
    return tuple(
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    )


class Sheet:
    def __init__(self, workbook: CalamineWorkbook, name: str, *, table: str) -> None:
        self._sheet: CalamineSheet = workbook.get_sheet_by_name(name)
        end = self._sheet.end
        self.height, width = (end[0] + 1, end[1] + 1) if end else (0, 0)
        self.merged: tuple[Merged, ...] = tuple(self._sheet.merged_cell_ranges or ())
        beginning = [
            [as_text(cell) for cell in row] for row in self._sheet.to_python(skip_empty_area=False, nrows=60)
        ]
        self.heading: Heading = heading_of(beginning, width, table=table, merged=self.merged)

    def rows(self, names: list[str], tally: Tally, heard: Callable[[int], None]) -> Iterator[Rows]:
        batch: list[list[str | None]] = []
        lines: list[int] = []
        start = self._sheet.start
        for number, row in enumerate(self._sheet.iter_rows(), start=(start[0] if start else 0) + 1):
            if number <= self.heading.after:
                continue
            cells: list[str | None] = [None] * (start[1] if start else 0)
            cells += [as_text(cell) or None for cell in row]
            if not any(cells):
                tally.repaired("decode.blank_line", "", 1)
                continue
            batch.append(cells)
            lines.append(number)
            if len(batch) == _ROWS:
                yield _rows(batch, lines, names, tally)
                heard(number)
                batch, lines = [], []
        if batch:
            yield _rows(batch, lines, names, tally)


def _rows(batch: list[list[str | None]], lines: list[int], names: list[str], tally: Tally) -> Rows:
    tally.read += len(batch)
    arrays = [pa.array(column, pa.string()) for column in zip(*batch, strict=True)]
    return Rows(np.array(lines, np.int64), pa.RecordBatch.from_arrays(arrays, names=names))


def as_text(cell: Any) -> str:
    """A cell's value written out. A number of more than fifteen digits stays in its scientific form, which `check` knows."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int():
            return str(cell) if abs(cell) < _EXACT else f"{float(cell):.15E}"
        case float():
            return _number(cell)
        case datetime():
            whole_day = cell.time() == time()
            return cell.date().isoformat() if whole_day else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value)) if abs(value) < _EXACT else f"{value:.15E}"
    # The shortest text that gives the same number back, never in scientific form: 1e-05 → 0.00001.
    return format(Decimal(repr(value)), "f")
