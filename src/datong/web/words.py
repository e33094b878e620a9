"""Every word of ours a page shows, in both languages, in one place: roles, states, grades, treatments and the like.

Chinese as the regulation, GB/T 43697 and departments' own forms write it.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from datong.catalogue import events as catalogue_events
from datong.catalogue.field import FieldType
from datong.catalogue.resource import ResourceState, Secrecy, SharingAttribute, SharingMethod, UpdateCycle
from datong.gateway import events as gateway_events
from datong.grading import events as grading_events
from datong.grading.scheme import Grade, Verdict
from datong.intake import events as intake_events
from datong.intake.delivery import DeliveryState
from datong.sharing import events as sharing_events
from datong.sharing.request import RequestState
from datong.sharing.scope import Comparison, RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms import account
from datong.terms.actor import Role
from datong.terms.may import TITLES
from datong.terms.text import Text


class WordMissing(LookupError):
    """A value that a page wants to show has no words yet."""

    def __init__(self, value: object) -> None:
        self.value = value
        super().__init__(f"{value!r} has no words in both languages. Add its line to web/words.py.")


FIELD_TYPES = {
    FieldType.TEXT: Text(zh="文本", en="text"),
    FieldType.INTEGER: Text(zh="整数", en="whole number"),
    FieldType.DECIMAL: Text(zh="小数", en="decimal"),
    FieldType.DATE: Text(zh="日期", en="date"),
    FieldType.TIMESTAMP: Text(zh="时间", en="time"),
    FieldType.BOOLEAN: Text(zh="是否", en="yes or no"),
}

SHARING_ATTRIBUTES = {
    SharingAttribute.UNCONDITIONAL: Text(zh="无条件共享", en="Unconditional"),
    SharingAttribute.CONDITIONAL: Text(zh="有条件共享", en="Conditional"),
    SharingAttribute.NOT_SHARED: Text(zh="不予共享", en="Not shared"),
}

SHARING_METHODS = {
    SharingMethod.SERVICE: Text(zh="服务接口", en="Service interface"),
    SharingMethod.EXCHANGE: Text(zh="批量交换", en="Batch exchange"),
    SharingMethod.DOWNLOAD: Text(zh="文件下载", en="File download"),
}

UPDATE_CYCLES = {
    UpdateCycle.REAL_TIME: Text(zh="实时", en="Real time"),
    UpdateCycle.DAILY: Text(zh="每日", en="Daily"),
    UpdateCycle.WEEKLY: Text(zh="每周", en="Weekly"),
    UpdateCycle.MONTHLY: Text(zh="每月", en="Monthly"),
    UpdateCycle.QUARTERLY: Text(zh="每季度", en="Quarterly"),
    UpdateCycle.YEARLY: Text(zh="每年", en="Yearly"),
    UpdateCycle.IRREGULAR: Text(zh="不定期", en="Irregular"),
}

SECRECY = {
    Secrecy.NONE: Text(zh="不涉密", en="No secret"),
    Secrecy.WORK_SECRET: Text(zh="工作秘密", en="Work secret"),
    Secrecy.STATE_SECRET: Text(zh="国家秘密", en="State secret"),
}

RESOURCE_STATES = {
    ResourceState.DRAFT: Text(zh="草稿", en="Draft"),
    ResourceState.SUBMITTED: Text(zh="已提交", en="Submitted"),
    ResourceState.PUBLISHED: Text(zh="已发布", en="Published"),
    ResourceState.RETURNED: Text(zh="已退回", en="Returned"),
    ResourceState.WITHDRAWN: Text(zh="已下架", en="Withdrawn"),
}

GRADES = {
    Grade.G1: Text(zh="一般 1 级", en="General 1"),
    Grade.G2: Text(zh="一般 2 级", en="General 2"),
    Grade.G3: Text(zh="一般 3 级", en="General 3"),
    Grade.G4: Text(zh="一般 4 级", en="General 4"),
    Grade.IMPORTANT: Text(zh="重要数据", en="Important"),
    Grade.CORE: Text(zh="核心数据", en="Core"),
}

VERDICTS = {
    Verdict.PROVED: Text(zh="已证实", en="Proved"),
    Verdict.LIKELY: Text(zh="可能", en="Likely"),
    Verdict.UNDETERMINED: Text(zh="待定", en="Undetermined"),
}

DELIVERY_STATES = {
    DeliveryState.STARTED: Text(zh="归集中", en="Started"),
    DeliveryState.LANDED: Text(zh="已入湖", en="Landed"),
    DeliveryState.UNCHANGED: Text(zh="内容未变", en="Unchanged"),
    DeliveryState.STOPPED: Text(zh="已中止", en="Stopped"),
}

REQUEST_STATES = {
    RequestState.SUBMITTED: Text(zh="待答复", en="Awaiting an answer"),
    RequestState.APPROVED: Text(zh="已同意", en="Approved"),
    RequestState.REFUSED: Text(zh="不同意", en="Refused"),
}

TREATMENTS = {
    Treatment.CLEAR: Text(zh="明文", en="Clear"),
    Treatment.MASKED: Text(zh="掩码", en="Masked"),
    Treatment.PSEUDONYM: Text(zh="假名", en="Pseudonym"),
    Treatment.VERIFY_ONLY: Text(zh="仅核验", en="Verify only"),
    Treatment.ABSENT: Text(zh="不提供", en="Absent"),
}

MODALITIES = {
    Modality.ROWS: Text(zh="明细查询", en="Rows"),
    Modality.LOOKUP: Text(zh="逐人查询", en="Look-up of one person"),
    Modality.VERIFY: Text(zh="核验", en="Verification"),
    Modality.AGGREGATE: Text(zh="统计", en="Statistics"),
    Modality.BULK: Text(zh="批量文件", en="Bulk file"),
}

COMPARISONS = {
    Comparison.EQUALS: Text(zh="等于", en="equals"),
    Comparison.IN: Text(zh="属于", en="is one of"),
    Comparison.BETWEEN: Text(zh="介于（含两端）", en="is between (both included)"),
    Comparison.AT_LEAST: Text(zh="不小于", en="is at least"),
    Comparison.AT_MOST: Text(zh="不大于", en="is at most"),
    Comparison.STARTS_WITH: Text(zh="开头是", en="starts with"),
}

FORMATS = {
    "table": Text(zh="数据表", en="Table"),
}

BY_CLASS: dict[type[Enum], Mapping[Any, Text]] = {
    Role: TITLES,
    FieldType: FIELD_TYPES,
    SharingAttribute: SHARING_ATTRIBUTES,
    SharingMethod: SHARING_METHODS,
    UpdateCycle: UPDATE_CYCLES,
    Secrecy: SECRECY,
    ResourceState: RESOURCE_STATES,
    Grade: GRADES,
    Verdict: VERDICTS,
    DeliveryState: DELIVERY_STATES,
    RequestState: REQUEST_STATES,
    Treatment: TREATMENTS,
    Modality: MODALITIES,
    Comparison: COMPARISONS,
}


def text_of(value: object) -> Text:
    """The words for a value: a Text is its own; an enum's value has a line above; a plain name stays as it is."""
    if isinstance(value, Text):
        return value
    if isinstance(value, Enum):
        try:
            return BY_CLASS[type(value)][value]
        except KeyError:
            raise WordMissing(value) from None
    if value is None or value == "":
        return Text(zh="—", en="—")
    return Text(zh=str(value), en=str(value))


def scope_text(rows: RowScope) -> Text:
    """A row scope as a sentence; no condition means every row."""
    if not rows.conditions:
        return Text(zh="全部行", en="Every row")
    told = [
        (each.field, COMPARISONS[each.comparison], [str(value) for value in each.values])
        for each in rows.conditions
    ]
    return Text(
        zh="且".join(f"{field} {how.zh} {'、'.join(values)}" for field, how, values in told),
        en=" and ".join(f"{field} {how.en} {', '.join(values)}" for field, how, values in told),
    )


_EVENTS = {
    **account.KINDS,
    **catalogue_events.KINDS,
    **gateway_events.KINDS,
    **grading_events.KINDS,
    **intake_events.KINDS,
    **sharing_events.KINDS,
}


def event_text(kind: str) -> Text:
    """What happened, without the list of facts that the reference adds."""
    text = _EVENTS.get(kind, text_of(kind))
    return Text(zh=text.zh.partition("；facts")[0], en=text.en.partition("; facts")[0])


# The first word of an event's subject, and where that thing has its page.
_PLACES = {
    "resource": "/catalogue/",
    "request": "/sharing/requests/",
    "agreement": "/sharing/agreements/",
    "delivery": "/deliveries/",
    "source": "/sources/",
}


def subject_path(subject: str) -> str:
    """The page of what an event is about; "" where it has none."""
    kind, _, name = subject.partition("/")
    return f"{_PLACES[kind]}{name}/" if kind in _PLACES and name else ""
