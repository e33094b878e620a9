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
    """A test on a single value, from the rules pack, made on the value without surrounding spaces, in
    capitals where it is ASCII throughout.

    `pattern` is RE2, searched (anchor it for the whole value); `words` are whole values; `check` names a check character
    the engine knows, of the values that pass the pattern: "gb11643", "gb11643_inside", "gb32100" or "luhn".
    `shortest` and `longest` (0: any) bound the length in characters and `script` ("ascii": no character beyond it,
    "wide": at least one) says what the value is written in; `contains` must stand in it: cheap tests, made before the
    dear ones.
    """

    id: str
    element: str
    check: str = ""
    pattern: str = ""
    words: tuple[str, ...] = ()
    shortest: int = 0
    longest: int = 0
    script: str = ""
    contains: str = ""
