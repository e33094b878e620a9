"""How one value of an answer is shown, and what columns an answer has."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from datong.terms.text import Language, Text

YES, NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
FIRST_ROWS = 200


@dataclass(frozen=True)
class Sheet:
    """The part of an answer that a page shows: headings, which columns are numbers, and the first rows as text."""

    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int

    @property
    def cut(self) -> bool:
        return self.total > len(self.rows)

    @property
    def lines(self) -> list[list[tuple[str, bool]]]:
        return [list(zip(row, self.numeric, strict=True)) for row in self.rows]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        return list(zip(self.headings, self.numeric, strict=True))


def sheet(table: pa.Table, language: Language) -> Sheet:
    first = table.slice(0, FIRST_ROWS)
    columns = [[shown(value, language) for value in column.to_pylist()] for column in first.columns]
    return Sheet(
        headings=tuple(table.column_names),
        numeric=tuple(is_number(field.type) for field in table.schema),
        rows=tuple(zip(*columns, strict=True)),
        total=table.num_rows,
    )


def shown(value: Any, language: Language) -> str:
    match value:
        case None:
            return "—"
        case bool():
            return (YES if value else NO).in_(language)
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case bytes():
            return value.hex()
    return str(value)


def is_number(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
