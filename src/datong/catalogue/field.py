"""A data item (信息项) of a resource: one column, under the heading its department gave it."""

from dataclasses import dataclass
from enum import StrEnum

from datong.terms.text import Text


class FieldType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIMESTAMP = "timestamp"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Field:
    """`element` is the code of the standard data element this column holds ("person.identity_number"), "" if none is known.

    `source_name` keeps the heading exactly as delivered; `name` is what SQL writes.
    """

    name: str
    type: FieldType
    title: Text = Text("", "")
    element: str = ""
    source_name: str = ""
