"""How much a function may make of nothing: text repeated or padded, rows out of a range, by a number that can be read.

With a number that is computed, one value of a row can be made to cost seconds, so that the time a query takes tells of that
value; and a few characters can fill the memory that everybody shares.
"""

from datetime import date

from sqlglot import exp

from datong.gateway.refusals import refuse
from datong.terms.refusal import Refusal

MOST_CHARACTERS = 10_000
MOST_VALUES = 1_000_000
_WHOLE_DAYS = frozenset({"DAY", "WEEK", "MONTH", "QUARTER", "YEAR"})


def too_much(node: exp.Expr) -> Refusal | None:
    match node:
        case exp.Repeat():
            return _characters("repeat", node.args.get("times"))
        case exp.Pad():
            return _characters("lpad/rpad", node.args.get("expression"))
        case exp.GenerateSeries():
            count = _values(node)
            return None if count is not None and count <= MOST_VALUES else _refused("range", MOST_VALUES)
    return None


def _characters(name: str, count: exp.Expr | None) -> Refusal | None:
    number = _whole(count)
    return None if number is not None and number <= MOST_CHARACTERS else _refused(name, MOST_CHARACTERS)


def _values(series: exp.GenerateSeries) -> int | None:
    """How many values it makes at most; None where that can't be read."""
    start, end, step = (series.args.get(part) for part in ("start", "end", "step"))
    if (first := _day(start)) is not None and (last := _day(end)) is not None:
        return abs((last - first).days) + 1 if _by_whole_days(step) else None
    numbers = _whole(start), _whole(end), 1 if step is None else _whole(step)
    if None in numbers:
        return None
    low, high, by = (n or 0 for n in numbers)
    return abs(high - low) // max(abs(by), 1) + 1


def _whole(node: exp.Expr | None) -> int | None:
    if isinstance(node, exp.Neg):
        number = _whole(node.this)
        return -number if number is not None else None
    if isinstance(node, exp.Literal) and not node.is_string and node.this.isdecimal() and len(node.this) < 19:
        return int(node.this)
    return None


def _day(node: exp.Expr | None) -> date | None:
    """A day or moment written out, or today."""
    if isinstance(node, exp.CurrentDate):
        return date.max.replace(year=2999)
    if not isinstance(node, exp.Cast) or not isinstance(node.this, exp.Literal):
        return None
    try:
        return date.fromisoformat(node.this.this[:10])
    except ValueError:
        return None


def _by_whole_days(step: exp.Expr | None) -> bool:
    if not isinstance(step, exp.Interval) or not isinstance(step.this, exp.Literal):
        return False
    unit = step.args.get("unit")
    return (
        unit is not None
        and unit.name.upper().rstrip("S") in _WHOLE_DAYS
        and step.this.this.isdecimal()
        and int(step.this.this[:9]) > 0
    )


def _refused(name: str, limit: int) -> Refusal:
    return refuse("gateway.amount_not_plain", name=name, limit=limit)
