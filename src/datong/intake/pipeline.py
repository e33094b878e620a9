"""A delivered table on its way to the lake: the phases in their order, each batch through all of them.

A file is read twice, because a column's type is decided by all of its values: the first reading ends in a spill file,
the second is of that. A database whose types hold is read once, straight into the lake. Memory stays at a few batches.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from datong.catalogue.field import FieldType
from datong.intake.phases.cast import BAD, cast
from datong.intake.phases.characters import normalise as normalise_characters
from datong.intake.phases.characters import without_empty
from datong.intake.phases.types import Reading, Seen, promised, reading, type_of, units_unclear
from datong.intake.progress import Listener, Progress, silent
from datong.intake.reader import Delivered
from datong.intake.rows import Rows
from datong.intake.tally import Tally
from datong.intake.workroom import private

# Part of a delivery's fingerprint. Raise it when the phases land the same content differently, so that it lands again.
VERSION = "1"


@dataclass
class Work:
    """What the phases of one landing share. `seen` has the text columns, `readings` what they turned out to hold."""

    delivered: Delivered
    tally: Tally
    progress: Listener = silent
    seen: dict[str, Seen] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    unreadable: Counter[str] = field(default_factory=Counter)  # by column, values that weren't of its type

    def __post_init__(self) -> None:
        for heading, column in zip(self.delivered.headings, self.delivered.schema, strict=True):
            if pa.types.is_string(column.type):
                self.seen[column.name] = Seen(
                    heading=heading or column.name,
                    declared_text=column.name in self.delivered.declared_text,
                    settled=self.delivered.settled,
                )

    @property
    def kept(self) -> list[str]:
        """The columns that land: all but those with neither heading nor content."""
        named = zip(self.delivered.headings, self.delivered.names, strict=True)
        return [name for heading, name in named if heading or name not in self.seen or self.seen[name].filled]

    def heard(self, size: int, whole: int) -> None:
        self.progress(Progress("decode", self.tally.read, size, whole))


def normalise(rows: Rows, work: Work) -> Rows:
    rows = normalise_characters(rows, work.tally)
    return rows if work.delivered.settled else without_empty(rows)


def watch(rows: Rows, work: Work) -> Rows:
    """type, first half: counts what each text column holds."""
    for name, seen in work.seen.items():
        seen.watch(rows.columns.column(name))
    return rows


def check(rows: Rows, work: Work) -> Rows:
    """Rows with a number that a spreadsheet ruined go to quarantine."""
    for name, seen in work.seen.items():
        mask = seen.ruined.ruined(rows.columns.column(name))
        if mask is not None:
            rows = work.tally.set_aside_rows(rows, mask, f"identity.lost_precision {name}")
    return rows


def convert(rows: Rows, work: Work) -> Rows:
    """type, second half: text becomes what the whole column was found to hold; a row that can't goes to quarantine."""
    arrays: dict[str, pa.Array] = {}
    bad_rows = np.zeros(len(rows), bool)
    reasons: list[tuple[str, np.ndarray]] = []
    for name in work.kept:
        column = rows.columns.column(name)
        if name not in work.readings:
            arrays[name] = column
            continue
        arrays[name], bad = cast(column, work.readings[name], name=name, tally=work.tally)
        if bad.any():
            work.unreadable[name] += int(bad.sum())
            reasons.append((f"{BAD[work.readings[name].type]} {name}", bad & ~bad_rows))
            bad_rows |= bad
    typed = Rows(rows.lines, pa.RecordBatch.from_pydict(arrays))
    for reason, bad in reasons:
        work.tally.set_aside_rows(rows, bad, reason)
    return typed.where(~bad_rows) if bad_rows.any() else typed


Phase = Callable[[Rows, Work], Rows]

# What each batch passes through, in order. Decoding came before (the source's reader), profiling and landing come after.
FIRST_READING: tuple[Phase, ...] = (normalise, watch)
SECOND_READING: tuple[Phase, ...] = (check, convert)
ONE_READING: tuple[Phase, ...] = (*FIRST_READING, check)


def first_reading(work: Work, spill: Path) -> None:
    """Reads the whole table into `spill`: normalised, still text, each row with its line."""
    schema = pa.schema([*work.delivered.schema, pa.field("line", pa.int64())])
    with open(spill, "wb", opener=private) as file:
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        with pa.ipc.new_stream(file, schema, options=options) as out:
            for rows in _through(FIRST_READING, work.delivered.rows(work.tally, work.heard), work):
                lines = pa.array(rows.lines, pa.int64())
                out.write_batch(pa.RecordBatch.from_arrays([*rows.columns.columns, lines], schema=schema))


def settle(work: Work, promises: Mapping[str, FieldType]) -> pa.Schema:
    """Decides every text column's type, and returns the schema that lands. `promises` are those of earlier landings."""
    for name, seen in work.seen.items():
        if work.delivered.settled:
            continue
        promise = promises.get(name)
        work.readings[name] = reading(seen) if promise is None else promised(promise, seen)
        if seen.marked and work.readings[name].type is FieldType.TEXT and units_unclear(seen):
            work.tally.repaired("number.unclear", name, seen.marked)
    if dropped := len(work.delivered.names) - len(work.kept):
        work.tally.repaired("decode.unnamed_column", "", dropped)
    arriving = work.delivered.schema
    return pa.schema(
        [
            (name, work.readings[name].arrow if name in work.readings else arriving.field(name).type)
            for name in work.kept
        ]
    )


def second_reading(work: Work, spill: Path) -> Iterator[pa.RecordBatch]:
    with pa.OSFile(str(spill)) as file, pa.ipc.open_stream(file) as batches:
        yield from _landing(_through(SECOND_READING, (_rows(batch) for batch in batches), work), work)


def only_reading(work: Work) -> Iterator[pa.RecordBatch]:
    """For a source whose types hold."""
    yield from _landing(_through(ONE_READING, work.delivered.rows(work.tally, work.heard), work), work)


def types_arriving(work: Work) -> dict[str, FieldType]:
    """What each kept column is now, to compare with what was promised."""
    arriving = work.delivered.schema
    return {
        name: work.readings[name].type if name in work.readings else type_of(arriving.field(name).type)
        for name in work.kept
    }


def _rows(batch: pa.RecordBatch) -> Rows:
    width = batch.num_columns - 1
    return Rows(batch.column(width).to_numpy(), batch.select(list(range(width))))


def _through(phases: tuple[Phase, ...], batches: Iterator[Rows], work: Work) -> Iterator[Rows]:
    for rows in batches:
        for phase in phases:
            rows = phase(rows, work)
        yield rows


def _landing(batches: Iterator[Rows], work: Work) -> Iterator[pa.RecordBatch]:
    landed = 0
    for rows in batches:
        landed += len(rows)
        work.progress(Progress("land", landed))
        if len(rows):
            yield rows.columns
