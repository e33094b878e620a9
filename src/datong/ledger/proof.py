"""Checking a proof against roots that somebody signed, with nothing of the log at hand (RFC 9162, 2.1.3 and 2.1.4).

This is the half that a citizen, an auditor or a witness runs. A proof that fails is an answer, not an error.
"""

from collections.abc import Sequence

from datong.ledger.tree import EMPTY_ROOT, node_hash


def includes(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` shows that the leaf hash is number `index` of the `size` leaves under `root`."""
    if not 0 <= index < size:
        return False
    place, last, top = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            top = node_hash(sibling, top)
            place, last = _above_lone_levels(place, last)
        else:
            top = node_hash(top, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and top == root


def extends(*, old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether `path` shows that the newer tree begins with exactly the older one."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not path and old_root == new_root
    if old_size == 0:
        return not path and old_root == EMPTY_ROOT
    # A perfect old tree is itself the first subtree of the new one, so the proof leaves it out.
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    if not path:
        return False
    place, last = _skip_right_turns(old_size - 1, new_size - 1)
    old_top = new_top = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_top, new_top = node_hash(step, old_top), node_hash(step, new_top)
            place, last = _above_lone_levels(place, last)
        else:
            new_top = node_hash(new_top, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old_top == old_root and new_top == new_root


def _above_lone_levels(place: int, last: int) -> tuple[int, int]:
    """Climbs the levels where the right edge has no partner and so moves up unhashed."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _skip_right_turns(place: int, last: int) -> tuple[int, int]:
    while place & 1:
        place, last = place >> 1, last >> 1
    return place, last
