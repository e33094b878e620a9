"""What waits for a person now, the most urgent first: each a sentence that says what to do and leads there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from datong.catalogue.resource import Resource, ResourceState
from datong.intake.delivery import DeliveryState
from datong.sharing.request import RequestState
from datong.terms.actor import Actor, Role
from datong.terms.text import Text
from datong.web.words import text_of
from datong.wiring import Node

# A renewal is a new request: ten working days to answer, and some to write it.
EXPIRES_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    path: str
    title: Text
    due: date | None = None
    late: bool = False


def tasks(node: Node, person: Actor, *, at: datetime) -> list[Task]:
    today = timezone.localtime(at).date()
    found: list[Task] = []
    if person.roles & {Role.DATA_OFFICER, Role.SHARING_HEAD} and person.department:
        found += _entries(node, person)
        found += _stopped(node, person)
    if Role.SHARING_HEAD in person.roles:
        found += _requests(node, person, today)
    if Role.AUTHORITY_REVIEWER in person.roles:
        found += _reviews(node)
    if person.roles & {Role.SHARING_HEAD, Role.OFFICER} and person.department:
        found += _expiring(node, person, today)
    return sorted(found, key=lambda task: (task.due is None, task.due or today))


def _entries(node: Node, person: Actor) -> Iterator[Task]:
    for entry in node.catalogue.resources(provider=person.department):
        grades = node.grading.columns(entry.name)
        title, path = _named(entry), f"/catalogue/{entry.name}/"
        unsure = [g for g in grades if g.confirmed is None and g.lowering_to is None]
        seconds = [g for g in grades if g.lowering_to is not None and g.lowering_by != person.login]
        if unsure:
            yield Task(
                f"{path}grades/",
                Text(
                    zh=f"确认“{title.zh}”的 {len(unsure)} 个信息项的级别",
                    en=f"Confirm the grades of {title.en}: {len(unsure)} waiting",
                ),
            )
        if seconds:
            yield Task(
                f"{path}grades/",
                Text(
                    zh=f"复核“{title.zh}”的 {len(seconds)} 项降级",
                    en=f"Decide as the second person on lowered grades of {title.en}: {len(seconds)} waiting",
                ),
            )
        if entry.state is ResourceState.DRAFT:
            yield Task(
                path,
                Text(zh=f"填写并提交“{title.zh}”的目录", en=f"Fill in and submit the entry of {title.en}"),
            )
        if entry.state is ResourceState.RETURNED:
            yield Task(
                path,
                Text(
                    zh=f"按退回意见修改“{title.zh}”的目录",
                    en=f"Mend the entry of {title.en}: the authority returned it",
                ),
            )


def _stopped(node: Node, person: Actor) -> Iterator[Task]:
    for source in node.intake.sources(department=person.department):
        last = next(iter(node.intake.deliveries(source=source.name)), None)
        if last and last.state is DeliveryState.STOPPED:
            yield Task(
                f"/deliveries/{last.id}/",
                Text(
                    zh=f"处理数据源“{source.name}”中止的交付",
                    en=f"Mend the delivery of {source.name} that stopped",
                ),
            )


def _requests(node: Node, person: Actor, today: date) -> Iterator[Task]:
    for request in node.sharing.requests(state=RequestState.SUBMITTED, provider=person.department):
        asks = node.catalogue.department(request.consumer)
        who = text_of(asks.title if asks else request.consumer)
        yield Task(
            f"/sharing/requests/{request.id}/",
            Text(zh=f"答复{who.zh}的共享申请 {request.id}", en=f"Answer request {request.id} from {who.en}"),
            request.answer_due,
            request.answer_due is not None and request.answer_due < today,
        )


def _reviews(node: Node) -> Iterator[Task]:
    for entry in node.catalogue.resources(state=ResourceState.SUBMITTED):
        title = _named(entry)
        yield Task(
            f"/catalogue/{entry.name}/",
            Text(zh=f"审核“{title.zh}”的目录", en=f"Review the catalogue entry {title.en}"),
        )


def _expiring(node: Node, person: Actor, today: date) -> Iterator[Task]:
    for agreement in node.sharing.agreements(consumer=person.department):
        last = agreement.period.last
        if agreement.revoked_at is None and today <= last <= today + EXPIRES_SOON:
            yield Task(
                f"/sharing/agreements/{agreement.id}/",
                Text(
                    zh=f"共享协议 {agreement.id} 即将到期，如仍需使用请重新申请",
                    en=f"Agreement {agreement.id} is about to end: request again if you still need it",
                ),
                last,
            )


def _named(entry: Resource) -> Text:
    """The entry's title, whole in both languages; its name where nobody gave it one."""
    name = str(entry.name)
    return Text(zh=entry.title.in_("zh") or name, en=entry.title.in_("en") or name)
