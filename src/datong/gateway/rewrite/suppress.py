"""Statistics without small groups: the table of groups is made whole, loses its small ones, and only then is asked.

A group that stands for fewer than `min_group` people is left out. If the people of those left out are together fewer than
that, the smallest that would have stayed goes too (all of them, where several are as small): otherwise the total, less what
is shown, would be about them alone. The same holds for every statistic of a field: it is about those whose field isn't
null, so a sum over a large group is left out where it is one person's. Where rows aren't about persons, rows are counted.

    groups   keys, statistics, people, and for each field the people who contribute
    kept     … and whether the group stays
    shown    … and the statistics of fields that enough people contribute to

What this doesn't stop is said in docs/explanation/gateway.md: two tables of groups subtracted from one another, and one
person who makes up most of a sum.
"""

from collections.abc import Iterable

from sqlglot import exp

from datong.gateway.decision import TableDecision
from datong.gateway.engine import PERSON

ROWS, GROUPS, KEPT, SHOWN = "datong rows", "datong groups", "datong kept", "datong shown"
PEOPLE = "datong people"
STAYS = "datong stays"


def suppressed(select: exp.Select, table: TableDecision, *, min_group: int) -> exp.Select:
    """`select` keeps to the rule for statistics (modality.py) and reads its extract with PERSON as "count"."""
    return _Suppression(select, table, min_group).query()


class _Suppression:
    def __init__(self, select: exp.Select, table: TableDecision, min_group: int) -> None:
        self.select, self.table = select, table
        self.least = exp.Literal.number(min_group)
        self.keys = list(select.args["group"].expressions) if select.args.get("group") else []
        # field → the column that counts who contributes to its statistics
        fields = dict.fromkeys(filter(None, map(_argument, select.selects)))
        self.contributors = {field: f"c{n}" for n, field in enumerate(fields)}

    def query(self) -> exp.Select:
        outputs = [_of(SHOWN, f"o{n}") for n in range(len(self.select.selects))]
        names = [p.alias_or_name for p in self.select.selects]
        outer = exp.select(
            *(exp.alias_(o, name, quoted=True) for o, name in zip(outputs, names, strict=True))
        )
        outer = outer.from_(_table(SHOWN)).where(self._asked(), copy=False)
        for part in ("order", "limit", "offset"):
            if self.select.args.get(part):
                outer.set(part, self.select.args[part].copy())
        if order := outer.args.get("order"):
            outer.set("order", _moved(order, {**self._places(), **_places(names, "o")}))
        steps = ((GROUPS, self._groups()), (KEPT, self._kept()), (SHOWN, self._shown()))
        ctes = [exp.CTE(this=step, alias=exp.TableAlias(this=_name(name))) for name, step in steps]
        outer.set("with_", exp.With(expressions=ctes))
        return outer

    def _asked(self) -> exp.Expr:
        """The person's own condition in a CASE: evaluated on a group left out, its failing or its time would tell of it."""
        stays, where = _of(SHOWN, STAYS), self.select.args.get("where")
        if where is None:
            return stays
        asked = _moved(where.this, self._places())
        return exp.Case(ifs=[exp.If(this=stays, true=asked)], default=exp.false())

    def _places(self) -> dict[str, str]:
        return _places([key.name for key in self.keys], "k")

    def _groups(self) -> exp.Select:
        groups = exp.select(
            *(_as(_row(key), f"k{n}") for n, key in enumerate(self.keys)),
            *(_as(_row(p.unalias()), f"o{n}") for n, p in enumerate(self.select.selects)),
            _as(self._people(), PEOPLE),
            *(_as(self._people(field), name) for field, name in self.contributors.items()),
        ).from_(self._rows())
        return groups.group_by(*map(_row, self.keys)) if self.keys else groups

    def _kept(self) -> exp.Select:
        people = _of(GROUPS, PEOPLE)
        stays = self._told(GROUPS, people, exp.GTE(this=people.copy(), expression=self.least.copy()))
        return exp.select(*self._carried(GROUPS), _as(stays, STAYS)).from_(_table(GROUPS))

    def _shown(self) -> exp.Select:
        columns = [column for column in self._carried(KEPT) if not column.alias.startswith("o")]
        for n, projection in enumerate(self.select.selects):
            output, field = _of(KEPT, f"o{n}"), _argument(projection)
            if field is not None:
                who = _of(KEPT, self.contributors[field])
                enough = exp.and_(_of(KEPT, STAYS), exp.GTE(this=who.copy(), expression=self.least.copy()))
                told = self._told(KEPT, who, enough, field)
                columns.append(_as(exp.Case(ifs=[exp.If(this=told, true=output)]), f"o{n}"))
            else:
                columns.append(_as(output, f"o{n}"))
        return exp.select(*columns, _as(_of(KEPT, STAYS), STAYS)).from_(_table(KEPT))

    def _carried(self, source: str) -> list[exp.Alias]:
        names = [f"k{n}" for n in range(len(self.keys))] + [f"o{n}" for n in range(len(self.select.selects))]
        return [_as(_of(source, name), name) for name in (*names, PEOPLE, *self.contributors.values())]

    def _told(self, source: str, who: exp.Expr, enough: exp.Expr, field: str | None = None) -> exp.Expr:
        """`enough`, unless what isn't would be had from the total by subtraction and this is the smallest to go with it."""
        if not self.keys:
            return enough
        hidden = exp.Not(this=exp.paren(enough.copy()))
        smallest = exp.select(exp.Min(this=who.copy())).from_(_table(source)).where(enough.copy())
        lone = exp.and_(
            exp.GT(this=self._of_rows(exp.Count(this=exp.Star()), source, hidden, field), expression=_zero()),
            exp.LT(this=self._of_rows(self._people(), source, hidden, field), expression=self.least.copy()),
            exp.LTE(this=who.copy(), expression=exp.Subquery(this=smallest)),
        )
        return exp.and_(enough.copy(), exp.Not(this=exp.paren(lone)))

    def _of_rows(self, value: exp.Expr, source: str, hidden: exp.Expr, field: str | None) -> exp.Expr:
        """Over the rows of the groups that aren't told, so that somebody in two of them counts once."""
        same = [
            exp.NullSafeEQ(this=_row(k), expression=_of(source, f"k{n}")) for n, k in enumerate(self.keys)
        ]
        query = exp.select(value).from_(self._rows()).join(_table(source), on=exp.and_(*same))
        query = query.where(hidden.copy(), copy=False)
        if field is not None:
            query = query.where(_given(field), copy=False)
        return exp.Subquery(this=query)

    def _people(self, field: str | None = None) -> exp.Expr:
        if not self.table.persons:
            return exp.Count(this=_of(ROWS, field) if field is not None else exp.Star())
        person: exp.Expr = _of(ROWS, PERSON)
        if field is not None:
            person = exp.Case(ifs=[exp.If(this=_given(field), true=person)])
        return exp.Count(this=exp.Distinct(expressions=[person]))

    def _rows(self) -> exp.Table:
        source: exp.Table = self.select.args["from_"].this.copy()
        source.set("alias", exp.TableAlias(this=_name(ROWS)))
        return source


def _argument(projection: exp.Expr) -> str | None:
    """The field a statistic is of; None for a grouped field and for COUNT(*), which are of the whole group."""
    statistic = projection.unalias()
    column = None if isinstance(statistic, exp.Column) else statistic.find(exp.Column)
    return column.name if column is not None else None


def _given(field: str) -> exp.Expr:
    return exp.Not(this=exp.Is(this=_of(ROWS, field), expression=exp.null()))


def _places(names: Iterable[str], letter: str) -> dict[str, str]:
    return {name: f"{letter}{n}" for n, name in enumerate(names)}


def _row(part: exp.Expr) -> exp.Expr:
    """The same over ROWS, whatever the table was called."""
    return _replaced(part, ROWS, {})


def _moved(part: exp.Expr, places: dict[str, str]) -> exp.Expr:
    """The same over the groups shown."""
    return _replaced(part, SHOWN, places)


def _replaced(part: exp.Expr, source: str, places: dict[str, str]) -> exp.Expr:
    copy = part.copy()
    for column in list(copy.find_all(exp.Column)):
        moved = _of(source, places[column.name] if places else column.name)
        if column is copy:
            copy = moved
        else:
            column.replace(moved)
    return copy


def _as(value: exp.Expr, name: str) -> exp.Alias:
    return exp.Alias(this=value, alias=_name(name))


def _of(source: str, name: str) -> exp.Column:
    return exp.column(_name(name), table=_name(source))


def _table(name: str) -> exp.Table:
    return exp.table_(_name(name))


def _name(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)


def _zero() -> exp.Expr:
    return exp.Literal.number(0)
