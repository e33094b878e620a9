"""What was decided about a query, and why: a value that can be explained, recorded and enforced."""

from dataclasses import dataclass

from datong.catalogue.snapshot import Snapshot
from datong.sharing.scope import RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal
from datong.terms.text import Text


@dataclass(frozen=True)
class FieldDecision:
    """`kind` is the standard element, which decides how a mask is drawn; `why` is for the person who asked."""

    name: str
    treatment: Treatment
    element: str
    type: str  # catalogue.field.FieldType value
    why: Text


@dataclass(frozen=True)
class TableDecision:
    """One resource of the query. `agreement` is "" and `version` 0 where a department reads its own resource.

    `persons` are the columns that hold somebody's identity number, whom the row is about before a parent or a
    representative; none where no row is about a person.
    """

    resource: ResourceName
    agreement: str
    version: int
    modality: Modality
    fields: tuple[FieldDecision, ...]  # every field of the resource, in its order
    scope: RowScope
    snapshot: Snapshot
    persons: tuple[str, ...] = ()

    def field(self, name: str) -> FieldDecision | None:
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True)
class Allowed:
    tables: tuple[TableDecision, ...]


@dataclass(frozen=True)
class Refused:
    refusals: tuple[Refusal, ...]  # at least one


Decision = Allowed | Refused
