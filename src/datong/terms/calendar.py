"""Working days (工作日) as the official calendar has them: some weekends are worked, some weekdays are holidays (调休).

The calendar is data, a file a year. A clock that runs into a year with no file says so instead of guessing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from datong.terms import rules_file
from datong.terms.text import Text


@dataclass(frozen=True)
class Year:
    """What differs in one year from Monday to Friday. `source` is the notice it was taken from."""

    holidays: frozenset[date]
    worked: frozenset[date]
    source: str = ""


@dataclass(frozen=True)
class NoCalendar:
    """A clock would run into `year`, whose calendar isn't in the rules pack."""

    year: int

    @property
    def says(self) -> Text:
        return Text(
            zh=f"规则包中没有 {self.year} 年的工作日历，无法推算到期日。请在 calendar 目录中补充该年文件。",
            en=f"The rules pack has no calendar of working days for {self.year}, so no due date can be reckoned. "
            "Add that year's file to the calendar folder.",
        )


@dataclass(frozen=True)
class Calendar:
    years: Mapping[int, Year]
    utc_offset: timedelta = timedelta(0)

    def day(self, at: datetime) -> date:
        """The day it is in this jurisdiction at that moment."""
        return at.astimezone(timezone(self.utc_offset)).date()

    def works(self, day: date) -> "bool | NoCalendar":
        year = self.years.get(day.year)
        if year is None:
            return NoCalendar(day.year)
        return day in year.worked or (day.weekday() < 5 and day not in year.holidays)

    def after(self, day: date, working_days: int) -> "date | NoCalendar":
        """The last day of a limit of `working_days` (at least 1) that starts the day after `day`."""
        while working_days > 0:
            day += timedelta(days=1)
            works = self.works(day)
            if isinstance(works, NoCalendar):
                return works
            working_days -= works
        return day


def year(table: Mapping[str, Any], *, file: str) -> tuple[int, Year]:
    """One year's file; raises RulesNotReadable where a day isn't a date of that year."""
    number = table.get("year")
    if not isinstance(number, int):
        raise rules_file.RulesNotReadable(file, "it names no year")
    listed = {key: table.get(key, []) for key in ("holidays", "worked")}
    for day in (d for days in listed.values() for d in days):
        if not isinstance(day, date) or day.year != number:
            raise rules_file.RulesNotReadable(file, f"{day} isn't a day of {number}")
    both = set(listed["holidays"]) & set(listed["worked"])
    if both:
        raise rules_file.RulesNotReadable(file, f"{min(both)} is both a holiday and worked")
    return number, Year(
        frozenset(listed["holidays"]), frozenset(listed["worked"]), str(table.get("source", ""))
    )


def read(pack: Path) -> Calendar:
    """Every year in the rules pack's calendar folder, in the time zone of its clocks.toml."""
    hours = rules_file.read(pack / "clocks.toml").get("utc_offset_hours", 0)
    files = sorted((pack / "calendar").glob("*.toml"))
    years = dict(year(rules_file.read(file), file=file.name) for file in files)
    return Calendar(years, timedelta(hours=hours))
