"""How a resource's grades stand: its table's grade, and whether the rules have changed since its columns were examined."""

from datong.grading.pack import GradingPack
from datong.grading.scheme import TableGrade
from datong.grading.store import GradingStore
from datong.grading.table import table_grade
from datong.terms.names import ResourceName


def grade_of_table(
    *, store: GradingStore, pack: GradingPack, resource: ResourceName, persons: int
) -> TableGrade:
    """As confirmed, or as proposed until then, for a table about `persons` people (table.persons; 0 if none)."""
    return table_grade(resource, store.columns(resource), persons, pack)


def outdated(*, store: GradingStore, pack: GradingPack, resource: ResourceName) -> bool:
    """Whether any column was examined under another version of the pack: then `actions.propose` is due again."""
    return any(grade.proposal.pack != pack.version for grade in store.columns(resource))
