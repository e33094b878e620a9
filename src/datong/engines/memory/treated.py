"""Extracts made physically, value by value: what a caller may see of a resource, as a plain table.

Said a second time and differently from gateway/rewrite/mask.py and scope.py, from the decision and not from the SQL: two
tellings that agree on every generated table are worth more than one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from datong.gateway.decision import FieldDecision, TableDecision
from datong.gateway.engine import ROW, Extract, person_names
from datong.gateway.rewrite.extract import COUNT_KEY, secret_name
from datong.sharing.scope import Comparison, Condition
from datong.sharing.treatment import Treatment

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def made(extract: Extract, base: list[dict[str, Any]], secrets: Mapping[str, str]) -> Table:
    """The extract as a table. The query's own WHERE is not looked at: the query will."""
    rows = [row for row in base if in_scope(row, extract.table)]
    if extract.claims:
        rows = [row for row in rows if all(row[k] == v for k, v in extract.lookup.items())]
        return Table(
            tuple(extract.claims),
            tuple(tuple(row[f] == v for f, v in extract.claims.items()) for row in rows),
        )
    fields = [field for field in extract.table.fields if field.name in extract.columns]
    names = [field.name for field in fields]
    key = secrets.get(secret_name(extract.table), "")
    shown = [[seen(row[field.name], field, key) for field in fields] for row in rows]
    if extract.person:
        persons = extract.table.persons if extract.person == "number" else extract.table.persons[:1]
        names += person_names(len(persons))
        for values, row in zip(shown, rows, strict=True):
            values += [_person(row[person], extract, secrets) for person in persons]
    if not names:
        names.append(ROW)
        shown = [[True] for _ in rows]
    return Table(tuple(names), tuple(tuple(values) for values in shown))


def in_scope(row: Row, table: TableDecision) -> bool:
    types = dict(table.snapshot.columns)
    return all(_fulfils(row[c.field], c, types[c.field]) for c in table.scope.conditions)


def _fulfils(value: Any, condition: Condition, type: str) -> bool:
    if value is None:
        return False
    wanted = [_typed(v, type) for v in condition.values]
    match condition.comparison:
        case Comparison.EQUALS:
            return bool(value == wanted[0])
        case Comparison.IN:
            return value in wanted
        case Comparison.BETWEEN:
            return bool(wanted[0] <= value <= wanted[1])
        case Comparison.AT_LEAST:
            return bool(value >= wanted[0])
        case Comparison.AT_MOST:
            return bool(value <= wanted[0])
        case Comparison.STARTS_WITH:
            return bool(value.startswith(wanted[0]))


def _typed(value: Any, type: str) -> Any:
    match type:
        case "text":
            return str(value)
        case "integer":
            return int(value)
        case "decimal":
            return Decimal(str(value))
        case "date":
            return date.fromisoformat(value)
        case "timestamp":
            return datetime.fromisoformat(value)
    return value in (True, "true")


def seen(value: Any, field: FieldDecision, key: str) -> Any:
    """One value as its treatment leaves it."""
    if value is None:
        return None
    match field.treatment:
        case Treatment.CLEAR:
            return value
        case Treatment.PSEUDONYM:
            return keyed(value, key)
        case Treatment.MASKED:
            return masked(value, field.element)
    raise AssertionError(f"{field.name} is {field.treatment} and can't be in an extract")


def keyed(value: Any, key: str) -> str:
    inner = sha256((key + as_text(value)).encode()).hexdigest()
    return sha256((key + inner).encode()).hexdigest()[:20]


def masked(value: Any, element: str) -> Any:
    if isinstance(value, bool | int | Decimal):
        return None
    if isinstance(value, datetime):
        return datetime(value.year, 1, 1)
    if isinstance(value, date):
        return date(value.year, 1, 1)
    match element:
        case "person.identity_number" | "person.other_id":
            return value[:3] + "*************" + value[-2:] if len(value) >= 8 else "***"
        case "person.mobile" | "person.telephone":
            return value[:3] + "********" + value[-2:] if len(value) >= 8 else "***"
        case "person.bank_account" | "person.social_security_number":
            return "************" + value[-4:] if len(value) >= 8 else "***"
        case "person.name" | "person.owner_name" | "person.legal_representative":
            return value[:1] + "**"
        case "person.address" | "place.address":
            return _county_of(value) + "***"
    return "***"


def _county_of(address: str) -> str:
    """榕溪县 of 榕溪县城关镇1号: the shortest head of Chinese characters that ends as a county does."""
    for length in range(3, 11):
        head = address[:length]
        if len(head) < length or not all("一" <= c <= "龥" for c in head):
            return ""
        if head[-1] in "县市区旗":
            return head
    return ""


def as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        text = value.isoformat(sep=" ")
        return text.rstrip("0") if "." in text else text
    return str(value)


def _person(value: Any, extract: Extract, secrets: Mapping[str, str]) -> str | None:
    if value is None:
        return None
    return keyed(value, secrets[COUNT_KEY]) if extract.person == "count" else as_text(value)
