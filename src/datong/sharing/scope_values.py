"""Can a scope's values be read as its fields are typed? A condition that can't would quietly reach no row, or all."""

from datetime import date, datetime

from datong.catalogue.field import FieldType
from datong.sharing.scope import Comparison, Condition, Scalar

# How many values each comparison takes: fewest, most.
COUNTS = {
    Comparison.EQUALS: (1, 1),
    Comparison.IN: (1, 10_000),
    Comparison.BETWEEN: (2, 2),
    Comparison.AT_LEAST: (1, 1),
    Comparison.AT_MOST: (1, 1),
    Comparison.STARTS_WITH: (1, 1),
}


_BOOLEANS = {"true": True, "false": False, "是": True, "否": False}


def from_text(written: str, type_: FieldType) -> Scalar:
    """A value as typed into a form or a file, for a field of `type_`; raises ValueError where it can't be one."""
    if type_ is FieldType.INTEGER:
        return int(written)
    if type_ is FieldType.DECIMAL:
        return float(written)
    if type_ is FieldType.BOOLEAN:
        if written.strip().lower() not in _BOOLEANS:
            raise ValueError(type_)
        return _BOOLEANS[written.strip().lower()]
    if not fits(written, type_):
        raise ValueError(type_)
    return written


def fits(value: Scalar, type_: FieldType) -> bool:
    if type_ is FieldType.BOOLEAN or isinstance(value, bool):
        return type_ is FieldType.BOOLEAN and isinstance(value, bool)
    if type_ is FieldType.INTEGER:
        return isinstance(value, int)
    if type_ is FieldType.DECIMAL:
        return isinstance(value, int | float) and value == value and abs(value) != float("inf")
    if not isinstance(value, str):
        return False
    try:
        if type_ is FieldType.DATE:
            return date.fromisoformat(value).isoformat() == value
        if type_ is FieldType.TIMESTAMP:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def condition_fits(condition: Condition, type_: FieldType) -> bool:
    """The right number of values, each readable, and a comparison that means something for the type."""
    fewest, most = COUNTS[condition.comparison]
    if not fewest <= len(condition.values) <= most:
        return False
    if condition.comparison is Comparison.STARTS_WITH and type_ is not FieldType.TEXT:
        return False
    if type_ is FieldType.BOOLEAN and condition.comparison not in (Comparison.EQUALS, Comparison.IN):
        return False
    return all(fits(value, type_) for value in condition.values)
