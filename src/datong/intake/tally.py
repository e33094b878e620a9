"""What a landing has counted so far. At its end read = landed + quarantined, or it doesn't end well."""

import json
from collections import Counter
from pathlib import Path
from typing import IO

from datong.intake.delivery import QuarantinedRow, Repair
from datong.intake.rows import Mask, Rows
from datong.intake.workroom import private

SHOWN = 100  # quarantined rows that the report itself lists; all of them are in the quarantine file
LONGEST_KEPT = 64_000  # characters of an unreadable line that the quarantine file keeps


class Tally:
    """Use as a context: the quarantine file is open meanwhile, and made only when there is something to put in it."""

    def __init__(self, *, file: str, path: Path) -> None:
        self.file = file
        self.read = 0
        self.quarantined = 0
        self.first: list[QuarantinedRow] = []
        self.reasons: Counter[str] = Counter()
        self._repairs: Counter[tuple[str, str]] = Counter()
        self._path = path
        self._open: IO[str] | None = None

    def __enter__(self) -> "Tally":
        # A landing that was cut off and begins again writes its quarantine again.
        self._path.unlink(missing_ok=True)
        return self

    def __exit__(self, *ended: object) -> None:
        if self._open:
            self._open.close()

    def repaired(self, kind: str, column: str, times: int) -> None:
        if times:
            self._repairs[kind, column] += times

    def set_aside(self, line: int, reason: str, raw: str) -> None:
        """One row goes to quarantine. `raw` is written to the file and nowhere else."""
        self.quarantined += 1
        self.reasons[reason.partition(" ")[0]] += 1
        if len(self.first) < SHOWN:
            self.first.append(QuarantinedRow(self.file, line, reason))
        if self._open is None:
            self._open = open(  # noqa: SIM115, closed where the tally is
                self._path, "w", encoding="utf-8", errors="backslashreplace", opener=private
            )
        entry = {"file": self.file, "line": line, "reason": reason, "row": raw[:LONGEST_KEPT]}
        self._open.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def set_aside_rows(self, rows: Rows, mask: Mask, reason: str) -> Rows:
        """The rows without those in `mask`, which go to quarantine."""
        if not mask.any():
            return rows
        bad = rows.where(mask)
        for line, row in zip(bad.lines, bad.columns.to_pylist(), strict=True):
            self.set_aside(int(line), reason, json.dumps(row, ensure_ascii=False, default=str))
        return rows.where(~mask)

    @property
    def quarantine(self) -> tuple[QuarantinedRow, ...]:
        return tuple(sorted(self.first, key=lambda row: row.line))

    @property
    def repairs(self) -> tuple[Repair, ...]:
        return tuple(Repair(kind, column, n) for (kind, column), n in sorted(self._repairs.items()))
