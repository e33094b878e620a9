"""A proof holds for what it was made for, and for nothing else."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from datong.ledger import proof
from datong.ledger.tree import leaf_hash
from tests.unit.ledger import rfc6962

SIZES = (1, 2, 3, 4, 5, 7, 8, 9, 13)
ENTRIES = [b"entry %d" % number for number in range(max(SIZES))]
ROOTS = [rfc6962.mth(ENTRIES[:size]) for size in range(max(SIZES) + 1)]
STRANGE = sha256(b"strange").digest()


def damaged(path: list[bytes]) -> Iterator[list[bytes]]:
    """The path with one step changed, dropped, doubled or added, and steps swapped."""
    yield [*path, STRANGE]
    yield [STRANGE, *path]
    for place, step in enumerate(path):
        yield [*path[:place], STRANGE, *path[place + 1 :]]
        yield [*path[:place], *path[place + 1 :]]
        yield [*path[:place], step, *path[place:]]
    for place in range(len(path) - 1):
        yield [*path[:place], path[place + 1], path[place], *path[place + 2 :]]


def test_an_inclusion_proof_holds_for_its_leaf_place_and_root_alone() -> None:
    for size in SIZES:
        for index in range(size):
            leaf, path = leaf_hash(ENTRIES[index]), rfc6962.path(index, ENTRIES[:size])
            claim = {"leaf": leaf, "index": index, "size": size, "path": path, "root": ROOTS[size]}
            assert proof.includes(**claim)
            assert not proof.includes(**{**claim, "leaf": STRANGE})
            assert not proof.includes(**{**claim, "root": STRANGE})
            assert not any(proof.includes(**{**claim, "path": other}) for other in damaged(path))
            assert not any(
                proof.includes(**{**claim, "index": other}) for other in range(-1, size + 2) if other != index
            )


def test_a_consistency_proof_holds_for_its_two_roots_alone() -> None:
    for new in SIZES:
        for old in range(1, new):
            path = rfc6962.proof(old, ENTRIES[:new])
            claim = {
                "old_size": old,
                "old_root": ROOTS[old],
                "new_size": new,
                "new_root": ROOTS[new],
                "path": path,
            }
            assert proof.extends(**claim)
            assert not proof.extends(**{**claim, "old_root": STRANGE})
            assert not proof.extends(**{**claim, "new_root": STRANGE})
            assert not any(proof.extends(**{**claim, "path": other}) for other in damaged(path))


@pytest.mark.parametrize("new_root", [ROOTS[3], STRANGE])
def test_equal_sizes_are_consistent_only_with_equal_roots(new_root: bytes) -> None:
    holds = proof.extends(old_size=3, old_root=ROOTS[3], new_size=3, new_root=new_root, path=[])
    assert holds == (new_root == ROOTS[3])


def test_a_shorter_tree_never_extends_a_longer_one() -> None:
    assert not proof.extends(old_size=4, old_root=ROOTS[4], new_size=3, new_root=ROOTS[3], path=[])


def test_every_tree_extends_the_empty_one_and_only_the_empty_one_is_empty() -> None:
    assert proof.extends(old_size=0, old_root=ROOTS[0], new_size=5, new_root=ROOTS[5], path=[])
    assert not proof.extends(old_size=0, old_root=STRANGE, new_size=5, new_root=ROOTS[5], path=[])


def test_an_empty_path_shows_nothing_between_different_sizes() -> None:
    assert not proof.extends(old_size=4, old_root=ROOTS[4], new_size=5, new_root=ROOTS[4], path=[])
