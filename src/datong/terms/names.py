"""Names of things: a resource is `department.table`, as one writes it in SQL. Field names are the source's own headings."""

import re
from dataclasses import dataclass

from datong.terms.fault import Fault
from datong.terms.text import Text

_SLUG = re.compile(r"[a-z][a-z0-9_]{0,47}\Z")
# Names the engines use for themselves: a department so called could shadow their tables.
RESERVED = frozenset(
    {"main", "temp", "system", "pg_catalog", "information_schema", "memory", "duckdb", "datong"}
)


class NameNotUsable(Fault, ValueError):
    """A name can't stand in SQL as it is. `name` is the name offered (never a value from a table)."""

    def __init__(self, name: str, *, what: str) -> None:
        self.name, self.what = name, what
        super().__init__(
            Text(
                zh=f"{name!r} 不能用作名称：它会写进每条查询。请用小写英文字母、数字和下划线，以字母开头，最多 48 个字符；中文名称另填。",
                en=f"{name!r} can't be the name of a {what}: it would be written in every query. Use lower-case Latin "
                "letters, digits and _, beginning with a letter, 48 at most; the Chinese title goes beside it.",
            )
        )


def slug(name: str, *, what: str) -> str:
    """`name` itself when it can be written unquoted in any engine; raises NameNotUsable otherwise."""
    if not _SLUG.match(name) or name in RESERVED:
        raise NameNotUsable(name, what=what)
    return name


@dataclass(frozen=True, order=True)
class ResourceName:
    """`police.resident`: the providing department's code and the table's name."""

    department: str
    table: str

    @classmethod
    def parse(cls, text: str) -> "ResourceName":
        department, _, table = text.partition(".")
        return cls(slug(department, what="department"), slug(table, what="table"))

    def __str__(self) -> str:
        return f"{self.department}.{self.table}"
