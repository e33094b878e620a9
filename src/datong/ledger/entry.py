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
from datong.terms.fault import Fault
from datong.terms.text import Text


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


class FactsNotJson(Fault):
    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(
            Text(
                zh=f"事件 {kind} 的内容无法写成 JSON，不能入账，本次操作已停止。日期和小数请用文本，数值须有限，键须为文本。",
                en=f"The facts of an event {kind} can't be written as JSON, so it can't be entered in the ledger and "
                "the action stops. Give text for dates and decimals, finite numbers, and text as keys.",
            )
        )


class EntryNotReadable(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这条账目不符合唯一的规范写法，无法显示。请运行 datong ledger verify；如未发现问题，"
                "则该账目由更新版本的大通写入，请升级。",
                en="A ledger entry isn't in its one canonical form and can't be shown. Run `datong ledger verify`; if "
                "that finds nothing, the entry was written by a newer version of Datong: upgrade.",
            )
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
    fields = {
        "at": entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z",
        "by": entry.by,
        "facts": entry.facts,
        "id": str(entry.id),
        "kind": entry.kind,
        "persons_count": entry.persons_count,
        "persons_root": entry.persons_root,
        "subject": entry.subject,
        "version": entry.version,
    }
    return spelled(entry.kind, fields).encode()


def spelled(kind: str, fields: Mapping[str, Json]) -> str:
    """The one spelling of these fields of an event `kind`; raises FactsNotJson where JSON has none."""
    try:
        text = _ENCODER.encode(_plain(fields))
        text.encode()  # refuses half characters
    except (TypeError, ValueError):
        raise FactsNotJson(kind) from None
    return text


def read(data: bytes) -> Entry:
    """The entry behind canonical bytes; refuses any other spelling, so that what is shown is what was hashed."""
    try:
        fields: dict[str, Any] = json.loads(data)
        fields |= {"id": UUID(fields["id"]), "at": datetime.fromisoformat(fields["at"])}
        entry = Entry(**fields)
        same = canonical(entry) == data
    except (ValueError, TypeError, KeyError, AttributeError, FactsNotJson):
        raise EntryNotReadable from None
    if not same:
        raise EntryNotReadable
    return entry


_SCALARS = frozenset({str, int, float, bool, type(None)})  # most of what there is: asked first, for speed
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain(value: Json) -> Json:
    """Mappings as dict, with text keys alone: JSON would turn the keys 1 and "1" into one."""
    if type(value) in _SCALARS:
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
