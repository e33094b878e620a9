"""Check characters as typed expressions: the arithmetic of three standards, done in the engine on a column at once.

Each takes text of the right shape (tested before; anything else gives nonsense, never an error) and says yes or no.
"""

from collections.abc import Callable, Iterable
from functools import reduce

from sqlglot import exp

# GB 11643: ISO 7064 mod 11-2. Weights of the first 17 digits, and the character for each remainder.
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHARACTERS = "10X98765432"
# GB 32100: powers of 3 modulo 31, over digits and capitals without I, O, S, V, Z.
CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
CARD_LENGTH = 19
DOUBLED = "0246813579"  # a digit doubled, and its two digits added

_IDENTITY_FORM = "[0-9]{17}[0-9Xx]"


def gb11643(value: exp.Expr) -> exp.Expr:
    total = _sum(weight * _digit(value, place) for place, weight in enumerate(IDENTITY_WEIGHTS, 1))
    return _character(exp.Literal.string(IDENTITY_CHARACTERS), total % 11 + 1).eq(_character(value, 18))


def gb32100(value: exp.Expr) -> exp.Expr:
    characters = exp.Literal.string(CREDIT_CHARACTERS)
    total = _sum(
        weight * (exp.func("strpos", characters.copy(), _character(value, place)) - 1)
        for place, weight in enumerate(CREDIT_WEIGHTS, 1)
    )
    # 62 rather than 31: the remainder is then never negative, whichever sign an engine gives to `%`.
    return _character(characters, (62 - total % 31) % 31 + 1).eq(_character(value, 18))


def luhn(value: exp.Expr) -> exp.Expr:
    """Zeros on the left change no sum, so that every length is reckoned at the same places."""
    padded = exp.func("lpad", value.copy(), exp.Literal.number(CARD_LENGTH), exp.Literal.string("0"))
    digits = (
        _digit(padded, place) if place % 2 else _digit(exp.Literal.string(DOUBLED), _digit(padded, place) + 1)
        for place in range(1, CARD_LENGTH + 1)
    )
    return (_sum(digits) % 10).eq(0)


CHECKS: dict[str, Callable[[exp.Expr], exp.Expr]] = {
    "gb11643": gb11643,
    "gb11643_inside": gb11643,
    "gb32100": gb32100,
    "luhn": luhn,
}


def subject(check: str, value: exp.Expr, pattern: str) -> exp.Expr:
    """What a check is reckoned on: the value, or the number found inside it."""
    if check != "gb11643_inside":
        return value.copy()
    around = exp.func("regexp_extract", value.copy(), exp.Literal.string(pattern))
    return exp.func("upper", exp.func("regexp_extract", around, exp.Literal.string(_IDENTITY_FORM)))


def _character(value: exp.Expr, place: "int | exp.Expr") -> exp.Expr:
    at = exp.Literal.number(place) if isinstance(place, int) else place
    return exp.func("substr", value.copy(), at, exp.Literal.number(1))


def _digit(value: exp.Expr, place: "int | exp.Expr") -> exp.Expr:
    return exp.paren(exp.func("ascii", _character(value, place)) - 48)


def _sum(terms: Iterable[exp.Expr]) -> exp.Expr:
    return exp.paren(reduce(lambda total, term: exp.Add(this=total, expression=term), terms))
