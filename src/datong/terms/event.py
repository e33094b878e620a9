"""Something that happened. Every write carries one; what isn't recorded didn't happen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

Json = Any  # JSON values: null, bool, int, float, str, list, dict of these; mypy can't yet say "recursive" for 3.11


class EventNeedsAZone(ValueError):
    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"The event {kind} was given a time without a zone. Pass an aware datetime.")


@dataclass(frozen=True)
class Event:
    """One thing that happened, as it goes into the ledger.

    kind: listed in a capability's events.py, e.g. "sharing.agreement_approved".
    by: the actor's login. subject: what it happened to, e.g. "agreement/A-2026-0001" or "resource/police.resident".
    facts: JSON values; never a personal value.
    persons: the identity numbers it concerns. They never reach the ledger: it keeps one salted commitment to them.
    """

    kind: str
    at: datetime
    by: str
    subject: str
    facts: Mapping[str, Json] = field(default_factory=dict)
    persons: tuple[str, ...] = ()
    id: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise EventNeedsAZone(self.kind)
