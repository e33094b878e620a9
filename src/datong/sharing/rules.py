"""Is a request possible now? Everything it still lacks, told at once (Art. 20, 21). Pure; answering.py has the other half."""

from collections.abc import Iterator, Mapping
from datetime import date

from datong.catalogue.department import Department
from datong.catalogue.resource import Resource, ResourceState, SharingAttribute
from datong.sharing.refusals import REFUSALS
from datong.sharing.request import Item, ShareRequest
from datong.sharing.scope_values import condition_fits
from datong.terms.names import ResourceName
from datong.terms.purpose import Purpose
from datong.terms.refusal import Refusal, fill
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
        yield refusal("basis_missing")
    if not request.scenario.strip():
        yield refusal("scenario_missing")
    if not request.items:
        yield refusal("scope_missing")
    if request.purpose not in purposes:
        known = Text("、".join(purposes), ", ".join(purposes))
        yield refusal("purpose_unknown", purpose=request.purpose, purposes=known)
    yield from not_over(request, today)


def not_over(request: ShareRequest, today: date) -> Iterator[Refusal]:
    if request.period.last < today:
        yield refusal("period_over", last=request.period.last)


def _consent(request: ShareRequest, consumer: Department | None) -> Iterator[Refusal]:
    if consumer is None or not consumer.sharing_head:
        yield refusal("head_not_named", department=request.consumer)
    elif request.consented_by != consumer.sharing_head:
        yield refusal("consent_missing", head=consumer.sharing_head)


def item_stands(item: Item, resource: Resource | None, consumer: str) -> Iterator[Refusal]:
    """Whether what one item asks for is there to be asked for: when it is sent, and again when it is answered."""
    name = item.resource
    if resource is None or resource.state is not ResourceState.PUBLISHED:
        # An entry that isn't published looks the same to others as one that doesn't exist.
        yield refusal("not_in_catalogue", resource=name)
        return
    if resource.provider == consumer:
        yield refusal("own_data", resource=name)
    if resource.sharing is SharingAttribute.NOT_SHARED:
        yield refusal(
            "not_shared", resource=name, conditions=resource.conditions, basis=resource.sharing_basis
        )
    yield from _fields_of(item, resource)


def _fields_of(item: Item, resource: Resource) -> Iterator[Refusal]:
    name, asked = item.resource, [f.name for f in item.fields]
    if not asked:
        yield refusal("fields_missing", resource=name)
    for field in dict.fromkeys(asked):
        if resource.field(field) is None:
            yield refusal("no_such_field", resource=name, field=field)
        if asked.count(field) > 1:
            yield refusal("field_twice", resource=name, field=field)
    for condition in item.scope.conditions:
        known = resource.field(condition.field)
        if known is None:
            yield refusal("no_such_field", resource=name, field=condition.field)
        elif not condition_fits(condition, known.type):
            yield refusal(
                "scope_not_readable",
                resource=name,
                field=condition.field,
                comparison=condition.comparison,
                type=known.type,
            )


def _one_of_each(request: ShareRequest) -> Iterator[Refusal]:
    providers = sorted({item.resource.department for item in request.items})
    if len(providers) > 1:
        yield refusal("several_providers", providers=Text("、".join(providers), ", ".join(providers)))
    named = [item.resource for item in request.items]
    for name in dict.fromkeys(n for n in named if named.count(n) > 1):
        # Two scopes on one resource would each be honest alone and together mean neither.
        yield refusal("resource_twice", resource=name)


def refusal(code: str, **facts: object) -> Refusal:
    return fill(REFUSALS, f"sharing.{code}", **facts)
