"""Claims about the ledger for all inputs: any history is provable, any change to it is found, any person finds their own."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from datong.ledger import proof, tree
from datong.ledger.checkpoint import Checkpoint, opened, sign
from datong.ledger.entry import Entry, canonical, read, seal
from datong.ledger.note import Note, NoteNotReadable, NoteSigner, SignatureDoesNotHold
from datong.ledger.persons import PersonSecret
from datong.ledger.tree import CompactRange, leaf_hash
from datong.ledger.verify import verify
from datong.records import person_uses
from datong.records.log import open_log
from datong.terms.event import Event

NODE = NoteSigner("datong.example/rongxi", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=8,
)
TIMES = st.datetimes(
    min_value=datetime(1970, 1, 2),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


class Rows:
    """A log in memory, signed after each batch."""

    def __init__(self, batches: list[list[bytes]]) -> None:
        self.entry: list[tuple[int, bytes]] = []
        self.node: dict[int, list[tuple[int, bytes]]] = {}
        self.checkpoint: list[tuple[int, str]] = []
        self.roots: dict[int, bytes] = {}
        edge = CompactRange()
        for batch in batches:
            for data in batch:
                index = edge.size
                self.entry.append((index, data))
                for level, completed in enumerate(edge.append(leaf_hash(data))):
                    self.node.setdefault(level, []).append((index >> level, completed))
            self.roots[edge.size] = edge.root()
        for size, root in self.roots.items():
            self.checkpoint.append((size, sign(Checkpoint(NODE.name, size, root), NODE)))

    def entries(self) -> Iterator[tuple[int, bytes]]:
        return iter(self.entry)

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        return iter(self.node.get(level, []))

    def checkpoints(self) -> Iterator[tuple[int, str]]:
        return iter(self.checkpoint)

    def hash(self, level: int, index: int) -> bytes:
        return self.node[level][index][1]


BATCHES = st.lists(st.lists(st.binary(max_size=6), min_size=1, max_size=40), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(BATCHES, st.data())
def test_any_entry_and_any_earlier_tree_is_proved_under_any_later_root(
    batches: list[list[bytes]], data: st.DataObject
) -> None:
    rows = Rows(batches)
    sizes = sorted(rows.roots)
    new = data.draw(st.sampled_from(sizes))
    old = data.draw(st.sampled_from([size for size in sizes if size <= new]))
    index = data.draw(st.integers(0, new - 1))
    assert proof.includes(
        leaf=leaf_hash(rows.entry[index][1]),
        index=index,
        size=new,
        path=tree.inclusion_path(index, new, rows.hash),
        root=rows.roots[new],
    )
    assert proof.extends(
        old_size=old,
        old_root=rows.roots[old],
        new_size=new,
        new_root=rows.roots[new],
        path=tree.consistency_path(old, new, rows.hash),
    )


@settings(max_examples=60, deadline=None)
@given(BATCHES, st.data())
def test_a_proof_shows_no_other_entry_than_its_own(batches: list[list[bytes]], data: st.DataObject) -> None:
    rows = Rows(batches)
    size = max(rows.roots)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.binary(max_size=7).filter(lambda entry: entry != rows.entry[index][1]))
    path = tree.inclusion_path(index, size, rows.hash)
    assert not proof.includes(leaf=leaf_hash(other), index=index, size=size, path=path, root=rows.roots[size])


@settings(max_examples=100, deadline=None)
@given(BATCHES, st.data())
def test_any_history_told_otherwise_is_found_even_with_every_hash_remade(
    batches: list[list[bytes]], data: st.DataObject
) -> None:
    """What a node's own administrator can do, who may rewrite every row but has no key for another signature."""
    rows = Rows(batches)
    true = [entry for _, entry in rows.entry]
    place = data.draw(st.integers(0, len(true) - 1))
    told = data.draw(
        st.sampled_from(
            [
                true[:place] + true[place + 1 :],
                [*true[:place], b"something else", *true[place + 1 :]],
                [*true[:place], b"put in", *true[place:]],
                [*true[:place], *reversed(true[place:])],
                true[:place],
            ]
        ).filter(lambda told: told != true)
    )
    forged = Rows([told]) if told else Rows([])
    forged.checkpoint = rows.checkpoint
    assert verify(rows, NODE.key).sound
    assert not verify(forged, NODE.key).sound


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=3), st.integers(0, 400), st.integers(0, 3))
def test_no_edit_of_a_signed_checkpoint_makes_it_say_something_else(
    put_in: str, place: int, cut: int
) -> None:
    head = Checkpoint(NODE.name, 42, b"\x11" * 32)
    note = sign(head, NODE)
    edited = note[: place % len(note)] + put_in + note[place % len(note) + cut :]
    try:
        assert opened(edited, NODE.key) == head
        # Whatever was edited lies outside the signed text: an extra line of an unknown key.
        assert Note.parse(edited).text == Note.parse(note).text
    except (NoteNotReadable, SignatureDoesNotHold):
        pass


@given(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), JSON, max_size=4), TIMES, st.uuids()
)
def test_any_event_has_one_spelling_and_is_read_back_from_it(
    facts: dict[str, object], at: datetime, id: UUID
) -> None:
    sealed = seal(Event("test.happened", at, "zhang.wei", "thing/1", facts, id=id), PersonSecret(b"s"))
    entry = read(sealed.entry)
    assert canonical(entry) == sealed.entry
    assert (entry.id, entry.at, entry.facts) == (id, at.astimezone(UTC), facts)
    shuffled = dict(reversed(list(facts.items())))
    assert canonical(Entry(id, "test.happened", at, "zhang.wei", "thing/1", shuffled)) == sealed.entry


PERSONS = [f"99{number:016}" for number in range(9)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.sampled_from(PERSONS)), min_size=1, max_size=8))
def test_everybody_finds_and_opens_exactly_the_entries_about_them(about: list[set[str]]) -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    events = [Event("test.happened", at, "z", "s", {}, tuple(sorted(persons))) for persons in about]
    with tempfile.TemporaryDirectory() as home, patch.object(person_uses, "CROWD", 4):
        log = open_log(Path(home), name=NODE.name)
        for event in events[: len(events) // 2]:
            log.record(event)
        log.append(events)
        for person in PERSONS:
            mine = [index for index, persons in enumerate(about) if person in persons]
            assert log.concerning(person) == mine
            for index, persons in enumerate(about):
                opening = log.opening(index, person)
                assert (opening is not None) == (index in mine)
                if opening:
                    assert all(opening.concerns(each, log.signer.key) == (each == person) for each in persons)
