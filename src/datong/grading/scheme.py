"""The grades, and what is known of a column's grade: proposed from evidence, confirmed by a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from datong.terms.names import ResourceName
from datong.terms.text import Text


class Grade(IntEnum):
    """Harm if leaked (GB/T 43697-2024). General data has four reference grades; important and core are never shared by
    this software on its own."""

    G1 = 1  # 一般 1 级: no harm
    G2 = 2  # 一般 2 级: some harm to people or organisations
    G3 = 3  # 一般 3 级: serious harm
    G4 = 4  # 一般 4 级: especially serious harm
    IMPORTANT = 5  # 重要
    CORE = 6  # 核心


class Verdict(StrEnum):
    PROVED = "proved"  # the values' own check characters say so
    LIKELY = "likely"  # the name, a pattern or a dictionary says so
    UNDETERMINED = "undetermined"  # nothing said anything: a person must look


@dataclass(frozen=True)
class Evidence:
    """One reason. `share` is the share of non-empty values that agree, 0–1, or None where values weren't asked (a name).

    `detector` is the id in the rules pack; `says` is for the officer and holds no value from the column.
    """

    detector: str
    kind: str  # "check_character" | "pattern" | "dictionary" | "name" | "profile"
    element: str
    share: float | None
    says: Text


@dataclass(frozen=True)
class Proposal:
    grade: Grade
    verdict: Verdict
    element: str  # the standard element recognised, "" if none
    evidence: tuple[Evidence, ...]
    pack: str  # version of the rules pack that proposed it


@dataclass(frozen=True)
class ColumnGrade:
    """A column and its grade. It is served only while `confirmed` is set.

    A lowering (confirming below the proposal or below what was confirmed) waits in `lowering_to` for a second person.
    """

    resource: ResourceName
    column: str
    proposal: Proposal
    confirmed: Grade | None = None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    lowering_to: Grade | None = None
    lowering_by: str = ""
    lowering_because: str = ""
    revision: int = 0


@dataclass(frozen=True)
class TableGrade:
    """A table's grade rises with combination (name + number + address) and with scale (number of people)."""

    resource: ResourceName
    grade: Grade
    because: tuple[Text, ...]
