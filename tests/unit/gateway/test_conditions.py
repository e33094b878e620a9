"""A scope's values, read as its columns are typed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from datong.gateway.conditions import ValueNotOfType, enforceable, value_of
from datong.sharing.scope import Comparison, Condition, RowScope

READ = [
    ("text", "1", "1"),
    ("text", 1, "1"),
    ("integer", 7, 7),
    ("integer", "7", 7),
    ("integer", 7.0, 7),
    ("integer", "1e3", 1000),
    ("integer", -(2**63), -(2**63)),
    ("decimal", 0.1, Decimal("0.1")),
    ("date", "2026-02-28", date(2026, 2, 28)),
    ("timestamp", "2026-02-28T08:30:00", datetime(2026, 2, 28, 8, 30)),
    ("boolean", True, True),
    ("boolean", "false", False),
]
NOT_READ = [
    ("text", True),
    ("integer", "many"),
    ("integer", 7.5),
    ("integer", True),
    ("integer", float("inf")),
    ("decimal", float("nan")),
    ("decimal", 1e30),
    ("decimal", "1e-1000000"),
    ("decimal", "0e1000000"),
    ("integer", "1e1000000"),
    ("integer", 2**63),
    ("integer", "0." + "0" * 100_000 + "1"),
    ("text", "\ud800"),
    ("date", "2026-02-30"),
    ("date", 20260228),
    ("timestamp", "2026-02-28T08:30:00+08:00"),
    ("boolean", "yes"),
    ("boolean", 77),
]


@pytest.mark.parametrize(("type", "written", "value"), READ)
def test_a_value_is_read_as_its_columns_type(type: str, written: Any, value: Any) -> None:
    found = value_of(written, type)
    assert found == value
    assert isinstance(found, value.__class__)


@pytest.mark.parametrize(("type", "written"), NOT_READ)
def test_a_value_of_another_type_is_not_guessed_at_and_not_quoted(type: str, written: Any) -> None:
    with pytest.raises(ValueNotOfType) as caught:
        value_of(written, type)
    assert repr(written) not in str(caught.value)


@pytest.mark.parametrize(
    ("comparison", "count", "holds"),
    [
        (Comparison.EQUALS, 1, True),
        (Comparison.EQUALS, 0, False),
        (Comparison.EQUALS, 2, False),
        (Comparison.BETWEEN, 2, True),
        (Comparison.BETWEEN, 1, False),
        (Comparison.IN, 0, True),
        (Comparison.IN, 3, True),
        (Comparison.STARTS_WITH, 1, True),
    ],
)
def test_a_comparison_takes_its_number_of_values(comparison: Comparison, count: int, holds: bool) -> None:
    scope = RowScope((Condition("a", comparison, ("x",) * count),))
    assert enforceable(scope, {"a": "text"}) is holds


def test_a_scope_over_a_column_that_is_gone_is_not_enforceable() -> None:
    assert not enforceable(RowScope((Condition("gone", Comparison.EQUALS, ("x",)),)), {"a": "text"})
