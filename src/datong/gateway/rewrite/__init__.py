"""From a resolved query and a decision to a governed query: one rewrite a file, applied in the order below.

resolve again   stars shrink to what is visible (only if something isn't)
moment          now() becomes the moment of the request
extract         references become extracts: treat, scope, narrow
suppress        statistics lose their small groups
outputs         column headings as the catalogue spells them
seal            nothing but extracts is read, or nothing runs
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlglot import exp

from datong.gateway.decision import Allowed, TableDecision
from datong.gateway.engine import Extract, GovernedQuery, Limits
from datong.gateway.modality import is_statistics
from datong.gateway.policy import READABLE
from datong.gateway.reads import Parsed, folded
from datong.gateway.refusals import refuse
from datong.gateway.resolve import Resolved, resolve
from datong.gateway.rewrite.extract import extracted
from datong.gateway.rewrite.moment import fixed
from datong.gateway.rewrite.seal import seal
from datong.gateway.rewrite.suppress import suppressed
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal


@dataclass(frozen=True)
class Rewritten:
    """`tree` reads `extracts`; `timeless` when nothing in it depends on the moment of asking."""

    tree: exp.Query
    extracts: tuple[Extract, ...]
    timeless: bool

    def governed(self, *, secrets: Mapping[str, str], limits: Limits) -> GovernedQuery:
        return GovernedQuery(tree=self.tree, extracts=self.extracts, secrets=secrets, limits=limits)


def visible(parsed: Parsed, resolved: Resolved, allowed: Allowed) -> Resolved | Refusal:
    """The query with its stars shrunk to the visible columns."""
    tables = {table.resource: table for table in allowed.tables}
    columns = {
        resource: tuple(f.name for f in tables[resource].fields if f.treatment in READABLE)
        for resource in tables
    }
    if any(len(columns[r]) < len(tables[r].fields) for r in resolved.reads.starred):
        again = resolve(parsed, columns)
        if isinstance(again, Refusal):
            return again
        resolved = again
    return refuse("gateway.columns_do_not_line_up") if _uneven(resolved.tree) else resolved


def rewrite(resolved: Resolved, allowed: Allowed, *, at: datetime, limits: Limits) -> Rewritten:
    tree = resolved.tree.copy()
    headings = _headings(tree, {table.resource: table for table in allowed.tables})
    timeless = not fixed(tree, at)
    statistics = is_statistics(allowed)
    tables = {table.resource: table for table in allowed.tables}
    extracts = extracted(tree, tables, person="count" if statistics else "", narrow=not statistics)
    if statistics:
        assert isinstance(tree, exp.Select)
        tree = suppressed(tree, allowed.tables[0], min_group=limits.min_group)
    for projection, heading in zip(tree.selects, headings, strict=True):
        if isinstance(projection, exp.Alias) and projection.alias != heading:
            projection.set("alias", exp.to_identifier(heading, quoted=True))
    seal(tree, extracts, ours=statistics)
    return Rewritten(tree=tree, extracts=extracts, timeless=timeless)


def _headings(tree: exp.Query, tables: Mapping[ResourceName, TableDecision]) -> list[str]:
    """The resolver folds names to lower case; a column keeps its department's heading in the answer. No two are alike:
    a table with two columns of one name can't be handed on in most forms."""
    spelled = {f.name.lower(): f.name for table in tables.values() for f in table.fields}
    headings: list[str] = []
    taken: set[str] = set()
    for projection in tree.selects:
        name = _heading(projection.alias_or_name, projection.unalias(), spelled)
        heading, count = name, 0
        while heading.lower() in taken:
            count += 1
            heading = f"{name}_{count}"
        taken.add(heading.lower())
        headings.append(heading)
    return headings


def _heading(alias: str, projection: exp.Expr, spelled: Mapping[str, str]) -> str:
    """Only where an engine, which folds ASCII letters alone, still takes the two for the same name."""
    heading = spelled.get(alias.lower(), "")
    return heading if isinstance(projection, exp.Column) and folded(heading) == folded(alias) else alias


def _uneven(tree: exp.Query) -> bool:
    return any(
        not union.args.get("by_name") and len(union.left.selects) != len(union.right.selects)
        for union in tree.find_all(exp.SetOperation)
    )
