"""Random small worlds for the gateway: tables, agreements, queries over the whole grammar that the memory engine speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from datong.catalogue.field import Field, FieldType
from datong.catalogue.snapshot import Snapshot
from datong.engines.memory.treated import in_scope, masked
from datong.gateway.answer import Answer, RefusedAnswer
from datong.gateway.decision import FieldDecision, TableDecision
from datong.gateway.engine import Engine, Limits
from datong.gateway.run import run
from datong.grading.scheme import Grade
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.text import Text
from tests.unit.gateway.small_county import Book, County, Keys, agreement, asking, grant, landed, served

ONE, TWO = ResourceName("police", "one"), ResourceName("police", "two")
TEXTS = (None, "", "1", "7", "a", "ab", "王小明", "王大明", "榕溪县一号", "99010119800100001X", "13912345678")
WHOLE = (None, -1, 0, 1, 2, 7, 2**31)
DAYS = (None, date(1980, 1, 1), date(1980, 5, 5), date(1999, 12, 31), date(2020, 2, 29))
VALUES: Mapping[FieldType, tuple[Any, ...]] = {
    FieldType.TEXT: TEXTS,
    FieldType.INTEGER: WHOLE,
    FieldType.DATE: DAYS,
}
FIELDS: Mapping[ResourceName, tuple[Field, ...]] = {
    ONE: (
        Field("id", FieldType.TEXT, element="person.identity_number"),
        Field("name", FieldType.TEXT, element="person.name"),
        Field("place", FieldType.TEXT, element="person.address"),
        Field("n", FieldType.INTEGER),
        Field("d", FieldType.DATE),
        Field("note", FieldType.TEXT),
    ),
    TWO: (
        Field("Key", FieldType.TEXT),
        Field("phone", FieldType.TEXT, element="person.mobile"),
        Field("m", FieldType.INTEGER),
        Field("e", FieldType.DATE),
    ),
}
# Mostly visible, or most queries would only be refused. A pseudonym is text, whatever it stands for: of text alone here,
# so that types stay what the generator thinks they are.
TERMS = ("clear",) * 7 + ("masked",) * 6 + ("pseudonym",) * 2 + ("verify_only", "absent")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class World:
    """What is landed and what is granted, but not what is asked."""

    rows: Mapping[ResourceName, Rows]
    terms: Mapping[ResourceName, Mapping[str, str]]
    scopes: Mapping[ResourceName, RowScope]

    def county(self, folder: Path) -> County:
        county = County()
        county.put(*(served(r, FIELDS[r], landed(folder, r, FIELDS[r], self.rows[r])) for r in FIELDS))
        county.sign(agreement("A-1", *(grant(r, self.terms[r], self.scopes[r]) for r in FIELDS)))
        return county

    def table(self, resource: ResourceName) -> TableDecision:
        """The decision as the world means it, for telling which rows are in scope."""
        fields = tuple(
            FieldDecision(
                f.name, Treatment(self.terms[resource][f.name]), f.element, str(f.type), Text("", "")
            )
            for f in FIELDS[resource]
        )
        columns = tuple((f.name, str(f.type)) for f in FIELDS[resource])
        return TableDecision(
            resource,
            "A-1",
            1,
            Modality.ROWS,
            fields,
            self.scopes[resource],
            Snapshot(resource, "s1", (), 0, columns, ""),
        )


def rows_of(resource: ResourceName, most: int = 6) -> st.SearchStrategy[Rows]:
    row = st.tuples(*(st.sampled_from(VALUES[f.type]) for f in FIELDS[resource]))
    return st.lists(row, max_size=most) if most < 6 else st.lists(row, min_size=2, max_size=most)


@st.composite
def terms_of(draw: st.DrawFn, resource: ResourceName) -> dict[str, str]:
    drawn = {f.name: draw(st.sampled_from(TERMS)) for f in FIELDS[resource]}
    for f in FIELDS[resource]:
        if drawn[f.name] == "pseudonym" and f.type is not FieldType.TEXT:
            drawn[f.name] = "masked"
    return drawn


@st.composite
def conditions(draw: st.DrawFn, resource: ResourceName) -> Condition:
    field = draw(st.sampled_from(FIELDS[resource]))
    values = [v for v in VALUES[field.type] if v is not None]
    comparisons = [c for c in Comparison if c is not Comparison.STARTS_WITH or field.type is FieldType.TEXT]
    comparison = draw(st.sampled_from(comparisons))
    count = {Comparison.BETWEEN: 2, Comparison.IN: 3}.get(comparison, 1)
    chosen = draw(st.lists(st.sampled_from(values), min_size=count, max_size=count))
    written = tuple(v.isoformat() if isinstance(v, date) else v for v in chosen)
    return Condition(field.name, comparison, written)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    return World(
        rows={r: draw(rows_of(r)) for r in FIELDS},
        terms={r: draw(terms_of(r)) for r in FIELDS},
        scopes={r: RowScope(tuple(draw(st.lists(conditions(r), max_size=1)))) for r in FIELDS},
    )


@st.composite
def elsewhere(draw: st.DrawFn, world: World) -> World:
    """A world that looks the same to the caller: masked, absent, verify-only and scoped-out values are others."""
    changed: dict[ResourceName, Rows] = {}
    for resource in FIELDS:
        table = world.table(resource)
        kept: Rows = []
        for row in world.rows[resource]:
            if in_scope(_named(resource, row), table):
                kept.append(
                    tuple(draw(_same_to_the_eye(v, f, table)) for v, f in zip(row, table.fields, strict=True))
                )
        hidden = [r for r in draw(rows_of(resource, 4)) if not in_scope(_named(resource, r), table)]
        changed[resource] = draw(_merged(kept, hidden))
    return replace(world, rows=changed)


def _named(resource: ResourceName, row: tuple[Any, ...]) -> dict[str, Any]:
    return {f.name: v for f, v in zip(FIELDS[resource], row, strict=True)}


def _same_to_the_eye(value: Any, field: FieldDecision, table: TableDecision) -> st.SearchStrategy[Any]:
    if any(c.field == field.name for c in table.scope.conditions):
        return st.just(value)  # another value might leave the scope
    values = VALUES[FieldType(field.type)]
    match field.treatment:
        case Treatment.ABSENT | Treatment.VERIFY_ONLY:
            return st.sampled_from(values)
        case Treatment.MASKED:
            shown = _mask(value, field)
            return st.sampled_from([v for v in values if _mask(v, field) == shown])
    return st.just(value)


def _mask(value: Any, field: FieldDecision) -> Any:
    return None if value is None else masked(value, field.element)


@st.composite
def _merged(draw: st.DrawFn, kept: Rows, hidden: Rows) -> Rows:
    """The rows in scope keep their order, which an answer without ORDER BY may show; the others go anywhere between."""
    rows = list(kept)
    for row in hidden:
        rows.insert(draw(st.integers(0, len(rows))), row)
    # landed() deals rows to two files in turn, so that order among the kept would change with their places.
    return rows


# Queries. A source is (alias, {column: type}).


@dataclass(frozen=True)
class Scope:
    sources: tuple[tuple[str, Mapping[str, FieldType]], ...]
    deep: int

    def columns(self, type: FieldType) -> list[str]:
        return [f'{alias}."{c}"' for alias, cs in self.sources for c, t in cs.items() if t is type]


TYPES = {r: {f.name: f.type for f in FIELDS[r]} for r in FIELDS}


@st.composite
def of_text(draw: st.DrawFn, scope: Scope) -> str:
    columns = scope.columns(FieldType.TEXT)
    kind = draw(st.sampled_from(["column"] * 6 + ["literal", "lower", "left", "join", "coalesce"]))
    if kind == "literal" or not columns:
        return draw(_literal(FieldType.TEXT))
    column = draw(st.sampled_from(columns))
    match kind:
        case "lower":
            return f"lower({column})"
        case "left":
            return f"left({column}, {draw(st.integers(0, 3))})"
        case "join":
            return f"({column} || {draw(st.sampled_from(columns))})"
        case "coalesce":
            return f"coalesce({column}, 'none')"
    return column


@st.composite
def of_whole(draw: st.DrawFn, scope: Scope) -> str:
    columns = scope.columns(FieldType.INTEGER)
    kind = draw(
        st.sampled_from(["column"] * 5 + ["literal", "length", "cast", "plus", "case", "year", "try"])
    )
    match kind:
        case "length":
            return f"length({draw(of_text(scope))})"
        case "cast":
            return f"cast({draw(of_text(scope))} as int)"
        case "try":
            return f"try_cast({draw(of_text(scope))} as int)"
        case "year" if scope.columns(FieldType.DATE):
            return f"year({draw(st.sampled_from(scope.columns(FieldType.DATE)))})"
    if kind == "literal" or not columns:
        return str(draw(st.integers(0, 3)))
    column = draw(st.sampled_from(columns))
    if kind == "plus":
        return f"({column} + {draw(st.integers(0, 3))})"
    if kind == "case":
        return f"case when {draw(of_truth(Scope(scope.sources, 0)))} then {column} else 0 end"
    return column


@st.composite
def _literal(draw: st.DrawFn, type: FieldType) -> str:
    value = draw(st.sampled_from([v for v in VALUES[type] if v is not None]))
    return f"date '{value}'" if type is FieldType.DATE else repr(value)


@st.composite
def of_truth(draw: st.DrawFn, scope: Scope) -> str:
    kinds = ["text"] * 3 + ["whole"] * 3 + ["day", "null", "like", "in"]
    kind = draw(st.sampled_from(kinds + (["and", "or", "not", "exists", "member"] if scope.deep else [])))
    less = Scope(scope.sources, scope.deep - 1)
    sign = draw(st.sampled_from(["=", "<>", "<", ">="]))
    match kind:
        case "and" | "or":
            return f"({draw(of_truth(less))} {kind} {draw(of_truth(less))})"
        case "not":
            return f"not ({draw(of_truth(less))})"
        case "exists":
            inner = Scope((("x", TYPES[TWO]), *scope.sources), 0)
            return f"exists (select 1 from police.two x where {draw(of_truth(inner))})"
        case "member":
            inner = Scope((("y", TYPES[ONE]),), 0)
            query = f"select {draw(of_whole(inner))} from police.one y where {draw(of_truth(inner))}"
            return f"{draw(of_whole(less))} {draw(st.sampled_from(['in', 'not in']))} ({query})"
        case "null":
            return f"{draw(of_text(less))} is {draw(st.sampled_from(['', 'not ']))}null"
        case "like":
            return f"{draw(of_text(less))} like {draw(st.sampled_from(['%a%', '王%', '_', '%', '***']))!r}"
        case "in":
            return f"{draw(of_text(less))} in ('a', '', '王**')"
        case "day" if scope.columns(FieldType.DATE):
            column = draw(st.sampled_from(scope.columns(FieldType.DATE)))
            return f"{column} {sign} {draw(_literal(FieldType.DATE))}"
        case "text":
            return f"{draw(of_text(less))} {sign} {draw(of_text(less))}"
    return f"{draw(of_whole(less))} {sign} {draw(of_whole(less))}"


@st.composite
def sources(draw: st.DrawFn, deep: int) -> tuple[str, Scope]:
    """A FROM clause, with what it brings into scope."""
    first, second = draw(st.sampled_from([(ONE, TWO), (TWO, ONE), (ONE, ONE)]))
    if deep and draw(st.integers(0, 4)) == 0:
        inner = Scope((("i", TYPES[first]),), 1)
        query = f"select * from {first} i where {draw(of_truth(inner))}"
        return f"({query}) a", Scope((("a", TYPES[first]),), deep)
    if draw(st.integers(0, 2)) == 0:
        side = draw(st.sampled_from(["join", "left join", "right join", "full join"]))
        both = Scope((("a", TYPES[first]), ("b", TYPES[second])), deep)
        # Full and right joins need a condition an engine can hash.
        key = f"{draw(st.sampled_from(both.columns(FieldType.TEXT)[:2]))} = {draw(st.sampled_from(Scope(both.sources[1:], 0).columns(FieldType.TEXT)))}"
        extra = f" and {draw(of_truth(Scope(both.sources, 0)))}" if side in ("join", "left join") else ""
        return f"{first} a {side} {second} b on {key}{extra}", both
    return f"{first} a", Scope((("a", TYPES[first]),), deep)


@st.composite
def selects(draw: st.DrawFn, shape: tuple[str, ...] | None = None) -> str:
    from_, scope = draw(sources(2))
    where = f" where {draw(of_truth(scope))}" if draw(st.booleans()) else ""
    kinds = shape or tuple(draw(st.lists(st.sampled_from(["text", "whole"]), min_size=1, max_size=3)))
    plain = Scope(scope.sources, 0)
    outputs = [draw(of_text(plain) if kind == "text" else of_whole(plain)) for kind in kinds]
    distinct = draw(st.sampled_from(["", "", "distinct "]))
    return f"select {distinct}{', '.join(f'{o} as o{n}' for n, o in enumerate(outputs))} from {from_}{where}"


@st.composite
def grouped(draw: st.DrawFn) -> str:
    from_, scope = draw(sources(1))
    columns = scope.columns(FieldType.TEXT) + scope.columns(FieldType.INTEGER)
    keys = draw(st.lists(st.sampled_from(columns), max_size=2, unique=True))
    number = draw(of_whole(Scope(scope.sources, 0)))
    aggregates = draw(
        st.lists(
            st.sampled_from(
                [
                    "count(*)",
                    f"count({number})",
                    f"sum({number})",
                    f"min({number})",
                    f"max({draw(of_text(Scope(scope.sources, 0)))})",
                    f"count(distinct {columns[0]})",
                    f"avg({number})",
                    f"count(*) filter (where {draw(of_truth(Scope(scope.sources, 0)))})",
                ]
            ),
            min_size=1,
            max_size=3,
        )
    )
    outputs = [
        *(f"{k} as k{n}" for n, k in enumerate(keys)),
        *(f"{a} as o{n}" for n, a in enumerate(aggregates)),
    ]
    where = f" where {draw(of_truth(scope))}" if draw(st.booleans()) else ""
    by = f" group by {', '.join(keys)}" if keys else ""
    having = " having count(*) > 1" if draw(st.integers(0, 3)) == 0 else ""
    return f"select {', '.join(outputs)} from {from_}{where}{by}{having}"


@st.composite
def queries(draw: st.DrawFn) -> str:
    kind = draw(
        st.sampled_from(["select"] * 4 + ["grouped"] * 3 + ["star", "union", "cte", "ordered", "scalar"])
    )
    match kind:
        case "grouped":
            return draw(grouped())
        case "star":
            return f"select * from {draw(sources(2))[0]}"
        case "union":
            shape = draw(st.sampled_from([("text",), ("text", "whole")]))
            operator = draw(st.sampled_from(["union", "union all", "intersect", "except"]))
            return f"{draw(selects(shape))} {operator} {draw(selects(shape))}"
        case "cte":
            # A name that is a resource's, too: the CTE must not be taken for it, nor it for the CTE.
            return f"with one as ({draw(selects(('text', 'whole')))}) select c.o0, c.o1 from one c where c.o1 > 0"
        case "ordered":
            limit = draw(st.integers(0, 3))
            return f"{draw(selects(('text', 'whole')))} order by o0, o1 desc limit {limit}"
        case "scalar":
            inner = Scope((("z", TYPES[TWO]),), 0)
            return f"select (select max({draw(of_whole(inner))}) from police.two z) as o0, a.id from police.one a"
    return draw(selects())


Outcome = tuple[str, Any]


def outcome(sql: str, county: County, engine: Engine, *, limits: Limits = Limits(threads=1)) -> Outcome:
    """What the caller sees: the refusals' codes, or the columns and rows."""
    answer = run(asking(sql), shelf=county, engine=engine, recorder=Book(), keys=Keys(), limits=limits)
    if isinstance(answer, RefusedAnswer):
        return "refused", tuple((r.code, r.reason, r.next_step) for r in answer.refusals)
    return "answered", shown(answer)


def shown(answer: Answer) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Numbers as numbers, whatever an engine's width; rows in an order of their own, since most queries ask for none."""
    rows = [tuple(_plain(v) for v in row.values()) for row in _rows(answer.table)]
    return tuple(answer.table.column_names), sorted(rows, key=repr)


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    numbered = table.rename_columns([f"{n}" for n in range(table.num_columns)])
    return numbered.to_pylist()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return round(float(value), 9)
    return value


__all__ = ["Grade", "World", "elsewhere", "outcome", "queries", "worlds"]
