"""Whether a log is what was signed, from its rows and a public key alone: no database, no secret, nothing of the node.

`python -m datong.ledger.verify LOG.sqlite KEYFILE` runs this over a file; it needs Python and `cryptography`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from operator import itemgetter
from typing import Protocol

from datong.ledger import discrepancy
from datong.ledger.checkpoint import opened
from datong.ledger.discrepancy import Discrepancy
from datong.ledger.note import Note, NoteNotReadable, SignatureDoesNotHold, VerifierKey
from datong.ledger.tree import CompactRange, leaf_hash
from datong.terms.text import Text


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
    """What was checked before the first discrepancy, or all of it. `root` is hex, recomputed from the entries."""

    entries: int
    checkpoints: int
    root: str
    discrepancy: Discrepancy | None = None

    @property
    def sound(self) -> bool:
        return self.discrepancy is None


def verify(
    log: KeptLog,
    key: VerifierKey,
    *,
    witnesses: Sequence[VerifierKey] = (),
    remembered: Iterable[tuple[int, str]] = (),
) -> Report:
    """Recomputes every hash from the entries and holds it to every signed checkpoint; stops at the first that differs.

    `remembered` are notes kept outside, with their sizes: they alone can tell that a whole log was exchanged for another
    one with the same key, or cut back to an earlier day. Each of `witnesses` must have signed the newest checkpoint.
    """
    audit = _Audit(log, key)
    try:
        found = audit.run(sorted(remembered, key=itemgetter(0)), witnesses)
    except LogUnreadable:
        found = discrepancy.file_damaged(audit.edge.size)
    return Report(audit.edge.size, audit.signed, audit.edge.root().hex(), found)


@dataclass
class _Audit:
    log: KeptLog
    key: VerifierKey
    edge: CompactRange = field(default_factory=CompactRange)
    levels: list[Iterator[tuple[int, bytes]]] = field(default_factory=list)
    signed: int = 0  # checkpoints that held
    covered: int = 0  # entries under the newest of them
    before: int = 0  # entries under the one before, of another size
    newest: tuple[str, ...] = ()  # notes over exactly those

    def run(
        self, remembered: Sequence[tuple[int, str]], witnesses: Sequence[VerifierKey]
    ) -> Discrepancy | None:
        # Of one size the log's own note comes first: one from outside that differs then shows a second history.
        notes = merge(self.log.checkpoints(), remembered, key=itemgetter(0))
        return self._entries(notes) or self._spare_nodes() or self._end(witnesses)

    def _entries(self, notes: Iterator[tuple[int, str]]) -> Discrepancy | None:
        size, note = next(notes, _NONE)
        while size <= 0:
            if found := self._checkpoint(size, note):
                return found
            size, note = next(notes, _NONE)
        for index, entry in self.log.entries():
            if index != self.edge.size:
                return discrepancy.entry_missing(min(index, self.edge.size))
            if found := self._nodes(index, self.edge.append(leaf_hash(entry))):
                return found
            while size <= self.edge.size:
                if found := self._checkpoint(size, note):
                    return found
                size, note = next(notes, _NONE)
        return None if (size, note) == _NONE else self._beyond(size, note)

    def _nodes(self, index: int, completed: list[bytes]) -> Discrepancy | None:
        for level, computed in enumerate(completed):
            if level == len(self.levels):
                self.levels.append(self.log.nodes(level))
            if next(self.levels[level], None) != (index >> level, computed):
                if level == 0:
                    return discrepancy.entry_changed(index)
                return discrepancy.node_changed(level, index >> level)
        return None

    def _checkpoint(self, size: int, note: str) -> Discrepancy | None:
        """Holds a note to the tree of this moment, whose size is the one the note was filed under."""
        try:
            checkpoint = opened(note, self.key)
        except (NoteNotReadable, SignatureDoesNotHold) as refused:
            return discrepancy.checkpoint_not_ours(size, self.covered, refused.why)
        if (checkpoint.size, checkpoint.root) != (size, self.edge.root()):
            if size == self.covered == checkpoint.size and self.newest:
                return discrepancy.told_two_ways(size, self.before)
            return discrepancy.root_differs(size, self.covered)
        if size == self.covered:
            self.newest = (*self.newest, note)
        else:
            self.newest, self.before, self.covered = (note,), self.covered, size
        self.signed += 1
        return None

    def _beyond(self, size: int, note: str) -> Discrepancy:
        """A note over more entries than there are: a true one shows a cut, a false one only itself."""
        try:
            told = opened(note, self.key).size
        except (NoteNotReadable, SignatureDoesNotHold):
            return discrepancy.checkpoint_not_ours(size, self.covered, _NOTHING_THERE)
        if told != size:
            return discrepancy.root_differs(size, self.covered)
        return discrepancy.cut_off(size, self.edge.size)

    def _spare_nodes(self) -> Discrepancy | None:
        for level, rest in enumerate([*self.levels, self.log.nodes(len(self.levels))]):
            if spare := next(rest, None):
                return discrepancy.node_changed(level, spare[0])
        return None

    def _end(self, witnesses: Sequence[VerifierKey]) -> Discrepancy | None:
        if self.covered < self.edge.size:
            return discrepancy.not_signed(self.covered, self.edge.size - 1)
        for witness in witnesses:
            if not any(_signed_by(note, witness) for note in self.newest):
                return discrepancy.not_witnessed(self.covered, witness.name)
        return None


def _signed_by(note: str, witness: VerifierKey) -> bool:
    try:
        Note.parse(note).require(witness)
    except (NoteNotReadable, SignatureDoesNotHold):
        return False
    return True


_NONE = (1 << 62, "")  # past every log
_NOTHING_THERE = Text(zh="它所说的账目不在文件中", en="it speaks of entries that aren't here")

if __name__ == "__main__":
    from datong.ledger.verify_file import main

    raise SystemExit(main())
