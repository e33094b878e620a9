"""Commitments hide persons from whoever lacks the secret, and their small tree can be opened part by part."""

import hmac
from hashlib import sha256
from uuid import UUID

import pytest

from datong.ledger import commitments as small_tree
from datong.ledger.commitments import PART, Part, find, in_parts, parts_root
from datong.ledger.persons import PersonSecret, commitment, hmac_sha256
from datong.ledger.proof import includes
from datong.ledger.tree import root_of

SECRET = PersonSecret(b"\x07" * 32)
ONE, OTHER = UUID(int=1), UUID(int=2)
PERSONS = [f"99{number:016}" for number in range(50)]


@pytest.mark.parametrize("key", [b"", b"k", b"k" * 64, b"k" * 65])
def test_our_hmac_is_the_standard_one(key: bytes) -> None:
    assert hmac_sha256(key)(b"message") == hmac.digest(key, b"message", "sha256")


def test_a_commitment_is_a_marked_hash_of_salt_and_number() -> None:
    salt = SECRET.salt(ONE, PERSONS[0])
    expected = sha256(b"\x02" + salt + PERSONS[0].encode()).digest()
    assert commitment(salt, PERSONS[0]) == expected
    assert expected in SECRET.commitments(ONE, PERSONS)


def test_a_persons_salt_differs_in_every_event_and_for_every_person() -> None:
    salts = {SECRET.salt(event, person) for event in (ONE, OTHER) for person in PERSONS}
    assert len(salts) == 2 * len(PERSONS)


def test_two_events_about_the_same_persons_can_not_be_matched() -> None:
    assert not set(SECRET.commitments(ONE, PERSONS)) & set(SECRET.commitments(OTHER, PERSONS))


def test_a_tag_is_one_persons_in_every_event_and_no_salt() -> None:
    tags = SECRET.tags(PERSONS)
    assert len(set(tags)) == len(PERSONS)
    assert SECRET.tag(PERSONS[3]) in tags
    assert SECRET.salt(ONE, PERSONS[3])[:16] not in tags


def test_another_secret_gives_other_commitments_and_tags() -> None:
    another = PersonSecret(b"\x08" * 32)
    assert not set(another.commitments(ONE, PERSONS)) & set(SECRET.commitments(ONE, PERSONS))
    assert not set(another.tags(PERSONS)) & set(SECRET.tags(PERSONS))


def test_the_secret_shows_itself_to_nobody() -> None:
    assert "07" not in repr(SECRET)
    assert "\\x" not in repr(SECRET)


class Kept:
    """Parts in memory, which remembers the ones that were read."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts, self.read = parts, set[int]()

    def heads(self) -> list[tuple[bytes, bytes]]:
        return [(part.commitments[0], part.root) for part in self.parts]

    def part(self, number: int) -> list[bytes]:
        self.read.add(number)
        return list(self.parts[number].commitments)


SIZES = [1, 2, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 5]


@pytest.mark.parametrize("count", SIZES)
def test_the_root_over_parts_is_the_root_over_all(count: int) -> None:
    hashes = sorted(sha256(b"%d" % number).digest() for number in range(count))
    assert parts_root(in_parts(hashes)) == root_of(hashes)


@pytest.mark.parametrize("count", SIZES)
def test_any_commitment_is_found_and_proved_under_the_root(count: int) -> None:
    hashes = sorted(sha256(b"%d" % number).digest() for number in range(count))
    kept, root = Kept(in_parts(hashes)), root_of(hashes)
    for index in {0, 1 % count, count // 2, count - 1, min(PART, count - 1)}:
        place = find(hashes[index], kept, count=count)
        assert place is not None
        assert place.index == index
        assert includes(leaf=hashes[index], index=index, size=count, path=place.path, root=root)


@pytest.mark.parametrize("wanted", [b"\x00" * 32, b"\x80" + b"\x00" * 31, b"\xff" * 32])
def test_what_is_not_among_them_has_no_place(wanted: bytes) -> None:
    hashes = sorted(sha256(b"%d" % number).digest() for number in range(PART + 7))
    assert find(wanted, Kept(in_parts(hashes)), count=len(hashes)) is None
    assert find(wanted, Kept([]), count=0) is None


def test_opening_one_of_many_reads_its_own_part_and_the_ragged_last() -> None:
    hashes = sorted(sha256(b"%d" % number).digest() for number in range(5 * PART + 7))
    kept = Kept(in_parts(hashes))
    find(hashes[2 * PART + 3], kept, count=len(hashes))
    assert kept.read <= {2, 5}


def test_a_part_is_a_power_of_two_or_its_root_would_be_no_node() -> None:
    assert 1 << small_tree.PART_LEVEL == PART
