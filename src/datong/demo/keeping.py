"""A table is kept: its rows drawn from the truth, spoilt as life does, written, and each linked to whom it is about."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator

from datong.demo.addresses import Indices
from datong.demo.county import County, chance
from datong.demo.errors import cut_short, spoil
from datong.demo.slips import Slip, rate
from datong.demo.tables import Batch, Holds, Subjects, Table
from datong.demo.truth import Links
from datong.demo.write import writer

CHUNK = 50_000  # rows in memory as text; part of what makes the same seed the same county


@dataclass(frozen=True)
class TableReport:
    """`slips` counts the rows each slip befell."""

    department: str
    table: str
    path: Path
    rows: int
    slips: Mapping[str, int]

    @property
    def unreadable(self) -> int:
        return self.slips.get(Slip.UNREADABLE, 0)


def keep(table: Table, county: County, *, folder: Path, links: Links) -> TableReport:
    """Writes the table into the department's folder, in chunks, and a link for each row."""
    draw = chance(county.seed, f"{table.department}.{table.name}")
    subjects = table.subjects(county, draw)
    count, row, slips = len(subjects["person"]), 1, Counter[str]()
    file = writer(table, folder)
    for start in range(0, count, CHUNK):
        part = {name: column[start : start + CHUNK] for name, column in subjects.items()}
        batch = _drawn(table, county, part, draw)
        keys = [table.key(number) for number in range(row, row + len(batch))]
        batch.cells[table.first(Holds.KEY) or ""] = keys
        spoil(batch, table, county, draw)
        rows = _rows(table, batch, draw, at_least_one=start == 0)
        file.add(rows)
        links.add(table, batch, row=row, first_line=file.first_line, keys=keys)
        slips.update(str(slip) for of_row in batch.slips.values() for slip in of_row)
        row += len(batch)
    file.close()
    return TableReport(
        table.department, table.name, folder / table.kept.file, row - 1, dict(sorted(slips.items()))
    )


def _drawn(table: Table, county: County, subjects: Subjects, draw: Generator) -> Batch:
    """The rows as they should be, some of them twice, with the late ones marked."""
    cells = table.fill(county, subjects, draw)
    count = len(subjects["person"])
    twice = np.flatnonzero(draw.random(count) < rate(Slip.DUPLICATE, table.name))
    # A second entry comes some way after the first.
    place = np.concatenate([np.arange(count), twice + draw.random(len(twice)) * (count - twice)])
    order = np.argsort(place, kind="stable")
    source = np.concatenate([np.arange(count), twice])[order]
    if len(twice):
        cells = {name: [column[i] for i in source.tolist()] for name, column in cells.items()}
    subjects = {name: column[source] for name, column in subjects.items()}
    batch = Batch(cells, subjects, _dwellings(table, county, subjects))
    for row in np.flatnonzero(order >= count).tolist():
        batch.slipped(row, Slip.DUPLICATE)
    for row in np.flatnonzero(subjects.get("late", np.zeros(len(source), dtype=bool))).tolist():
        batch.slipped(row, Slip.LATE_UPDATE)
    return batch


def _dwellings(table: Table, county: County, subjects: Subjects) -> Indices:
    return table.where(county, subjects) if table.where else np.full(len(subjects["person"]), -1)


def _rows(
    table: Table, batch: Batch, draw: Generator, *, at_least_one: bool
) -> list[tuple[Any, ...] | list[Any]]:
    """The cells row by row, a few rows cut short: in a CSV only, and in each at least one, for there always is one."""
    rows: list[tuple[Any, ...] | list[Any]] = list(
        zip(*(batch.cells[column.name] for column in table.columns), strict=True)
    )
    share = rate(Slip.UNREADABLE, table.name)
    if share:
        cut = np.flatnonzero(draw.random(len(rows)) < share).tolist()
        for row in cut or [len(rows) // 2] * at_least_one:
            rows[row] = cut_short(list(rows[row]), draw)
            batch.slipped(row, Slip.UNREADABLE)
    return rows
