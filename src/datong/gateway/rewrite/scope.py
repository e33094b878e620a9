"""An agreement's row scope as a predicate over base columns. It is total: no value of the table can make it fail."""

from datetime import date, datetime

from sqlglot import exp

from datong.gateway.conditions import Value, read
from datong.gateway.decision import TableDecision
from datong.sharing.scope import Comparison, Condition

_OPERATORS = {
    Comparison.EQUALS: exp.EQ,
    Comparison.AT_LEAST: exp.GTE,
    Comparison.AT_MOST: exp.LTE,
}


def scoped(table: TableDecision) -> list[exp.Expr]:
    """One predicate a condition. A null fulfils none, in three-valued logic as in the agreement."""
    types = dict(table.snapshot.columns)
    return [_predicate(condition, types[condition.field]) for condition in table.scope.conditions]


def _predicate(condition: Condition, type: str) -> exp.Expr:
    column = exp.column(exp.to_identifier(condition.field, quoted=True))
    values = [literal(value) for value in read(condition, type)]
    match condition.comparison:
        case Comparison.IN:
            return exp.In(this=column, expressions=values) if values else exp.false()
        case Comparison.BETWEEN:
            return exp.Between(this=column, low=values[0], high=values[1])
        case Comparison.STARTS_WITH:
            return exp.StartsWith(this=column, expression=values[0])
    return _OPERATORS[condition.comparison](this=column, expression=values[0])


def literal(value: Value) -> exp.Expr:
    """A value read by conditions.py, as a typed node: nothing of it is ever parsed as SQL."""
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, str):
        return exp.Literal.string(value)
    if isinstance(value, datetime):
        return exp.cast(exp.Literal.string(value.isoformat(sep=" ")), exp.DType.TIMESTAMPNTZ)
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), exp.DType.DATE)
    number = exp.Literal.number(format(abs(value), "f"))
    return exp.Neg(this=number) if value < 0 else number
