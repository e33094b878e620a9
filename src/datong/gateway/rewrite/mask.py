"""How a value is shown when it isn't shown: masks by kind of value, and pseudonyms keyed by agreement.

A mask shows enough to recognise a record one already holds, and too little to find a person by. Every mask is a total
function: it can't fail on any value, or a failure would tell something about a value that is hidden. Masks are typed
nodes, so that every engine has them; engines/memory/treated.py says the same in plain Python, and the two are held
together by tests.

    text     identity number 990*************1X · mobile 139********42 · name 王** · bank account ************1234
             address 榕溪县*** · any other text ***. The number of asterisks doesn't follow the length.
    dates    the first day of the year
    numbers  nothing (null), as for true/false: a rounded amount can still point at one person
"""

from collections.abc import Mapping

from sqlglot import exp

from datong.catalogue.field import FieldType
from datong.gateway.decision import FieldDecision
from datong.sharing.treatment import Treatment
from datong.terms.fault import Fault
from datong.terms.text import Text

# element → kind of mask. Everything else is hidden whole.
KINDS: Mapping[str, str] = {
    "person.identity_number": "number",
    "person.other_id": "number",
    "person.mobile": "mobile",
    "person.telephone": "mobile",
    "person.name": "name",
    "person.owner_name": "name",
    "person.legal_representative": "name",
    "person.address": "address",
    "place.address": "address",
    "person.bank_account": "account",
    "person.social_security_number": "account",
}
HIDDEN = "***"
# kind → (characters kept in front, asterisks, characters kept at the end); shorter than MIN_SHOWN is hidden whole.
ENDS: Mapping[str, tuple[int, int, int]] = {
    "number": (3, 13, 2),
    "mobile": (3, 8, 2),
    "account": (0, 12, 4),
}
MIN_SHOWN = 8
# A Chinese address runs from the large to the small, so its head is the county. A Latin one begins with the house number.
ADDRESS_HEAD = "^[一-龥]{2,9}?[县市区旗]"
PSEUDONYM_LENGTH = 20  # hex digits, 80 bits: no collision among a nation's people


def treated(field: FieldDecision, *, key: str) -> exp.Expr:
    """The column as this caller may see it. `key` names the parameter that holds the agreement's key."""
    column = exp.column(exp.to_identifier(field.name, quoted=True))
    match field.treatment:
        case Treatment.CLEAR:
            return column
        case Treatment.MASKED:
            return _masked(column, field)
        case Treatment.PSEUDONYM:
            return pseudonym(column, field.type, key=key)
    raise NotSelectable(field.name, field.treatment)


class NotSelectable(Fault):
    """The rewriter was asked to select a field that the decision doesn't let out. A fault of ours: nothing may run."""

    def __init__(self, field: str, treatment: Treatment) -> None:
        self.field, self.treatment = field, treatment
        super().__init__(
            Text(
                zh=f"字段 {field} 的处理方式为 {treatment}，却将被输出；查询已停止。请报告此情况。",
                en=f"The field {field} is {treatment} and was about to be selected. The query was stopped; please report it.",
            )
        )


def pseudonym(column: exp.Expr, type: str, *, key: str) -> exp.Expr:
    """A keyed hash, applied twice so that no length extension and no table of unkeyed hashes helps."""
    text = column if type == FieldType.TEXT else exp.cast(column, exp.DType.TEXT)
    inner = _sha256(exp.DPipe(this=exp.Placeholder(this=key), expression=text))
    outer = _sha256(exp.DPipe(this=exp.Placeholder(this=key), expression=inner))
    return exp.Left(this=outer, expression=exp.Literal.number(PSEUDONYM_LENGTH))


def _sha256(value: exp.Expr) -> exp.Expr:
    return exp.SHA2(this=value, length=exp.Literal.number(256))


def _masked(column: exp.Expr, field: FieldDecision) -> exp.Expr:
    match FieldType(field.type):
        case FieldType.TEXT:
            return _masked_text(column, KINDS.get(field.element, ""))
        case FieldType.DATE:
            return _first_of_year(column)
        case FieldType.TIMESTAMP:
            return exp.cast(_first_of_year(exp.cast(column.copy(), exp.DType.DATE)), exp.DType.TIMESTAMPNTZ)
        case FieldType.INTEGER:
            return exp.cast(exp.null(), exp.DType.BIGINT)
        case FieldType.DECIMAL:
            return exp.cast(exp.null(), exp.DType.DOUBLE)
        case FieldType.BOOLEAN:
            return exp.cast(exp.null(), exp.DType.BOOLEAN)


def _masked_text(column: exp.Expr, kind: str) -> exp.Expr:
    shown: exp.Expr = exp.Literal.string(HIDDEN)
    if kind in ENDS:
        head, stars, tail = ENDS[kind]
        middle: exp.Expr = exp.Literal.string("*" * stars)
        if head:
            middle = _joined(exp.Left(this=column.copy(), expression=exp.Literal.number(head)), middle)
        ends = _joined(middle, exp.Right(this=column.copy(), expression=exp.Literal.number(tail)))
        long_enough = exp.GTE(this=exp.Length(this=column.copy()), expression=exp.Literal.number(MIN_SHOWN))
        shown = exp.Case(ifs=[exp.If(this=long_enough, true=ends)], default=shown)
    elif kind == "name":
        first = exp.Left(this=column.copy(), expression=exp.Literal.number(1))
        shown = _joined(first, exp.Literal.string("**"))
    elif kind == "address":
        head_ = exp.RegexpExtract(
            this=column.copy(), expression=exp.Literal.string(ADDRESS_HEAD), group=exp.Literal.number(0)
        )
        shown = _joined(head_, shown)
    return _unless_null(column, shown)


def _first_of_year(day: exp.Expr) -> exp.Expr:
    """Outside of years 1 to 9999 (infinity, too) nothing: an engine's date arithmetic may fail there."""
    inside = exp.Between(this=day.copy(), low=_day("0001-01-01"), high=_day("9999-12-31"))
    first = exp.DateFromParts(
        year=exp.Year(this=day.copy()), month=exp.Literal.number(1), day=exp.Literal.number(1)
    )
    return exp.Case(ifs=[exp.If(this=inside, true=first)])


def _day(text: str) -> exp.Expr:
    return exp.cast(exp.Literal.string(text), exp.DType.DATE)


def _joined(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.DPipe(this=left, expression=right)


def _unless_null(column: exp.Expr, shown: exp.Expr) -> exp.Expr:
    is_null = exp.Is(this=column.copy(), expression=exp.null())
    return exp.Case(ifs=[exp.If(this=exp.Not(this=is_null), true=shown)])
