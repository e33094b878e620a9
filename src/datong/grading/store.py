"""What grading needs from whoever keeps it."""

from typing import Protocol

from datong.grading.scheme import ColumnGrade
from datong.terms.event import Event
from datong.terms.names import ResourceName


class GradingStore(Protocol):
    def column(self, resource: ResourceName, column: str) -> ColumnGrade | None: ...
    def columns(self, resource: ResourceName) -> tuple[ColumnGrade, ...]: ...
    def save(self, grades: tuple[ColumnGrade, ...], event: Event) -> None: ...
