"""Our tree against the RFC's own definition, at every size where its shape can differ."""

import pytest

from datong.ledger import proof, tree
from tests.unit.ledger import rfc6962

LARGEST = 70
ENTRIES = [b"entry %d" % number for number in range(LARGEST)]
ROOTS = [rfc6962.mth(ENTRIES[:size]) for size in range(LARGEST + 1)]


@pytest.fixture(scope="module")
def node() -> tree.NodeReader:
    nodes: dict[tuple[int, int], bytes] = {}
    edge = tree.CompactRange()
    for place, entry in enumerate(ENTRIES):
        for level, completed in enumerate(edge.append(tree.leaf_hash(entry))):
            nodes[level, place >> level] = completed
    return lambda level, index: nodes[level, index]


def test_the_root_is_the_rfcs_at_every_size(node: tree.NodeReader) -> None:
    assert [tree.root(size, node) for size in range(LARGEST + 1)] == ROOTS


def test_growing_and_hashing_at_once_give_the_same_root() -> None:
    hashes = [tree.leaf_hash(entry) for entry in ENTRIES]
    assert [tree.root_of(hashes[:size]) for size in range(LARGEST + 1)] == ROOTS


def test_a_tree_grows_on_from_its_stored_nodes(node: tree.NodeReader) -> None:
    for size in range(LARGEST):
        edge = tree.right_edge(size, node)
        edge.append(tree.leaf_hash(ENTRIES[size]))
        assert edge.root() == ROOTS[size + 1]


def test_every_inclusion_path_is_the_rfcs_and_verifies(node: tree.NodeReader) -> None:
    for size in range(1, LARGEST + 1):
        for index in range(size):
            path = tree.inclusion_path(index, size, node)
            assert path == rfc6962.path(index, ENTRIES[:size])
            assert proof.includes(
                leaf=tree.leaf_hash(ENTRIES[index]), index=index, size=size, path=path, root=ROOTS[size]
            )


def test_every_consistency_path_is_the_rfcs_and_verifies(node: tree.NodeReader) -> None:
    for new in range(LARGEST + 1):
        for old in range(new + 1):
            path = tree.consistency_path(old, new, node)
            assert path == rfc6962.proof(old, ENTRIES[:new])
            assert proof.extends(
                old_size=old, old_root=ROOTS[old], new_size=new, new_root=ROOTS[new], path=path
            )


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_nothing_is_proved_about_a_leaf_that_is_not_there(
    node: tree.NodeReader, index: int, size: int
) -> None:
    with pytest.raises(tree.OutsideTree) as refused:
        tree.inclusion_path(index, size, node)
    assert str(size) in str(refused.value)


@pytest.mark.parametrize(("old", "new"), [(-1, 5), (6, 5)])
def test_no_consistency_is_proved_with_a_future_tree(node: tree.NodeReader, old: int, new: int) -> None:
    with pytest.raises(tree.OutsideTree):
        tree.consistency_path(old, new, node)


def test_a_leaf_can_not_pass_for_a_node() -> None:
    left, right = tree.leaf_hash(b"a"), tree.leaf_hash(b"b")
    assert tree.leaf_hash(left + right) != tree.node_hash(left, right)
