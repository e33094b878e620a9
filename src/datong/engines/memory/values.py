"""Expressions over one row or one group, in SQL's three-valued logic: None is null and is unknown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlglot import exp


class NotInTheGrammar(Exception):
    """This engine speaks the grammar that tests generate, no more. `kind` is the construct's class."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"The memory engine doesn't know {kind}. Run the query on another engine.")


class Impossible(Exception):
    """A value can't be converted or is out of range: what an engine reports as a conversion fault."""


@dataclass(frozen=True)
class Frame:
    """What names stand for: table alias → column → value, and beyond it the query around this one."""

    tables: Mapping[str, Mapping[str, Any]]
    outer: "Frame | None" = None

    def look_up(self, table: str, column: str) -> Any:
        frame: Frame | None = self
        while frame is not None:
            if table in frame.tables:
                return frame.tables[table][column]
            frame = frame.outer
        raise NotInTheGrammar(f"a column of {table}")


# Answers a sub-query in a frame: its rows.
Ask = Callable[[exp.Query, Frame], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Context:
    """`group` is None outside of aggregation; inside, the frames of the group, and `frame` is one of them (or empty)."""

    frame: Frame
    ask: Ask
    group: list[Frame] | None = None

    def of_row(self, frame: Frame) -> "Context":
        return Context(frame, self.ask)


def value(node: exp.Expr, at: Context) -> Any:
    handler = _HANDLERS.get(type(node))
    if handler is None:
        raise NotInTheGrammar(type(node).__name__)
    return handler(node, at)


def is_true(node: exp.Expr, at: Context) -> bool:
    return value(node, at) is True


def _literal(node: exp.Literal, at: Context) -> Any:
    if node.is_string:
        return node.this
    return int(node.this) if re.fullmatch(r"\d+", node.this) else Decimal(node.this)


def _and(node: exp.And, at: Context) -> bool | None:
    one, other = value(node.this, at), value(node.expression, at)
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _or(node: exp.Or, at: Context) -> bool | None:
    one, other = value(node.this, at), value(node.expression, at)
    if one is True or other is True:
        return True
    return None if one is None or other is None else False


def _not(node: exp.Not, at: Context) -> bool | None:
    inner = value(node.this, at)
    return None if inner is None else not inner


def _strict(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Context], Any]:
    """Null in, null out."""

    def handler(node: exp.Binary, at: Context) -> Any:
        one, other = value(node.this, at), value(node.expression, at)
        return None if one is None or other is None else operation(one, other)

    return handler


def _whole(number: Any) -> Any:
    if isinstance(number, int) and not isinstance(number, bool) and not -(2**63) <= number < 2**63:
        raise Impossible
    return number


def _is(node: exp.Is, at: Context) -> bool:
    return value(node.this, at) is value(node.expression, at)


def _between(node: exp.Between, at: Context) -> bool | None:
    it, low, high = (value(node.args[k], at) for k in ("this", "low", "high"))
    above = None if it is None or low is None else it >= low
    below = None if it is None or high is None else it <= high
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def _in(node: exp.In, at: Context) -> bool | None:
    it = value(node.this, at)
    query = node.args.get("query")
    if query is not None:
        found = [row[0] for row in at.ask(query.this if isinstance(query, exp.Subquery) else query, at.frame)]
    else:
        found = [value(e, at) for e in node.expressions]
    if not found:
        return False
    if it is None:
        return None
    if any(one is not None and one == it for one in found):
        return True
    return None if any(one is None for one in found) else False


def _exists(node: exp.Exists, at: Context) -> bool:
    return bool(at.ask(node.this, at.frame))


def _scalar(node: exp.Subquery, at: Context) -> Any:
    rows = at.ask(node.this, at.frame)
    if len(rows) > 1:
        raise Impossible
    return rows[0][0] if rows else None


def _case(node: exp.Case, at: Context) -> Any:
    for branch in node.args["ifs"]:
        if node.this is not None:
            subject = value(node.this, at)
            chosen = subject is not None and subject == value(branch.this, at)
        else:
            chosen = is_true(branch.this, at)
        if chosen:
            return value(branch.args["true"], at)
    default = node.args.get("default")
    return None if default is None else value(default, at)


def _coalesce(node: exp.Coalesce, at: Context) -> Any:
    for one in (node.this, *node.expressions):
        found = value(one, at)
        if found is not None:
            return found
    return None


def _nullif(node: exp.Nullif, at: Context) -> Any:
    one, other = value(node.this, at), value(node.expression, at)
    return None if one is not None and one == other else one


def _of_text(operation: Callable[..., Any], *arguments: str) -> Callable[[Any, Context], Any]:
    def handler(node: exp.Expr, at: Context) -> Any:
        found = [value(node.this, at), *(value(node.args[a], at) for a in arguments)]
        return None if any(v is None for v in found) else operation(*found)

    return handler


def _like(text: str, pattern: str) -> bool:
    parts = [".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern]
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _cast(node: exp.Cast, at: Context) -> Any:
    found = value(node.this, at)
    if found is None:
        return None
    kind = node.to.this
    if kind in (exp.DType.INT, exp.DType.BIGINT):
        return _to_whole(found, 2**31 if kind is exp.DType.INT else 2**63)
    if (
        kind in (exp.DType.TEXT, exp.DType.VARCHAR)
        and isinstance(found, str | int)
        and not isinstance(found, bool)
    ):
        return str(found)
    if kind is exp.DType.DATE and isinstance(found, str):
        try:
            return date.fromisoformat(found.strip())
        except ValueError:
            raise Impossible from None
    if kind is exp.DType.BOOLEAN and isinstance(found, bool):
        return found
    raise NotInTheGrammar(f"a cast to {kind}")


def _to_whole(found: Any, bound: int) -> int:
    if isinstance(found, str) and re.fullmatch(r"-?[0-9]{1,30}", found.strip()):
        found = int(found.strip())
    if not isinstance(found, int) or not -bound <= found < bound:
        raise Impossible
    return found


def _try_cast(node: exp.TryCast, at: Context) -> Any:
    try:
        return _cast(node, at)
    except Impossible:
        return None


def _year(node: exp.Year, at: Context) -> int | None:
    day = value(node.this, at)
    return day.year if isinstance(day, date | datetime) else None


def _aggregate(compute: Callable[[list[Any]], Any]) -> Callable[[Any, Context], Any]:
    """`compute` gets the argument's values over the group without nulls."""

    def handler(node: exp.Expr, at: Context) -> Any:
        return compute(_arguments(node, at, at.group))

    return handler


def _arguments(node: exp.Expr, at: Context, group: list[Frame] | None) -> list[Any]:
    if group is None:
        raise NotInTheGrammar("an aggregate outside of a group")
    argument, distinct = node.this, False
    if isinstance(argument, exp.Distinct):
        argument, distinct = argument.expressions[0], True
    if isinstance(argument, exp.Star):
        return [True] * len(group)
    found = [value(argument, at.of_row(frame)) for frame in group]
    found = [v for v in found if v is not None]
    return list(dict.fromkeys(found)) if distinct else found


def _filtered(node: exp.Filter, at: Context) -> Any:
    group = [f for f in at.group or [] if is_true(node.expression.this, at.of_row(f))]
    return value(node.this, Context(at.frame, at.ask, group))


AGGREGATES: tuple[type[exp.Expr], ...] = (
    exp.Count,
    exp.Sum,
    exp.Avg,
    exp.Min,
    exp.Max,
    exp.LogicalOr,
    exp.LogicalAnd,
)

_HANDLERS: dict[type[exp.Expr], Callable[[Any, Context], Any]] = {
    exp.Literal: _literal,
    exp.Null: lambda node, at: None,
    exp.Boolean: lambda node, at: bool(node.this),
    exp.Column: lambda node, at: at.frame.look_up(node.table, node.name),
    exp.Paren: lambda node, at: value(node.this, at),
    exp.Alias: lambda node, at: value(node.this, at),
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.EQ: _strict(lambda a, b: a == b),
    exp.NEQ: _strict(lambda a, b: a != b),
    exp.GT: _strict(lambda a, b: a > b),
    exp.GTE: _strict(lambda a, b: a >= b),
    exp.LT: _strict(lambda a, b: a < b),
    exp.LTE: _strict(lambda a, b: a <= b),
    exp.NullSafeEQ: lambda node, at: value(node.this, at) == value(node.expression, at),
    exp.NullSafeNEQ: lambda node, at: value(node.this, at) != value(node.expression, at),
    exp.Add: _strict(lambda a, b: _whole(a + b)),
    exp.Sub: _strict(lambda a, b: _whole(a - b)),
    exp.Mul: _strict(lambda a, b: _whole(a * b)),
    exp.Neg: lambda node, at: None if (v := value(node.this, at)) is None else -v,
    exp.DPipe: _strict(lambda a, b: a + b),
    exp.Is: _is,
    exp.Between: _between,
    exp.In: _in,
    exp.Exists: _exists,
    exp.Subquery: _scalar,
    exp.Case: _case,
    exp.Coalesce: _coalesce,
    exp.Nullif: _nullif,
    exp.Like: _strict(_like),
    exp.Lower: _of_text(str.lower),
    exp.Upper: _of_text(str.upper),
    exp.Length: _of_text(len),
    exp.Left: _of_text(lambda text, n: text[:n], "expression"),
    exp.Cast: _cast,
    exp.TryCast: _try_cast,
    exp.Year: _year,
    exp.Count: _aggregate(len),
    exp.Sum: _aggregate(lambda found: sum(found) if found else None),
    exp.Avg: _aggregate(lambda found: float(sum(found)) / len(found) if found else None),
    exp.Min: _aggregate(lambda found: min(found) if found else None),
    exp.Max: _aggregate(lambda found: max(found) if found else None),
    exp.LogicalOr: _aggregate(lambda found: any(found) if found else None),
    exp.LogicalAnd: _aggregate(lambda found: all(found) if found else None),
    exp.Filter: _filtered,
}
