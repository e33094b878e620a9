"""Reads the departments' tables back with other means than wrote them: header and rows as the file has them."""

import csv
import sqlite3
from typing import Any

import openpyxl

from datong.demo.departments import TABLES
from datong.demo.generate import CountyReport
from datong.demo.tables import Csv, Database, Sheet, Table


def table(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


def lines(report: CountyReport, name: str) -> list[list[Any]]:
    """Every line of a CSV or row of a sheet, with what stands above and below the table."""
    kept = table(name).kept
    path = report.folder(table(name).department) / kept.file
    if isinstance(kept, Csv):
        with path.open(encoding=kept.encoding, newline="") as file:
            return list(csv.reader(file))
    assert isinstance(kept, Sheet)
    return [list(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]


def rows(report: CountyReport, name: str) -> list[dict[str, Any]]:
    """The table's rows by heading, without the unreadable ones."""
    kept, headings = table(name).kept, [column.name for column in table(name).columns]
    if isinstance(kept, Database):
        path = report.folder(table(name).department) / kept.file
        found = sqlite3.connect(path).execute(f'SELECT * FROM "{name}"').fetchall()
        return [dict(zip(headings, row, strict=True)) for row in found]
    above = len(kept.preamble) + 1 if isinstance(kept, Csv) else len(kept.title) + 1
    below = len(kept.footer) if isinstance(kept, Csv) else int(bool(kept.total))
    if isinstance(kept, Sheet) and any(column.group for column in table(name).columns):
        above += 1
    body = lines(report, name)[above:]
    body = body[: len(body) - below]
    return [dict(zip(headings, row, strict=True)) for row in body if len(row) == len(headings)]


def column(report: CountyReport, name: str, heading: str) -> list[Any]:
    return [row[heading] for row in rows(report, name)]
