"""The arithmetic of an RFC 6962 Merkle tree: hashes, growth and proofs over any place that keeps the nodes.

Nothing here stores anything. A `NodeReader` answers `node(level, index)` with the hash of the perfect subtree
over the leaves [index << level, (index + 1) << level); every other hash is computed from those.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from datong.terms.fault import Fault
from datong.terms.text import Text

LEAF = b"\x00"
NODE = b"\x01"
EMPTY_ROOT = sha256(b"").digest()

NodeReader = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    return sha256(LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()


@dataclass
class CompactRange:
    """The right edge of a growing tree: one hash for each perfect subtree, largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[bytes]:
        """Adds a leaf hash; returns the subtrees it completes, the one at level n being number `size >> n`."""
        completed, place = [leaf], self.size
        while place & 1:
            leaf = sha256(NODE + self.peaks.pop() + leaf).digest()
            completed.append(leaf)
            place >>= 1
        self.peaks.append(leaf)
        self.size += 1
        return completed

    def root(self) -> bytes:
        return _fold(self.peaks)


def right_edge(size: int, node: NodeReader) -> CompactRange:
    """The compact range of the first `size` leaves, ready to grow."""
    return CompactRange(size, _perfect_subtrees(0, size, node))


def root(size: int, node: NodeReader) -> bytes:
    return right_edge(size, node).root()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes that are all at hand.

    Level by level, a node without a partner moving up as it is: the same tree as the RFC's recursion, and three
    times as fast in Python as growing it leaf by leaf.
    """
    level = list(hashes)
    while len(level) > 1:
        lone = level[-1:] if len(level) % 2 else []
        pairs = iter(level)
        level = [
            sha256(NODE + left + right).digest() for left, right in zip(pairs, pairs, strict=False)
        ] + lone
    return level[0] if level else EMPTY_ROOT


def inclusion_path(index: int, size: int, node: NodeReader) -> list[bytes]:
    """The siblings from leaf `index` up to the root of the first `size` leaves (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise OutsideTree(index, size)
    siblings, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return [_range_root(first, last, node) for first, last in reversed(siblings)]


def consistency_path(old: int, new: int, node: NodeReader) -> list[bytes]:
    """The nodes that show the first `old` leaves unchanged under the root of `new` leaves (RFC 6962, 2.1.2)."""
    if not 0 <= old <= new:
        raise OutsideTree(old, new)
    if old in (0, new):
        return []
    steps, start, end = [], 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            steps.append((middle, end))
            end = middle
        else:
            steps.append((start, middle))
            start = middle
    # The old tree's own root is known to whoever asks; only a subtree of it has to be told.
    if start:
        steps.append((start, end))
    return [_range_root(first, last, node) for first, last in reversed(steps)]


class OutsideTree(Fault):
    """A leaf or a size was asked for that the tree doesn't have."""

    def __init__(self, wanted: int, size: int) -> None:
        self.wanted, self.size = wanted, size
        super().__init__(
            Text(
                zh=f"台账共有 {size} 条账目，编号从 0 开始，没有 {wanted} 号可供查询或证明。请核对编号，或先获取更新的检查点。",
                en=f"The ledger has {size} entries, counted from 0, so there is nothing to show about {wanted}. "
                "Check the number, or fetch a newer checkpoint first.",
            )
        )


def _split(count: int) -> int:
    """The largest power of two below `count`: where the RFC cuts a tree in two."""
    return 1 << ((count - 1).bit_length() - 1)


def _perfect_subtrees(start: int, end: int, node: NodeReader) -> list[bytes]:
    """The hashes that make up the leaves [start, end), `start` being a cut of a tree that reaches to `end`."""
    hashes = []
    while start < end:
        level = (end - start).bit_length() - 1
        hashes.append(node(level, start >> level))
        start += 1 << level
    return hashes


def _range_root(start: int, end: int, node: NodeReader) -> bytes:
    return _fold(_perfect_subtrees(start, end, node))


def _fold(peaks: Iterable[bytes]) -> bytes:
    hashes = list(peaks)
    if not hashes:
        return EMPTY_ROOT
    top = hashes.pop()
    while hashes:
        top = node_hash(hashes.pop(), top)
    return top
