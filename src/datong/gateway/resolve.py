"""Which columns a query needs: every name resolved against the catalogue, stars expanded, origins traced.

Names are resolved against all the columns of a resource, granted or not. Resolving against the granted ones alone would
let `EXISTS (SELECT 1 FROM b WHERE x = 1)` slip from an ungranted b.x to the x of an outer table, and answer another
question than the one asked.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlglot import exp
from sqlglot.errors import OptimizeError, SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, traverse_scope

from datong.gateway import grammar
from datong.gateway.growth import expanded_size
from datong.gateway.reads import Parsed
from datong.gateway.refusals import refuse
from datong.gateway.typed import said
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal

Columns = Mapping[ResourceName, tuple[str, ...]]  # a resource's column names, as the catalogue spells them

_WRITTEN = "written"
_FOLDING = "duckdb"  # whose rules of names apply: the catalogue's headings come in every case
_NAMED = re.compile(r"[Cc]olumn '?\"?([^'\"]{1,80})\"?'? ")


@dataclass(frozen=True)
class Reads:
    """`needed`: what the query can't do without. A column that only a star brings isn't needed: the star shrinks to what
    is visible. `starred`: the resources of which it takes whatever is visible."""

    needed: Mapping[ResourceName, frozenset[str]]
    starred: frozenset[ResourceName]


@dataclass(frozen=True)
class Resolved:
    """`tree`: every column with its table, every star expanded, every output named. Base tables keep their names."""

    tree: exp.Query
    reads: Reads


def resolve(parsed: Parsed, columns: Columns) -> Resolved | Refusal:
    """Letters' case doesn't matter in a name, quoted or not, in whatever dialect the query was written."""
    for resource, names in columns.items():
        if len({name.lower() for name in names}) < len(names):
            return refuse("gateway.resource_names_collide", resource=resource, provider=resource.department)
    try:
        if expanded_size(parsed.tree, columns) > grammar.MAX_EXPANDED:
            return refuse("gateway.query_grows_too_large", limit=grammar.MAX_EXPANDED)
    except RecursionError:
        return refuse("gateway.query_too_deep", limit=grammar.MAX_DEPTH)
    tree = _marked(parsed.tree.copy())
    schema: dict[str, Any] = {}
    for resource, names in columns.items():
        schema.setdefault(resource.department, {})[resource.table] = dict.fromkeys(names, "unknown")
    try:
        tree = qualify(tree, schema=schema, dialect=_FOLDING, expand_alias_refs=True, quote_identifiers=False)
    except (OptimizeError, SqlglotError) as error:
        found = _NAMED.search(str(error))
        return _unknown(found[1] if found else "", parsed, columns)
    except (RecursionError, KeyError, ValueError, TypeError, AttributeError, AssertionError):
        # The resolver met a combination it wasn't written for. What can't be resolved isn't served.
        return _unknown("", parsed, columns)
    _distinct_on(tree)
    _group_by_all(tree)
    for node in tree.walk():
        if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
            return refuse("gateway.column_unknown", column="*")
        if isinstance(node, exp.TableColumn) or (
            isinstance(node, exp.Column) and not node.table and not _is_output(node)
        ):
            # `SELECT t FROM s.t`: a whole row as one value, with whatever happens to be in it.
            return _unknown(node.name, parsed, columns)
    try:
        reads = _Trace(columns).reads(tree)
    except _Lost as lost:
        return _unknown(lost.column, parsed, columns)
    return Resolved(tree=tree, reads=reads)


def _unknown(name: str, parsed: Parsed, columns: Columns) -> Refusal:
    """`name` as the resolver tells it: folded, and cut where it holds a quotation mark."""
    known = {*(r.department for r in columns), *(r.table for r in columns)}.union(*columns.values())
    names = [i for i in parsed.tree.find_all(exp.Identifier) if i.name.lower() == name.lower()]
    written = next((i for i in names if i.args.get("quoted")), names[0] if names else None)
    quoted = written is None or bool(written.args.get("quoted"))
    return refuse("gateway.column_unknown", column=said(name, known=known, quoted=quoted, where=written))


def base_tables(tree: exp.Expr) -> Iterator[tuple[exp.Table, ResourceName]]:
    """Every reference to a resource. Only those have a department."""
    for table in tree.find_all(exp.Table):
        if table.args.get("db") is not None:
            yield table, ResourceName(table.db.lower(), table.name.lower())


class _Lost(Exception):
    """A column whose origin can't be shown."""

    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__("A column of the query has no origin that can be shown.")


class _Trace:
    """Follows columns back to the resources they come from."""

    def __init__(self, columns: Columns) -> None:
        self.spelling = {r: {name.lower(): name for name in names} for r, names in columns.items()}
        self.needed: dict[ResourceName, set[str]] = {resource: set() for resource in columns}
        self.starred: set[ResourceName] = set()
        self.seen: set[tuple[int, str]] = set()

    def reads(self, tree: exp.Query) -> Reads:
        for scope in traverse_scope(tree):
            optional = {id(p.unalias()) for p in _starred_projections(scope.expression)}
            for column in scope.columns:
                if id(column) in optional:
                    self._star(column, scope)
                else:
                    self._need(column, scope)
        return Reads({r: frozenset(names) for r, names in self.needed.items()}, frozenset(self.starred))

    def _star(self, column: exp.Column, scope: Scope) -> None:
        source = _source(scope, column.table)
        if isinstance(source, exp.Table) and (resource := _resource(source)):
            self.starred.add(resource)

    def _need(self, column: exp.Column, scope: Scope) -> None:
        source = _source(scope, column.table)
        if isinstance(source, exp.Table):
            resource = _resource(source)
            if resource is None:
                return  # a table function's own column
            name = self.spelling[resource].get(column.name.lower())
            if name is None:
                raise _Lost(column.name)
            self.needed[resource].add(name)
        elif isinstance(source, Scope) and (id(source), column.name) not in self.seen:
            self.seen.add((id(source), column.name))
            self._need_output(column.name, source)

    def _need_output(self, name: str, scope: Scope) -> None:
        """The star-expanded projections behind an output; written ones were counted where they stand."""
        for select, place in _projections(scope, name):
            projection = _outputs(select)[place].unalias()
            if isinstance(projection, exp.Column) and not projection.meta.get(_WRITTEN):
                self._need(projection, select)


def _distinct_on(tree: exp.Query) -> None:
    """`DISTINCT ON (s)`, where the select calls one of its outputs s: the output's own expression takes its place."""
    for select in list(tree.find_all(exp.Select)):
        distinct = select.args.get("distinct")
        on = distinct.args.get("on") if isinstance(distinct, exp.Distinct) else None
        outputs = {p.alias_or_name: p.unalias() for p in select.selects}
        for column in list(on.find_all(exp.Column)) if isinstance(on, exp.Expr) else []:
            if not column.table and column.name in outputs:
                column.replace(outputs[column.name].copy())


def _group_by_all(tree: exp.Query) -> None:
    """GROUP BY ALL by name, where it is by plain columns: so that statistics may be written with it."""
    for select in tree.find_all(exp.Select):
        group = select.args.get("group")
        if not isinstance(group, exp.Group) or not group.args.get("all") or group.expressions:
            continue
        outputs = [projection.unalias() for projection in select.selects]
        columns = [output for output in outputs if isinstance(output, exp.Column)]
        if columns and all(isinstance(output, exp.Column | exp.AggFunc) for output in outputs):
            select.set("group", exp.Group(expressions=[column.copy() for column in columns]))


def _is_output(column: exp.Column) -> bool:
    """`ORDER BY s`, where the select calls one of its outputs s."""
    order = column.find_ancestor(exp.Order)
    query = order.parent if order is not None else None
    return isinstance(query, exp.Query) and column.name in query.named_selects


def _marked(tree: exp.Query) -> exp.Query:
    """Remembers which projections a person wrote, so that those a star brings can be told apart afterwards."""
    for select in tree.find_all(exp.Select):
        for place, projection in enumerate(select.expressions):
            if select is tree and not isinstance(projection, exp.Alias | exp.Column | exp.Star):
                projection = exp.alias_(projection, projection.sql()[:60].lower(), quoted=True)
                select.expressions[place] = projection
                projection.parent = select
            for replaced in _replacements(projection):
                replaced.meta[_WRITTEN] = True
                replaced.unalias().meta[_WRITTEN] = True
            if not projection.is_star:
                projection.meta[_WRITTEN] = True
                projection.unalias().meta[_WRITTEN] = True
    return tree


def _replacements(projection: exp.Expr) -> list[exp.Expr]:
    """What `* REPLACE (… AS name)` puts in a column's place: written, though a star brings it."""
    star = projection.find(exp.Star)
    return list(star.args.get("replace") or []) if star is not None else []


def _starred_projections(expression: exp.Expr) -> list[exp.Expr]:
    if not isinstance(expression, exp.Select):
        return []
    return [
        p
        for p in expression.selects
        if isinstance(p.unalias(), exp.Column)
        and not p.meta.get(_WRITTEN)
        and not p.unalias().meta.get(_WRITTEN)
    ]


def _source(scope: Scope | None, name: str) -> exp.Expr | Scope | None:
    while scope is not None:
        if name in scope.sources:
            return scope.sources[name]
        scope = scope.parent
    return None


def _resource(table: exp.Table) -> ResourceName | None:
    return ResourceName(table.db.lower(), table.name.lower()) if table.args.get("db") is not None else None


def _projections(scope: Scope, name: str) -> Iterator[tuple[Scope, int]]:
    """The selects that make an output column, each with the place of its projection: every arm of a UNION."""
    arms = list(_arms(scope))
    by_name = any(union.args.get("by_name") for union in scope.expression.find_all(exp.SetOperation))
    places: list[int] = []
    for select in arms:
        if by_name or not places:  # otherwise the first arm names the columns, and the others follow by place
            names = [p.alias_or_name.lower() for p in _outputs(select)]
            places = [place for place, found in enumerate(names) if found == name.lower()]
        yield from ((select, place) for place in places if place < len(_outputs(select)))


def _outputs(scope: Scope) -> list[exp.Expr]:
    return scope.expression.selects if isinstance(scope.expression, exp.Query) else []


def _arms(scope: Scope) -> Iterator[Scope]:
    if scope.set_operation_scopes:
        for arm in scope.set_operation_scopes:
            yield from _arms(arm)
    elif isinstance(scope.expression, exp.Select):
        yield scope
