"""Writing a table in the form its department keeps it in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from datong.demo.tables import Csv, Database, Table
from datong.demo.write.csv_file import CsvFile
from datong.demo.write.database import DatabaseTable
from datong.demo.write.workbook import Workbook

Row = Sequence[Any]


class Writer(Protocol):
    """`first_line` is where the first row will stand in the file (1-based), None in a database."""

    first_line: int | None

    def add(self, rows: Sequence[Row]) -> None: ...
    def close(self) -> None: ...


def writer(table: Table, folder: Path) -> Writer:
    """A writer for the table's file, which must not hold the table yet."""
    if isinstance(table.kept, Database):
        return DatabaseTable(folder / table.kept.file, table)
    if isinstance(table.kept, Csv):
        return CsvFile(folder / table.kept.file, table.kept, [column.name for column in table.columns])
    return Workbook(folder / table.kept.file, table.kept, table.columns)
