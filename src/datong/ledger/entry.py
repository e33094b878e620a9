"""An entry of the ledger: one event in canonical bytes, with persons replaced by one salted commitment to all of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from datong.ledger.commitments import Part, in_parts, parts_root
from datong.ledger.persons import PersonSecret
from datong.terms.event import Event, Json


@dataclass(frozen=True)
class Entry:
    """`persons_root` is hex of the root over the salted leaf commitments, "" when the event concerns no person."""

    id: UUID
    kind: str
    at: datetime
    by: str
    subject: str
    facts: Mapping[str, Json]
    persons_count: int = 0
    persons_root: str = ""
    version: int = 1


@dataclass(frozen=True)
class Receipt:
    """Proof that an entry is durable: its place in the log and its RFC 6962 leaf hash."""

    index: int
    leaf_hash: bytes


@dataclass(frozen=True)
class Sealed:
    """An event ready for the log: its bytes, and the commitments that the node keeps to itself."""

    id: UUID
    entry: bytes
    parts: tuple[Part, ...] = ()


class FactsNotJson(TypeError):
    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(
            f"The facts of an event {kind} can't be written as JSON, so it can't be entered in the ledger. "
            "Give text for dates and decimals, finite numbers, and text as keys."
        )


class EntryNotReadable(ValueError):
    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            f"These bytes are no ledger entry in its one canonical form: {why}. Run `datong ledger verify`; if it finds "
            "nothing, the entry was written by a newer version of Datong."
        )


def seal(event: Event, secret: PersonSecret) -> Sealed:
    """The event as the log will hold it. Costs about 3 µs a person."""
    commitments = secret.commitments(event.id, event.persons) if event.persons else []
    parts = tuple(in_parts(commitments))
    entry = Entry(
        id=event.id,
        kind=event.kind,
        at=event.at,
        by=event.by,
        subject=event.subject,
        facts=event.facts,
        persons_count=len(commitments),
        persons_root=parts_root(parts).hex() if parts else "",
    )
    return Sealed(event.id, canonical(entry), parts)


def canonical(entry: Entry) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces: one entry, one spelling."""
    try:
        fields = {
            "at": entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z",
            "by": entry.by,
            "facts": _plain(entry.facts),
            "id": str(entry.id),
            "kind": entry.kind,
            "persons_count": entry.persons_count,
            "persons_root": entry.persons_root,
            "subject": entry.subject,
            "version": entry.version,
        }
        return _ENCODER.encode(fields).encode()
    except (TypeError, ValueError):
        raise FactsNotJson(entry.kind) from None


def read(data: bytes) -> Entry:
    """The entry behind canonical bytes; refuses any other spelling, so that what is shown is what was hashed."""
    try:
        fields: dict[str, Any] = json.loads(data)
        fields |= {"id": UUID(fields["id"]), "at": datetime.fromisoformat(fields["at"])}
        entry = Entry(**fields)
        same = canonical(entry) == data
    except (ValueError, TypeError, KeyError, AttributeError):
        raise EntryNotReadable("the nine fields of an entry were expected") from None
    if not same:
        raise EntryNotReadable("the same fields are written another way")
    return entry


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain(value: Json) -> Json:
    """Mappings as dict, with text keys alone: JSON would turn the keys 1 and "1" into one."""
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
