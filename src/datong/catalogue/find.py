"""What an action begins with: the noun it is about, or a plain word that there is none."""

from datong.catalogue.department import Department
from datong.catalogue.element import Element
from datong.catalogue.resource import Resource
from datong.catalogue.store import CatalogueStore
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text


class NoSuchDepartment(Fault):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            Text(
                zh=f"尚未登记代码为 {code!r} 的部门。请先登记部门，或核对代码。",
                en=f"There is no department {code!r}. Add it first, or check the code.",
            )
        )


class NoSuchElement(Fault):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            Text(
                zh=f"没有数据元 {code!r}。数据元列在规则包的 elements.toml 中，请从中选取。",
                en=f"There is no data element {code!r}. Elements are listed in elements.toml of the rules pack: choose one there.",
            )
        )


class NoSuchResource(Fault):
    def __init__(self, name: ResourceName) -> None:
        self.name = name
        super().__init__(
            Text(
                zh=f"目录中没有 {name}。请核对名称（部门.表），或先让该表入湖。",
                en=f"The catalogue has no {name}. Check the name (department.table), or land that table first.",
            )
        )


def department(store: CatalogueStore, code: str) -> Department:
    found = store.department(code)
    if found is None:
        raise NoSuchDepartment(code)
    return found


def element(store: CatalogueStore, code: str) -> Element:
    found = store.element(code)
    if found is None:
        raise NoSuchElement(code)
    return found


def resource(store: CatalogueStore, name: ResourceName) -> Resource:
    found = store.resource(name)
    if found is None:
        raise NoSuchResource(name)
    return found
