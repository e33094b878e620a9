"""Check characters as typed expressions: the arithmetic of three standards, done in the engine on a column at once.

Each takes text of the right shape, tested before, or null, and says yes, no or null.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce

from sqlglot import exp

# GB 11643: ISO 7064 mod 11-2. Weights of the first 17 digits, and the character for each remainder.
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHARACTERS = "10X98765432"
# GB 32100: powers of 3 modulo 31, over digits and capitals without I, O, S, V, Z.
CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
CARD_LENGTH = 19

_IDENTITY_FORM = "[0-9]{17}[0-9Xx]"


@dataclass(frozen=True)
class Check:
    """`parts` are worked out of the text once, in a layer of their own; `right` is the arithmetic on them. Taking a text
    apart is what costs (0.8 µs a number digit by digit, 0.3 µs as two whole numbers), so it is done in large pieces."""

    parts: Callable[[exp.Expr], list[exp.Expr]]
    right: Callable[[list[exp.Expr]], exp.Expr]


def _gb11643_parts(value: exp.Expr) -> list[exp.Expr]:
    return [_number(value, 1, 9), _number(value, 10, 8), _character(value, 18)]


def _gb11643(parts: list[exp.Expr]) -> exp.Expr:
    first, second, last = parts
    digits: list[exp.Expr] = [*_digits(first, 9), *_digits(second, 8)]
    total = _sum(digit * weight for digit, weight in zip(digits, IDENTITY_WEIGHTS, strict=True))
    return _character(exp.Literal.string(IDENTITY_CHARACTERS), total % 11 + 1).eq(last)


def _gb32100_parts(value: exp.Expr) -> list[exp.Expr]:
    return [value.copy(), _number(value, 3, 6)]


def _gb32100(parts: list[exp.Expr]) -> exp.Expr:
    text, area = parts
    characters = exp.Literal.string(CREDIT_CHARACTERS)
    at: dict[int, exp.Expr] = {
        place: exp.paren(exp.func("strpos", characters.copy(), _character(text, place)) - 1)
        for place in (1, 2, *range(9, 18))
    }
    at |= dict(zip(range(3, 9), _digits(area, 6), strict=True))
    total = _sum(weight * at[place] for place, weight in enumerate(CREDIT_WEIGHTS, 1))
    # 62 rather than 31: the remainder is then never negative, whichever sign an engine gives to `%`.
    return _character(characters, (62 - total % 31) % 31 + 1).eq(_character(text, 18))


def _luhn_parts(value: exp.Expr) -> list[exp.Expr]:
    """Zeros on the left change no sum, so that every length is reckoned at the same places."""
    length = exp.Literal.number(CARD_LENGTH)
    padded = exp.func("lpad", value.copy(), length, exp.Literal.string("0"))
    return [_number(padded, 1, 9), _number(padded, 10, 9), _number(padded, 19, 1)]


def _luhn(parts: list[exp.Expr]) -> exp.Expr:
    first, second, last = parts
    digits = (*_digits(first, 9), *_digits(second, 9), last)
    # Every second digit counts double, less 9 where that has two digits.
    total = _sum(
        digit if place % 2 else exp.paren(2 * digit - 9 * exp.cast(digit.copy() > 4, "INT", dialect="duckdb"))
        for place, digit in enumerate(digits, 1)
    )
    return (total % 10).eq(0)


CHECKS: dict[str, Check] = {
    "gb11643": Check(_gb11643_parts, _gb11643),
    "gb11643_inside": Check(_gb11643_parts, _gb11643),
    "gb32100": Check(_gb32100_parts, _gb32100),
    "luhn": Check(_luhn_parts, _luhn),
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


def _number(value: exp.Expr, first: int, length: int) -> exp.Expr:
    """That many digits as a whole number: up to nine, which is what fits the engine's fast integers."""
    piece = exp.func("substr", value.copy(), exp.Literal.number(first), exp.Literal.number(length))
    return exp.cast(piece, "INT", dialect="duckdb")


def _digits(number: exp.Expr, count: int) -> list[exp.Expr]:
    """The digits of a whole number of `count` digits, from the left."""
    return [
        exp.paren(exp.IntDiv(this=number.copy(), expression=exp.Literal.number(10**place)) % 10)
        for place in reversed(range(count))
    ]


def _sum(terms: Iterable[exp.Expr]) -> exp.Expr:
    return exp.paren(reduce(lambda total, term: exp.Add(this=total, expression=term), terms))
