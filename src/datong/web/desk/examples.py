"""A first query for each agreement, so that nobody begins before an empty box."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from datong.catalogue.field import FieldType
from datong.catalogue.resource import Resource
from datong.sharing.agreement import Agreement, Grant
from datong.sharing.treatment import Modality, Treatment
from datong.terms.text import Text

MOST_FIELDS = 6
_READABLE = (Treatment.CLEAR, Treatment.MASKED, Treatment.PSEUDONYM)


@dataclass(frozen=True)
class Example:
    title: Text
    resource: str
    sql: str
    purpose: str = ""
    agreement: str = ""

    @property
    def link(self) -> str:
        written = {"purpose": self.purpose, "agreement": self.agreement, "sql": self.sql}
        return "/query/?" + urlencode({name: value for name, value in written.items() if value})


def of_agreements(agreements: Iterable[Agreement]) -> Iterator[Example]:
    for agreement in agreements:
        for grant in agreement.grants:
            sql = sql_for(grant, agreement.modality)
            if sql:
                title = Text(zh=f"依据 {agreement.id}：", en=f"Under {agreement.id}:")
                yield Example(title, str(grant.resource), sql, agreement.purpose, agreement.id)


def of_own(resources: Iterable[Resource]) -> Iterator[Example]:
    for entry in resources:
        category = next((f.name for f in entry.fields if f.type is FieldType.TEXT and not f.element), None)
        if category:
            yield Example(
                Text(zh="本部门数据：", en="Our own data:"),
                str(entry.name),
                _counted(str(entry.name), category),
            )


def sql_for(grant: Grant, modality: Modality) -> str:
    """ "" where the agreement serves no SQL at all, as with verification and files."""
    names = [field.name for field in grant.fields if field.treatment in _READABLE]
    if not names:
        return ""
    table = str(grant.resource)
    match modality:
        case Modality.ROWS:
            return f"SELECT {', '.join(map(quoted, names[:MOST_FIELDS]))} FROM {table} LIMIT 20"
        case Modality.LOOKUP:
            return f"SELECT {', '.join(map(quoted, names[:MOST_FIELDS]))} FROM {table} WHERE {quoted(names[0])} = ''"
        case Modality.AGGREGATE:
            clear = [field.name for field in grant.fields if field.treatment is Treatment.CLEAR]
            return _counted(table, (clear or names)[0])
    return ""


def quoted(name: str) -> str:
    """A column as SQL writes it: its heading may be Chinese, or hold a space."""
    return name if name.isascii() and name.isidentifier() else '"' + name.replace('"', '""') + '"'


def _counted(table: str, category: str) -> str:
    return f"SELECT {quoted(category)}, COUNT(*) AS n FROM {table} GROUP BY {quoted(category)} ORDER BY n DESC LIMIT 20"
