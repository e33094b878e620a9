"""A row scope's conditions, read against the types of the columns they speak of (范围)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from datong.catalogue.field import FieldType
from datong.sharing.scope import Comparison, Condition, RowScope, Scalar

# More than any column of a number holds, in characters and in powers of ten.
_LONGEST_NUMBER = 60
_LARGEST_EXPONENT = 30

Value = str | int | Decimal | date | datetime | bool


class ValueNotOfType(ValueError):
    """A scope's or a claim's value doesn't fit its column. `type` is the column's; the value isn't kept."""

    def __init__(self, type: str) -> None:
        self.type = type
        super().__init__(
            f"A value doesn't read as {type}. Write it as the column's type asks, dates as 2026-01-31."
        )


def enforceable(scope: RowScope, types: Mapping[str, str]) -> bool:
    """Whether every condition can be held against columns of these types. A scope that can't be enforced opens nothing."""
    return all(_enforceable(condition, types) for condition in scope.conditions)


def _enforceable(condition: Condition, types: Mapping[str, str]) -> bool:
    type_ = types.get(condition.field)
    if type_ is None or not _right_number(condition):
        return False
    if condition.comparison is Comparison.STARTS_WITH and type_ != FieldType.TEXT:
        return False
    try:
        read(condition, type_)
    except ValueNotOfType:
        return False
    return True


def _right_number(condition: Condition) -> bool:
    match condition.comparison:
        case Comparison.IN:
            return True
        case Comparison.BETWEEN:
            return len(condition.values) == 2
    return len(condition.values) == 1


def read(condition: Condition, type: str) -> tuple[Value, ...]:
    return tuple(value_of(value, type) for value in condition.values)


def value_of(value: Scalar, type: str) -> Value:
    """`value` as a value of a column of this type; raises ValueNotOfType."""
    try:
        match FieldType(type):
            case FieldType.TEXT if not isinstance(value, bool):
                text = str(value)
                text.encode()  # half of a surrogate pair is no text an engine could hold
                return text
            case FieldType.INTEGER if not isinstance(value, bool):
                number = _number(value)
                if number == int(number) and -(2**63) <= number < 2**63:
                    return int(number)
            case FieldType.DECIMAL if not isinstance(value, bool):
                number = _number(value)
                if abs(number) < 10**18:
                    return number
            case FieldType.DATE if isinstance(value, str):
                return date.fromisoformat(value)
            case FieldType.TIMESTAMP if isinstance(value, str):
                moment = datetime.fromisoformat(value)
                if moment.tzinfo is None:
                    return moment
            case FieldType.BOOLEAN:
                if value in (True, "true", "false"):
                    return value in (True, "true")
                if value is False:
                    return False
    except (ValueError, InvalidOperation, OverflowError):
        pass
    raise ValueNotOfType(type)


def _number(value: Scalar) -> Decimal:
    """Looked at before it is worked with: `1e1000000` is nine characters to write and a minute to write out."""
    text = str(value)
    number = Decimal(text) if len(text) <= _LONGEST_NUMBER else Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError
    return number
