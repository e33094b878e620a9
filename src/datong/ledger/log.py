"""The log: what the node appends, signs, proves and opens. How rows are kept is the storage's affair.

Order matters in `append`: the private side is kept first, keyed by event, and the log last. A kill in between leaves
commitments that no entry points to, which are never shown; the reverse would leave an entry that can't be opened.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from datong.ledger.checkpoint import Checkpoint, opened, sign
from datong.ledger.commitments import KeptParts, Part, find
from datong.ledger.entry import Entry, Receipt, Sealed, read, seal
from datong.ledger.note import Note, NoteSigner
from datong.ledger.opening import Opening
from datong.ledger.persons import PersonSecret, commitment
from datong.ledger.tree import (
    CompactRange,
    OutsideTree,
    consistency_path,
    inclusion_path,
    leaf_hash,
    right_edge,
)
from datong.terms.event import Event
from datong.terms.fault import Fault
from datong.terms.text import Text


@dataclass(frozen=True)
class Row:
    """An entry as storage keeps it."""

    index: int
    id: UUID
    entry: bytes


class LogReader(Protocol):
    def size(self) -> int: ...
    def node(self, level: int, index: int) -> bytes: ...
    def row(self, index: int) -> Row | None: ...
    def rows(self, start: int, end: int) -> Iterator[Row]: ...
    def row_of(self, event: UUID) -> Row | None: ...
    def checkpoint(self, *, at_least: int = 0) -> str | None:
        """The newest signed note over `at_least` entries or more."""
        ...


class LogWriter(LogReader, Protocol):
    """One append. Reads see what this transaction wrote."""

    def add(self, rows: Iterable[Row], nodes: Iterable[tuple[int, int, bytes]]) -> None: ...
    def keep_checkpoint(self, size: int, note: str) -> None: ...


class LogStorage(LogReader, Protocol):
    def writing(self) -> AbstractContextManager[LogWriter]:
        """One writer at a time across processes; durable when the block ends, undone when it raises."""
        ...


class UseStorage(Protocol):
    """The private side: whom an event concerned, by tag, and the commitments behind its root. Never handed out."""

    def keep(self, event: UUID, tags: Sequence[bytes], parts: Sequence[Part]) -> None:
        """Durable on return. Keeping the same event again changes nothing."""
        ...

    def events_of(self, tag: bytes) -> list[UUID]: ...
    def parts_of(self, event: UUID) -> KeptParts: ...


class EventRewritten(Fault):
    """The id of an event that was entered came back with other content."""

    def __init__(self, kind: str, id: UUID) -> None:
        self.kind, self.id = kind, id
        super().__init__(
            Text(
                zh=f"事件 {kind}（{id}）已经入账，但这次内容不同。账目不可更改：请以新的事件和新的编号记录新的内容。",
                en=f"The event {kind} ({id}) is in the ledger already and says something else there. Entries are never "
                "changed: record what is new as an event of its own, with its own id.",
            )
        )


@dataclass(frozen=True)
class Log:
    storage: LogStorage
    uses: UseStorage
    signer: NoteSigner
    secret: PersonSecret

    def record(self, event: Event) -> int:
        """The entry's index, once it is durable."""
        return self.append([event])[0].index

    def append(self, events: Sequence[Event]) -> list[Receipt]:
        """Enters the events in this order, all or none; an event that is in already keeps its place.

        Durable on return, under a checkpoint signed in the same transaction. Safe in several processes at once.
        """
        sealed = [seal(event, self.secret) for event in events]
        for event, each in zip(events, sealed, strict=True):
            if each.parts and self.storage.row_of(event.id) is None:
                self.uses.keep(event.id, self.secret.tags(event.persons), each.parts)
        with self.storage.writing() as page:
            rows = _placed(page, events, sealed)
            # By index: an event that came twice in one batch is one new row.
            new = {row.index: row for row in rows if row.index >= page.size()}
            self._grow(page, list(new.values()))
        return [Receipt(row.index, leaf_hash(row.entry)) for row in rows]

    def size(self) -> int:
        return self.storage.size()

    def entry(self, index: int) -> Entry:
        return read(self._row(index).entry)

    def entries(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, Entry]]:
        """Entries from `start` up to, not including, `end`."""
        for row in self.storage.rows(start, self.size() if end is None else end):
            yield row.index, read(row.entry)

    def checkpoint(self) -> str | None:
        """The newest signed note; None while the log is empty."""
        return self.storage.checkpoint()

    def inclusion(self, index: int, size: int) -> list[bytes]:
        return inclusion_path(index, self._known(size), self.storage.node)

    def consistency(self, old: int, new: int) -> list[bytes]:
        return consistency_path(old, self._known(new), self.storage.node)

    def concerning(self, person: str) -> list[int]:
        """Indices of the entries that concern this person, oldest first."""
        rows = map(self.storage.row_of, self.uses.events_of(self.secret.tag(person)))
        return sorted(row.index for row in rows if row is not None)

    def opening(self, index: int, person: str) -> Opening | None:
        """What shows that entry `index` concerns this person, and nobody else's part in it; None when it doesn't."""
        row = self._row(index)
        entry, salt = read(row.entry), self.secret.salt(row.id, person)
        wanted = commitment(salt, person)
        place = (
            find(wanted, self.uses.parts_of(row.id), count=entry.persons_count)
            if entry.persons_count
            else None
        )
        note = self.storage.checkpoint(at_least=index + 1)
        if place is None or note is None:
            return None
        size = Checkpoint.parse(Note.parse(note).text).size
        return Opening(index, row.entry, salt, place, tuple(self.inclusion(index, size)), note)

    def keep_cosigned(self, note: str) -> None:
        """Keeps a checkpoint of this log that came back with witnesses' lines. Raises when it isn't ours as it stands."""
        checkpoint = opened(note, self.signer.key)
        with self.storage.writing() as page:
            ours = right_edge(min(checkpoint.size, page.size()), page.node)
            if (ours.size, ours.root()) != (checkpoint.size, checkpoint.root):
                raise NotOurCheckpoint(checkpoint.size)
            page.keep_checkpoint(checkpoint.size, note)

    def _grow(self, page: LogWriter, rows: Sequence[Row]) -> None:
        if not rows:
            return
        edge = right_edge(page.size(), page.node)
        _require_signed(edge, page.checkpoint())
        nodes = [
            (level, row.index >> level, completed)
            for row in rows
            for level, completed in enumerate(edge.append(leaf_hash(row.entry)))
        ]
        page.add(rows, nodes)
        page.keep_checkpoint(
            edge.size, sign(Checkpoint(self.signer.name, edge.size, edge.root()), self.signer)
        )

    def _row(self, index: int) -> Row:
        row = self.storage.row(index)
        if row is None:
            raise OutsideTree(index, self.size())
        return row

    def _known(self, size: int) -> int:
        if size > self.size():
            raise OutsideTree(size, self.size())
        return size


class LogNotAsSigned(Fault):
    """The tree on the disk isn't the one that was signed last, so nothing more is signed on top of it."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(
            Text(
                zh=f"台账（{size} 条账目）与最近签署的检查点不符，可能被改动或损坏。为免替被改动的历史签名，已停止入账。"
                "请运行 datong ledger verify 查明位置，并用备份核对。",
                en=f"The ledger of {size} entries isn't what the node signed last: it was changed or damaged. To sign on "
                "would vouch for that, so nothing more is entered. Run `datong ledger verify` to learn where, and "
                "compare with a backup.",
            )
        )


class NotOurCheckpoint(Fault):
    """A note with our signature tells of a tree that this log isn't: the key has signed elsewhere, or the log was cut."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(
            Text(
                zh=f"一个带本节点签名、账目数为 {size} 的检查点与本台账不符：台账曾用旧备份恢复，或密钥在别处使用。"
                "请停止写入，保存该检查点，并报告审计员。",
                en=f"A checkpoint with this node's signature over {size} entries doesn't fit this log: either the log was "
                "restored from an older copy or the key is used elsewhere. Stop writing, keep the note, and tell the auditor.",
            )
        )


def _require_signed(edge: CompactRange, note: str | None) -> None:
    """Only the right edge is looked at: it costs microseconds, and a full look is what `verify` is for."""
    if note is None:
        signed = edge.size == 0
    else:
        checkpoint = Checkpoint.parse(Note.parse(note).text)
        signed = (checkpoint.size, checkpoint.root) == (edge.size, edge.root())
    if not signed:
        raise LogNotAsSigned(edge.size)


def _placed(page: LogReader, events: Sequence[Event], sealed: Sequence[Sealed]) -> list[Row]:
    """Each event's row: the one it has, or the next free one."""
    rows: dict[UUID, Row] = {}
    free = page.size()
    for event, each in zip(events, sealed, strict=True):
        row = rows.get(each.id) or page.row_of(each.id) or Row(free, each.id, each.entry)
        if row.entry != each.entry:
            raise EventRewritten(event.kind, event.id)
        free = max(free, row.index + 1)
        rows[each.id] = row
    return [rows[each.id] for each in sealed]
