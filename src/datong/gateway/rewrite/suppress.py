"""Statistics without small groups: the table of groups is made whole, loses its small ones, and only then is asked.

A group that stands for fewer than `min_group` people is left out. If those left out are together fewer than that, the
smallest that would have stayed goes too (all of them, where several are as small): otherwise the total, less what is shown,
would be about them alone. Where rows aren't about persons, rows are counted.
What this doesn't stop is said in docs/explanation/gateway.md: two tables of groups subtracted from one another.
"""

from sqlglot import exp

from datong.gateway.decision import TableDecision
from datong.gateway.engine import PERSON

GROUPS = "datong groups"
PEOPLE = "datong people"


def suppressed(select: exp.Select, table: TableDecision, *, min_group: int) -> exp.Select:
    """`select` keeps to the rule for statistics (modality.py) and reads its extract with PERSON as "count"."""
    keys = list(select.args["group"].expressions) if select.args.get("group") else []
    alias = select.args["from_"].this.alias_or_name
    inner = exp.select(
        *(exp.alias_(key.copy(), f"k{n}", quoted=True) for n, key in enumerate(keys)),
        *(exp.alias_(p.unalias().copy(), f"o{n}", quoted=True) for n, p in enumerate(select.selects)),
        exp.alias_(_people(table, alias), PEOPLE, quoted=True),
    ).from_(select.args["from_"].this.copy())
    if keys:
        inner = inner.group_by(*(key.copy() for key in keys))
    outer = exp.select(
        *(exp.alias_(_groups(f"o{n}"), p.alias_or_name, quoted=True) for n, p in enumerate(select.selects))
    )
    outer = outer.from_(exp.table_(exp.to_identifier(GROUPS, quoted=True)))
    outer = outer.where(_large_enough(min_group), copy=False)
    places = {key.name: f"k{n}" for n, key in enumerate(keys)}
    if where := select.args.get("where"):
        outer = outer.where(_moved(where.this, places), copy=False)
    for part in ("order", "limit", "offset"):
        if select.args.get(part):
            outer.set(part, select.args[part].copy())
    if order := outer.args.get("order"):
        outputs = {p.alias_or_name: f"o{n}" for n, p in enumerate(select.selects)}
        outer.set("order", _moved(order, {**places, **outputs}))
    groups = exp.CTE(this=inner, alias=exp.TableAlias(this=exp.to_identifier(GROUPS, quoted=True)))
    outer.set("with_", exp.With(expressions=[groups]))
    return outer


def _people(table: TableDecision, alias: str) -> exp.Expr:
    if not table.persons:
        return exp.Count(this=exp.Star())
    person = exp.column(exp.to_identifier(PERSON, quoted=True), table=exp.to_identifier(alias, quoted=True))
    return exp.Count(this=exp.Distinct(expressions=[person]))


def _large_enough(least: int) -> exp.Expr:
    people, number = _groups(PEOPLE), exp.Literal.number(least)
    small = exp.LT(this=people.copy(), expression=number.copy())
    enough = exp.GTE(this=people.copy(), expression=number.copy())
    smallest_kept = _of_groups(exp.Min(this=people.copy()), enough)
    hidden = _of_groups(exp.Count(this=exp.Star()), small)
    hidden_people = _of_groups(exp.Sum(this=people.copy()), small)
    tell_tale = exp.and_(
        exp.GT(this=hidden, expression=exp.Literal.number(0)),
        exp.LT(
            this=exp.Coalesce(this=hidden_people, expressions=[exp.Literal.number(0)]),
            expression=number.copy(),
        ),
        exp.LTE(this=people.copy(), expression=smallest_kept),
    )
    return exp.and_(enough.copy(), exp.Not(this=exp.paren(tell_tale)))


def _of_groups(value: exp.Expr, predicate: exp.Expr) -> exp.Expr:
    """A scalar over all groups. Under a name of its own: the outer reference is to GROUPS too."""
    query = exp.select(value).from_(exp.table_(exp.to_identifier(GROUPS, quoted=True))).where(predicate)
    return exp.Subquery(this=query)


def _groups(name: str) -> exp.Column:
    return exp.column(exp.to_identifier(name, quoted=True), table=exp.to_identifier(GROUPS, quoted=True))


def _moved(part: exp.Expr, places: dict[str, str]) -> exp.Expr:
    """The same condition over the table of groups."""
    copy = part.copy()
    for column in list(copy.find_all(exp.Column)):
        moved = _groups(places[column.name])
        if column is copy:
            copy = moved
        else:
            column.replace(moved)
    return copy
