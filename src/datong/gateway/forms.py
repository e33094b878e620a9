"""Several ways to write the same, brought to the one that the rules know. Each is changed in the tree, before it is checked."""

from sqlglot import exp

ROWS_MADE = {True: "range", False: "generate_series"}  # what the engine calls the one column of either


def settle(tree: exp.Query) -> None:
    for node in list(tree.walk()):
        match node:
            case exp.Fetch():
                _fetch(node)
            case exp.Table() if isinstance(node.this, exp.GenerateSeries):
                _name_column(node, node.this)
            case exp.DateAdd() if not node.args.get("unit") and isinstance(node.expression, exp.Literal):
                # date_add(d, 5) is a date; the parser's own form, d + INTERVAL 5 DAY, is a timestamp.
                if not node.expression.is_string:
                    node.replace(exp.Add(this=node.this, expression=node.expression))


def _fetch(fetch: exp.Fetch) -> None:
    """FETCH FIRST n ROWS ONLY is LIMIT n. WITH TIES and PERCENT aren't, and stay what they are."""
    options = fetch.args.get("limit_options")
    if options is None or not (options.args.get("with_ties") or options.args.get("percent")):
        fetch.replace(exp.Limit(expression=fetch.args.get("count") or exp.Literal.number(1)))


def _name_column(table: exp.Table, series: exp.GenerateSeries) -> None:
    """So that `SELECT * FROM range(3)` can be spelled out."""
    alias = table.args.get("alias") or exp.TableAlias()
    if not alias.args.get("columns"):
        alias.set("columns", [exp.to_identifier(ROWS_MADE[bool(series.args.get("is_end_exclusive"))])])
        table.set("alias", alias)
