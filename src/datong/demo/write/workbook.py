"""A workbook as an office fills it in: a title over the table, headings in one row or merged over two, perhaps a total."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from datong.demo.households import AS_OF
from datong.demo.tables import Column, Holds, Sheet
from datong.terms.fault import Fault
from datong.terms.text import Text

MOST_ROWS = 1_048_576  # of a sheet


class SheetFull(Fault, ValueError):
    def __init__(self, sheet: str, rows: int) -> None:
        self.sheet, self.rows = sheet, rows
        super().__init__(
            Text(
                zh=f"工作表「{sheet}」需要 {rows} 行，超过 {MOST_ROWS} 行的上限。请减少人数。",
                en=f"The sheet {sheet} would need {rows} rows and can hold {MOST_ROWS}. Ask for fewer people.",
            )
        )


class Workbook:
    def __init__(self, path: Path, kept: Sheet, columns: Sequence[Column]) -> None:
        self._kept, self._columns = kept, columns
        grouped = any(column.group for column in columns)
        # Cells merged over two rows are written out of order, which streaming row by row doesn't allow.
        self._book = xlsxwriter.Workbook(path, {"constant_memory": not grouped, "tmpdir": str(path.parent)})
        self._book.set_properties({"created": datetime(AS_OF.year, AS_OF.month, AS_OF.day)})
        self._sheet = self._book.add_worksheet(kept.sheet)
        self._heading = self._book.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "border": 1}
        )
        self._amounts = {i for i, column in enumerate(columns) if column.holds is Holds.AMOUNT}
        self._summed = next((i for i, column in enumerate(columns) if column.name == kept.total), None)
        self._sum = 0.0
        self._row = self._begin(grouped)
        self.first_line: int | None = self._row + 1

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        if self._row + len(rows) >= MOST_ROWS:
            raise SheetFull(self._kept.sheet, self._row + len(rows))
        for cells in rows:
            for at, cell in enumerate(cells):
                if isinstance(cell, str) and not (
                    at in self._amounts and cell.isdecimal() and cell.isascii()
                ):
                    self._sheet.write_string(self._row, at, cell)
                elif cell is not None:
                    self._sheet.write_number(self._row, at, float(cell))
                    self._sum += float(cell) if at == self._summed else 0
            self._row += 1

    def close(self) -> None:
        if self._summed is not None:
            self._sheet.write_string(self._row, 0, "合计", self._heading)
            self._sheet.write_number(self._row, self._summed, self._sum, self._heading)
        self._book.close()

    def _begin(self, grouped: bool) -> int:
        """Writes what stands over the rows and returns the first row's place."""
        last, row = len(self._columns) - 1, 0
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, self._kept.widths.get(column.name, 12))
        for line in self._kept.title:
            self._sheet.merge_range(row, 0, row, last, line, self._heading)
            row += 1
        if not grouped:
            for at, column in enumerate(self._columns):
                self._sheet.write_string(row, at, column.name, self._heading)
            return row + 1
        self._merge_headings(row)
        return row + 2

    def _merge_headings(self, row: int) -> None:
        at = 0
        for group, columns in groupby(self._columns, key=lambda column: column.group):
            for place, column in enumerate(columns, start=at):
                if group:
                    self._sheet.write_string(row + 1, place, column.name, self._heading)
                else:
                    self._sheet.merge_range(row, place, row + 1, place, column.name, self._heading)
                last = place
            if group:
                self._sheet.merge_range(row, at, row, last, group, self._heading)
            at = last + 1
