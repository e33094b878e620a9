"""Is a request possible now? Everything it still lacks, told at once (Art. 20, 21). Pure; answering.py has the other half."""

from collections.abc import Iterator, Mapping
from datetime import date

from datong.catalogue.department import Department
from datong.catalogue.resource import Resource, ResourceState, SharingAttribute
from datong.sharing.request import Item, ShareRequest
from datong.sharing.scope_values import condition_fits
from datong.terms.names import ResourceName
from datong.terms.purpose import Purpose
from datong.terms.refusal import Refusal
from datong.terms.text import Text


def missing(
    request: ShareRequest,
    *,
    resources: Mapping[ResourceName, Resource | None],
    consumer: Department | None,
    purposes: Mapping[str, Purpose],
    today: date,
) -> tuple[Refusal, ...]:
    """Everything that keeps a request from being sent (Art. 20): the five fields, the consent, and what it asks for."""
    return (
        *_five_fields(request, purposes, today),
        *_consent(request, consumer),
        *(
            r
            for item in request.items
            for r in item_stands(item, resources.get(item.resource), request.consumer)
        ),
        *_one_of_each(request),
    )


def _five_fields(request: ShareRequest, purposes: Mapping[str, Purpose], today: date) -> Iterator[Refusal]:
    if not request.basis.strip():
        yield _lacks("basis", Text("依据", "legal basis"))
    if not request.scenario.strip():
        yield _lacks("scenario", Text("使用场景", "scenario"))
    if not request.items:
        yield _lacks("scope", Text("共享范围", "scope: what is asked for"))
    if request.purpose not in purposes:
        yield Refusal(
            "sharing.purpose_unknown",
            Text(f"用途 {request.purpose!r} 不在用途清单中", f"{request.purpose!r} isn't a listed purpose"),
            Text(f"请从清单中选取：{'、'.join(purposes)}", f"Choose one of: {', '.join(purposes)}"),
        )
    if request.period.last < today:
        yield Refusal(
            "sharing.period_over",
            Text(f"使用时限已于 {request.period.last} 届满", f"The period ended on {request.period.last}"),
            Text("请填写尚未届满的时限", "Ask for a period that isn't over"),
        )


def _lacks(part: str, called: Text) -> Refusal:
    return Refusal(
        f"sharing.{part}_missing",
        Text(f"未填写{called.zh}（第二十条）", f"The {called.en} is missing (Art. 20)"),
        Text(f"请在申请中填写{called.zh}", f"Fill in the {called.en}"),
    )


def _consent(request: ShareRequest, consumer: Department | None) -> Iterator[Refusal]:
    if consumer is None or not consumer.sharing_head:
        yield Refusal(
            "sharing.head_not_named",
            Text(
                f"部门 {request.consumer} 尚未指定共享工作机构负责人（第十一条）",
                f"{request.consumer} has named no head of its sharing office (Art. 11)",
            ),
            Text(
                "请管理员或共享主管部门予以指定",
                "Ask an administrator or the sharing authority to name one",
            ),
        )
    elif request.consented_by != consumer.sharing_head:
        yield Refusal(
            "sharing.consent_missing",
            Text(
                "申请须经本部门共享工作机构负责人同意（第二十条）",
                "A request needs the consent of the head of your sharing office (Art. 20)",
            ),
            Text(
                f"请 {consumer.sharing_head} 同意后再提出",
                f"Ask {consumer.sharing_head} for consent first",
            ),
        )


def item_stands(item: Item, resource: Resource | None, consumer: str) -> Iterator[Refusal]:
    """Whether what one item asks for is there to be asked for: when it is sent, and again when it is answered."""
    name = item.resource
    if resource is None or resource.state is not ResourceState.PUBLISHED:
        # An entry that isn't published looks the same to others as one that doesn't exist.
        yield Refusal(
            "sharing.not_in_catalogue",
            Text(f"已发布的目录中没有 {name}", f"The published catalogue has no {name}"),
            Text(
                "请在目录中查找，或请提供部门发布", "Search the catalogue, or ask the provider to publish it"
            ),
        )
        return
    if resource.provider == consumer:
        yield Refusal(
            "sharing.own_data",
            Text(f"{name} 由本部门提供", f"{name} is your own department's"),
            Text("使用本部门数据无须申请，可直接查询", "Query it without an agreement"),
        )
    if resource.sharing is SharingAttribute.NOT_SHARED:
        yield Refusal(
            "sharing.not_shared",
            Text(
                f"{name} 属于不予共享：{resource.conditions}（{resource.sharing_basis}）",
                f"{name} is not shared: {resource.conditions} ({resource.sharing_basis})",
            ),
            Text(
                "如有异议，可与提供部门协商，或提请共享主管部门",
                "Take it up with the provider, or with the authority",
            ),
        )
    yield from _fields_of(item, resource)


def _fields_of(item: Item, resource: Resource) -> Iterator[Refusal]:
    name = item.resource
    asked = [f.name for f in item.fields]
    if not asked:
        yield _lacks("fields", Text(f"{name} 的数据项", f"fields of {name}"))
    for field in dict.fromkeys(asked):
        if resource.field(field) is None:
            yield _no_such_field(name, field)
        if asked.count(field) > 1:
            yield Refusal(
                "sharing.field_twice",
                Text(f"{name} 的 {field} 重复列出", f"{field} of {name} is listed twice"),
                Text("请只列一次", "List it once"),
            )
    for condition in item.scope.conditions:
        known = resource.field(condition.field)
        if known is None:
            yield _no_such_field(name, condition.field)
        elif not condition_fits(condition, known.type):
            yield Refusal(
                "sharing.scope_not_readable",
                Text(
                    f"{name} 的范围条件 {condition.field} {condition.comparison} 与类型 {known.type} 不符",
                    f"In the scope of {name}, {condition.field} {condition.comparison} … can't be read for a "
                    f"field of type {known.type}",
                ),
                Text(
                    "请核对取值个数与写法（日期写作 2026-01-31）",
                    "Check how many values it has and how they are written (a day as 2026-01-31)",
                ),
            )


def _no_such_field(name: ResourceName, field: str) -> Refusal:
    return Refusal(
        "sharing.no_such_field",
        Text(f"{name} 没有数据项 {field}", f"{name} has no field {field}"),
        Text(f"请查看 {name} 的目录条目", f"Look at the catalogue entry of {name}"),
    )


def _one_of_each(request: ShareRequest) -> Iterator[Refusal]:
    providers = sorted({item.resource.department for item in request.items})
    if len(providers) > 1:
        yield Refusal(
            "sharing.several_providers",
            Text(
                f"一份申请只能向一个部门提出，现涉及：{'、'.join(providers)}",
                f"One request goes to one provider; this one concerns {', '.join(providers)}",
            ),
            Text("请按提供部门分别提出", "Send one request to each"),
        )
    named = [item.resource for item in request.items]
    for name in dict.fromkeys(n for n in named if named.count(n) > 1):
        # Two scopes on one resource would each be honest alone and together mean neither.
        yield Refusal(
            "sharing.resource_twice",
            Text(f"{name} 在申请中重复出现", f"{name} is asked for twice"),
            Text("请合并为一项，只设一个范围", "Ask for it once, with one scope"),
        )
