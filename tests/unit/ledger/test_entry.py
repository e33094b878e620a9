"""One event, one spelling; and nothing in it that names a person."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from datong.ledger.entry import Entry, EntryNotReadable, FactsNotJson, canonical, read, seal
from datong.ledger.persons import PersonSecret
from datong.terms.event import Event, Json

SECRET = PersonSecret(b"\x07" * 32)
ID = UUID("11111111-2222-4333-8444-555555555555")
PERSONS = ("990101199001011234", "990101198502022345")


def event(facts: Json = None, persons: tuple[str, ...] = (), at: datetime | None = None) -> Event:
    return Event(
        kind="gateway.query_allowed",
        at=at or datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8))),
        by="zhang.wei",
        subject="resource/police.resident",
        facts={} if facts is None else facts,
        persons=persons,
        id=ID,
    )


def test_an_entry_is_sorted_json_without_spaces_in_utc() -> None:
    assert seal(event({"purpose": "vaccination", "备注": "大通"}), SECRET).entry.decode() == (
        '{"at":"2026-11-23T01:30:00.000000Z","by":"zhang.wei",'
        '"facts":{"purpose":"vaccination","备注":"大通"},'
        '"id":"11111111-2222-4333-8444-555555555555","kind":"gateway.query_allowed",'
        '"persons_count":0,"persons_root":"","subject":"resource/police.resident","version":1}'
    )


def test_an_entry_comes_back_as_it_was() -> None:
    sealed = seal(event({"rows": 3, "fields": ("name", "ward")}, PERSONS), SECRET)
    entry = read(sealed.entry)
    assert canonical(entry) == sealed.entry
    assert (entry.id, entry.persons_count) == (ID, 2)
    assert entry.facts == {"rows": 3, "fields": ["name", "ward"]}
    assert entry.at == datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def test_the_bytes_hold_neither_a_number_nor_a_commitment_to_one_person() -> None:
    sealed = seal(event(persons=PERSONS), SECRET)
    commitments = [each for part in sealed.parts for each in part.commitments]
    assert len(commitments) == 2
    for person, commitment in zip(PERSONS, commitments, strict=True):
        assert person.encode() not in sealed.entry
        assert commitment.hex().encode() not in sealed.entry


def test_an_entry_is_as_long_for_many_persons_as_for_few() -> None:
    few, many = (seal(event(persons=tuple(f"99{n:016}" for n in range(count))), SECRET) for count in (10, 99))
    assert len(few.entry) == len(many.entry)


def test_a_person_named_twice_counts_once() -> None:
    assert seal(event(persons=(*PERSONS, PERSONS[0])), SECRET) == seal(event(persons=PERSONS), SECRET)


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": Decimal("1.5")},
        {"day": datetime(2026, 11, 23, tzinfo=UTC)},
        {"ratio": float("nan")},
        {"half a character": "\ud800"},
        {1: "a key that JSON would turn into text"},
        {"nested": {("a", "b"): 1}},
        {"bytes": b"x"},
    ],
)
def test_facts_that_json_can_not_say_are_refused_without_being_quoted(facts: Json) -> None:
    with pytest.raises(FactsNotJson) as refused:
        seal(event(facts), SECRET)
    assert "gateway.query_allowed" in str(refused.value)
    assert "1.5" not in str(refused.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"[]",
        lambda data: b"{}",
        lambda data: data + b"\n",
        lambda data: data.replace(b',"by"', b', "by"'),
        lambda data: data.replace(b'"version":1', b'"version":1,"extra":2'),
        lambda data: data.replace(b'"facts":{}', b'"facts":{"x":NaN}'),
        lambda data: data.replace(b"01:30:00.000000Z", b"09:30:00.000000+08:00"),
        lambda data: b"\xff" + data,
    ],
)
def test_any_other_spelling_is_not_an_entry(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(EntryNotReadable):
        read(spoil(seal(event(), SECRET).entry))


def test_a_time_is_entered_in_utc_whatever_zone_it_came_in() -> None:
    here = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    assert seal(event(at=here), SECRET) == seal(event(at=here.astimezone(UTC)), SECRET)


def test_an_entry_made_by_hand_is_spelled_the_same() -> None:
    made = Entry(ID, "gateway.query_allowed", event().at, "zhang.wei", "resource/police.resident", {})
    assert canonical(made) == seal(event(), SECRET).entry
