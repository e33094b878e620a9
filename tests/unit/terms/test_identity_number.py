"""One person is one person, however their number was typed."""

import pytest
from stdnum.iso7064 import mod_11_2

from datong.terms.identity_number import canonical


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("99012319900101001X", "99012319900101001X"),
        (" 99012319900101001x ", "99012319900101001X"),
        ("９９０１２３１９９００１０１００１ｘ", "99012319900101001X"),
        ("not a number", "NOT A NUMBER"),
        ("", ""),
    ],
)
def test_a_number_has_one_spelling(written: str, number: str) -> None:
    assert canonical(written) == number


def test_an_old_number_becomes_the_one_it_was_replaced_by() -> None:
    number = canonical("990123650312002")
    assert number.startswith("99012319650312002")
    assert mod_11_2.is_valid(number)
