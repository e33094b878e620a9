"""What sharing asks of whoever keeps it: no agreement is forgotten, no number given twice, no change unseen."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from datong.records.stores.sharing import Sharing
from datong.sharing.request import RequestState
from datong.terms.stale_write import StaleWrite
from tests.stores.nouns import AT, agreement, happened, request


def test_a_request_and_the_agreement_it_led_to_are_kept_together(sharing: Any) -> None:
    sharing.save((request(),), happened("request/R-2026-0001"))
    answered = replace(sharing.request("R-2026-0001"), state=RequestState.APPROVED, agreement="A-2026-0001")
    sharing.save((answered, agreement()), happened("agreement/A-2026-0001"))
    assert sharing.request("R-2026-0001") == replace(answered, revision=2)
    assert sharing.agreement("A-2026-0001") == replace(agreement(), revision=1)
    assert sharing.request("R-2026-0002") is None
    assert sharing.agreement("A-2026-0002") is None


def test_a_stale_request_leaves_no_agreement_behind(sharing: Any) -> None:
    sharing.save((request(),), happened("any"))
    seen = sharing.request("R-2026-0001")
    sharing.save((replace(seen, state=RequestState.REFUSED),), happened("any"))
    with pytest.raises(StaleWrite):
        sharing.save((agreement(), replace(seen, state=RequestState.APPROVED)), happened("any"))
    assert sharing.agreement("A-2026-0001") is None
    assert sharing.request("R-2026-0001").state is RequestState.REFUSED


def test_requests_are_found_by_state_provider_and_consumer(sharing: Any) -> None:
    first = request()
    second = request("R-2026-0002", provider="civil", submitted_at=AT + timedelta(days=1))
    third = request("R-2026-0003", state=RequestState.REFUSED, consumer="schools")
    for noun in (first, second, third):
        sharing.save((noun,), happened("any"))
    ids = lambda **by: {one.id for one in sharing.requests(**by)}  # noqa: E731
    assert ids(state=RequestState.SUBMITTED) == {"R-2026-0001", "R-2026-0002"}
    assert ids(provider="civil") == {"R-2026-0002"}
    assert ids(consumer="schools") == {"R-2026-0003"}
    assert ids(provider="police", consumer="health") == {"R-2026-0001"}
    assert len(ids()) == 3


def test_agreements_are_found_by_either_side_revoked_ones_too(sharing: Any) -> None:
    sharing.save((agreement(), agreement("A-2026-0002", consumer="schools", revoked_at=AT)), happened("any"))
    ids = lambda **by: {one.id for one in sharing.agreements(**by)}  # noqa: E731
    assert ids(consumer="schools") == {"A-2026-0002"}
    assert ids(provider="police") == {"A-2026-0001", "A-2026-0002"}
    assert ids(provider="health") == set()


def test_the_stamp_changes_with_an_agreement_and_with_nothing_else(sharing: Any) -> None:
    before = sharing.agreements_stamp()
    sharing.save((request(),), happened("any"))
    assert sharing.agreements_stamp() == before
    sharing.save((agreement(),), happened("any"))
    signed = sharing.agreements_stamp()
    assert signed != before
    sharing.save((replace(sharing.agreement("A-2026-0001"), revoked_at=AT),), happened("any"))
    assert sharing.agreements_stamp() not in (before, signed)


def test_numbers_rise_by_one_in_each_series(sharing: Any) -> None:
    assert [sharing.next_number("A-2026") for _ in range(3)] == [1, 2, 3]
    assert sharing.next_number("R-2026") == 1


@pytest.fixture
def kept(drain: Any) -> Sharing:
    return Sharing(drain)


def test_every_version_of_an_agreement_stays_as_it_was(kept: Sharing) -> None:
    kept.save((agreement(),), happened("any"))
    wider = replace(kept.agreement("A-2026-0001"), version=2, signature="YW5ldw")
    kept.save((wider,), happened("any"))
    revoked = replace(kept.agreement("A-2026-0001"), revoked_at=AT, revoked_by="police.head")
    kept.save((revoked,), happened("any"))
    assert kept.agreement_past("A-2026-0001") == (
        replace(agreement(), revision=1),
        replace(wider, revision=2),
        replace(revoked, revision=3),
    )


def test_a_refused_write_leaves_no_version_behind(kept: Sharing) -> None:
    kept.save((agreement(),), happened("any"))
    with pytest.raises(StaleWrite):
        kept.save((agreement(version=2),), happened("any"))
    assert [past.version for past in kept.agreement_past("A-2026-0001")] == [1]


def test_a_number_is_given_once_whoever_asks_at_the_same_time(kept: Sharing) -> None:
    def ask(times: int) -> list[int]:
        try:
            return [kept.next_number("A-2026") for _ in range(times)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crowd:
        given = [number for numbers in crowd.map(ask, [10] * 4) for number in numbers]
    assert sorted(given) == list(range(1, 41))


_REVOKE_ELSEWHERE = """
import django; django.setup()
from dataclasses import replace
from datong.records.stores.sharing import Sharing
from tests.stores.nouns import AT, happened
kept = Sharing(lambda: None)
kept.save((replace(kept.agreement("A-2026-0001"), revoked_at=AT),), happened("agreement/A-2026-0001"))
"""


def test_a_revocation_in_another_process_changes_the_stamp_here(kept: Sharing) -> None:
    kept.save((agreement(),), happened("any"))
    before = kept.agreements_stamp()
    subprocess.run(
        [sys.executable, "-c", _REVOKE_ELSEWHERE],
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DATONG_DATABASE_URL": _test_database()},
    )
    assert kept.agreements_stamp() != before
    found = kept.agreement("A-2026-0001")
    assert found is not None
    assert found.revoked_at == AT


def _test_database() -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    url = os.environ["DATONG_DATABASE_URL"]
    return url.replace("/postgres?", f"/{connection.settings_dict['NAME']}?")
