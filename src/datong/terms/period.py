"""A span of days, both ends included, as agreements and calendars write it (时限)."""

from dataclasses import dataclass
from datetime import date

from datong.terms.fault import Fault
from datong.terms.text import Text


class PeriodEndsBeforeItBegins(Fault, ValueError):
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        super().__init__(
            Text(
                zh=f"时限的截止日 {last} 早于起始日 {first}。请先填起始日，再填截止日。",
                en=f"The period would end on {last} before it begins on {first}. Write the first day, then the last.",
            )
        )


@dataclass(frozen=True)
class Period:
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodEndsBeforeItBegins(self.first, self.last)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last
