"""Whose data a query uses: the identity numbers that the entry in the ledger commits to, before any data leaves.

For a query over a single table, without a query inside, whose persons' numbers the caller sees in clear or as pseudonyms:
those whose rows fulfil its WHERE, as the caller sees the columns ("in the answer": a LIMIT may show fewer). For everything
else, statistics above all, every person in the scope of each table ("in scope"). The caller reads how many were entered: an
exact number under statistics would count the groups that are left out, and with the numbers hidden it would tell which rows
are one person's. A person would also rather hear of a use that passed them by than not hear of one that didn't.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa
from sqlglot import exp

from datong.gateway.decision import Allowed, TableDecision
from datong.gateway.engine import (
    SCHEMA,
    Engine,
    EngineFault,
    Extract,
    GovernedQuery,
    Limits,
    person_names,
)
from datong.gateway.modality import pinned, single_table
from datong.gateway.prepare import Prepared
from datong.gateway.rewrite.extract import extract, extracted
from datong.gateway.rewrite.moment import fixed
from datong.gateway.rewrite.seal import seal
from datong.sharing.treatment import Modality, Treatment
from datong.terms.identity_number import canonical

IN_THE_ANSWER = "in the answer"
IN_SCOPE = "in scope"
# A WHERE that fails does so on what the caller sees: exactness is lost by what they may know. Time and memory also tell of
# what they may not, so that a query stopped by those isn't answered.
_OF_THE_WHERE = frozenset({"conversion", "query"})
MOST_PERSONS = 50_000_000
MOST_MEGABYTES = 2_048  # of their numbers, which stay in the house


@dataclass(frozen=True)
class Concerned:
    """`persons` sorted; `reach` is "" when nothing read is about persons."""

    persons: tuple[str, ...]
    reach: str


def concerned(
    prepared: Prepared, *, engine: Engine, secrets: Mapping[str, str], limits: Limits, at: datetime
) -> Concerned | EngineFault:
    """A fault when the persons can't be found out: then no data may leave either."""
    if not any(table.persons for table in prepared.allowed.tables):
        return Concerned((), "")
    limits = replace(limits, rows=MOST_PERSONS, result_mb=MOST_MEGABYTES)
    exact = _fulfilling(prepared, at)
    if exact is not None:
        tree, extracts = exact
        found = engine.run(GovernedQuery(tree=tree, extracts=extracts, secrets=secrets, limits=limits))
        if not isinstance(found, EngineFault):
            return Concerned(_numbers(found), IN_THE_ANSWER)
        if found.kind not in _OF_THE_WHERE:
            return found
    tree, extracts = _in_scope(prepared.allowed)
    found = engine.run(GovernedQuery(tree=tree, extracts=extracts, limits=limits))
    return found if isinstance(found, EngineFault) else Concerned(_numbers(found), IN_SCOPE)


def _fulfilling(prepared: Prepared, at: datetime) -> tuple[exp.Query, tuple[Extract, ...]] | None:
    select = single_table(prepared.resolved.tree)
    if select is None or len(prepared.allowed.tables) != 1:
        return None
    table = prepared.allowed.tables[0]
    if table.modality is Modality.AGGREGATE or not _persons_seen(table):
        return None
    tree = exp.select(exp.true()).from_(select.args["from_"].this.copy())
    if where := select.args.get("where"):
        tree = tree.where(_told_apart(where.this, table).copy(), copy=False)
    fixed(tree, at)
    extracts = extracted(tree, {table.resource: table}, person="number")
    alias = tree.args["from_"].this.alias_or_name
    tree.set("expressions", [_person(alias, name) for name in person_names(len(table.persons))])
    tree.distinct(copy=False)
    seal(tree, extracts, ours=True)
    return tree, extracts


def _persons_seen(table: TableDecision) -> bool:
    """Whether the caller can count the persons of the answer already."""
    treatments = {f.treatment for f in table.fields if f.name in table.persons}
    return treatments <= {Treatment.CLEAR, Treatment.PSEUDONYM}


def _told_apart(where: exp.Expr, table: TableDecision) -> exp.Expr:
    """A look-up is of the record its key names, whatever else it asks: that comparison can't fail, so that a condition
    beside it that does doesn't enter the whole register."""
    return pinned(where, table) or where if table.modality is Modality.LOOKUP else where


def _in_scope(allowed: Allowed) -> tuple[exp.Query, tuple[Extract, ...]]:
    about = [table for table in allowed.tables if table.persons]
    extracts = tuple(extract(t, (), name=f"t{n}", person="number") for n, t in enumerate(about, start=1))
    selects = [
        exp.select(_person(e.name, name)).distinct().from_(
            exp.table_(exp.to_identifier(e.name, quoted=True), db=SCHEMA, alias=exp.to_identifier(e.name, quoted=True))
        )
        for e in extracts
        for name in person_names(len(e.table.persons))
    ]  # fmt: skip
    tree: exp.Query = selects[0]
    for select in selects[1:]:
        tree = exp.union(tree, select, distinct=True)
    seal(tree, extracts, ours=True)
    return tree, extracts


def _person(alias: str, name: str) -> exp.Expr:
    column = exp.column(exp.to_identifier(name, quoted=True), table=exp.to_identifier(alias, quoted=True))
    return exp.alias_(column, name, quoted=True)


def _numbers(table: pa.Table) -> tuple[str, ...]:
    """In one spelling, or a citizen whose number a department wrote in another wouldn't find the use of it."""
    written = (v for column in table.columns for v in column.to_pylist() if v is not None)
    return tuple(sorted({canonical(str(v)) for v in written} - {""}))
