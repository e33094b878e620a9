"""The same questions that the engine answers in SQL, answered slowly and obviously: from the standards, a value at a time.

The engine's answers are held to these; nothing here shares a line or a table with them.
"""

import calendar
import re

from stdnum import luhn as stdnum_luhn


def identity(value: str) -> bool:
    """GB 11643-1999: area, date of birth, sequence; ISO 7064 mod 11-2 over all 18 characters leaves 1."""
    return identity_shape(value) and _mod_11_2(value) == 1


def _mod_11_2(value: str) -> int:
    remainder = 0
    for character in value:
        remainder = (remainder * 2 + (10 if character == "X" else int(character))) % 11
    return remainder


def identity_shape(value: str) -> bool:
    if len(value) != 18 or not value.isascii() or not value[:17].isdigit() or value[17] not in "0123456789X":
        return False
    year = int(value[6:10])
    return value[0] != "0" and 1800 <= year <= 2099 and _day(int(value[10:12]), int(value[12:14]))


def old_identity(value: str) -> bool:
    """15 digits: two of the year, no check character."""
    plain = len(value) == 15 and value.isascii() and value.isdigit() and value[0] != "0"
    return plain and _day(int(value[8:10]), int(value[10:12]))


def _day(month: int, day: int) -> bool:
    """A day that some year has: 29 February always passes, since not every clerk's year is a leap year."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000, month)[1]


def identity_inside(value: str) -> bool:
    """Whether a number of the shape stands in `value`, not as part of a longer run of digits, and checks."""
    for at in range(len(value) - 17 if len(value) > 18 else 0):
        piece = value[at : at + 18].upper()
        before, after = value[at - 1 : at] if at else "", value[at + 18 : at + 19]
        if identity_shape(piece) and not (before.isdecimal() and before.isascii()) and not _digit(after):
            return identity(piece)  # the first found speaks for the text
    return False


def _digit(character: str) -> bool:
    return character != "" and character in "0123456789"


def credit_code(value: str) -> bool:
    """GB 32100-2015: the 18th character makes the weighted sum a multiple of 31."""
    order = [c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in "IOSVZ"]
    if len(value) != 18 or any(c not in order for c in value) or not value[2:8].isdigit():
        return False
    weight, total = 1, 0
    for character in value[:17]:
        total += order.index(character) * weight
        weight = weight * 3 % 31
    return (total + order.index(value[17])) % 31 == 0


CARDS = (
    (re.compile(r"62\d*"), range(16, 20)),
    (re.compile(r"4\d*"), range(16, 17)),
    (re.compile(r"5[1-5]\d*"), range(16, 17)),
    (re.compile(r"22[2-9]\d*|2[3-6]\d*|27[01]\d*"), range(16, 17)),
    (re.compile(r"3[47]\d*"), range(15, 16)),
    (re.compile(r"35\d*"), range(16, 17)),
)


def card(value: str) -> bool:
    """A length that goes with who issues such numbers, and Luhn's digit."""
    if not (value.isascii() and value.isdigit()):
        return False
    issued = any(form.fullmatch(value) and len(value) in lengths for form, lengths in CARDS)
    return issued and stdnum_luhn.is_valid(value)
