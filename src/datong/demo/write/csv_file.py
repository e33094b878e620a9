"""A CSV as a department exports it: in its own encoding, with lines above the heading and below the last row."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datong.demo.tables import Csv


class CsvFile:
    def __init__(self, path: Path, kept: Csv, headings: list[str]) -> None:
        self._kept, self._width, self._rows = kept, len(headings), 0
        self._file = path.open("w", encoding=kept.encoding, newline="")
        self._csv = csv.writer(self._file)
        self._csv.writerows(self._framed(line) for line in kept.preamble)
        self._csv.writerow(headings)
        self.first_line: int | None = len(kept.preamble) + 2

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        self._csv.writerows(rows)
        self._rows += len(rows)

    def close(self) -> None:
        self._csv.writerows(self._framed(line.format(rows=self._rows)) for line in self._kept.footer)
        self._file.close()

    def _framed(self, line: str) -> list[str]:
        """What was a spreadsheet keeps its width in every line; what a program wrote doesn't."""
        return [line] + [""] * (self._width - 1) * bool(self._kept.preamble)
