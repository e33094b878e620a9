"""A standard data element (数据元): one meaning, one authoritative department (一数一源, Art. 19)."""

from dataclasses import dataclass

from datong.terms.text import Text

# The elements the code itself must know: the gateway finds the person in a row by the first.
IDENTITY_NUMBER = "person.identity_number"


@dataclass(frozen=True)
class Element:
    code: str
    title: Text
    standard: str = ""  # e.g. "GB 11643"
    authority: str = ""  # code of the authoritative department (数源部门), "" until named
    revision: int = 0
