"""Numbers that identify people, firms, telephones and cards: well formed, with right check characters, and nobody's.

Areas begin with 99, which GB/T 2260 assigns to no province. Mobile numbers are in segment 154, which no operator was
given, so they have the pattern of one (1[3-9] and nine digits) and ring nowhere. Cards begin with 629999, in the
range of the national network but given to no bank that we know of.
"""

from math import gcd

import numpy as np
from numpy.typing import NDArray

from datong.terms.fault import Fault
from datong.terms.text import Text

AREA = 990123  # Rongxi County
NEIGHBOURS = (
    990101,
    990102,
    990121,
    990122,
    990124,
    990181,
    990223,
    990301,
)  # where others were first registered
# A foreign resident's number: 9, the issuing province (99 here), the country's numeric code.
FOREIGN = (999380, 999250, 999840, 999036, 999710)
MOBILE_SEGMENT = 154
CARD_ISSUER = 629999

IDENTITY_CHECKS = np.array(list("10X98765432"))
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100 leaves out I, O, S, V, Z
_CREDIT_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)])
_ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])  # GB 11714
_ORGANISATION_CHECKS = np.array([CREDIT_ALPHABET.index(letter) for letter in "0X987654321"])
_LETTERS = np.array(list(CREDIT_ALPHABET), dtype=object)
_LETTER_VALUES = np.array([int(letter, 36) for letter in CREDIT_ALPHABET])


class TooManyBornOnOneDay(Fault, ValueError):
    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(
            Text(
                zh=f"同一地区、同一天、同一性别有 {most} 人，三位顺序码只够区分 499 人。请减少人数，或在 NEIGHBOURS 中增加地区。",
                en=f"{most} people of one sex share an area and a birthday, and three digits tell 499 apart. "
                "Ask for fewer people, or add areas to NEIGHBOURS.",
            )
        )


def identity_numbers(
    area: NDArray[np.int64], birth: NDArray[np.datetime64], male: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """GB 11643 numbers, all different: area, birth date, serial (odd for men), check character."""
    birthday = calendar_number(birth)
    body = (area * 10**8 + birthday) * 1000 + _serials(area * 10**8 + birthday, male)
    total = np.zeros(len(body), dtype=np.int64)
    for place in range(17):
        total += (body // 10 ** (16 - place) % 10) * pow(2, 17 - place, 11)
    checks = IDENTITY_CHECKS[total % 11]
    return np.array([f"{b}{c}" for b, c in zip(body.tolist(), checks.tolist(), strict=True)], dtype=object)


def calendar_number(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """20260131 for 31 January 2026."""
    months = days.astype("datetime64[M]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (days - months).astype(np.int64) + 1
    number: NDArray[np.int64] = year * 10000 + month * 100 + day
    return number


def _serials(group: NDArray[np.int64], male: NDArray[np.bool_]) -> NDArray[np.int64]:
    key = group * 2 + male
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    first = np.r_[True, ranked[1:] != ranked[:-1]]
    rank = np.arange(len(key)) - np.maximum.accumulate(np.where(first, np.arange(len(key)), 0))
    if len(key) and rank.max() >= 499:
        raise TooManyBornOnOneDay(int(rank.max()) + 1)
    serial = np.empty(len(key), dtype=np.int64)
    # 37 has no factor in common with the prime 499: no two ranks of a day meet.
    serial[order] = (rank * 37 + ranked * 7919 % 499) % 499 + 1
    return serial * 2 + male


def without_century(number: str) -> str | None:
    """The 15-digit form used until 1999, or None for those it never existed for."""
    return number[:6] + number[8:17] if number[6:8] == "19" else None


def credit_codes(kind: str, serials: NDArray[np.int64], *, area: int = AREA) -> NDArray[np.object_]:
    """GB 32100 codes: registering body and category (`kind`, as "91"), area, organisation code (GB 11714), check."""
    digits = np.empty((len(serials), 17), dtype=np.int64)
    digits[:, :8] = [int(c) for c in f"{kind}{area}"]
    digits[:, 8:10] = [CREDIT_ALPHABET.index("M"), CREDIT_ALPHABET.index("A")]
    spread = _scatter(serials, 31**6)
    for place in range(6):
        digits[:, 15 - place] = spread % 31
        spread //= 31
    sums = (_LETTER_VALUES[digits[:, 8:16]] * _ORGANISATION_WEIGHTS).sum(axis=1)
    digits[:, 16] = _ORGANISATION_CHECKS[sums % 11]
    checks = (31 - (digits * _CREDIT_WEIGHTS).sum(axis=1) % 31) % 31
    letters = _LETTERS[np.c_[digits, checks]]
    return np.array(["".join(row) for row in letters.tolist()], dtype=object)


def credit_code(kind: str, serial: int) -> str:
    return str(credit_codes(kind, np.array([serial]))[0])


def mobiles(serials: NDArray[np.int64]) -> list[str]:
    """One number a serial, all different; "" for a negative serial."""
    numbers = MOBILE_SEGMENT * 10**8 + _scatter(np.maximum(serials, 0), 10**8)
    return ["" if s < 0 else str(n) for s, n in zip(serials.tolist(), numbers.tolist(), strict=True)]


def cards(serials: NDArray[np.int64]) -> list[str]:
    """Nineteen digits, the last by Luhn (ISO/IEC 7812)."""
    body = CARD_ISSUER * 10**12 + _scatter(serials, 10**12)
    total = np.zeros(len(body), dtype=np.int64)
    for place in range(18):
        digit = body // 10**place % 10
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 * (doubled > 9)
    return [f"{b}{c}" for b, c in zip(body.tolist(), ((10 - total % 10) % 10).tolist(), strict=True)]


def _scatter(serials: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """A one-to-one shuffle of 0…size-1, so that neighbours get distant numbers. Good for some ten million serials."""
    step = int(size * 0.6180339887)
    while gcd(step, size) != 1:
        step += 1
    return (serials.astype(np.int64) % size * step + size // 7) % size
