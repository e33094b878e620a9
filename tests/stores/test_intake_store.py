"""What intake asks of whoever keeps its records."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from datong.intake.delivery import DeliveryState
from datong.records.sealing import SealDoesNotOpen, Sealer
from datong.records.stores.intake import Intake
from datong.terms.names import ResourceName
from datong.terms.stale_write import StaleWrite
from tests.stores.nouns import AT, RESIDENT, delivery, happened, source

LANDED, UNCHANGED = DeliveryState.LANDED, DeliveryState.UNCHANGED


def test_sources_come_back_whole_and_by_department(intake: Any) -> None:
    intake.save(source(), happened("source/register"))
    intake.save(source("allowances", department="civil"), happened("source/allowances"))
    assert intake.source("register") == replace(source(), revision=1)
    assert [found.name for found in intake.sources(department="civil")] == ["allowances"]
    assert len(intake.sources()) == 2
    assert intake.source("no_such") is None


def test_deliveries_come_newest_first_by_resource_and_by_source(intake: Any) -> None:
    other = ResourceName("civil", "allowance")
    for number, of in enumerate((RESIDENT, other, RESIDENT)):
        started = AT + timedelta(minutes=number)
        kept = delivery(f"D-{number}", resource=of, started_at=started, source=of.table)
        intake.save(kept, happened(f"delivery/D-{number}"))
    assert [one.id for one in intake.deliveries()] == ["D-2", "D-1", "D-0"]
    assert [one.id for one in intake.deliveries(resource=RESIDENT)] == ["D-2", "D-0"]
    assert [one.id for one in intake.deliveries(source="allowance")] == ["D-1"]


def test_of_two_deliveries_that_the_clock_doesnt_tell_apart_the_later_one_is_newer(intake: Any) -> None:
    for id in ("D-b", "D-a", "D-c"):
        intake.save(delivery(id), happened(f"delivery/{id}"))
    assert [one.id for one in intake.deliveries()] == ["D-c", "D-a", "D-b"]


def test_a_delivery_grows_from_started_to_landed(intake: Any) -> None:
    intake.save(delivery(), happened("delivery/D-1"))
    landed = replace(intake.delivery("D-1"), state=LANDED, snapshot="77", finished_at=AT)
    intake.save(landed, happened("delivery/D-1"))
    assert intake.delivery("D-1") == replace(landed, revision=2)
    assert intake.delivery_of_snapshot("77") == replace(landed, revision=2)
    assert intake.delivery_of_snapshot("78") is None
    with pytest.raises(StaleWrite):
        intake.save(landed, happened("delivery/D-1"))


@pytest.fixture
def kept(drain: Any, sealer: Sealer) -> Intake:
    return Intake(drain, sealer)


def test_the_delivery_served_is_the_last_that_landed(kept: Intake) -> None:
    assert kept.landed(RESIDENT) is None
    for number, state in enumerate((LANDED, LANDED, UNCHANGED, DeliveryState.STARTED, DeliveryState.STOPPED)):
        at = AT + timedelta(minutes=number)
        snapshot = "second" if state is UNCHANGED else ("first", "second", "", "", "")[number]
        one = delivery(f"D-{number}", state=state, snapshot=snapshot, started_at=at, finished_at=at)
        kept.save(one, happened(f"delivery/D-{number}"))
    served = kept.landed(RESIDENT)
    assert served is not None
    assert (served.id, served.snapshot) == ("D-1", "second")


def test_of_two_that_landed_at_the_same_moment_the_later_one_is_served(kept: Intake) -> None:
    for id in ("D-b", "D-a"):
        kept.save(delivery(id, state=LANDED, snapshot=id, finished_at=AT), happened(f"delivery/{id}"))
    served = kept.landed(RESIDENT)
    assert served is not None
    assert served.id == "D-a"


def test_a_snapshot_leads_to_the_delivery_that_made_it_and_not_to_one_that_found_nothing_new(
    kept: Intake,
) -> None:
    for number, state in enumerate((UNCHANGED, LANDED, UNCHANGED)):
        one = delivery(f"D-{number}", state=state, snapshot="77", started_at=AT + timedelta(minutes=number))
        kept.save(one, happened(f"delivery/D-{number}"))
    found = kept.delivery_of_snapshot("77")
    assert found is not None
    assert found.id == "D-1"


def test_a_sources_password_isnt_in_the_database(kept: Intake) -> None:
    kept.save(source(), happened("source/register"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT document FROM intake_source")
        [(document,)] = cursor.fetchall()
    assert "register" in document
    assert "pass" not in document
    assert "db.invalid" not in document


def test_a_seal_opens_neither_in_another_row_nor_under_another_key(kept: Intake, tmp_path: Any) -> None:
    kept.save(source(), happened("source/register"))
    kept.save(source("other", url="other.csv"), happened("source/other"))
    with pytest.raises(SealDoesNotOpen):
        Intake(kept.drain, Sealer.of(tmp_path / "another.key")).source("register")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intake_source SET document = replace((SELECT document FROM intake_source WHERE name = 'register'),"
            ' \'"name":"register"\', \'"name":"other"\') WHERE name = \'other\''
        )
    with pytest.raises(SealDoesNotOpen):
        kept.source("other")
