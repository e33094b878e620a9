"""Keeps the catalogue (catalogue.store.CatalogueStore)."""

import unicodedata
from dataclasses import dataclass

from pydantic import TypeAdapter

from datong.catalogue.department import Department
from datong.catalogue.element import Element
from datong.catalogue.resource import Resource, ResourceState
from datong.records.document import Kept
from datong.records.models.catalogue import DepartmentRow, ElementRow, ResourceRow
from datong.records.writing import SHELF, Drain, writing
from datong.terms.event import Event
from datong.terms.names import ResourceName

_DEPARTMENTS = Kept(
    model=DepartmentRow,
    adapter=TypeAdapter(Department),
    subject=lambda department: f"department/{department.code}",
    key=lambda department: {"code": department.code},
)
_ELEMENTS = Kept(
    model=ElementRow,
    adapter=TypeAdapter(Element),
    subject=lambda element: f"element/{element.code}",
    key=lambda element: {"code": element.code},
)
_RESOURCES = Kept(
    model=ResourceRow,
    adapter=TypeAdapter(Resource),
    subject=lambda resource: f"resource/{resource.name}",
    key=lambda resource: {"name": str(resource.name)},
    columns=lambda resource: {
        "provider": resource.provider,
        "state": resource.state.value,
        "words": _words(resource),
    },
)


@dataclass(frozen=True)
class Catalogue:
    drain: Drain

    def department(self, code: str) -> Department | None:
        return _DEPARTMENTS.one(code=code)

    def departments(self) -> tuple[Department, ...]:
        return _DEPARTMENTS.all(_DEPARTMENTS.rows().order_by("code"))

    def element(self, code: str) -> Element | None:
        return _ELEMENTS.one(code=code)

    def elements(self) -> tuple[Element, ...]:
        return _ELEMENTS.all(_ELEMENTS.rows().order_by("code"))

    def resource(self, name: ResourceName) -> Resource | None:
        return _RESOURCES.one(name=str(name))

    def resources(
        self, *, state: ResourceState | None = None, provider: str | None = None
    ) -> tuple[Resource, ...]:
        rows = _RESOURCES.rows().order_by("name")
        if state is not None:
            rows = rows.filter(state=state.value)
        if provider is not None:
            rows = rows.filter(provider=provider)
        return _RESOURCES.all(rows)

    def search(self, text: str) -> tuple[Resource, ...]:
        """Resources in which every word of `text` occurs, whatever its case and width; by name."""
        rows = _RESOURCES.rows().order_by("name")
        for word in _folded(text).split():
            rows = rows.filter(words__contains=word)
        return _RESOURCES.all(rows)

    def save(self, noun: Department | Element | Resource, event: Event) -> None:
        # A department's or an element's wording decides nothing, but an element's code does find the person in a row.
        with writing(event, drain=self.drain, changes=(SHELF,)):
            match noun:
                case Department():
                    _DEPARTMENTS.write(noun)
                case Element():
                    _ELEMENTS.write(noun)
                case Resource():
                    _RESOURCES.write(noun)


def _words(resource: Resource) -> str:
    texts = (resource.title, resource.abstract, *(field.title for field in resource.fields))
    headings = (word for field in resource.fields for word in (field.name, field.source_name))
    written = (str(resource.name), resource.provider, resource.classification, *headings)
    return _folded("\n".join((*written, *(side for text in texts for side in (text.zh, text.en)))))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
