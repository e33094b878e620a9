"""What a column's values say of themselves, counted in the engine in one pass: no value leaves, only shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from datong.catalogue.snapshot import Snapshot


@dataclass(frozen=True)
class ColumnMeasure:
    """`shares`: detector id → share (0–1) of non-empty values that pass it. Lengths in characters; distinct approximate."""

    column: str
    rows: int
    filled: int
    distinct: int
    shortest: int
    longest: int
    shares: Mapping[str, float]


class Measurer(Protocol):
    def measure(
        self, snapshot: Snapshot, detectors: tuple["ValueDetector", ...]
    ) -> tuple[ColumnMeasure, ...]:
        """One pass over the snapshot's files: every column against every detector."""
        ...


@dataclass(frozen=True)
class ValueDetector:
    """A test on a single value, from the rules pack. `check` names a check character the engine knows
    ("gb11643", "gb32100", "luhn"), or is "" where `pattern` (RE2, anchored) or `words` decide alone.
    """

    id: str
    element: str
    check: str = ""
    pattern: str = ""
    words: tuple[str, ...] = ()
