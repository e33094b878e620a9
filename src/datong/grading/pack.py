"""Grading's part of the rules pack: grades by element, detectors, headings. Its version carries a fingerprint of the
files, so that an edit re-grades columns even where nobody remembered to raise a number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from datong.grading.heading import Dictionary, NameRule, Words, words
from datong.grading.measure import ValueDetector
from datong.grading.scheme import Grade
from datong.terms import rules_file
from datong.terms.rules_file import RulesNotReadable, needed, titled
from datong.terms.text import Text

FILES = ("grades.toml", "detectors.toml", "headings.toml")
CHECKS = frozenset({"gb11643", "gb11643_inside", "gb32100", "luhn"})


@dataclass(frozen=True)
class ValueRule:
    """How a detector's share is read. `shape` is the id of the same test without the check character, "" without one;
    `otherwise` is the element of values that have the shape and don't check, "" if that says nothing.

    likely_from: share from which the test speaks. supports: only bears out a heading. varied: only where values differ.
    inside: the column holds some, and isn't a column of them.
    """

    detector: ValueDetector
    title: Text
    kind: str  # an Evidence kind
    likely_from: float = 1.0
    shape: str = ""
    otherwise: str = ""
    supports: bool = False
    varied: bool = False
    inside: bool = False


@dataclass(frozen=True)
class Context:
    """`element` becomes `becomes` where a neighbour in the table is one of `beside`."""

    element: str
    beside: frozenset[str]
    becomes: str


@dataclass(frozen=True)
class Combination:
    """A table is at least `grade` where each of `all` is met by one of its columns."""

    all: tuple[frozenset[str], ...]
    grade: Grade
    because: Text


@dataclass(frozen=True)
class Scale:
    """From `persons` people on a table rises by `rise` within general data, and to `grade` where one is named."""

    persons: int
    rise: int
    grade: Grade | None
    because: Text


@dataclass(frozen=True)
class GradingPack:
    version: str
    undetermined: Grade
    titles: Mapping[Grade, Text]
    meanings: Mapping[Grade, Text]
    of_element: Mapping[str, Grade]
    contexts: tuple[Context, ...]
    combinations: tuple[Combination, ...]
    scales: tuple[Scale, ...]  # from most people to fewest
    matrix: Mapping[
        str, Mapping[str, str]
    ]  # whom a leak harms → how badly → level, for whoever confirms a grade
    values: tuple[ValueRule, ...]
    headings: Dictionary

    @property
    def detectors(self) -> tuple[ValueDetector, ...]:
        """Everything to measure: each rule's test, and the shape beside each check character."""
        shapes = {rule.shape: _shape(rule.detector) for rule in self.values if rule.shape}
        return (*(rule.detector for rule in self.values), *shapes.values())


def _shape(detector: ValueDetector) -> ValueDetector:
    return replace(detector, id=f"{detector.id}_shape", check="")


def grading_pack(
    grades: Mapping[str, Any], detectors: Mapping[str, Any], headings: Mapping[str, Any], *, version: str
) -> GradingPack:
    """From the three files' tables. Raises RulesNotReadable, naming the file and the entry."""
    file = "grades.toml"
    of_element = {element: _grade(name, file) for element, name in grades.get("element", {}).items()}
    described = {grade: grades.get("grade", {}).get(grade.name, {}) for grade in Grade}
    pack = GradingPack(
        version=version,
        undetermined=_grade(grades.get("undetermined"), file),
        titles={grade: titled(row, file=file) for grade, row in described.items()},
        meanings={
            grade: Text(needed(row, "meaning_zh", file=file), needed(row, "meaning_en", file=file))
            for grade, row in described.items()
        },
        of_element=of_element,
        contexts=tuple(
            Context(
                needed(row, "element", file=file),
                frozenset(row.get("beside", ())),
                needed(row, "becomes", file=file),
            )
            for row in grades.get("context", ())
        ),
        combinations=tuple(
            Combination(
                tuple(frozenset(line) for line in row.get("all", ())),
                _grade(row.get("grade"), file),
                titled(row, file=file),
            )
            for row in grades.get("combination", ())
        ),
        scales=tuple(
            sorted((_scale(row, file) for row in grades.get("scale", ())), key=lambda s: -s.persons)
        ),
        matrix=grades.get("matrix", {}),
        values=tuple(_value(row) for row in detectors.get("value", ())),
        headings=_dictionary(headings),
    )
    _every_element_graded(pack)
    return pack


def _grade(name: Any, file: str) -> Grade:
    if name not in Grade.__members__:
        raise RulesNotReadable(file, f"{name!r} isn't a grade ({', '.join(Grade.__members__)})")
    return Grade[name]


def _scale(row: Mapping[str, Any], file: str) -> Scale:
    persons = row.get("persons")
    if type(persons) is not int or persons < 1:
        raise RulesNotReadable(file, f"a scale's persons is {persons!r} and should be a number above 0")
    grade = _grade(row["grade"], file) if "grade" in row else None
    return Scale(persons, int(row.get("rise", 0)), grade, titled(row, file=file))


def _value(row: Mapping[str, Any]) -> ValueRule:
    file = "detectors.toml"
    id, check = needed(row, "id", file=file), str(row.get("check", ""))
    pattern, listed = str(row.get("pattern", "")), tuple(row.get("words", ()))
    if check and check not in CHECKS:
        raise RulesNotReadable(file, f"{id} wants a check {check!r}; known are {', '.join(sorted(CHECKS))}")
    if bool(pattern) == bool(listed):
        raise RulesNotReadable(file, f"{id} should have a pattern or words, and not both")
    script = str(row.get("script", ""))
    if script not in ("", "ascii", "wide"):
        raise RulesNotReadable(file, f"{id} has script {script!r} and should have ascii or wide")
    detector = ValueDetector(
        id,
        needed(row, "element", file=file),
        check,
        pattern,
        listed,
        int(row.get("shortest", 0)),
        int(row.get("longest", 0)),
        script,
        str(row.get("contains", "")),
    )
    inside = bool(row.get("inside", False))
    kind = "check_character" if check else "dictionary" if listed else "pattern"
    return ValueRule(
        detector,
        titled(row, file=file),
        str(row.get("kind", kind)),
        float(row.get("from", 1.0)),
        f"{id}_shape" if check else "",
        str(row.get("otherwise", "")),
        bool(row.get("supports", False)),
        bool(row.get("varied", False)),
        inside,
    )


def _dictionary(table: Mapping[str, Any]) -> Dictionary:
    file = "headings.toml"
    pair = table.get("fold", {"from": "", "to": ""})
    if len(pair["from"]) != len(pair["to"]):
        raise RulesNotReadable(file, "fold's two lines differ in length")
    fold = str.maketrans(pair["from"], pair["to"])
    entries: dict[Words, NameRule] = {}
    for row in table.get("name", ()):
        rule = NameRule(
            needed(row, "element", file=file), bool(row.get("anywhere", False)), int(row.get("needs", 0))
        )
        for entry in (*row.get("zh", ()), *row.get("en", ())):
            key = words(entry)
            if not key or key in entries:
                raise RulesNotReadable(file, f"{entry!r} is empty or listed twice")
            entries[key] = rule
    return Dictionary(entries, fold, frozenset(table.get("mutes", ())))


def _every_element_graded(pack: GradingPack) -> None:
    """An element that can be recognised but has no grade would slip through as harmless."""
    named = {rule.detector.element for rule in pack.values}
    named |= {rule.otherwise for rule in pack.values if rule.otherwise}
    named |= {rule.element for rule in pack.headings.entries.values()}
    named |= {element for context in pack.contexts for element in (context.element, context.becomes)}
    named |= {element for c in pack.combinations for line in c.all for element in line}
    ungraded = sorted(named - pack.of_element.keys())
    if ungraded:
        raise RulesNotReadable("grades.toml", f"no grade for {', '.join(ungraded)}")


def read(pack: Path) -> GradingPack:
    """From a jurisdiction's folder, e.g. rules/cn. Raises RulesNotReadable."""
    tables = [rules_file.read(pack / file) for file in FILES]
    fingerprint = sha256(b"\0".join((pack / file).read_bytes() for file in FILES)).hexdigest()[:8]
    version = f"{pack.name}-{tables[0].get('version', '0')}+{fingerprint}"
    return grading_pack(tables[0], tables[1], tables[2], version=version)
