"""Queries over tables, clause by clause, in the order in which SQL is defined: FROM, WHERE, GROUP, HAVING, SELECT, DISTINCT,
ORDER, LIMIT."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import Any

from sqlglot import exp

from datong.engines.memory.treated import Table
from datong.engines.memory.values import AGGREGATES, Context, Frame, NotInTheGrammar, is_true, value

Rows = list[tuple[Any, ...]]
Columns = tuple[str, ...]
# The columns of each table alias and, for each row, what they hold.
Source = tuple[dict[str, Columns], list[dict[str, dict[str, Any]]]]


@dataclass(frozen=True)
class Reader:
    """`tables`: extracts and CTEs by name; a CTE may hide one of the query around it."""

    tables: Mapping[str, Table] = field(default_factory=dict)

    def answer(self, query: exp.Expr, outer: Frame | None = None) -> Table:
        reader = self._with_ctes(query, outer)
        if isinstance(query, exp.Subquery):
            return reader.answer(query.this, outer)
        if isinstance(query, exp.SetOperation):
            return reader._set_operation(query, outer)
        if isinstance(query, exp.Select):
            return reader._select(query, outer)
        raise NotInTheGrammar(type(query).__name__)

    def _with_ctes(self, query: exp.Expr, outer: Frame | None) -> "Reader":
        reader, with_ = self, query.args.get("with_")
        if with_ is not None and with_.args.get("recursive"):
            raise NotInTheGrammar("WITH RECURSIVE")
        for cte in with_.expressions if with_ is not None else []:
            table = reader.answer(cte.this, outer)
            columns = tuple(c.name for c in cte.args["alias"].columns) or table.columns
            reader = Reader({**reader.tables, f"cte {cte.alias}": Table(columns, table.rows)})
        return reader

    def _ask(self, query: exp.Query, frame: Frame) -> Rows:
        return list(self.answer(query, frame).rows)

    # FROM and JOIN

    def _source(self, node: exp.Expr, outer: Frame | None) -> tuple[str, Table]:
        if isinstance(node, exp.Table):
            key = f"extract {node.name}" if node.args.get("db") is not None else f"cte {node.name}"
            return node.alias_or_name, self.tables[key]
        if isinstance(node, exp.Subquery):
            table = self.answer(node.this, outer)
            alias = node.args.get("alias")
            columns = tuple(c.name for c in alias.columns) if alias is not None else ()
            return node.alias, Table(columns or table.columns, table.rows)
        raise NotInTheGrammar(type(node).__name__)

    def _from(self, select: exp.Select, outer: Frame | None) -> Source:
        from_ = select.args.get("from_")
        if from_ is None:
            return {}, [{}]
        alias, table = self._source(from_.this, outer)
        source: Source = ({alias: table.columns}, _named(alias, table))
        for join in select.args.get("joins") or []:
            source = self._joined(source, join, outer)
        return source

    def _joined(self, left: Source, join: exp.Join, outer: Frame | None) -> Source:
        if join.args.get("method") or join.args.get("using"):
            raise NotInTheGrammar("this kind of join")
        alias, table = self._source(join.this, outer)
        right = _named(alias, table)
        side = str(join.args.get("side") or "").upper()
        on = join.args.get("on")
        columns = {**left[0], alias: table.columns}
        rows, matched = [], set()
        for one in left[1]:
            partners = [
                n
                for n, other in enumerate(right)
                if on is None or is_true(on, Context(Frame({**one, **other}, outer), self._ask))
            ]
            matched.update(partners)
            rows += [{**one, **right[n]} for n in partners]
            if not partners and side in ("LEFT", "FULL"):
                rows.append({**one, alias: dict.fromkeys(table.columns)})
        if side in ("RIGHT", "FULL"):
            nothing: dict[str, dict[str, Any]] = {a: dict.fromkeys(c) for a, c in left[0].items()}
            rows += [{**nothing, **other} for n, other in enumerate(right) if n not in matched]
        return columns, rows

    # SELECT

    def _select(self, select: exp.Select, outer: Frame | None) -> Table:
        for unknown in ("laterals", "qualify", "windows"):
            if select.args.get(unknown):
                raise NotInTheGrammar(unknown)
        frames = [Frame(tables, outer) for tables in self._from(select, outer)[1]]
        if where := select.args.get("where"):
            frames = [f for f in frames if is_true(where.this, Context(f, self._ask))]
        contexts = self._grouped(select, frames, outer)
        if having := select.args.get("having"):
            contexts = [c for c in contexts if is_true(having.this, c)]
        columns = tuple(p.alias_or_name for p in select.selects)
        rows = [(tuple(value(p, c) for p in select.selects), c) for c in contexts]
        if distinct := select.args.get("distinct"):
            if distinct.args.get("on"):
                raise NotInTheGrammar("DISTINCT ON")
            rows = list({row: (row, c) for row, c in reversed(rows)}.values())
        ordered = _ordered(rows, columns, select.args.get("order"))
        return Table(columns, tuple(_cut(ordered, select)))

    def _grouped(self, select: exp.Select, frames: list[Frame], outer: Frame | None) -> list[Context]:
        group = select.args.get("group")
        if group is not None and {k for k, v in group.args.items() if v} != {"expressions"}:
            raise NotInTheGrammar("this kind of GROUP BY")
        if group is None and not _aggregates(select):
            return [Context(frame, self._ask) for frame in frames]
        if group is None:
            return [Context(frames[0] if frames else Frame({}, outer), self._ask, frames)]
        groups: dict[tuple[Any, ...], list[Frame]] = {}
        for frame in frames:
            key = tuple(value(e, Context(frame, self._ask)) for e in group.expressions)
            groups.setdefault(key, []).append(frame)
        return [Context(members[0], self._ask, members) for members in groups.values()]

    # UNION, INTERSECT, EXCEPT

    def _set_operation(self, query: exp.SetOperation, outer: Frame | None) -> Table:
        if query.args.get("by_name"):
            raise NotInTheGrammar("BY NAME")
        left, right = self.answer(query.left, outer), self.answer(query.right, outer)
        rows = _combined(query, list(left.rows), list(right.rows))
        ordered = _ordered([(row, None) for row in rows], left.columns, query.args.get("order"))
        return Table(left.columns, tuple(_cut(ordered, query)))


def _named(alias: str, table: Table) -> list[dict[str, dict[str, Any]]]:
    return [{alias: dict(zip(table.columns, row, strict=True))} for row in table.rows]


def _aggregates(select: exp.Select) -> bool:
    """Whether the select itself aggregates; a sub-query's aggregates are its own."""
    parts = [*select.selects, *([select.args["having"]] if select.args.get("having") else [])]
    return any(
        node.find_ancestor(exp.Select) is select for part in parts for node in part.find_all(*AGGREGATES)
    )


def _combined(query: exp.SetOperation, left: Rows, right: Rows) -> Rows:
    distinct = bool(query.args.get("distinct"))
    match query:
        case exp.Union():
            rows = left + right
        case exp.Intersect():
            rows = _kept(left, right, present=True) if not distinct else [r for r in left if r in right]
        case exp.Except():
            rows = _kept(left, right, present=False) if not distinct else [r for r in left if r not in right]
        case _:
            raise NotInTheGrammar(type(query).__name__)
    return list(dict.fromkeys(rows)) if distinct else rows


def _kept(left: Rows, right: Rows, *, present: bool) -> Rows:
    """INTERSECT ALL and EXCEPT ALL: each row on the right answers for one on the left."""
    spare, kept = list(right), []
    for row in left:
        found = row in spare
        if found:
            spare.remove(row)
        if found is present:
            kept.append(row)
    return kept


def _ordered(
    rows: Sequence[tuple[tuple[Any, ...], Context | None]], columns: Columns, order: exp.Order | None
) -> Rows:
    keys = order.expressions if order is not None else []

    def sort_value(key: exp.Ordered, row: tuple[Any, ...], at: Context | None) -> Any:
        if isinstance(key.this, exp.Column) and not key.this.table:
            return row[columns.index(key.this.name)]
        if at is None:
            raise NotInTheGrammar("ordering a set operation by an expression")
        return value(key.this, at)

    valued = [(tuple(sort_value(k, row, at) for k in keys), row) for row, at in rows]

    def compare(one: tuple[Any, ...], other: tuple[Any, ...]) -> int:
        for key, a, b in zip(keys, one[0], other[0], strict=True):
            if a == b:
                continue
            first = -1 if key.args.get("nulls_first") else 1
            if a is None or b is None:
                return first if a is None else -first
            smaller = -1 if a < b else 1
            return -smaller if key.args.get("desc") else smaller
        return 0

    return [row for _, row in sorted(valued, key=cmp_to_key(compare))]


def _cut(rows: Rows, query: exp.Expr) -> Rows:
    limit, offset = query.args.get("limit"), query.args.get("offset")
    begin = int(offset.expression.this) if offset is not None else 0
    end = begin + int(limit.expression.this) if limit is not None else None
    return rows[begin:end]
