"""Whose data a query uses: the identity numbers that the entry in the ledger commits to, before any data leaves.

For a query over a single table, without a query inside, those whose rows fulfil its WHERE, as the caller sees the columns
("in the answer": a LIMIT may show fewer, and a statistic shows none apart). For everything else all persons in the scope of
each table ("in scope"): a person would rather hear of a use that passed them by than not hear of one that didn't.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa
from sqlglot import exp

from datong.gateway.decision import Allowed
from datong.gateway.engine import PERSON, SCHEMA, Engine, EngineFault, Extract, GovernedQuery, Limits
from datong.gateway.modality import single_table
from datong.gateway.prepare import Prepared
from datong.gateway.rewrite.extract import extract, extracted
from datong.gateway.rewrite.moment import fixed
from datong.gateway.rewrite.seal import seal
from datong.terms.identity_number import canonical

IN_THE_ANSWER = "in the answer"
IN_SCOPE = "in scope"
MOST_PERSONS = 50_000_000


@dataclass(frozen=True)
class Concerned:
    """`persons` sorted; `reach` is "" when nothing read is about persons."""

    persons: tuple[str, ...]
    reach: str


def concerned(
    prepared: Prepared, *, engine: Engine, secrets: Mapping[str, str], limits: Limits, at: datetime
) -> Concerned | EngineFault:
    """A fault when the persons can't be found out: then no data may leave either."""
    if not any(table.person for table in prepared.allowed.tables):
        return Concerned((), "")
    limits = replace(limits, rows=MOST_PERSONS)
    exact = _fulfilling(prepared, at)
    if exact is not None:
        tree, extracts = exact
        found = engine.run(GovernedQuery(tree=tree, extracts=extracts, secrets=secrets, limits=limits))
        if not isinstance(found, EngineFault):
            return Concerned(_numbers(found), IN_THE_ANSWER)
    # A WHERE that fails on a value of the answer fails here too; the scope can't.
    tree, extracts = _in_scope(prepared.allowed)
    found = engine.run(GovernedQuery(tree=tree, extracts=extracts, limits=limits))
    return found if isinstance(found, EngineFault) else Concerned(_numbers(found), IN_SCOPE)


def _fulfilling(prepared: Prepared, at: datetime) -> tuple[exp.Query, tuple[Extract, ...]] | None:
    select = single_table(prepared.resolved.tree)
    if select is None:
        return None
    tree = exp.select(exp.true()).from_(select.args["from_"].this.copy())
    if where := select.args.get("where"):
        tree = tree.where(where.this.copy(), copy=False)
    fixed(tree, at)
    tables = {table.resource: table for table in prepared.allowed.tables}
    extracts = extracted(tree, tables, person="number")
    tree.set("expressions", [_person(tree.args["from_"].this.alias_or_name)])
    tree.distinct(copy=False)
    seal(tree, extracts, ours=True)
    return tree, extracts


def _in_scope(allowed: Allowed) -> tuple[exp.Query, tuple[Extract, ...]]:
    about = [table for table in allowed.tables if table.person]
    extracts = tuple(extract(t, (), name=f"t{n}", person="number") for n, t in enumerate(about, start=1))
    selects = [
        exp.select(_person(e.name)).distinct().from_(
            exp.table_(exp.to_identifier(e.name, quoted=True), db=SCHEMA, alias=exp.to_identifier(e.name, quoted=True))
        )
        for e in extracts
    ]  # fmt: skip
    tree: exp.Query = selects[0]
    for select in selects[1:]:
        tree = exp.union(tree, select, distinct=True)
    seal(tree, extracts, ours=True)
    return tree, extracts


def _person(alias: str) -> exp.Expr:
    column = exp.column(exp.to_identifier(PERSON, quoted=True), table=exp.to_identifier(alias, quoted=True))
    return exp.alias_(column, PERSON, quoted=True)


def _numbers(table: pa.Table) -> tuple[str, ...]:
    """In one spelling, or a citizen whose number a department wrote in another wouldn't find the use of it."""
    return tuple(sorted({canonical(str(v)) for v in table.column(0).to_pylist() if v is not None} - {""}))
