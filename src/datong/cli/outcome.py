"""How a command ends: what it prints, for people or for scripts, and the exit code that tells."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum, IntEnum
from typing import Any
from unicodedata import east_asian_width

from datong.terms.names import ResourceName
from datong.terms.text import Text

DONE = 0
REFUSED = 1  # the gateway, a rule or a verification said no, with reasons
USAGE = 2  # the command was written wrongly
FAULT = 3  # something a person must mend: bad input, a missing file, a stopped delivery


def plain(value: Any) -> Any:
    """A noun as JSON values, with the names a script expects. Bytes as hex."""
    match value:
        case ResourceName():
            return str(value)
        case Text():
            return {"zh": value.zh, "en": value.en}
        case IntEnum():
            return value.name
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def print_json(value: Any) -> None:
    print(json.dumps(plain(value), ensure_ascii=False, indent=2))


def width(text: str) -> int:
    """Columns a terminal gives to `text`: Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def table_lines(head: Sequence[str], rows: Iterable[Sequence[Any]], *, widest: int = 60) -> list[str]:
    """Rows set in columns. A cell longer than `widest` columns ends in …; line breaks are shown as spaces."""
    cells = [list(head)] + [[_cell(value, widest) for value in row] for row in rows]
    widths = [max(width(row[i]) for row in cells) for i in range(len(head))]
    lines = [
        "  ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("─" * w for w in widths))
    return lines


def print_table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    print("\n".join(table_lines(head, rows)))


def complain(message: str) -> None:
    print(message, file=sys.stderr)


def _cell(value: Any, widest: int) -> str:
    text = "" if value is None else str(plain(value)).replace("\n", " ").replace("\r", " ").replace("\t", " ")
    text = "".join(c if c.isprintable() else "·" for c in text)  # a cell must not steer the terminal
    while width(text) > widest:
        text = text[: len(text) - max(1, (width(text) - widest) // 2) - 1] + "…"
    return text
