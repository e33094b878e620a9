"""May this person read this, for this purpose, today? The table a lawyer can read, then the rules around it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from datong.catalogue.resource import Secrecy
from datong.gateway.decide import decide
from datong.gateway.decision import Allowed, Decision, Refused
from datong.gateway.policy import Policy
from datong.gateway.resolve import Reads
from datong.grading.scheme import Grade
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.actor import Role
from datong.terms.names import ResourceName
from datong.terms.period import Period
from tests.unit.gateway.small_county import (
    ALLOWANCE,
    AT,
    PURPOSE,
    RESIDENT,
    RESIDENT_FIELDS,
    County,
    agreement,
    grant,
    officer,
    served,
    small_county,
    ward,
)


@pytest.fixture
def county(tmp_path: Path) -> County:
    return small_county(tmp_path)


def decided(
    county: County,
    *columns: str,
    resource: ResourceName = RESIDENT,
    also: dict[ResourceName, Iterable[str]] | None = None,
    starred: bool = False,
    **asked: Any,
) -> Decision:
    asked = {"actor": officer(), "purpose": PURPOSE, "at": AT, "agreement": None} | asked
    needed = {resource: frozenset(columns)} | {r: frozenset(c) for r, c in (also or {}).items()}
    policy = Policy(
        asked["actor"].department,
        county.agreements(consumer=asked["actor"].department),
        county.served,
        county.purposes,
    )
    return decide(**asked, reads=Reads(needed, frozenset({resource} if starred else ())), policy=policy)


def codes(decision: Decision) -> list[str]:
    return (
        [r.code.removeprefix("gateway.") for r in decision.refusals] if isinstance(decision, Refused) else []
    )


WHO_WHEN_WHAT = [
    # who asks, for what, when, under which agreement, what it comes to
    ({}, []),
    ({"agreement": "A-1"}, []),
    ({"agreement": "A-2"}, ["no_agreement"]),
    ({"agreement": "A-9"}, ["agreement_unknown"]),
    ({"purpose": "marketing"}, ["no_agreement"]),
    ({"purpose": "marketing", "agreement": "A-1"}, ["agreement_other_purpose"]),
    ({"at": datetime(2025, 12, 31, 23, tzinfo=UTC)}, ["agreement_not_in_period"]),
    ({"at": datetime(2026, 1, 1, 0, tzinfo=UTC)}, []),
    ({"at": datetime(2026, 12, 31, 23, tzinfo=UTC)}, []),
    ({"at": datetime(2027, 1, 1, 0, tzinfo=UTC)}, ["agreement_not_in_period"]),
    ({"actor": officer("housing")}, ["no_agreement"]),
    ({"actor": officer("health", Role.DATA_OFFICER)}, []),
    ({"actor": officer("health", Role.SHARING_HEAD)}, []),
    ({"actor": officer("health", Role.AUDITOR)}, ["role_reads_no_data"]),
    ({"actor": officer("health", Role.ADMINISTRATOR)}, ["role_reads_no_data"]),
    ({"actor": officer("health", Role.AUTHORITY_REVIEWER)}, ["role_reads_no_data"]),
    ({"actor": officer("", Role.CITIZEN)}, ["role_reads_no_data"]),
    ({"actor": officer("health", Role.OFFICER, Role.AUDITOR)}, ["role_reads_no_data"]),
    ({"actor": officer("police")}, []),
    ({"actor": officer("police"), "purpose": "anything"}, ["purpose_unknown"]),
]


@pytest.mark.parametrize(("asked", "expected"), WHO_WHEN_WHAT)
def test_who_may_read_for_what_and_when(county: County, asked: dict[str, Any], expected: list[str]) -> None:
    assert codes(decided(county, "name", **asked)) == expected


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("name", []),
        ("id", []),
        ("mobile", ["column_verify_only"]),
        ("secret", ["column_not_granted"]),
    ],
)
def test_a_column_is_read_only_as_it_is_granted(county: County, column: str, expected: list[str]) -> None:
    assert codes(decided(county, column)) == expected


def test_every_withheld_column_is_named(county: County) -> None:
    decision = decided(county, "secret", "mobile", "name")
    assert isinstance(decision, Refused)
    assert {r.code for r in decision.refusals} == {"gateway.column_verify_only", "gateway.column_not_granted"}
    assert all(c in "".join(r.reason.en for r in decision.refusals) for c in ("secret", "mobile"))


def test_the_decision_says_how_and_why_of_every_field(county: County) -> None:
    decision = decided(county, "name")
    assert isinstance(decision, Allowed)
    table = decision.tables[0]
    assert (table.agreement, table.version, table.persons) == ("A-1", 1, ("id",))
    assert {f.name: f.treatment for f in table.fields} == {
        "id": Treatment.PSEUDONYM,
        "name": Treatment.MASKED,
        "mobile": Treatment.VERIFY_ONLY,
        "address": Treatment.MASKED,
        "Ward No": Treatment.CLEAR,
        "born": Treatment.MASKED,
        "children": Treatment.CLEAR,
        "secret": Treatment.ABSENT,
    }
    assert all(f.why.zh and f.why.en for f in table.fields)


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (None, ["column_not_graded"]),
        (Grade.G1, []),
        (Grade.G3, []),
        (Grade.G4, ["column_grade_risen"]),
        (Grade.IMPORTANT, ["column_never_shared"]),
        (Grade.CORE, ["column_never_shared"]),
    ],
)
def test_a_grade_decides_over_the_agreement(county: County, grade: Grade | None, expected: list[str]) -> None:
    """Signed at G3: unconfirmed isn't served, risen is absent until renewed, important and core never are."""
    snapshot = county.resources[RESIDENT].snapshot
    county.put(served(RESIDENT, RESIDENT_FIELDS, snapshot, {"name": grade}))
    assert codes(decided(county, "name")) == expected
    if expected:
        decision = decided(county, "Ward No")
        assert isinstance(decision, Allowed)
        field = decision.tables[0].field("name")
        assert field is not None
        assert field.treatment is Treatment.ABSENT


@pytest.mark.parametrize("grade", [None, Grade.IMPORTANT, Grade.CORE])
def test_not_even_its_own_department_reads_what_is_ungraded_or_never_shared(
    county: County, grade: Grade | None
) -> None:
    snapshot = county.resources[RESIDENT].snapshot
    county.put(served(RESIDENT, RESIDENT_FIELDS, snapshot, {"name": grade}))
    assert codes(decided(county, "name", actor=officer("police"))) != []


def test_a_department_reads_its_own_in_clear_and_whole(county: County) -> None:
    decision = decided(county, "secret", actor=officer("police"))
    assert isinstance(decision, Allowed)
    table = decision.tables[0]
    assert (table.agreement, table.scope, table.modality) == ("", RowScope(), Modality.ROWS)
    assert {f.treatment for f in table.fields} == {Treatment.CLEAR}


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": AT},
        {"signature": ""},
        {"provider": "welfare"},
        {"consumer": "housing"},
        {"period": Period(date(2020, 1, 1), date(2020, 12, 31))},
    ],
)
def test_an_agreement_that_lacks_anything_grants_nothing(county: County, change: dict[str, Any]) -> None:
    county.sign(replace(county.signed[0], **change))
    assert isinstance(decided(county, "name"), Refused)
    assert isinstance(decided(county, "name", agreement="A-1"), Refused)


def test_a_revoked_agreement_says_that_it_was_revoked(county: County) -> None:
    county.sign(replace(county.signed[0], revoked_at=AT))
    assert codes(decided(county, "name")) == ["agreement_revoked"]
    assert codes(decided(county, "name", agreement="A-1")) == ["agreement_revoked"]


def test_a_resource_that_is_not_published_is_as_unknown_as_one_that_is_not_there(county: County) -> None:
    hidden = decided(county, "name", resource=ResourceName("police", "watchlist"))
    assert codes(hidden) == ["resource_unknown"]


def test_a_secret_resource_and_one_without_data_are_not_served(county: County) -> None:
    known = county.resources[RESIDENT]
    county.put(replace(known, resource=replace(known.resource, secrecy=Secrecy.WORK_SECRET)))
    assert codes(decided(county, "name")) == ["resource_secret"]
    county.put(replace(known, snapshot=None))
    assert codes(decided(county, "name")) == ["resource_not_landed"]


@pytest.mark.parametrize(
    "condition",
    [
        Condition("gone", Comparison.EQUALS, ("x",)),
        Condition("children", Comparison.EQUALS, ("many",)),
        Condition("born", Comparison.AT_LEAST, ("31.12.2020",)),
        Condition("born", Comparison.BETWEEN, ("2020-01-01",)),
        Condition("children", Comparison.STARTS_WITH, ("1",)),
    ],
)
def test_a_scope_that_cannot_be_enforced_opens_nothing(county: County, condition: Condition) -> None:
    county.sign(agreement("A-1", grant(RESIDENT, {"name": "clear"}, RowScope((condition,)))))
    assert codes(decided(county, "name")) == ["scope_not_enforceable"]


def test_two_agreements_are_never_put_together_in_one_table(county: County) -> None:
    county.sign(agreement("A-8", grant(RESIDENT, {"secret": "clear"})))
    assert codes(decided(county, "name", "secret")) == ["agreements_do_not_add_up"]
    assert isinstance(decided(county, "secret"), Allowed)
    assert isinstance(decided(county, "name"), Allowed)


def test_of_two_that_cover_the_query_and_differ_one_must_be_named(county: County) -> None:
    county.sign(agreement("A-8", grant(RESIDENT, {"name": "clear"})))
    assert codes(decided(county, "name")) == ["agreements_ambiguous"]
    named = decided(county, "name", agreement="A-8")
    assert isinstance(named, Allowed)
    assert named.tables[0].agreement == "A-8"


def test_of_two_of_equal_effect_the_first_by_number_serves(county: County) -> None:
    same = grant(RESIDENT, {"name": "masked"}, ward("1"))
    county.signed = []
    county.sign(agreement("B-2", same), agreement("B-1", same))
    decision = decided(county, "name")
    assert isinstance(decision, Allowed)
    assert decision.tables[0].agreement == "B-1"


def test_two_that_differ_by_their_pseudonym_keys_alone_still_differ(county: County) -> None:
    same = grant(RESIDENT, {"id": "pseudonym"})
    county.signed = []
    county.sign(agreement("B-1", same), agreement("B-2", same))
    assert codes(decided(county, "id")) == ["agreements_ambiguous"]


def test_an_agreement_that_covers_every_table_goes_before_one_for_each(county: County) -> None:
    both = (grant(RESIDENT, {"id": "pseudonym"}), grant(ALLOWANCE, {"person": "pseudonym"}))
    county.sign(agreement("C-1", both[0]), agreement("C-2", both[0], both[1], provider="police"))
    # welfare's allowance isn't police's to grant: an agreement of police can't cover it.
    decision = decided(county, "id", also={ALLOWANCE: ["person"]}, agreement=None)
    assert codes(decision) == ["agreements_ambiguous"]


def test_a_star_over_nothing_visible_is_refused(county: County) -> None:
    county.sign(agreement("A-1", grant(RESIDENT, {"mobile": "verify_only"})))
    assert "column_verify_only" in codes(decided(county, starred=True))


@pytest.mark.parametrize("purpose", ["no such purpose", "", "BENEFIT-CHECK"])
def test_a_departments_own_data_is_used_for_a_listed_purpose_too(county: County, purpose: str) -> None:
    assert isinstance(decided(county, "secret", actor=officer("police")), Allowed)
    refused = decided(county, "secret", actor=officer("police"), purpose=purpose)
    assert codes(refused) == ["purpose_unknown"]


def test_whose_a_resource_is_its_name_tells_and_not_the_providers_column(county: County) -> None:
    known = county.resources[RESIDENT]
    county.put(replace(known, resource=replace(known.resource, provider="welfare")))
    assert codes(decided(county, "secret", actor=officer("welfare"))) == ["no_agreement"]
    assert isinstance(decided(county, "secret", actor=officer("police")), Allowed)
    county.sign(agreement("A-1", grant(RESIDENT, {"name": "clear"}), provider="welfare"))
    assert codes(decided(county, "name")) == ["resource_unknown"]
