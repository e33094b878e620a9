import random

import pytest
from stdnum.cn import uscc

from datong.catalogue.credit_code import ALPHABET, check_character, holds


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("91110000600037341L", True),
        ("N2990001MF00000000"[:17] + check_character("N2990001MF0000000"), True),  # a village collective
        ("91110000600037341M", False),  # check character
        ("9111000060003734L", False),  # a character short
        ("91110000600037341l", False),  # small letter
        ("9111000O600037341L", False),  # letter O
        ("91ABCDEF600037341L", False),  # an area is digits
        ("９１110000600037341L", False),  # full-width digits
        ("", False),
    ],
)
def test_a_credit_code_is_judged_by_its_alphabet_and_check_character(code, fits):
    assert holds(code) is fits


def test_the_check_character_is_what_stdnum_reckons_where_both_know_the_code():
    draw = random.Random(32100)
    for _ in range(300):
        first = "91" + "99" + "".join(draw.choices("0123456789", k=4)) + "".join(draw.choices(ALPHABET, k=9))
        assert uscc.is_valid(first + check_character(first))


def test_a_codes_every_slip_of_one_character_is_caught():
    code = "91110000600037341L"
    slips = [code[:i] + c + code[i + 1 :] for i in range(18) for c in ALPHABET if c != code[i]]
    assert not any(holds(slip) for slip in slips)
