"""The last look at a governed query before it may run: it reads extracts and its own CTEs, and nothing else.

Every rule before this one was written to make it so. This one was written by somebody who doesn't believe them.
"""

from sqlglot import exp

from datong.gateway import grammar
from datong.gateway.engine import PERSON, ROW, SCHEMA, Extract
from datong.terms.fault import Fault
from datong.terms.text import Text


class QueryNotSealed(Fault):
    """A rewritten query still reads something that isn't an extract. A fault of ours: nothing may run."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(
            Text(
                zh=f"改写后的查询仍含有不应出现的内容（{kind}），已在执行前停止。请将查询的写法报告给维护人员。",
                en=f"The rewritten query still holds {kind}. It was stopped before it ran; please report the query's form.",
            )
        )


def seal(tree: exp.Query, extracts: tuple[Extract, ...], *, ours: bool = False) -> None:
    """Raises QueryNotSealed. `ours`: the query was built here and may name the columns no person can."""
    names = {e.name for e in extracts}
    ctes = {cte.alias for cte in tree.find_all(exp.CTE)}
    for node in tree.walk():
        if isinstance(node, exp.Table):
            if isinstance(node.this, exp.Func):
                continue
            if node.args.get("catalog") or (node.db and (node.db != SCHEMA or node.name not in names)):
                raise QueryNotSealed("a base table")
            if not node.db and node.name not in ctes:
                raise QueryNotSealed("a table of no origin")
        elif isinstance(node, exp.Anonymous):
            if node.name.lower() not in grammar.NAMED_FUNCTIONS:
                raise QueryNotSealed("an unlisted function")
        elif isinstance(node, exp.Func) and type(node) not in grammar.FUNCTIONS:
            raise QueryNotSealed("an unlisted function")
        elif isinstance(node, exp.Placeholder | exp.Parameter | exp.Command | exp.Into | exp.Lock):
            raise QueryNotSealed("an unlisted construct")
        elif isinstance(node, exp.Column) and (node.name == ROW or node.name.startswith(PERSON)) and not ours:
            raise QueryNotSealed("a column of ours")
