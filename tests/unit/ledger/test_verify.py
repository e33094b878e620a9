"""Verification over rows in memory: every kind of damage has a name and a place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from datong.ledger.checkpoint import Checkpoint, cosign, sign
from datong.ledger.entry import seal
from datong.ledger.note import NoteSigner
from datong.ledger.persons import PersonSecret
from datong.ledger.tree import EMPTY_ROOT, CompactRange, leaf_hash
from datong.ledger.verify import LogUnreadable, verify
from datong.terms.event import Event

NODE = NoteSigner("datong.example/rongxi", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
FORGER = NoteSigner("datong.example/rongxi", Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))
WITNESS = NoteSigner("witness.example/province", Ed25519PrivateKey.from_private_bytes(b"\x03" * 32))
SIZE = 13
SIGNED_AT = (1, 4, 9, 13)


@dataclass
class Rows:
    """A log as rows, which a test may change as an intruder would."""

    entry: list[tuple[int, bytes]] = field(default_factory=list)
    node: dict[int, list[tuple[int, bytes]]] = field(default_factory=dict)
    checkpoint: list[tuple[int, str]] = field(default_factory=list)

    def entries(self) -> Iterator[tuple[int, bytes]]:
        return iter(self.entry)

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        return iter(self.node.get(level, []))

    def checkpoints(self) -> Iterator[tuple[int, str]]:
        return iter(sorted(self.checkpoint))

    def rewritten(self, signer: NoteSigner | None = None) -> "Rows":
        """These entries with every hash made anew, as the node's own administrator could; notes only by `signer`."""
        made = log([data for _, data in self.entry], signer or NODE)
        return made if signer else Rows(made.entry, made.node, self.checkpoint)


def entry(number: int) -> bytes:
    happened = Event(
        "test.happened",
        datetime(2026, 11, 23, tzinfo=UTC),
        "zhang.wei",
        f"thing/{number}",
        id=UUID(int=number),
    )
    return seal(happened, PersonSecret(b"s")).entry


def log(entries: list[bytes], signer: NoteSigner = NODE) -> Rows:
    rows, edge = Rows(), CompactRange()
    for index, data in enumerate(entries):
        rows.entry.append((index, data))
        for level, completed in enumerate(edge.append(leaf_hash(data))):
            rows.node.setdefault(level, []).append((index >> level, completed))
        if edge.size in SIGNED_AT:
            rows.checkpoint.append((edge.size, sign(Checkpoint(signer.name, edge.size, edge.root()), signer)))
    return rows


@pytest.fixture
def rows() -> Rows:
    return log([entry(number) for number in range(SIZE)])


def found(rows: Rows, **options: object) -> tuple[str, int, int] | None:
    named = verify(rows, NODE.key, **options).discrepancy  # type: ignore[arg-type]
    return named and (named.code, named.first, named.last)


def test_a_log_as_it_was_written_is_sound(rows: Rows) -> None:
    report = verify(rows, NODE.key)
    assert report.sound
    assert (report.entries, report.checkpoints) == (SIZE, len(SIGNED_AT))


def test_an_empty_log_is_sound_with_or_without_its_first_checkpoint() -> None:
    first = (0, sign(Checkpoint(NODE.name, 0, EMPTY_ROOT), NODE))
    assert verify(Rows(), NODE.key).sound
    assert verify(Rows(checkpoint=[first]), NODE.key).checkpoints == 1


@pytest.mark.parametrize("index", range(SIZE))
def test_a_changed_byte_of_any_entry_is_named(rows: Rows, index: int) -> None:
    data = rows.entry[index][1]
    rows.entry[index] = (index, data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    assert found(rows) == ("entry_changed", index, index)


@pytest.mark.parametrize(
    ("index", "first", "last"), [(0, 0, 0), (1, 1, 3), (3, 1, 3), (8, 4, 8), (12, 9, 12)]
)
def test_a_change_with_all_hashes_remade_is_found_between_two_checkpoints(
    rows: Rows, index: int, first: int, last: int
) -> None:
    rows.entry[index] = (index, entry(99))
    assert found(rows.rewritten()) == ("root_differs", first, last)


@pytest.mark.parametrize("index", range(SIZE))
def test_a_dropped_entry_is_named(rows: Rows, index: int) -> None:
    del rows.entry[index]
    expected = ("entry_missing", index, index) if index < SIZE - 1 else ("cut_off", SIZE - 1, SIZE - 1)
    assert found(rows) == expected


@pytest.mark.parametrize("index", range(SIZE - 1))
def test_two_exchanged_entries_are_named(rows: Rows, index: int) -> None:
    (_, one), (_, other) = rows.entry[index : index + 2]
    rows.entry[index : index + 2] = [(index, other), (index + 1, one)]
    assert found(rows) == ("entry_changed", index, index)


def test_an_entry_put_in_is_found_though_everything_moves_up(rows: Rows) -> None:
    data = [each for _, each in rows.entry]
    put_in = log([*data[:5], entry(99), *data[5:]])
    assert found(Rows(put_in.entry, put_in.node, rows.checkpoint)) == ("root_differs", 4, 8)


def test_entries_that_nobody_signed_are_named(rows: Rows) -> None:
    longer = log([*(data for _, data in rows.entry), entry(99), entry(100)])
    assert found(Rows(longer.entry, longer.node, rows.checkpoint)) == ("not_signed", SIZE, SIZE + 1)


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_a_changed_hash_is_named_with_the_entries_under_it(rows: Rows, level: int) -> None:
    rows.node[level][0] = (0, b"\x00" * 32)
    code = "node_changed" if level else "entry_changed"
    assert found(rows) == (code, 0, (1 << level) - 1)


@pytest.mark.parametrize("level", [0, 1, 4])
def test_a_hash_too_many_is_named(rows: Rows, level: int) -> None:
    spare = len(rows.node.get(level, []))
    rows.node.setdefault(level, []).append((spare, b"\x00" * 32))
    assert found(rows) == ("node_changed", spare << level, ((spare + 1) << level) - 1)


@pytest.mark.parametrize("place", range(len(SIGNED_AT)))
def test_a_checkpoint_signed_by_another_key_is_named(rows: Rows, place: int) -> None:
    forged = log([data for _, data in rows.entry], FORGER)
    rows.checkpoint[place] = forged.checkpoint[place]
    code, first, _ = found(rows) or ("", 0, 0)
    assert (code, first) == ("checkpoint_not_ours", (0, *SIGNED_AT)[place])


def test_a_true_checkpoint_under_the_wrong_size_is_named(rows: Rows) -> None:
    rows.checkpoint[1] = (5, rows.checkpoint[1][1])
    assert found(rows) == ("root_differs", 1, 4)


def test_a_missing_last_checkpoint_leaves_its_entries_unsigned(rows: Rows) -> None:
    del rows.checkpoint[-1]
    assert found(rows) == ("not_signed", 9, 12)


def test_a_cut_log_is_named_by_the_checkpoint_it_kept(rows: Rows) -> None:
    shorter = log([data for _, data in rows.entry[:9]])
    assert found(Rows(shorter.entry, shorter.node, rows.checkpoint)) == ("cut_off", 9, 12)


def test_a_false_note_over_entries_that_never_were_shows_only_itself(rows: Rows) -> None:
    rows.checkpoint.append((20, sign(Checkpoint(NODE.name, 20, EMPTY_ROOT), FORGER)))
    assert found(rows) == ("checkpoint_not_ours", 13, 19)
    rows.checkpoint[-1] = (20, "")
    assert found(rows) == ("checkpoint_not_ours", 13, 19)


def test_a_log_cut_back_with_its_checkpoints_is_sound_to_all_but_who_remembers(rows: Rows) -> None:
    shorter = log([data for _, data in rows.entry[:9]])
    assert found(shorter) is None
    assert found(shorter, remembered=[rows.checkpoint[-1]]) == ("cut_off", 9, 12)


def test_a_history_signed_anew_is_sound_to_all_but_who_remembers(rows: Rows) -> None:
    rows.entry[2] = (2, entry(99))
    retold = rows.rewritten(NODE)
    assert found(retold) is None
    first, second, *_ = log([entry(number) for number in range(SIZE)]).checkpoint
    assert found(retold, remembered=[first]) is None
    assert found(retold, remembered=[second]) == ("told_two_ways", 1, 3)


def test_a_remembered_checkpoint_of_the_same_history_changes_nothing(rows: Rows) -> None:
    assert found(rows, remembered=rows.checkpoint) is None


def test_a_required_witness_must_stand_under_the_newest_checkpoint(rows: Rows) -> None:
    assert found(rows, witnesses=[WITNESS.key]) == ("not_witnessed", 13, 13)
    size, note = rows.checkpoint[-1]
    rows.checkpoint[-1] = (size, cosign(note, WITNESS))
    assert found(rows, witnesses=[WITNESS.key]) is None
    rows.checkpoint[-1] = (size, cosign(note, FORGER).replace(FORGER.name, WITNESS.name))
    assert found(rows, witnesses=[WITNESS.key]) is not None


def test_a_witness_may_have_signed_a_note_that_was_kept_outside(rows: Rows) -> None:
    size, note = rows.checkpoint[-1]
    assert found(rows, remembered=[(size, cosign(note, WITNESS))], witnesses=[WITNESS.key]) is None


def test_another_nodes_key_opens_nothing(rows: Rows) -> None:
    named = verify(rows, FORGER.key).discrepancy
    assert named is not None
    assert named.code == "checkpoint_not_ours"


def test_a_file_that_breaks_off_is_damaged_from_there(rows: Rows) -> None:
    def breaks_off() -> Iterator[tuple[int, bytes]]:
        yield from rows.entry[:6]
        raise LogUnreadable("disk image is malformed")

    rows.entries = breaks_off  # type: ignore[method-assign]
    assert found(rows) == ("file_damaged", 6, 6)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_discrepancy_says_where_in_both_languages(rows: Rows, language: str) -> None:
    rows.entry[7] = (7, entry(99))
    named = verify(rows, NODE.key).discrepancy
    assert named is not None
    assert "7" in named.text.in_(language)  # type: ignore[arg-type]
