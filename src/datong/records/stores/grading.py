"""Keeps grades (grading.store.GradingStore)."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from datong.grading.scheme import ColumnGrade
from datong.records.document import Kept
from datong.records.models.grading import ColumnGradeRow
from datong.records.writing import SHELF, Drain, writing
from datong.terms.event import Event
from datong.terms.names import ResourceName

_COLUMNS = Kept(
    model=ColumnGradeRow,
    adapter=TypeAdapter(ColumnGrade),
    subject=lambda grade: f"grade/{grade.resource}.{grade.column}",
    key=lambda grade: {"resource": str(grade.resource), "column": grade.column},
)


@dataclass(frozen=True)
class Grading:
    drain: Drain

    def column(self, resource: ResourceName, column: str) -> ColumnGrade | None:
        return _COLUMNS.one(resource=str(resource), column=column)

    def columns(self, resource: ResourceName) -> tuple[ColumnGrade, ...]:
        """In the order they were first graded, which is the table's."""
        return _COLUMNS.all(_COLUMNS.rows().filter(resource=str(resource)).order_by("place"))

    def save(self, grades: tuple[ColumnGrade, ...], event: Event) -> None:
        with writing(event, drain=self.drain, changes=(SHELF,)):
            for grade in grades:
                _COLUMNS.write(grade)
