"""What data is used for (用途). Purposes are a list in the rules pack: a query names one, and an agreement is bound to one."""

from dataclasses import dataclass

from datong.terms.text import Text


@dataclass(frozen=True)
class Purpose:
    code: str
    title: Text
    basis: str  # the statute or duty the purpose rests on
