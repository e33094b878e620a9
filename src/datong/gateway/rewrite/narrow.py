"""What of a query's own WHERE an extract may use to stay small: a look-up by number shouldn't copy a whole register.

Only comparisons of one of the table's visible, treated columns with a literal of its own type: they can't fail, they say
nothing of hidden values, and they are false or null where an outer join left the table out, so that leaving rows out
early can't change the answer. The query's WHERE stays as it was.
"""

import re

from sqlglot import exp

from datong.catalogue.field import FieldType
from datong.gateway.decision import FieldDecision, TableDecision
from datong.gateway.modality import conjuncts
from datong.gateway.rewrite.mask import treated
from datong.sharing.treatment import Treatment

_COMPARISONS = (exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?\Z")
_DAY = re.compile(r"(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])\Z")  # days every month has


def narrowing(reference: exp.Table, table: TableDecision) -> list[exp.Expr]:
    """Predicates over base columns, fit for the extract's WHERE."""
    select = reference.find_ancestor(exp.Query)
    if not isinstance(select, exp.Select) or not _stands_plainly(reference, select):
        return []
    where = select.args.get("where")
    if where is None:
        return []
    alias = reference.alias_or_name
    found = []
    for predicate in conjuncts(where.this):
        column = _compared(predicate)
        if column is None or column.table != alias:
            continue
        field = next((f for f in table.fields if f.name.lower() == column.name.lower()), None)
        if field and _fits(predicate, field):
            copy = predicate.copy()
            copy.set("this", _shown(field))
            found.append(copy)
    return found


def _stands_plainly(reference: exp.Table, select: exp.Select) -> bool:
    """In the FROM or a JOIN of this very select. An ASOF join picks a row first and filters after: there, not."""
    joins = select.args.get("joins") or []
    if select.args.get("laterals") or any(str(j.args.get("method") or "").upper() == "ASOF" for j in joins):
        return False
    return isinstance(reference.parent, exp.From | exp.Join) and reference.parent.parent is select


def _compared(predicate: exp.Expr) -> exp.Column | None:
    if isinstance(predicate, _COMPARISONS) and isinstance(predicate.expression, exp.Literal):
        column = predicate.this
    elif isinstance(predicate, exp.In) and set(predicate.args) - {"this", "expressions"} == set():
        column = predicate.this if all(isinstance(v, exp.Literal) for v in predicate.expressions) else None
    else:
        return None
    return column if isinstance(column, exp.Column) else None


def _fits(predicate: exp.Expr, field: FieldDecision) -> bool:
    if field.treatment not in (Treatment.CLEAR, Treatment.MASKED):
        return False  # hashing every row to find one pseudonym costs more than the copy saves
    literals = predicate.expressions if isinstance(predicate, exp.In) else [predicate.expression]
    match field.type:
        case FieldType.TEXT:
            return all(v.is_string for v in literals)
        case FieldType.INTEGER | FieldType.DECIMAL if field.treatment is Treatment.CLEAR:
            return all(not v.is_string and _NUMBER.match(v.this) for v in literals)
        case FieldType.DATE:
            return all(v.is_string and _DAY.match(v.this) for v in literals)
    return False


def _shown(field: FieldDecision) -> exp.Expr:
    shown = treated(field, key="")
    return shown if isinstance(shown, exp.Column) else exp.paren(shown)
