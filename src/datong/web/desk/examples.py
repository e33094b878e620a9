"""A first query for each agreement, so that nobody begins before an empty box."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from datong.catalogue.field import FieldType
from datong.catalogue.resource import Resource
from datong.sharing.agreement import Agreement, Grant
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.text import Text
from datong.web.desk.keys import key_of

MOST_FIELDS = 6
EntryOf = Callable[[ResourceName], Resource | None]
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


def of_agreements(agreements: Iterable[Agreement], *, entry_of: EntryOf) -> Iterator[Example]:
    for agreement in agreements:
        for grant in agreement.grants:
            sql = sql_for(grant, agreement.modality, entry_of(grant.resource))
            if sql:
                title = Text(zh=f"依据 {agreement.id}：", en=f"Under {agreement.id}:")
                yield Example(title, str(grant.resource), sql, agreement.purpose, agreement.id)


def of_own(resources: Iterable[Resource]) -> Iterator[Example]:
    for entry in resources:
        category = _category(entry, {field.name for field in entry.fields})
        sql = _counted(str(entry.name), category) if category else f"SELECT COUNT(*) AS n FROM {entry.name}"
        yield Example(Text(zh="本部门数据：", en="Our own data:"), str(entry.name), sql)


def sql_for(grant: Grant, modality: Modality, entry: Resource | None) -> str:
    """ "" where the agreement serves no SQL at all, as with verification and files, or nothing could be asked by it."""
    names = [field.name for field in grant.fields if field.treatment in _READABLE]
    clear = {field.name for field in grant.fields if field.treatment is Treatment.CLEAR}
    if not names or entry is None:
        return ""
    table, columns = str(grant.resource), ", ".join(map(quoted, names[:MOST_FIELDS]))
    match modality:
        case Modality.ROWS:
            return f"SELECT {columns} FROM {table} LIMIT 20"
        case Modality.LOOKUP:
            key = key_of(entry)
            return f"SELECT {columns} FROM {table} WHERE {quoted(key.name)} = ''" if key else ""
        case Modality.AGGREGATE:
            return _counted(table, _category(entry, clear) or names[0])
    return ""


def _category(entry: Resource, among: set[str]) -> str:
    """A column of words that isn't known to be about one person or thing, and so has some values many times."""
    texts = (f.name for f in entry.fields if f.type is FieldType.TEXT and not f.element)
    return next((name for name in texts if name in among), "")


def quoted(name: str) -> str:
    """A column as SQL writes it: its heading may be Chinese, or hold a space."""
    return name if name.isascii() and name.isidentifier() else '"' + name.replace('"', '""') + '"'


def _counted(table: str, category: str) -> str:
    return (
        f"SELECT {quoted(category)}, COUNT(*) AS n FROM {table} GROUP BY {quoted(category)} ORDER BY n DESC"
    )
