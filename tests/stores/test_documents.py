"""Whatever a noun holds, it comes back from the database's text as the same value, to the type of each scalar."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from datong.catalogue.department import Department
from datong.catalogue.element import Element
from datong.catalogue.field import Field
from datong.catalogue.resource import Assessment, Resource
from datong.grading.scheme import ColumnGrade, Evidence, Proposal
from datong.intake.delivery import ColumnProfile, Delivery, QuarantinedRow, Repair
from datong.intake.source import Source
from datong.sharing.agreement import Agreement, Grant, GrantedField
from datong.sharing.request import Item, RequestedField, ShareRequest
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.text import Text

TEXTS = st.text(max_size=8)
SCALARS = st.one_of(
    TEXTS, st.dates().map(str), st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
)
NOUNS = [Department, Element, Resource, ColumnGrade, Source, Delivery, ShareRequest, Agreement]
PARTS = [Text, Field, Assessment, Proposal, QuarantinedRow, ColumnProfile, Repair]
PARTS += [GrantedField, Grant, RowScope, RequestedField, Item]


def whole(noun: type) -> st.SearchStrategy[Any]:
    """Every field filled in, those with defaults too."""
    return st.builds(noun, **{field.name: ... for field in fields(noun)})


# What a type alone doesn't tell: times have zones, names are slugs, shares lie between 0 and 1.
KNOWN: dict[type, st.SearchStrategy[Any]] = {
    datetime: st.datetimes(timezones=st.sampled_from((UTC, timezone(timedelta(hours=8))))),
    ResourceName: st.builds(ResourceName, st.just("police"), st.sampled_from(("resident", "permit"))),
    Period: st.tuples(st.dates(), st.dates()).map(lambda days: Period(min(days), max(days))),
    Condition: st.builds(
        Condition, TEXTS, st.sampled_from(Comparison), st.lists(SCALARS, max_size=3).map(tuple)
    ),
    Evidence: st.builds(
        Evidence, TEXTS, TEXTS, TEXTS, st.none() | st.floats(0, 1), st.builds(Text, TEXTS, TEXTS)
    ),
} | {part: whole(part) for part in PARTS}
for kind, strategy in KNOWN.items():
    st.register_type_strategy(kind, strategy)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_comes_back_as_the_value_it_was(noun: type) -> None:
    adapter = TypeAdapter(noun)

    @settings(max_examples=25, deadline=None)
    @given(whole(noun))
    def holds(value: Any) -> None:
        back = adapter.validate_json(adapter.dump_json(value).decode())
        assert back == value
        # 1, 1.0 and True are equal in Python; in an agreement's scope they aren't the same thing.
        assert repr(_scopes(back)) == repr(_scopes(value))

    holds()


def _scopes(value: Any) -> list[Any]:
    held = getattr(value, "grants", None) or getattr(value, "items", None) or ()
    return [condition.values for one in held for condition in one.scope.conditions]


def test_a_document_of_an_older_version_is_read_with_the_new_fields_defaults() -> None:
    old = '{"code": "police", "title": {"zh": "公安局", "en": "Police"}, "a_field_since_dropped": 1}'
    assert TypeAdapter(Department).validate_json(old) == Department("police", Text("公安局", "Police"))


def test_no_migration_is_missing(transactional_db: None) -> None:
    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=0)
