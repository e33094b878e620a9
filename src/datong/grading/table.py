"""The grade of a table as a whole: it rises with what stands together and with how many people it concerns. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from datong.grading.pack import GradingPack
from datong.grading.scheme import ColumnGrade, Grade, TableGrade
from datong.terms.names import ResourceName
from datong.terms.text import Text


class Counted(Protocol):
    """What is known of a column's values: a fresh ColumnMeasure, or the profile that a delivery kept."""

    @property
    def column(self) -> str: ...
    @property
    def filled(self) -> int: ...
    @property
    def distinct(self) -> int: ...


def derived(inputs: Iterable[Grade]) -> Grade:
    """Data made from graded data takes the highest grade among its inputs."""
    return max(inputs, default=Grade.G1)


def table_grade(
    resource: ResourceName, columns: tuple[ColumnGrade, ...], persons: int, pack: GradingPack
) -> TableGrade:
    """The highest grade of its columns (as confirmed, or as proposed until then), raised by combination, then by scale."""
    because: list[Text] = []
    grade = derived(column.confirmed or column.proposal.grade for column in columns)
    present = frozenset(column.proposal.element for column in columns) - {""}
    for combination in pack.combinations:
        if combination.grade > grade and all(line & present for line in combination.all):
            grade = combination.grade
            because.append(combination.because)
    for scale in pack.scales:
        if persons >= scale.persons:
            risen = max(scale.grade or grade, min(Grade(min(grade + scale.rise, Grade.CORE)), Grade.G4))
            if risen > grade:
                grade = risen
                because.append(scale.because)
            break
    return TableGrade(resource, grade, tuple(because))


def persons(columns: tuple[ColumnGrade, ...], counted: Sequence[Counted]) -> int:
    """About how many people a table concerns: different identity numbers, or else names, or else any column that is
    a person's; 0 where none is. Names repeat among people, so that rows are counted under a name and not values."""
    element = {column.column: column.proposal.element for column in columns}
    of_numbers = [m.distinct for m in counted if element.get(m.column) == "person.identity_number"]
    of_names = [m.filled for m in counted if element.get(m.column) == "person.name"]
    of_anything = [m.distinct for m in counted if element.get(m.column, "").startswith("person.")]
    return max(of_numbers or of_names or of_anything, default=0)
