"""Numbers that a spreadsheet ruined, and numbers that end in zeros by right."""

import pyarrow as pa
import pytest

from datong.intake.phases.identity import Ruined


def checked(prefix: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, prefix, strict=True))
    return prefix + "10X98765432"[total % 11]


# Invented people: area 99.
PEOPLE = [checked(f"99010119900101{n:03d}") for n in range(1, 600)]
ENDING_RIGHT = next(
    p
    for p in (checked(f"990101199001{d:02d}{n}00") for d in range(1, 29) for n in range(1, 10))
    if p.endswith("000")
)


def ruined(values: list[str], heading: str = "身份证号") -> list[str]:
    column, watcher = pa.array(values), Ruined(heading)
    watcher.watch(column)
    mask = watcher.ruined(column)
    return [] if mask is None else [value for value, bad in zip(values, mask, strict=True) if bad]


def test_the_scientific_form_is_always_ruined_in_a_column_of_numbers() -> None:
    assert ruined([*PEOPLE, "3.70214E+17", "3.702122011013118e+17"]) == [
        "3.70214E+17",
        "3.702122011013118e+17",
    ]
    assert ruined(["1.2E+11", "3"], "产值") == []


def test_beside_the_scientific_form_every_rounded_number_is_suspect_even_if_it_checks() -> None:
    assert ruined([*PEOPLE, "3.70214E+17", ENDING_RIGHT]) == ["3.70214E+17", ENDING_RIGHT]


def test_one_rounded_number_that_doesnt_check_among_many_that_do() -> None:
    assert ruined([*PEOPLE, "990101199001011000"]) == ["990101199001011000"]


def test_a_number_that_ends_in_zeros_and_checks_is_somebodys() -> None:
    assert ruined([*PEOPLE, ENDING_RIGHT]) == []


def test_case_numbers_end_in_zeros_by_right() -> None:
    """Area, date and serial: they look like identity numbers and don't check, so zeros prove nothing."""
    cases = [f"990101202001{day:02d}{serial:04d}" for day in range(1, 6) for serial in range(1, 1040)]
    assert ruined(cases, "案件编号") == []


@pytest.mark.parametrize("heading", ["身份证号", "编号"])
def test_a_column_rounded_throughout_is_ruined(heading: str) -> None:
    rounded = [person[:15] + "000" for person in PEOPLE]
    assert ruined(rounded, heading) == rounded


def test_a_short_column_is_judged_too() -> None:
    assert ruined([PEOPLE[0], "990101199001011000"]) == ["990101199001011000"]
