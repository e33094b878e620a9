"""Whether a query keeps to the way its agreements let the data be used (使用方式): rows, one look-up at a time, statistics.

The rule for statistics is small, so that it can be shown to hold. One table, grouped by plain fields; plain aggregates of
plain fields, so that nothing inside can single a person out; conditions only on the fields it groups by, so that every
answer is a part of one table of whole groups, the same for everyone who groups so. Small groups are left out of that table
(rewrite/suppress.py) before the conditions are looked at.
"""

from collections.abc import Iterator

from sqlglot import exp

from datong.catalogue.element import IDENTITY_NUMBER
from datong.gateway.decision import Allowed, TableDecision
from datong.gateway.refusals import refuse
from datong.gateway.resolve import base_tables
from datong.sharing.treatment import Modality, Treatment
from datong.terms.refusal import Refusal

# What identifies one record, the first that a resource has.
KEY_ELEMENTS = (
    IDENTITY_NUMBER,
    "organisation.credit_code",
    "property.certificate_number",
    "vehicle.plate",
    "record.number",
    "record.case_number",
)
# What lets a claim be answered by yes or no. A field that may not be shared is absent, whatever was granted.
VERIFYING = frozenset({Modality.ROWS, Modality.LOOKUP, Modality.VERIFY})
VERIFIABLE = frozenset({Treatment.CLEAR, Treatment.VERIFY_ONLY})
# Smallest, largest, median, lists and samples show one person's value. Sums and means show a group's.
STATISTICS = (
    exp.Count, exp.Sum, exp.Avg, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop,
)  # fmt: skip
_STATISTICS_PARTS = frozenset({"expressions", "from_", "where", "group", "order", "limit", "offset"})


def refused_use(tree: exp.Query, allowed: Allowed) -> Refusal | None:
    """None when every table is used as its agreement allows."""
    for table in allowed.tables:
        match table.modality:
            case Modality.VERIFY:
                return refuse("gateway.use_verify_only", agreement=table.agreement)
            case Modality.BULK:
                return refuse(
                    "gateway.use_bulk_only", agreement=table.agreement, provider=table.resource.department
                )
            case Modality.LOOKUP:
                if refusal := _not_a_lookup(tree, table):
                    return refusal
            case Modality.AGGREGATE:
                if broken := _not_statistics(tree):
                    return refuse(
                        "gateway.use_aggregate_only",
                        agreement=table.agreement,
                        resource=table.resource,
                        rule_zh=broken[0],
                        rule=broken[1],
                    )
    return None


def is_statistics(allowed: Allowed) -> bool:
    return any(table.modality is Modality.AGGREGATE for table in allowed.tables)


def verification_refused(table: TableDecision) -> Refusal | None:
    """Yes or no about one record is given only where records may be had, and only to who may name one by its key: under
    statistics it would tell of one person, and under a pseudonym it would take the pseudonym off."""
    if table.modality not in VERIFYING:
        return refuse(
            "gateway.use_no_verification", agreement=table.agreement, provider=table.resource.department
        )
    key = table.field(key_of(table))
    if key is None:
        return refuse(
            "gateway.nothing_to_verify_by", resource=table.resource, provider=table.resource.department
        )
    if key.treatment not in VERIFIABLE:
        return refuse(
            "gateway.key_not_granted",
            resource=table.resource,
            key=key.name,
            provider=table.resource.department,
        )
    return None


def single_table(tree: exp.Query) -> exp.Select | None:
    """The query itself if it is one select over one resource, without a query inside."""
    if not isinstance(tree, exp.Select) or len(list(base_tables(tree))) != 1:
        return None
    inside = [node for node in tree.find_all(exp.Query, exp.Lateral, exp.Unnest) if node is not tree]
    from_ = tree.args.get("from_")
    plain = from_ is not None and isinstance(from_.this, exp.Table) and from_.this.args.get("db")
    return tree if plain and not inside and not tree.args.get("joins") else None


def key_of(table: TableDecision) -> str:
    """The column that identifies a record of this resource, "" where none is known."""
    for element in KEY_ELEMENTS:
        for field in table.fields:
            if field.element == element:
                return field.name
    return ""


def _not_a_lookup(tree: exp.Query, table: TableDecision) -> Refusal | None:
    """The key must be granted in clear: with a mask one could look up by what many people share."""
    key = key_of(table)
    field = table.field(key)
    if field is None or field.treatment is not Treatment.CLEAR:
        return refuse(
            "gateway.nothing_to_verify_by", resource=table.resource, provider=table.resource.department
        )
    select = single_table(tree)
    where = select.args.get("where") if select is not None else None
    if where is not None and pinned(where.this, table) is not None:
        return None
    return refuse("gateway.use_lookup_only", agreement=table.agreement, key=key)


def pinned(where: exp.Expr, table: TableDecision) -> exp.Expr | None:
    """The comparison that names the one record of a look-up."""
    return next((p for p in conjuncts(where) if _pins(p, key_of(table))), None)


def conjuncts(predicate: exp.Expr) -> Iterator[exp.Expr]:
    """The conditions that must all hold for `predicate` to hold."""
    stack = [predicate]
    while stack:
        node = stack.pop()
        if isinstance(node, exp.Paren):
            stack.append(node.this)
        elif isinstance(node, exp.And):
            stack.extend((node.this, node.expression))
        else:
            yield node


def _pins(predicate: exp.Expr, key: str) -> bool:
    if not isinstance(predicate, exp.EQ):
        return False
    one, other = predicate.this, predicate.expression
    if isinstance(one, exp.Literal):
        one, other = other, one
    # A blank key names nobody: it would fetch all the records whose number isn't known.
    named = isinstance(other, exp.Literal) and bool(other.name.strip())
    return named and isinstance(one, exp.Column) and one.name.lower() == key.lower()


def _not_statistics(tree: exp.Query) -> tuple[str, str] | None:
    """The rule that is broken, in Chinese and English."""
    select = single_table(tree)
    if select is None or {k for k, v in select.args.items() if v} - _STATISTICS_PARTS:
        return (
            "只查一张表，不含子查询、连接、HAVING、窗口。",
            "one table, without sub-queries, joins, HAVING or windows.",
        )
    group = select.args.get("group")
    keys = group.expressions if group is not None else []
    if group is not None and {k for k, v in group.args.items() if v} - {"expressions"}:
        return "只按字段分组，不作小计。", "group by plain fields, without subtotals."
    if not all(isinstance(key, exp.Column) for key in keys):
        return "只按字段本身分组，不按算式。", "group by fields themselves, not by expressions."
    grouped = {key.name for key in keys}
    if not all(_is_statistic(p.unalias(), grouped) for p in select.selects):
        return (
            "只输出分组字段和对字段的 COUNT、SUM、AVG、STDDEV、VARIANCE。",
            "return grouped fields and COUNT, SUM, AVG, STDDEV or VARIANCE of a field, nothing else.",
        )
    where = select.args.get("where")
    if where is not None and not all(c.name in grouped for c in where.find_all(exp.Column)):
        return "条件只能用分组字段。", "conditions may only use the fields it groups by."
    order = select.args.get("order")
    outputs = grouped | {p.alias_or_name for p in select.selects}
    for ordered in order.expressions if order is not None else []:
        if not (isinstance(ordered.this, exp.Column) and ordered.this.name in outputs):
            return "只按输出的字段排序。", "order by what it returns."
    return None


def _is_statistic(projection: exp.Expr, grouped: set[str]) -> bool:
    if isinstance(projection, exp.Column):
        return projection.name in grouped
    if type(projection) not in STATISTICS:
        return False
    argument = projection.this
    if isinstance(argument, exp.Distinct) and len(argument.expressions) == 1 and not argument.args.get("on"):
        argument = argument.expressions[0]
    return isinstance(argument, exp.Column) or (
        isinstance(projection, exp.Count) and isinstance(argument, exp.Star) and not projection.expressions
    )
