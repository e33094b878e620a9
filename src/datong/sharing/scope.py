"""Which rows an agreement reaches (范围): conditions that must all hold. Data, not SQL, so that a form can fill it in."""

from dataclasses import dataclass
from enum import StrEnum


class Comparison(StrEnum):
    EQUALS = "="
    IN = "in"
    BETWEEN = "between"  # both ends included
    AT_LEAST = ">="
    AT_MOST = "<="
    STARTS_WITH = "starts_with"


Scalar = str | int | float | bool  # dates as ISO text: the column's type decides how they are read


@dataclass(frozen=True)
class Condition:
    """`field` of the same resource; one value, two for BETWEEN, any number for IN. A null never fulfils a condition."""

    field: str
    comparison: Comparison
    values: tuple[Scalar, ...]


@dataclass(frozen=True)
class RowScope:
    """All rows where every condition holds; no condition means every row."""

    conditions: tuple[Condition, ...] = ()
