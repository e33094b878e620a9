"""A row scope as a form writes it: lines of item, comparison and value. Empty lines say nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from datong.catalogue.resource import Resource
from datong.sharing.scope import Comparison, Condition, Scalar
from datong.sharing.scope_values import from_text
from datong.terms.fault import Fault
from datong.terms.text import Text
from datong.web.answers import NotAChoice, choice

EMPTY_LINES = 3
_SEVERAL = (Comparison.IN, Comparison.BETWEEN)


@dataclass(frozen=True)
class ScopeLine:
    field: str = ""
    comparison: str = Comparison.EQUALS.value
    value: str = ""


class ScopeValueNotReadable(Fault):
    """What was typed can't be a value of the field. The value isn't repeated: it may be a person's."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            Text(
                zh=f"数据范围中“{field}”的值与该信息项的类型不符。日期写作 2026-01-31，数字不带单位；多个值用逗号分隔。",
                en=f"In the row scope, the value for {field} can't be read as its type. Write days as 2026-01-31, numbers "
                "without a unit, and several values with commas between them.",
            )
        )


class ScopeLineHalfFilled(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="数据范围中有一行只填了信息项或只填了值。请补全该行，或将其清空。",
                en="A line of the row scope names an item without a value, or a value without an item. "
                "Complete the line, or empty it.",
            )
        )


def read_scope(entry: Resource, lines: Iterable[ScopeLine]) -> tuple[Condition, ...]:
    return tuple(_condition(entry, line) for line in lines if line.field or line.value.strip())


def _condition(entry: Resource, line: ScopeLine) -> Condition:
    field = entry.field(line.field)
    # An empty value beside a chosen item is a slip, and read as "every row" it would be a grave one.
    if field is None or not line.value.strip():
        raise ScopeLineHalfFilled
    comparison = choice(Comparison, line.comparison)
    if comparison is None:
        raise NotAChoice
    written = re.split(r"[,，、]", line.value) if comparison in _SEVERAL else [line.value]
    try:
        values: tuple[Scalar, ...] = tuple(
            from_text(each.strip(), field.type) for each in written if each.strip()
        )
    except ValueError:
        raise ScopeValueNotReadable(line.field) from None
    return Condition(line.field, comparison, values)
