"""Sharing's part of the rules pack: what is shown of a field by default, and how long an answer may take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from datong.catalogue.resource import SharingAttribute
from datong.grading.scheme import Grade
from datong.sharing.treatment import Treatment
from datong.terms import calendar, rules_file
from datong.terms.calendar import Calendar, NoCalendar


@dataclass(frozen=True)
class Defaults:
    """By confirmed grade, then by element. The element's entry stands under a grade, so that a name confirmed higher
    than usual falls under the stricter grade's rule."""

    of_grade: Mapping[Grade, Treatment]
    of_element: Mapping[tuple[Grade, str], Treatment]

    def treatment(self, grade: Grade, element: str) -> Treatment:
        return self.of_element.get((grade, element), self.of_grade[grade])


@dataclass(frozen=True)
class AnswerClock:
    """Working days within which a request is answered (Art. 21)."""

    limits: Mapping[SharingAttribute, int]
    calendar: Calendar

    def due(self, at: datetime, attributes: frozenset[SharingAttribute]) -> "date | NoCalendar":
        """The last day for an answer to a request received `at`; the longest limit among what it asks for holds."""
        return self.calendar.after(
            self.calendar.day(at), max(self.limits.get(a, 1) for a in attributes or self.limits)
        )


@dataclass(frozen=True)
class SharingPack:
    defaults: Defaults
    clock: AnswerClock


def defaults(table: Mapping[str, Any], *, file: str = "treatments.toml") -> Defaults:
    """Raises RulesNotReadable unless every grade has a default and every word is a Treatment."""
    of_grade: dict[Grade, Treatment] = {}
    of_element: dict[tuple[Grade, str], Treatment] = {}
    for grade in Grade:
        row = table.get(grade.name, {})
        of_grade[grade] = _treatment(row.get("default"), f"{grade.name}.default", file)
        for element, word in row.get("elements", {}).items():
            of_element[grade, element] = _treatment(word, f"{grade.name}.elements.{element}", file)
    return Defaults(of_grade, of_element)


def _treatment(word: Any, where: str, file: str) -> Treatment:
    if word not in list(Treatment):
        raise rules_file.RulesNotReadable(
            file, f"{where} is {word!r} and should be one of {', '.join(Treatment)}"
        )
    return Treatment(word)


def clock(table: Mapping[str, Any], days: Calendar, *, file: str = "clocks.toml") -> AnswerClock:
    limits = {}
    for attribute in (SharingAttribute.UNCONDITIONAL, SharingAttribute.CONDITIONAL):
        limit = table.get("answer", {}).get(attribute.value)
        if type(limit) is not int or limit < 1:
            raise rules_file.RulesNotReadable(
                file, f"answer.{attribute.value} isn't a number of working days"
            )
        limits[attribute] = limit
    return AnswerClock(limits, days)


def read(pack: Path) -> SharingPack:
    """From a jurisdiction's folder, e.g. rules/cn. Raises RulesNotReadable."""
    return SharingPack(
        defaults(rules_file.read(pack / "treatments.toml")),
        clock(rules_file.read(pack / "clocks.toml"), calendar.read(pack)),
    )
