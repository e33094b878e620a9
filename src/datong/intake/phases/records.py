"""decode, step 5: lines to rows of cells. Strictly by RFC 4180; a line that isn't, goes to quarantine and only that line.

pyarrow splits the lines that are known to be sound, which is nearly all of them; the rest is looked at one by one.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from datong.intake.phases import footers
from datong.intake.phases.characters import values_bytes
from datong.intake.phases.lines import LONGEST, Block
from datong.intake.rows import Rows, mask_of
from datong.intake.tally import Tally

_LINES_OF_A_RECORD = 2_000
_ESCAPED = {"\t": r"\t", "|": r"\|", "\x1f": r"\x1f"}  # as both re and RE2 read them
csv.field_size_limit(max(csv.field_size_limit(), LONGEST))  # csv's own limit is lower than ours


class Records:
    """Cuts blocks into rows under `names`, beginning after line `after`. Use once."""

    def __init__(self, *, separator: str, names: list[str], after: int, tally: Tally) -> None:
        self._separator, self._names, self._after, self._tally = separator, names, after, tally
        escaped = _ESCAPED.get(separator, separator)
        cell = rf'(?:"(?:[^"]|"")*"|[^"{escaped}\r\n][^{escaped}\r\n]*|)'
        self._sound = f"^{cell}(?:{escaped}{cell})*$"
        self._blank = rf"^[\s{escaped}]*$"
        self._whole = re.compile(self._sound.removeprefix("^").removesuffix("$"))

    def rows(self, blocks: Iterable[Block]) -> Iterator[Rows]:
        held: list[str] = []  # lines of a record that its block cut off
        held_numbers: list[int] = []
        for block in blocks:
            lines = [*held, *block.lines] if held else block.lines
            numbers = (
                np.concatenate([np.array(held_numbers, np.int64), block.numbers]) if held else block.numbers
            )
            if len(numbers) and numbers[0] <= self._after:
                fresh = int(np.searchsorted(numbers, self._after, side="right"))
                lines, numbers = lines[fresh:], numbers[fresh:]
            rows, keep = self._cut(lines, numbers, last=False)
            held, held_numbers = lines[len(lines) - keep :], numbers[len(lines) - keep :].tolist()
            if rows is not None:
                yield rows
        if held:
            rows, _ = self._cut(held, np.array(held_numbers, np.int64), last=True)
            if rows is not None:
                yield rows

    def _cut(
        self, lines: list[str], numbers: npt.NDArray[np.int64], *, last: bool
    ) -> tuple[Rows | None, int]:
        """The rows of these lines, and how many lines at the end belong to a record that isn't finished."""
        if not lines:
            return None, 0
        raw = pa.array(lines, pa.string())
        trimmed = pc.ascii_rtrim(raw, "\r")
        data = values_bytes(trimmed)
        if b'"' not in data and b"\r" not in data:
            return self._rows(trimmed, numbers, [], quoted=False), 0
        doubtful = pc.match_substring_regex(trimmed, '["\r]')
        unsound = mask_of(doubtful) & ~mask_of(pc.match_substring_regex(trimmed, self._sound))
        if not unsound.any():
            return self._rows(trimmed, numbers, [], quoted=True), 0
        keep, single, several = self._sorted_out(lines, numbers, np.flatnonzero(unsound), last=last)
        return self._rows(trimmed.filter(pa.array(single)), numbers[single], several, quoted=True), keep

    def _sorted_out(
        self, lines: list[str], numbers: npt.NDArray[np.int64], unsound: npt.NDArray[np.int64], *, last: bool
    ) -> tuple[int, npt.NDArray[np.bool_], list[tuple[int, str]]]:
        """Lines that open a quoted cell are joined with those that follow until the record is whole.

        Returns how many lines to hold back, which lines are records by themselves, and the joined records.
        """
        single = np.ones(len(lines), bool)
        several: list[tuple[int, str]] = []
        free = 0
        for at in unsound.tolist():
            if at < free:
                continue  # inside a record already joined
            end, record = self._joined(lines, at)
            if record is None and end == len(lines) and not last and self._still_short(lines, at):
                single[at:] = False
                return len(lines) - at, single, several
            if record is None:
                reason = "quotes.unbalanced" if '"' in lines[at] else "line.carriage_return"
                self._set_aside(int(numbers[at]), reason, lines[at])
                single[at] = False
                continue
            single[at:end] = False
            several.append((int(numbers[at]), record))
            free = end
        return 0, single, several

    def _joined(self, lines: list[str], at: int) -> tuple[int, str | None]:
        """The record that begins on line `at` and where the next begins; None where no quote closes it properly."""
        quotes, size = 0, 0
        if '"' not in lines[at]:
            return at + 1, None
        for end in range(at, min(at + _LINES_OF_A_RECORD, len(lines))):
            quotes += lines[end].count('"')
            size += len(lines[end])
            if size > LONGEST:
                return end, None
            if quotes and quotes % 2 == 0:
                record = "\n".join(lines[at : end + 1]).removesuffix("\r")
                # Once the quotes pair up, the record is whole or it never will be.
                return end + 1, record if self._whole.fullmatch(record) else None
        return min(at + _LINES_OF_A_RECORD, len(lines)), None

    def _still_short(self, lines: list[str], at: int) -> bool:
        rest = lines[at:]
        return (
            sum(line.count('"') for line in rest) % 2 == 1
            and sum(map(len, rest)) < LONGEST
            and len(rest) < _LINES_OF_A_RECORD
        )

    def _rows(
        self,
        trimmed: pa.Array,
        numbers: npt.NDArray[np.int64],
        several: list[tuple[int, str]],
        *,
        quoted: bool,
    ) -> Rows | None:
        empty = mask_of(pc.match_substring_regex(trimmed, self._blank))
        if empty.any():
            self._tally.repaired("decode.blank_line", "", int(empty.sum()))
            trimmed, numbers = trimmed.filter(pa.array(~empty)), numbers[~empty]
        records = [*trimmed.to_pylist(), *(record for _, record in several)]
        if not records:
            return None
        starts = np.concatenate([numbers, np.array([number for number, _ in several], np.int64)])
        self._tally.read += len(records)
        table, odd = self._split(records, quoted=quoted)
        columns = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], schema=table.schema)]
        rows = Rows(np.delete(starts, odd), columns[0])
        mended = [(int(starts[i]), cells) for i in odd if (cells := self._mended(int(starts[i]), records[i]))]
        if mended:
            more = [
                pa.array([cells[c] or None for _, cells in mended], pa.string())
                for c in range(len(self._names))
            ]
            both = pa.concat_batches([rows.columns, pa.RecordBatch.from_arrays(more, names=self._names)])
            rows = Rows(np.concatenate([rows.lines, np.array([line for line, _ in mended], np.int64)]), both)
        if mended or several:  # back into the file's order
            order = np.argsort(rows.lines, kind="stable")
            rows = Rows(rows.lines[order], rows.columns.take(pa.array(order)))
        return rows

    def _split(self, records: list[str], *, quoted: bool) -> tuple[pa.Table, list[int]]:
        """The sound records as columns, and the places of those that have another number of cells."""
        odd: list[int] = []

        def another_width(row: arrow_csv.InvalidRow) -> str:
            odd.append(row.number - 1)
            return "skip"

        table = arrow_csv.read_csv(
            io.BytesIO("\n".join(records).encode() + b"\n"),
            # One thread: only then does pyarrow know which row it skipped.
            read_options=arrow_csv.ReadOptions(
                column_names=self._names, use_threads=False, block_size=64 << 20
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self._separator,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=another_width,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.string() for name in self._names},
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
        return table, odd

    def _mended(self, line: int, record: str) -> list[str] | None:
        """The cells of a row that only has empty ones too many; any other odd row goes to quarantine."""
        width = len(self._names)
        cells = next(csv.reader(io.StringIO(record, newline=""), delimiter=self._separator), [])
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            self._tally.repaired("decode.trailing_delimiter", "", 1)
            return cells[:width]
        few = "cells.too_few" if len(cells) < width else "cells.too_many"
        self._set_aside(
            line, footers.reason_for(cells, width) or f"{few} {len(cells)} of {width}", record, read=False
        )
        return None

    def _set_aside(self, line: int, reason: str, raw: str, *, read: bool = True) -> None:
        self._tally.read += read
        self._tally.set_aside(line, reason, raw)
