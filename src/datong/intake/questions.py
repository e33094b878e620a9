"""What stops a landing until a person answers: a table that isn't what it was. The answer is to land it again, accepting
the changes, or to have the department deliver it again.
"""

from collections.abc import Iterable, Mapping

from datong.catalogue.field import FieldType
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text

_ANSWER = Text(
    zh="若属实，请用“接受变化”（--accept-changes）重新入湖；若有误，请提供部门更正后重新交付。上一次的快照仍在使用。",
    en="If that is right, land it again accepting the changes (--accept-changes); if not, ask the department to deliver it again. "
    "The last good snapshot stands.",
)

UNREADABLE = 0.05  # share of a column's values that may break its promised type before we ask
FEWER = 0.5  # share of the rows of last time below which we ask


class ColumnsChanged(Fault):
    def __init__(self, resource: ResourceName, came: Iterable[str], went: Iterable[str]) -> None:
        self.resource, self.came, self.went = resource, tuple(came), tuple(went)
        zh = "；".join(
            part for part in (_list("新增", self.came, "、"), _list("消失", self.went, "、")) if part
        )
        en = "; ".join(
            part for part in (_list("came ", self.came, ", "), _list("went ", self.went, ", ")) if part
        )
        super().__init__(
            Text(
                zh=f"{resource} 的列与上次不同：{zh}。{_ANSWER.zh}",
                en=f"The columns of {resource} aren't those of last time: {en}. {_ANSWER.en}",
            )
        )


class TypesChanged(Fault):
    """`unreadable`: column → how many values weren't of the type it had."""

    def __init__(self, resource: ResourceName, unreadable: Mapping[str, int]) -> None:
        self.resource, self.unreadable = resource, dict(unreadable)
        named = ", ".join(f"{column} ({count})" for column, count in unreadable.items())
        super().__init__(
            Text(
                zh=f"{resource} 有的列与上次的数据类型不符（括号内为不符的数量）：{named}。{_ANSWER.zh}",
                en=f"Columns of {resource} don't hold what they held last time (values that differ in brackets): {named}. {_ANSWER.en}",
            )
        )


class FarFewerRows(Fault):
    def __init__(self, resource: ResourceName, before: int, now: int) -> None:
        self.resource, self.before, self.now = resource, before, now
        super().__init__(
            Text(
                zh=f"{resource} 上次有 {before} 行，这次能入湖的只有 {now} 行，可能没有导出完整。{_ANSWER.zh}",
                en=f"{resource} had {before} rows last time and only {now} could be landed now: the export may be incomplete. {_ANSWER.en}",
            )
        )


class NothingToLand(Fault):
    def __init__(self, table: str, read: int) -> None:
        self.table, self.read = table, read
        why_zh = "只有表头，没有数据行" if not read else f"的 {read} 行全部无法读取，已隔离"
        why_en = (
            "has headings and no rows"
            if not read
            else f"has {read} rows and none could be read; they are in quarantine"
        )
        super().__init__(
            Text(
                zh=f"“{table}”{why_zh}，因此没有入湖。请核对文件后重新交付。",
                en=f"{table} {why_en}, so nothing was landed. Check the file and deliver it again.",
            )
        )


class AnotherTableLandsHere(Fault):
    def __init__(self, resource: ResourceName, source: str, table: str) -> None:
        self.resource, self.source, self.table = resource, source, table
        super().__init__(
            Text(
                zh=f"{resource} 此前由数据源 {source} 的“{table}”入湖，若再写入会把它覆盖。请另取名称；若确实改由新的来源提供，请接受变化后再入湖。",
                en=f"{resource} is landed from {table} of the source {source}, and this would replace it. Give this table another name; "
                "or, if it now comes from here, land it again accepting the changes.",
            )
        )


def columns_changed(resource: ResourceName, before: Iterable[str], now: Iterable[str]) -> None:
    """Raises ColumnsChanged. Their order doesn't matter: columns are known by name."""
    was, is_ = list(before), list(now)
    came, went = [c for c in is_ if c not in was], [c for c in was if c not in is_]
    if came or went:
        raise ColumnsChanged(resource, came, went)


def types_changed(
    resource: ResourceName,
    promises: Mapping[str, FieldType],
    arriving: Mapping[str, FieldType],
    unreadable: Mapping[str, int],
    read: int,
) -> None:
    """Raises TypesChanged where a column arrives as something else, or too many of its values are."""
    other = {name: read for name, type in arriving.items() if name in promises and promises[name] != type}
    broken = {name: n for name, n in unreadable.items() if name in promises and n > UNREADABLE * read}
    if other or broken:
        raise TypesChanged(resource, {**broken, **other})


def _list(word: str, columns: tuple[str, ...], joint: str) -> str:
    return word + joint.join(columns) if columns else ""
