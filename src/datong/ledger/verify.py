"""Whether a log is what was signed, from its rows and a public key alone: no database, no secret, nothing of the node.

`python -m datong.ledger.verify LOG.sqlite KEYFILE` runs this over a file; it needs Python and `cryptography`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from typing import Protocol

from datong.ledger import fault
from datong.ledger.checkpoint import opened
from datong.ledger.fault import Fault
from datong.ledger.note import NoteNotReadable, SignatureDoesNotHold, VerifierKey
from datong.ledger.tree import CompactRange, leaf_hash


class LogUnreadable(Exception):
    """Raised by a KeptLog whose rows can't be read any further. The message is for the log file of whoever keeps it."""


class KeptLog(Protocol):
    """The rows of a log, in order, as they lie."""

    def entries(self) -> Iterator[tuple[int, bytes]]: ...
    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]: ...
    def checkpoints(self) -> Iterator[tuple[int, str]]:
        """Size and signed note, by size."""
        ...


@dataclass(frozen=True)
class Report:
    """What was checked before the first fault, or all of it. `root` is hex, recomputed from the entries."""

    entries: int
    checkpoints: int
    root: str
    fault: Fault | None = None

    @property
    def sound(self) -> bool:
        return self.fault is None


def verify(
    log: KeptLog,
    key: VerifierKey,
    *,
    witnesses: Sequence[VerifierKey] = (),
    remembered: Iterable[tuple[int, str]] = (),
) -> Report:
    """Recomputes every hash from the entries and holds it to every signed checkpoint; stops at the first fault.

    `remembered` are notes kept outside, with their sizes: they alone can tell that a whole log was exchanged for another
    one with the same key, or cut back to an earlier day. Each of `witnesses` must have signed the newest checkpoint.
    """
    audit = _Audit(log, key)
    try:
        found = audit.run(sorted(remembered), witnesses)
    except LogUnreadable:
        found = fault.file_damaged(audit.edge.size)
    return Report(audit.edge.size, audit.signed, audit.edge.root().hex(), found)


@dataclass
class _Audit:
    log: KeptLog
    key: VerifierKey
    edge: CompactRange = field(default_factory=CompactRange)
    levels: list[Iterator[tuple[int, bytes]]] = field(default_factory=list)
    signed: int = 0  # checkpoints that held
    covered: int = 0  # entries under the newest of them
    newest: str = ""

    def run(self, remembered: Sequence[tuple[int, str]], witnesses: Sequence[VerifierKey]) -> Fault | None:
        notes = merge(self.log.checkpoints(), remembered)
        return self._entries(notes) or self._spare_nodes() or self._end(witnesses)

    def _entries(self, notes: Iterator[tuple[int, str]]) -> Fault | None:
        size, note = next(notes, _NONE)
        while size <= 0:
            if found := self._checkpoint(size, note):
                return found
            size, note = next(notes, _NONE)
        for index, entry in self.log.entries():
            if index != self.edge.size:
                return fault.entry_missing(min(index, self.edge.size))
            if found := self._nodes(index, self.edge.append(leaf_hash(entry))):
                return found
            while size <= self.edge.size:
                if found := self._checkpoint(size, note):
                    return found
                size, note = next(notes, _NONE)
        if note:
            return self._beyond(size, note)
        return None

    def _nodes(self, index: int, completed: list[bytes]) -> Fault | None:
        for level, computed in enumerate(completed):
            if level == len(self.levels):
                self.levels.append(self.log.nodes(level))
            if next(self.levels[level], None) != (index >> level, computed):
                return fault.node_changed(level, index >> level) if level else fault.entry_changed(index)
        return None

    def _checkpoint(self, size: int, note: str) -> Fault | None:
        """Holds a note to the tree of this moment, whose size is the one the note was filed under."""
        try:
            checkpoint = opened(note, self.key)
        except (NoteNotReadable, SignatureDoesNotHold) as refused:
            why = refused.what if isinstance(refused, NoteNotReadable) else refused.why
            return fault.checkpoint_not_ours(size, self.covered, why)
        if (checkpoint.size, checkpoint.root) != (size, self.edge.root()):
            return fault.root_differs(size, self.covered)
        self.signed, self.covered, self.newest = self.signed + 1, size, note
        return None

    def _beyond(self, size: int, note: str) -> Fault:
        """A note over more entries than there are: a true one shows a cut, a false one only itself."""
        try:
            told = opened(note, self.key).size
        except (NoteNotReadable, SignatureDoesNotHold):
            return fault.checkpoint_not_ours(size, self.covered, "it speaks of entries that aren't here")
        return fault.cut_off(told, self.edge.size) if told == size else fault.root_differs(size, self.covered)

    def _spare_nodes(self) -> Fault | None:
        for level, rest in enumerate([*self.levels, self.log.nodes(len(self.levels))]):
            if spare := next(rest, None):
                return fault.node_changed(level, spare[0])
        return None

    def _end(self, witnesses: Sequence[VerifierKey]) -> Fault | None:
        if self.covered < self.edge.size:
            return fault.not_signed(self.covered, self.edge.size - 1)
        try:
            if witnesses:
                opened(self.newest, self.key, witnesses=witnesses)
        except (NoteNotReadable, SignatureDoesNotHold) as refused:
            return fault.checkpoint_not_ours(self.covered, self.covered, str(refused))
        return None


_NONE = (1 << 62, "")  # past every log

if __name__ == "__main__":
    from datong.ledger.verify_file import main

    raise SystemExit(main())
