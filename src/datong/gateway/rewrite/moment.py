"""`now()` and its kin become the moment of the request: asked twice of the same snapshot, a query gives the same answer,
and the persons recorded before are the persons read after."""

from datetime import datetime

from sqlglot import exp


def fixed(tree: exp.Query, at: datetime) -> bool:
    """Replaces them in `tree` itself; whether there were any."""
    found = [node for node in tree.walk() if _tells_time(node)]
    for node in found:
        if isinstance(node, exp.CurrentDate):
            day = exp.cast(exp.Literal.string(at.date().isoformat()), exp.DType.DATE)
            node.replace(day)
        else:
            moment = at.replace(tzinfo=None, microsecond=0).isoformat(sep=" ")
            node.replace(exp.cast(exp.Literal.string(moment), exp.DType.TIMESTAMPNTZ))
    return bool(found)


def _tells_time(node: exp.Expr) -> bool:
    if isinstance(node, exp.Anonymous):
        return node.name.lower() == "now"
    return isinstance(node, exp.CurrentDate | exp.CurrentTimestamp)
