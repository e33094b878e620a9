"""What people do to the catalogue: departments and elements, then an entry's way from a landed table to its publication."""

from collections.abc import Iterable, Mapping
from dataclasses import fields as parts_of
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from datong.catalogue import credit_code as credit_codes
from datong.catalogue import find, rules
from datong.catalogue.department import Department
from datong.catalogue.element import Element
from datong.catalogue.field import Field, FieldType
from datong.catalogue.resource import Resource, Secrecy
from datong.catalogue.snapshot import Snapshot
from datong.catalogue.store import CatalogueStore
from datong.terms.actor import SYSTEM, Actor, Role
from datong.terms.event import Event, Json
from datong.terms.fault import Fault
from datong.terms.may import MayNot, require
from datong.terms.names import ResourceName, slug
from datong.terms.refusal import Incomplete
from datong.terms.text import Text

# What `describe` may change. The name, the columns and the state have verbs of their own.
DESCRIBED = frozenset(part.name for part in parts_of(Resource)) - {
    "name", "provider", "fields", "state", "submitted_by", "returned_because", "published_on", "revision",
}  # fmt: skip


class DepartmentExists(Fault):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            Text(
                f"部门 {code} 已登记。请换一个代码。",
                f"There is a department {code} already. Choose another code.",
            )
        )


class CreditCodeDoesNotCheck(Fault):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            Text(
                zh=f"统一社会信用代码 {code} 的位数、字符或校验码不符（GB 32100）。请对照证书重新录入。",
                en=f"{code} isn't a unified social credit code: its length, characters or check character are wrong "
                "(GB 32100). Copy it again from the certificate.",
            )
        )


class NotAPartOfAnEntry(Fault):
    def __init__(self, parts: Iterable[str]) -> None:
        self.parts = tuple(sorted(parts))
        named = ", ".join(self.parts)
        super().__init__(
            Text(
                zh=f"目录条目不能这样编辑：{named}。可编辑的栏目：{', '.join(sorted(DESCRIBED))}。",
                en=f"An entry can't be edited in {named}. What can be: {', '.join(sorted(DESCRIBED))}.",
            )
        )


class ReasonNeeded(Fault):
    def __init__(self, action: Text) -> None:
        self.action = action
        super().__init__(
            Text(
                f"{action.zh}须说明理由。请填写理由后重试。",
                f"Give a reason to {action.en}. Write one and try again.",
            )
        )


class NotByWhoSubmitted(Fault):
    """In the authority's own department one person may hold both roles: they still don't review what they submitted."""

    def __init__(self, name: ResourceName, login: str) -> None:
        self.name, self.login = name, login
        super().__init__(
            Text(
                zh=f"{name} 由 {login} 提交，不能由本人审核发布。请另一名审核员办理。",
                en=f"{name} was submitted by {login}, who can't publish it as well. Another reviewer has to.",
            )
        )


def add_department(
    *,
    store: CatalogueStore,
    code: str,
    title: Text,
    credit_code: str = "",
    parent: str = "",
    sharing_head: str = "",
    authority: bool = False,
    by: Actor,
    at: datetime,
) -> Department:
    """Raises MayNot, NameNotUsable, DepartmentExists, CreditCodeDoesNotCheck, NoSuchDepartment (the parent)."""
    require(by, Role.ADMINISTRATOR, Role.AUTHORITY_REVIEWER, to=Text("登记部门", "add a department"))
    slug(code, what="department")
    if store.department(code):
        raise DepartmentExists(code)
    if credit_code and not credit_codes.holds(credit_code):
        raise CreditCodeDoesNotCheck(credit_code)
    if parent:
        find.department(store, parent)
    department = Department(code, title, credit_code, parent, sharing_head, authority)
    facts = {"code": code, "zh": title.zh, "en": title.en, "credit_code": credit_code, "authority": authority}
    store.save(department, Event("catalogue.department_added", at, by.login, f"department/{code}", facts))
    return department


def name_sharing_head(
    *, store: CatalogueStore, department: str, login: str, by: Actor, at: datetime
) -> Department:
    """The head of the sharing office signs for the department (Art. 11)."""
    require(
        by,
        Role.ADMINISTRATOR,
        Role.AUTHORITY_REVIEWER,
        to=Text("指定共享工作机构负责人", "name a head of a sharing office"),
    )
    known = find.department(store, department)
    named = replace(known, sharing_head=login)
    facts = {"before": known.sharing_head, "now": login}
    store.save(named, Event("catalogue.sharing_head_named", at, by.login, f"department/{department}", facts))
    return named


def adopt_elements(
    *, store: CatalogueStore, elements: Iterable[Element], by: Actor, at: datetime
) -> tuple[Element, ...]:
    """Takes the rules pack's elements that aren't in the catalogue yet; those that are keep their authority."""
    if by != SYSTEM:
        require(
            by,
            Role.ADMINISTRATOR,
            Role.AUTHORITY_REVIEWER,
            to=Text("采用数据元", "take elements from the rules pack"),
        )
    new = tuple(e for e in elements if store.element(e.code) is None)
    for element in new:
        facts = {"codes": [element.code]}
        store.save(
            element, Event("catalogue.elements_adopted", at, by.login, f"element/{element.code}", facts)
        )
    return new


def name_authority(
    *, store: CatalogueStore, element: str, department: str, by: Actor, at: datetime
) -> Element:
    """One element, one source department (一数一源, Art. 19): the authority decides which."""
    _reviews(store, by, to=Text("确定数源部门", "name an element's source department"))
    known = find.element(store, element)
    find.department(store, department)
    named = replace(known, authority=department)
    facts = {"before": known.authority, "now": department}
    store.save(named, Event("catalogue.authority_named", at, by.login, f"element/{element}", facts))
    return named


def draft(
    *,
    store: CatalogueStore,
    snapshot: Snapshot,
    title: Text | None = None,
    headings: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Resource:
    """An entry from a landed table; `headings` are column → heading as delivered. A later landing brings the columns up
    to date and keeps what people wrote: titles, elements, the nine fields, the state. New columns aren't served before
    their grade is confirmed, so a published entry may stay published.
    """
    name = snapshot.resource
    if by != SYSTEM and Role.ADMINISTRATOR not in by.roles:
        _keeps(by, name.department, to=Text("登记目录", "catalogue its tables"))
    find.department(store, name.department)
    known = store.resource(name)
    columns = _columns(snapshot, known, headings or {})
    if known is None:
        made = Resource(name, title or Text("", ""), name.department, columns)
        facts: dict[str, Json] = {"snapshot": snapshot.id, "fields": len(columns)}
        store.save(made, Event("catalogue.resource_drafted", at, by.login, f"resource/{name}", facts))
        return made
    if columns == known.fields:
        return known
    changed = replace(known, fields=columns)
    facts = {"snapshot": snapshot.id, **_differences(known.fields, columns)}
    store.save(changed, Event("catalogue.fields_changed", at, by.login, f"resource/{name}", facts))
    return changed


def _columns(snapshot: Snapshot, known: Resource | None, headings: Mapping[str, str]) -> tuple[Field, ...]:
    written = {f.name: f for f in known.fields} if known else {}
    return tuple(
        replace(
            written.get(column, Field(column, FieldType(type_))),
            type=FieldType(type_),
            source_name=headings.get(column, column),
        )
        for column, type_ in snapshot.columns
    )


def _differences(before: tuple[Field, ...], now: tuple[Field, ...]) -> dict[str, Json]:
    was, is_ = {f.name: f.type for f in before}, {f.name: f.type for f in now}
    return {
        "appeared": [name for name in is_ if name not in was],
        "vanished": [name for name in was if name not in is_],
        "retyped": [name for name in is_ if name in was and is_[name] != was[name]],
    }


def describe(
    *,
    store: CatalogueStore,
    name: ResourceName,
    titles: Mapping[str, Text] | None = None,
    by: Actor,
    at: datetime,
    **parts: Any,
) -> Resource:
    """Edits an entry: `parts` are Resource's own attributes (DESCRIBED), `titles` column → title.

    Raises MayNot, NoSuchResource, NotNow, NotAPartOfAnEntry, SecretsStayOut.
    """
    resource = find.resource(store, name)
    _keeps(by, resource.provider, to=Text("编辑目录条目", "edit its entries"))
    if parts.keys() - DESCRIBED:
        raise NotAPartOfAnEntry(parts.keys() - DESCRIBED)
    if resource.state not in rules.DESCRIBABLE:
        raise rules.NotNow(name, "describe", resource.state, rules.DESCRIBABLE)
    rules.no_secrets(name, parts.get("secrecy", Secrecy.NONE))
    columns = tuple(replace(f, title=(titles or {}).get(f.name, f.title)) for f in resource.fields)
    described = replace(resource, fields=columns, **parts)
    changed = sorted(
        part.name
        for part in parts_of(Resource)
        if getattr(described, part.name) != getattr(resource, part.name)
    )
    if not changed:
        return resource
    event = Event("catalogue.resource_described", at, by.login, f"resource/{name}", {"parts": changed})
    store.save(described, event)
    return described


def recognise(
    *, store: CatalogueStore, name: ResourceName, elements: Mapping[str, str], by: Actor, at: datetime
) -> Resource:
    """Matches columns to standard elements (column → element code, "" to unmatch), in any state: it says what a column
    is, not how it is shared. The gateway masks by it and finds by it the person whom a row is about."""
    resource = find.resource(store, name)
    if by != SYSTEM and Role.ADMINISTRATOR not in by.roles:
        _keeps(by, resource.provider, to=Text("对应数据元", "match its columns to elements"))
    for code in filter(None, elements.values()):
        find.element(store, code)
    columns = tuple(replace(f, element=elements.get(f.name, f.element)) for f in resource.fields)
    if columns == resource.fields:
        return resource
    recognised = replace(resource, fields=columns)
    changed = {
        now.name: now.element
        for now, was in zip(columns, resource.fields, strict=True)
        if now.element != was.element
    }
    event = Event("catalogue.elements_recognised", at, by.login, f"resource/{name}", {"elements": changed})
    store.save(recognised, event)
    return recognised


def submit(*, store: CatalogueStore, name: ResourceName, by: Actor, at: datetime) -> Resource | Incomplete:
    """To the authority for review (Art. 16), or everything that is still missing, told once."""
    resource = find.resource(store, name)
    _keeps(by, resource.provider, to=Text("提交目录条目", "submit its entries"))
    state = rules.move(resource, "submit")
    rules.no_secrets(name, resource.secrecy)
    missing = rules.missing(resource)
    if missing or resource.assessment is None:
        return Incomplete(missing)
    submitted = replace(resource, state=state, submitted_by=by.login, returned_because="")
    facts = {
        "assessed_on": resource.assessment.done_on.isoformat(),
        "approved_by": resource.assessment.approved_by,
        "flags": [flag.code for flag in rules.flags(resource)],
    }
    store.save(submitted, Event("catalogue.resource_submitted", at, by.login, f"resource/{name}", facts))
    return submitted


def publish(
    *, store: CatalogueStore, name: ResourceName, on: date | None = None, by: Actor, at: datetime
) -> Resource:
    """Announces a submitted entry to all (Art. 16). `on` is the day it bears, today where none is given."""
    resource = find.resource(store, name)
    _reviews(store, by, to=Text("发布目录条目", "publish an entry"))
    if by.login == resource.submitted_by:
        raise NotByWhoSubmitted(name, by.login)
    state = rules.move(resource, "publish")
    rules.no_secrets(name, resource.secrecy)
    published = replace(resource, state=state, published_on=on or at.date())
    facts = {"on": str(published.published_on)}
    store.save(published, Event("catalogue.resource_published", at, by.login, f"resource/{name}", facts))
    return published


def return_with_reasons(
    *, store: CatalogueStore, name: ResourceName, because: str, by: Actor, at: datetime
) -> Resource:
    resource = find.resource(store, name)
    _reviews(store, by, to=Text("退回目录条目", "return an entry"))
    state = rules.move(resource, "return")
    if not because.strip():
        raise ReasonNeeded(Text("退回目录条目", "return an entry"))
    returned = replace(resource, state=state, returned_because=because)
    event = Event("catalogue.resource_returned", at, by.login, f"resource/{name}", {"because": because})
    store.save(returned, event)
    return returned


def withdraw(*, store: CatalogueStore, name: ResourceName, because: str, by: Actor, at: datetime) -> Resource:
    """Takes an entry out of service, with a reason, until it is submitted again. Agreements stand; nothing is served."""
    resource = find.resource(store, name)
    if not by.may_act_as(Role.SHARING_HEAD, department=resource.provider):
        _reviews(store, by, to=Text("下架目录条目", "withdraw another department's entry"))
    state = rules.move(resource, "withdraw")
    if not because.strip():
        raise ReasonNeeded(Text("下架目录条目", "withdraw an entry"))
    withdrawn = replace(resource, state=state)
    event = Event("catalogue.resource_withdrawn", at, by.login, f"resource/{name}", {"because": because})
    store.save(withdrawn, event)
    return withdrawn


def _keeps(by: Actor, department: str, *, to: Text) -> None:
    """The providing department's data officer or the head of its sharing office."""
    require(by, Role.DATA_OFFICER, Role.SHARING_HEAD, department=department, to=to)


def _reviews(store: CatalogueStore, by: Actor, *, to: Text) -> None:
    """A reviewer of the sharing authority, and of no other department: nobody reviews their own department's entries
    unless that department is the authority itself (Art. 16)."""
    require(by, Role.AUTHORITY_REVIEWER, to=to)
    own = store.department(by.department)
    if own is None or not own.authority:
        raise MayNot(by.login, to, (Role.AUTHORITY_REVIEWER,), _authority(store))


def _authority(store: CatalogueStore) -> str:
    return next((d.code for d in store.departments() if d.authority), "")
