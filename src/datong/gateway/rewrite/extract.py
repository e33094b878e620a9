"""Every reference to a resource becomes an extract: a table of treated columns and scoped rows, under a name that nothing
in a query can capture.

Never a WHERE in the user's query: that would change an outer join (21 of TPC-H's 22 queries survive it, not 22), and the
predicates of the query would still see what the treatments hide.
"""

from collections.abc import Iterable, Mapping

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from datong.gateway.decision import TableDecision
from datong.gateway.engine import PERSON, ROW, SCHEMA, Extract, person_names
from datong.gateway.rewrite.mask import pseudonym, treated
from datong.gateway.rewrite.narrow import narrowing
from datong.gateway.rewrite.scope import scoped
from datong.sharing.treatment import Treatment
from datong.terms.names import ResourceName

COUNT_KEY = "count_key"  # the parameter of Extract.person == "count"


def extracted(
    tree: exp.Query,
    tables: Mapping[ResourceName, TableDecision],
    *,
    person: str = "",
    narrow: bool = True,
) -> tuple[Extract, ...]:
    """Replaces the references in `tree` itself, and returns the extracts they now name. References to the same resource
    share one, unless the query's WHERE narrows one of them."""
    extracts: dict[object, Extract] = {}
    for reference, columns in _references(tree):
        resource = _resource(reference)
        table = tables[resource]
        narrowed = narrowing(reference, table) if narrow else []
        key = (id(reference),) if narrowed else (resource,)
        known = extracts.get(key)
        used = sorted({*(known.columns if known else ()), *_spelled(columns, table)})
        name = known.name if known else f"t{len(extracts) + 1}"
        extracts[key] = extract(
            table, used, name=name, person=person if table.persons else "", narrowed=narrowed
        )
        reference.set("this", exp.to_identifier(name, quoted=True))
        reference.set("db", exp.to_identifier(SCHEMA, quoted=True))
    return tuple(extracts.values())


def extract(
    table: TableDecision,
    columns: Iterable[str],
    *,
    name: str,
    person: str = "",
    narrowed: Iterable[exp.Expr] = (),
) -> Extract:
    columns, narrowed = tuple(columns), list(narrowed)
    fields = [field for field in table.fields if field.name in columns]
    selected = [
        exp.alias_(treated(field, key=secret_name(table)), field.name, quoted=True) for field in fields
    ]
    if person:
        selected += _persons(table, person)
    if not selected:
        selected.append(exp.alias_(exp.true(), ROW, quoted=True))
    tree = exp.select(*selected, copy=False).from_(_base(table.resource), copy=False)
    for predicate in (*scoped(table), *narrowed):
        tree = tree.where(predicate, copy=False)
    return Extract(name=name, table=table, columns=columns, tree=tree, person=person, narrowed=bool(narrowed))


def secret_name(table: TableDecision) -> str:
    """The parameter that holds the agreement's key: the agreement's id would do, were it always an identifier."""
    return "key_" + "".join(c if c.isalnum() and c.isascii() else "_" for c in table.agreement)


def secrets_needed(extracts: Iterable[Extract]) -> dict[str, str]:
    """parameter → agreement, for every pseudonym that an extract really computes."""
    return {
        secret_name(e.table): e.table.agreement
        for e in extracts
        if any(f.treatment is Treatment.PSEUDONYM and f.name in e.columns for f in e.table.fields)
    }


def _persons(table: TableDecision, how: str) -> list[exp.Expr]:
    columns = [exp.column(exp.to_identifier(name, quoted=True)) for name in table.persons]
    if how == "count":
        type_ = dict(table.snapshot.columns)[table.persons[0]]
        return [exp.alias_(pseudonym(columns[0], type_, key=COUNT_KEY), PERSON, quoted=True)]
    return [
        exp.alias_(exp.cast(column, exp.DType.TEXT), name, quoted=True)
        for column, name in zip(columns, person_names(len(columns)), strict=True)
    ]


def _base(resource: ResourceName) -> exp.Table:
    return exp.table_(
        exp.to_identifier(resource.table, quoted=True), db=exp.to_identifier(resource.department, quoted=True)
    )


def _references(tree: exp.Query) -> list[tuple[exp.Table, list[exp.Column]]]:
    """Each reference to a resource with the columns that come from it, wherever in the query they stand."""
    found: dict[int, tuple[exp.Table, list[exp.Column]]] = {}
    for scope in traverse_scope(tree):
        for _, source in scope.sources.items():
            if isinstance(source, exp.Table) and source.args.get("db") is not None:
                found.setdefault(id(source), (source, []))
    seen: set[int] = set()
    for scope in traverse_scope(tree):
        for column in scope.columns:
            above: Scope | None = scope
            while above is not None and column.table not in above.sources:
                above = above.parent
            origin = above.sources[column.table] if above is not None else None
            if id(origin) in found and id(column) not in seen:
                seen.add(id(column))
                found[id(origin)][1].append(column)
    return list(found.values())


def _spelled(columns: Iterable[exp.Column], table: TableDecision) -> list[str]:
    """Each column's name as the catalogue spells it, written back into the column."""
    spelling = {field.name.lower(): field.name for field in table.fields}
    names = []
    for column in columns:
        name = spelling[column.name.lower()]
        column.set("this", exp.to_identifier(name, quoted=True))
        names.append(name)
    return names


def _resource(reference: exp.Table) -> ResourceName:
    return ResourceName(reference.db.lower(), reference.name.lower())
