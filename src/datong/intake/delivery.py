"""A delivery (交付): one table of a source, read once. Its report adds up: read = landed + quarantined."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from datong.terms.names import ResourceName
from datong.terms.text import Text


class DeliveryState(StrEnum):
    STARTED = "started"
    LANDED = "landed"
    UNCHANGED = "unchanged"  # the same delivery again: nothing was written
    STOPPED = "stopped"  # a person must do something; the last good snapshot stands


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that couldn't be read. `file`, `line` (1-based, of the row's first line; a row number in a database or sheet),
    `reason` as a stable code ("cells.too_many") with numbers, never the row's values.

    The row itself is kept in the delivery's quarantine file, which only the providing department opens.
    """

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class ColumnProfile:
    """What a landed column looks like, without showing a value. Lengths in characters."""

    column: str
    rows: int
    filled: int
    distinct: int  # approximate above some thousands
    shortest: int
    longest: int


@dataclass(frozen=True)
class Repair:
    """What was repaired, or noticed and left as it came, and how often: ("normalise.full_width", column, count).

    Every kind is listed in `reasons.SAYS`, with the sentence for a person.
    """

    kind: str
    column: str
    count: int


@dataclass(frozen=True)
class Delivery:
    """`fingerprint` identifies the content (not the time), so that the same delivery twice changes nothing.

    `snapshot` is the lake's snapshot id once landed. `how` says how it was read: encoding, dialect, header rows, preamble.
    """

    id: str
    source: str
    table: str
    resource: ResourceName
    started_at: datetime
    by: str
    state: DeliveryState = DeliveryState.STARTED
    fingerprint: str = ""
    snapshot: str = ""
    read: int = 0
    landed: int = 0
    quarantined: int = 0
    quarantine: tuple[QuarantinedRow, ...] = ()  # the first hundred; the rest is in the quarantine file
    profile: tuple[ColumnProfile, ...] = ()
    repairs: tuple[Repair, ...] = ()
    how: tuple[tuple[str, str], ...] = ()
    stopped_because: Text | None = None
    finished_at: datetime | None = None
    revision: int = 0
