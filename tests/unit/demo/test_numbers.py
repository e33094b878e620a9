from datetime import date

import numpy as np
import pytest
from stdnum import luhn
from stdnum.cn import uscc

from datong.demo import numbers
from datong.demo.county import County

# GB 11643 as the standard's table has it, written out here a second time on purpose.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(number: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False)) % 11]


def test_the_standards_own_example_has_the_check_character_it_prints() -> None:
    assert check_character("11010519491231002") == "X"


def test_every_identity_number_has_the_right_check_character(county: County) -> None:
    assert all(number[-1] == check_character(number) for number in county.people.identity)
    assert any(number.endswith("X") for number in county.people.identity)


def test_no_two_people_share_an_identity_number(county: County) -> None:
    assert len(set(county.people.identity)) == len(county.people)


def test_an_identity_number_says_the_birthday_and_the_sex(county: County) -> None:
    born = county.people.birth.astype("datetime64[D]").astype(object)
    for number, day, male in zip(county.people.identity, born, county.people.male, strict=True):
        assert number[6:14] == day.strftime("%Y%m%d")
        assert int(number[16]) % 2 == male


def test_everything_invented_begins_with_the_unassigned_area(county: County) -> None:
    assert all(number.startswith("99") for number in county.people.identity)
    assert all(code[2:4] == "99" for code in county.firms.code)


def test_many_of_one_birthday_still_have_different_numbers() -> None:
    born = np.full(400, np.datetime64("1990-05-01"))
    found = numbers.identity_numbers(np.full(400, numbers.AREA), born, np.ones(400, dtype=bool))
    assert len(set(found)) == 400


def test_more_of_one_birthday_than_three_digits_tell_apart_are_refused() -> None:
    born = np.full(500, np.datetime64("1990-05-01"))
    with pytest.raises(numbers.TooManyBornOnOneDay) as fault:
        numbers.identity_numbers(np.full(500, numbers.AREA), born, np.ones(500, dtype=bool))
    assert fault.value.most == 500
    assert "500" in fault.value.text.zh


def test_the_old_form_drops_the_century_and_the_check_character() -> None:
    assert numbers.without_century("990123197001012345") == "990123700101234"
    assert numbers.without_century("990123200101012345") is None


def test_credit_codes_are_valid_and_all_different(county: County) -> None:
    assert all(uscc.is_valid(code) for code in county.firms.code)
    assert len(set(county.firms.code)) == len(county.firms)


def test_the_organisation_code_inside_a_credit_code_has_its_own_check_character(county: County) -> None:
    for code in county.firms.code:
        total = sum(int(c, 36) * w for c, w in zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
        assert code[16] == {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def test_cards_pass_luhn_and_come_from_no_bank() -> None:
    cards = numbers.cards(np.arange(3000))
    assert all(luhn.is_valid(card) and len(card) == 19 and card.startswith("629999") for card in cards)
    assert len(set(cards)) == 3000


def test_mobiles_have_the_pattern_and_ring_nowhere() -> None:
    mobiles = numbers.mobiles(np.arange(-1, 3000))
    assert mobiles[0] == ""
    assert all(len(mobile) == 11 and mobile.startswith("154") for mobile in mobiles[1:])
    assert len(set(mobiles)) == 3001


def test_calendar_numbers_hold_before_1970_too() -> None:
    days = np.array(["1949-12-31", "1970-01-01", "2024-02-29"], dtype="datetime64[D]")
    assert numbers.calendar_number(days).tolist() == [19491231, 19700101, 20240229]
    assert days.astype(object)[2] == date(2024, 2, 29)
