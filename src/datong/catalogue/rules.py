"""What a catalogue entry must say before it may be submitted, and which moves its state allows. Pure."""

from collections.abc import Iterator

from datong.catalogue.refusals import REFUSALS
from datong.catalogue.resource import Resource, ResourceState, Secrecy, SharingAttribute
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.refusal import Refusal, fill
from datong.terms.text import Text

# verb → the states it may start from, and the state it leads to. Describing never moves an entry.
MOVES: dict[str, tuple[frozenset[ResourceState], ResourceState]] = {
    "submit": (
        frozenset({ResourceState.DRAFT, ResourceState.RETURNED, ResourceState.WITHDRAWN}),
        ResourceState.SUBMITTED,
    ),
    "publish": (frozenset({ResourceState.SUBMITTED}), ResourceState.PUBLISHED),
    "return": (frozenset({ResourceState.SUBMITTED}), ResourceState.RETURNED),
    "withdraw": (frozenset({ResourceState.PUBLISHED, ResourceState.SUBMITTED}), ResourceState.WITHDRAWN),
}
# What the reviewer is reading, and what everybody reads, isn't changed under their eyes: withdraw first.
DESCRIBABLE = frozenset({ResourceState.DRAFT, ResourceState.RETURNED, ResourceState.WITHDRAWN})

_STATES = {
    ResourceState.DRAFT: Text("草稿", "a draft"),
    ResourceState.SUBMITTED: Text("已提交", "submitted"),
    ResourceState.PUBLISHED: Text("已发布", "published"),
    ResourceState.RETURNED: Text("已退回", "returned"),
    ResourceState.WITHDRAWN: Text("已下架", "withdrawn"),
}
_VERBS = {
    "submit": Text("提交", "submitted"),
    "publish": Text("发布", "published"),
    "return": Text("退回", "returned"),
    "withdraw": Text("下架", "withdrawn"),
    "describe": Text("编辑", "edited"),
}


class NotNow(Fault):
    """The entry's state doesn't allow `verb`; `from_` are the states that would."""

    def __init__(
        self, name: ResourceName, verb: str, state: ResourceState, from_: frozenset[ResourceState]
    ) -> None:
        self.name, self.verb, self.state, self.from_ = name, verb, state, from_
        ordered = [s for s in ResourceState if s in from_]
        super().__init__(
            Text(
                zh=f"{name} 目前{_STATES[state].zh}，不能{_VERBS[verb].zh}；"
                f"须处于{'、'.join(_STATES[s].zh for s in ordered)}状态。",
                en=f"{name} is {_STATES[state].en} and can't be {_VERBS[verb].en} now: "
                f"it must be {' or '.join(_STATES[s].en for s in ordered)} first.",
            )
        )


class SecretsStayOut(Fault):
    """State and work secrets aren't government data in the regulation's sense: nothing of them is kept here."""

    def __init__(self, name: ResourceName, secrecy: Secrecy) -> None:
        self.name, self.secrecy = name, secrecy
        what = (
            Text("国家秘密", "state secrets")
            if secrecy is Secrecy.STATE_SECRET
            else Text("工作秘密", "work secrets")
        )
        super().__init__(
            Text(
                zh=f"{name} 标明含有{what.zh}，依《政务数据共享条例》第二条不属于政务数据，本平台不予编目、不予存储。"
                "请删除已入湖的数据，按保密规定管理。",
                en=f"{name} is marked as holding {what.en}. Under Art. 2 of the Regulation on Government Data Sharing that "
                "isn't government data, so it is neither catalogued nor kept here. Remove what has landed and keep it "
                "as secrets are kept.",
            )
        )


def move(resource: Resource, verb: str) -> ResourceState:
    """The state after `verb`; raises NotNow where the present one doesn't allow it."""
    from_, to = MOVES[verb]
    if resource.state not in from_:
        raise NotNow(resource.name, verb, resource.state, from_)
    return to


def no_secrets(name: ResourceName, secrecy: Secrecy) -> None:
    if secrecy is not Secrecy.NONE:
        raise SecretsStayOut(name, secrecy)


def missing(resource: Resource) -> tuple[Refusal, ...]:
    """Everything that keeps the entry from being submitted, at once (Art. 13–15)."""
    codes = (*_statutory_fields(resource), *_assessed(resource), *_sharing_explained(resource))
    return tuple(fill(REFUSALS, f"catalogue.{code}") for code in codes)


def flags(resource: Resource) -> tuple[Refusal, ...]:
    """What the authority's reviewer should look at: an entry may be submitted with it, and says so openly."""
    if resource.sharing is SharingAttribute.CONDITIONAL and not resource.sharing_basis.strip():
        return (fill(REFUSALS, "catalogue.condition_without_law"),)
    return ()


def _statutory_fields(resource: Resource) -> Iterator[str]:
    there = {
        "title": bool(resource.title.zh or resource.title.en),
        "fields": bool(resource.fields),
        "provider": bool(resource.provider),
        "format": bool(resource.format.strip()),
        "update_cycle": resource.update_cycle is not None,
        "sharing": resource.sharing is not None,
        "classification": bool(resource.classification.strip()),
    }
    yield from (f"{part}_missing" for part, is_there in there.items() if not is_there)


def _assessed(resource: Resource) -> Iterator[str]:
    assessment = resource.assessment
    if assessment is None or not assessment.summary.strip():
        yield "assessment_missing"
    if assessment is None or not assessment.approved_by.strip():
        yield "approval_missing"


def _sharing_explained(resource: Resource) -> Iterator[str]:
    if resource.sharing is SharingAttribute.CONDITIONAL and not resource.conditions.strip():
        yield "conditions_missing"
    if resource.sharing is SharingAttribute.NOT_SHARED:
        if not resource.conditions.strip():
            yield "reason_missing"
        if not resource.sharing_basis.strip():
            yield "basis_missing"
