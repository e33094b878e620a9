"""The small tree over one event's commitments, kept in parts so that opening one of a million reads one part.

Commitments are already hashes, marked apart from leaves and nodes by their first byte, so they are the tree's leaf hashes
as they stand. Sorted, a commitment's place is found by halving.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from datong.ledger.tree import inclusion_path, root_of

PART_LEVEL = 12
PART = 1 << PART_LEVEL  # 4,096 commitments: 128 kB to read and 2 ms of hashing


@dataclass(frozen=True)
class Part:
    """Consecutive commitments and the root over them."""

    root: bytes
    commitments: Sequence[bytes]


class KeptParts(Protocol):
    """The parts of one event, wherever they lie."""

    def heads(self) -> Sequence[tuple[bytes, bytes]]:
        """The first commitment and the root of each part, in order."""
        ...

    def part(self, number: int) -> Sequence[bytes]: ...


@dataclass(frozen=True)
class Place:
    """Where a commitment stands in its event's tree, and the path from it to `Entry.persons_root`."""

    index: int
    path: tuple[bytes, ...]


def in_parts(commitments: Sequence[bytes]) -> list[Part]:
    slices = (commitments[start : start + PART] for start in range(0, len(commitments), PART))
    return [Part(root_of(each), each) for each in slices]


def parts_root(parts: Sequence[Part]) -> bytes:
    """The root over all commitments: parts are perfect subtrees but for the last, which only ever moves up the edge."""
    return root_of([part.root for part in parts])


def find(wanted: bytes, kept: KeptParts, *, count: int) -> Place | None:
    """The place of `wanted` among `count` commitments; None when it isn't one of them."""
    heads = kept.heads()
    number = bisect_right([first for first, _ in heads], wanted) - 1
    part = cache(kept.part)
    offset = bisect_left(part(number), wanted) if number >= 0 else 0
    if number < 0 or offset == len(part(number)) or part(number)[offset] != wanted:
        return None

    def node(level: int, index: int) -> bytes:
        if level >= PART_LEVEL:
            span = level - PART_LEVEL
            return root_of([root for _, root in heads[index << span : (index + 1) << span]])
        within = (index << level) & (PART - 1)
        return root_of(part((index << level) >> PART_LEVEL)[within : within + (1 << level)])

    index = number * PART + offset
    return Place(index, tuple(inclusion_path(index, count, node)))
