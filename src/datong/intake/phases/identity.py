"""check: numbers that a spreadsheet ruined. Excel keeps fifteen digits: 3.70214E+17 and …000 have lost the person.

Nothing can bring the digits back, and the number left may be somebody else's: such a row goes to quarantine.
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datong.intake.phases.characters import values_bytes
from datong.intake.rows import Mask, mask_of

SCIENTIFIC = r"^[0-9](?:\.[0-9]+)?[eE]\+(?:1[1-9]|2[0-9])$"
# Sixteen digits and more, as many zeros at the end as there are digits beyond the fifteenth.
ROUNDED = r"^(?:[0-9]{15}0|[0-9]{15}00|[0-9]{15}000|[0-9]{15}0000)$"
_LONG = r"^[0-9]{15,19}[Xx]?$"

_WORDS = re.compile(
    r"(?<!序)(?<!行)号(?!费|数|量)|码|证件|电话(?!费)|手机(?!费)|账户|帐户|邮编|联系方式"
    r"|(?:^|_)(?:id|ids|identity|number|no|code|codes|zip|zipcode|post_?code|phone|tel|telephone|mobile|account|licen[cs]e|permit"
    r"|card|ssn|uuid|guid)(?:$|_(?!of))"
)
_NAMES_A_PERSON = re.compile(r"身份证|证件号|公民|identity|id_?card", re.IGNORECASE)
_SAMPLE, _ENOUGH = 200, 2000
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def names_an_identifier(heading: str) -> bool:
    """Whether a heading says "number of something" in the sense of a name, not of a quantity: such columns stay text."""
    words = re.sub(r"([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])", r"\1\3_\2", heading).lower()
    return bool(_WORDS.search(re.sub(r"[^0-9a-z\u3000-\u9fff]+", "_", words)))


class Ruined:
    """Watches one text column for numbers that lost their digits; `ruined` marks them once enough was seen.

    A number may end in zeros by right (one in a thousand does). So …000 alone counts only where such endings are more
    than one in a hundred; or where the column also has the scientific form, which no department writes by hand; or, in a
    column of identity numbers that otherwise check, where the check character says no.
    """

    def __init__(self, heading: str) -> None:
        self._identifier = names_an_identifier(heading)
        self._person = bool(_NAMES_A_PERSON.search(heading))
        self._filled = self._long = self._scientific = self._rounded = self._sampled = self._sound = 0

    def watch(self, column: pa.Array) -> None:
        self._filled += len(column) - column.null_count
        data = values_bytes(column)
        if b"E+" in data or b"e+" in data:
            self._scientific += _times(column, SCIENTIFIC)
        lengths = pc.binary_length(column)
        near = pc.and_(pc.greater_equal(lengths, 15), pc.less_equal(lengths, 20))
        if near.true_count:
            numbers = column.filter(near)
            self._long += _times(numbers, _LONG)
            self._rounded += _times(numbers, ROUNDED)
            if self._person and self._sampled < _ENOUGH:
                self._sample(numbers)

    def _sample(self, numbers: pa.Array) -> None:
        """Whether the whole numbers of this batch check: some of them tell."""
        whole = numbers.filter(pc.invert(pc.match_substring_regex(numbers, ROUNDED)))[:_SAMPLE].to_pylist()
        self._sampled += len(whole)
        self._sound += sum(map(_checks, whole))

    @property
    def _of_numbers(self) -> bool:
        return self._identifier or self._long * 2 > self._filled

    @property
    def scientific(self) -> int:
        """How many values were written as a power of ten in a column of numbers that name something."""
        return self._scientific if self._of_numbers else 0

    @property
    def rounded(self) -> bool:
        often = self._rounded * 100 > self._long and self._rounded >= 2
        return self._of_numbers and self._rounded > 0 and (often or self._scientific > 0)

    @property
    def _checks_otherwise(self) -> bool:
        return self._person and self._sound > 0.9 * self._sampled

    def ruined(self, column: pa.Array) -> Mask | None:
        """Which values lost their digits; None where none did."""
        mask: Mask = np.zeros(len(column), bool)
        if self.scientific:
            mask |= mask_of(pc.match_substring_regex(column, SCIENTIFIC))
        if self._rounded and (self.rounded or self._checks_otherwise):
            rounded = mask_of(pc.match_substring_regex(column, ROUNDED))
            if not self.rounded:
                for i in np.flatnonzero(rounded):
                    rounded[i] = not _checks(column[int(i)].as_py())
            mask |= rounded
        return mask if mask.any() else None


def _checks(number: str) -> bool:
    """Whether an identity number's check character (GB 11643) agrees; only eighteen characters have one."""
    if len(number) != 18 or not number[:17].isdecimal():
        return len(number) == 15
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return "10X98765432"[total % 11] == number[17]


def _times(column: pa.Array, pattern: str) -> int:
    return int(pc.match_substring_regex(column, pattern).true_count)
