"""`now()` and its kin become the moment of the request: asked twice of the same snapshot, a query gives the same answer,
and the persons recorded before are the persons read after."""

from datetime import UTC, datetime

from sqlglot import exp


def fixed(tree: exp.Query, at: datetime) -> bool:
    """Replaces them in `tree` itself; whether there were any."""
    found = [node for node in tree.walk() if _tells_time(node)]
    for node in found:
        if isinstance(node, exp.Anonymous) and node.name.lower() == "age":
            midnight = exp.Literal.string(f"{at.date().isoformat()} 00:00:00")
            node.set("expressions", [exp.cast(midnight, exp.DType.TIMESTAMPNTZ), *node.expressions])
        elif isinstance(node, exp.CurrentDate):
            day = exp.cast(exp.Literal.string(at.date().isoformat()), exp.DType.DATE)
            node.replace(day)
        else:
            told = at.astimezone(UTC) if _counted(node) else at
            moment = told.replace(tzinfo=None, microsecond=0).isoformat(sep=" ")
            node.replace(exp.cast(exp.Literal.string(moment), exp.DType.TIMESTAMPNTZ))
    return bool(found)


def _tells_time(node: exp.Expr) -> bool:
    if isinstance(node, exp.Anonymous):
        name = node.name.lower()
        return name == "now" or (name == "age" and len(node.expressions) == 1)  # age(d): until today
    return isinstance(node, exp.CurrentDate | exp.CurrentTimestamp | exp.Localtimestamp)


def _counted(node: exp.Expr) -> bool:
    """`epoch(now())`: seconds are counted from UTC, while everywhere else now() is the clock on the wall."""
    above = node.parent
    while isinstance(above, exp.Paren):
        above = above.parent
    if isinstance(node, exp.Localtimestamp):
        return False
    return isinstance(above, exp.TimeToUnix | exp.UnixToTime) or (
        isinstance(above, exp.Extract) and above.this.name.upper() == "EPOCH"
    )
