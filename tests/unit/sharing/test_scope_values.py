import pytest

from datong.catalogue.field import FieldType
from datong.sharing.scope import Comparison, Condition
from datong.sharing.scope_values import condition_fits, from_text


@pytest.mark.parametrize(
    ("type_", "comparison", "values", "fits"),
    [
        ("text", "=", ("a",), True),
        ("text", "=", (), False),
        ("text", "=", ("a", "b"), False),
        ("text", "in", ("a", "b"), True),
        ("text", "in", (), False),
        ("text", "=", (1,), False),
        ("text", "starts_with", ("37",), True),
        ("integer", "starts_with", (37,), False),
        ("integer", "=", (44,), True),
        ("integer", "=", ("44",), False),
        ("integer", "=", (True,), False),
        ("decimal", "between", (1, 2.5), True),
        ("decimal", "between", (1,), False),
        ("decimal", "=", (float("nan"),), False),
        ("date", ">=", ("2026-01-31",), True),
        ("date", ">=", ("20260131",), False),
        ("date", ">=", ("2026-02-30",), False),
        ("timestamp", "<=", ("2026-01-31T08:00:00",), True),
        ("boolean", "=", (True,), True),
        ("boolean", ">=", (True,), False),
        ("boolean", "=", (1,), False),
    ],
)
def test_a_condition_fits_when_its_values_can_be_read_as_the_field_is_typed(type_, comparison, values, fits):
    assert condition_fits(Condition("f", Comparison(comparison), values), FieldType(type_)) is fits


@pytest.mark.parametrize(
    ("written", "type_", "value"),
    [
        ("44", "integer", 44),
        ("2.5", "decimal", 2.5),
        ("是", "boolean", True),
        ("2026-01-31", "date", "2026-01-31"),
    ],
)
def test_what_is_typed_into_a_form_becomes_a_value(written, type_, value):
    assert from_text(written, FieldType(type_)) == value


@pytest.mark.parametrize(
    ("written", "type_"), [("forty", "integer"), ("maybe", "boolean"), ("31.1.", "date")]
)
def test_what_cant_be_read_is_an_error(written, type_):
    with pytest.raises(ValueError):
        from_text(written, FieldType(type_))
