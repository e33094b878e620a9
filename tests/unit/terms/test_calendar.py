from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from datong.terms import calendar
from datong.terms.calendar import Calendar, NoCalendar, Year
from datong.terms.rules_file import RulesNotReadable

RULES = Path(__file__).parents[3] / "rules" / "cn"
D = date.fromisoformat


@pytest.mark.parametrize(
    ("received", "working_days", "due"),
    [
        ("2026-11-23", 1, "2026-11-24"),  # Monday → Tuesday
        ("2026-11-20", 1, "2026-11-23"),  # Friday → Monday
        ("2026-11-23", 10, "2026-12-07"),  # two weeks, no holiday
        ("2026-09-29", 3, "2026-10-09"),  # National Day lies between
        ("2026-10-09", 1, "2026-10-10"),  # a Saturday that is worked
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday before the Spring Festival is worked
        ("2026-02-14", 1, "2026-02-24"),
    ],
)
def test_working_days_are_counted_on_the_official_calendar_from_the_day_after(received, working_days, due):
    assert calendar.read(RULES).after(D(received), working_days) == D(due)


def test_a_clock_that_runs_into_a_year_with_no_calendar_says_so():
    answer = calendar.read(RULES).after(D("2026-12-25"), 10)
    assert answer == NoCalendar(2027)
    assert "2027" in answer.says.zh
    assert "2027" in answer.says.en


def test_the_day_is_the_one_here_and_not_the_one_in_greenwich():
    assert calendar.read(RULES).day(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)) == D("2026-11-24")


def test_a_holiday_that_is_also_worked_is_an_error_in_the_pack():
    table = {"year": 2026, "holidays": [D("2026-01-01")], "worked": [D("2026-01-01")]}
    with pytest.raises(RulesNotReadable, match=r"2030\.toml.*both a holiday and worked"):
        calendar.year(table, file="2030.toml")


def test_a_day_of_another_year_is_an_error_in_the_pack():
    with pytest.raises(RulesNotReadable, match="isn't a day of 2026"):
        calendar.year({"year": 2026, "holidays": [D("2027-01-01")]}, file="2026.toml")


def test_without_a_file_for_the_year_not_even_a_weekend_is_guessed():
    assert Calendar({2026: Year(frozenset(), frozenset())}).works(D("2025-12-27")) == NoCalendar(2025)
