from dataclasses import replace
from pathlib import Path

import pytest

from datong.grading.pack import read
from datong.grading.scheme import ColumnGrade, Grade, Proposal, Verdict
from datong.grading.table import derived, persons, table_grade
from datong.terms.names import ResourceName
from tests.fakes import measure

PACK = read(Path(__file__).parents[3] / "rules" / "cn")
NAME = ResourceName("police", "resident")


def columns(*elements: str) -> tuple[ColumnGrade, ...]:
    return tuple(
        ColumnGrade(
            NAME,
            element,
            Proposal(
                PACK.of_element.get(element, PACK.undetermined), Verdict.LIKELY, element, (), PACK.version
            ),
        )
        for element in elements
    )


@pytest.mark.parametrize(
    ("elements", "people", "grade"),
    [
        (["record.count", "record.status"], 0, "G1"),
        (["person.name"], 500, "G2"),
        (["person.name", "person.birth_date"], 500, "G2"),
        (["person.name", "person.birth_date", "place.address"], 500, "G3"),  # combination
        (["person.name", "person.identity_number"], 500, "G3"),
        (["person.name", "person.identity_number", "person.mobile"], 500, "G4"),
        (["person.name", "person.welfare"], 500, "G4"),
        (["person.name"], 99_999, "G2"),
        (["person.name"], 100_000, "G3"),  # scale
        (["person.health"], 5_000_000, "G4"),  # a rise never leads beyond the general grades
        (["person.name"], 10_000_000, "IMPORTANT"),
        ([], 0, "G1"),
    ],
)
def test_a_tables_grade_rises_with_combination_and_scale(elements, people, grade):
    whole = table_grade(NAME, columns(*elements), people, PACK)
    assert whole.grade is Grade[grade]
    highest = derived(c.proposal.grade for c in columns(*elements))
    assert bool(whole.because) == (whole.grade > highest)
    for reason in whole.because:
        assert reason.zh
        assert reason.en


def test_a_confirmed_grade_stands_for_the_proposed_one():
    raised = tuple(replace(c, confirmed=Grade.CORE) for c in columns("record.count"))
    assert table_grade(NAME, raised, 0, PACK).grade is Grade.CORE


def test_derived_data_takes_the_highest_grade_among_its_inputs():
    assert derived([Grade.G1, Grade.G4, Grade.G2]) is Grade.G4


@pytest.mark.parametrize(
    ("elements", "measures", "people"),
    [
        (["person.identity_number", "person.name"], [(900, 880), (1000, 300)], 880),
        (["person.name", "person.sex"], [(1000, 300), (1000, 2)], 1000),
        (["person.mobile"], [(1000, 700)], 700),
        (["record.count"], [(1000, 700)], 0),
    ],
)
def test_people_are_counted_by_number_or_else_by_name(elements, measures, people):
    counted = [
        measure(e, filled=filled, distinct=distinct)
        for e, (filled, distinct) in zip(elements, measures, strict=True)
    ]
    assert persons(columns(*elements), counted) == people
