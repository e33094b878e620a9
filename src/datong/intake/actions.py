"""What people do in intake: add a source, see its tables, land one of them."""

from datetime import datetime

from datong.catalogue.store import CatalogueStore
from datong.intake import naming
from datong.intake.delivery import Delivery
from datong.intake.lake import Lake
from datong.intake.landing import AfterLanding, Clock, Landing
from datong.intake.progress import Listener, silent
from datong.intake.reader import Readers, reader_of
from datong.intake.source import Source, shown
from datong.intake.store import IntakeStore
from datong.intake.workroom import Workroom
from datong.terms.actor import SYSTEM, Actor, Role
from datong.terms.event import Event
from datong.terms.fault import Fault
from datong.terms.may import require
from datong.terms.names import ResourceName, slug
from datong.terms.text import Text


class SourceExists(Fault):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            Text(
                f"数据源 {name} 已登记。请换一个名称。",
                f"There is a source {name} already. Choose another name.",
            )
        )


class DepartmentUnknown(Fault):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            Text(
                f"没有代码为 {code} 的部门。请先登记部门。",
                f"There is no department {code}. Add the department first.",
            )
        )


def add_source(
    *,
    store: IntakeStore,
    catalogue: CatalogueStore,
    name: str,
    url: str,
    department: str,
    by: Actor,
    at: datetime,
) -> Source:
    """Raises MayNot, NameNotUsable, SourceExists, DepartmentUnknown."""
    _may(by, department, Text("登记数据源", "add a source"))
    slug(name, what="source")
    if store.source(name):
        raise SourceExists(name)
    if catalogue.department(department) is None:
        raise DepartmentUnknown(department)
    source = Source(name, url, department, at)
    facts = {"department": department, "url": shown(url)}
    store.save(source, Event("intake.source_added", at, by.login, f"source/{name}", facts))
    return source


def tables_of(*, source: Source, readers: Readers) -> tuple[str, ...]:
    """What can be landed from it: files and sheets, or a database's tables. Raises NoReaderFor, SourceOutOfReach."""
    return reader_of(source.url, readers).tables(source.url)


def land(
    *,
    source: Source,
    table: str,
    store: IntakeStore,
    catalogue: CatalogueStore,
    lake: Lake,
    readers: Readers,
    room: Workroom,
    name: ResourceName | None = None,
    after_landing: AfterLanding | None = None,
    accept_changes: bool = False,
    progress: Listener = silent,
    clock: Clock | None = None,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Reads `table` from beginning to end and makes it the resource `name` (by default department.table) in one commit.

    Returns the delivery: LANDED, UNCHANGED where the content is that of last time, or STOPPED with what a person must do;
    then the last good snapshot stands. `accept_changes` answers the questions of `questions.py` with yes. `clock` tells
    when it ended, where that differs from `at`. Raises MayNot, LandingUnderWay, before anything is read. A landing that was killed is finished by the next one of the same table.
    """
    _may(by, source.department, Text("入湖", "land its tables"))
    resource = name or naming.resource_name(source.department, table)
    with room.alone(resource):
        landing = Landing(
            source, table, resource, store, catalogue, lake, room, after_landing, accept_changes, progress,
            clock or (lambda: at), by, at,
        )  # fmt: skip
        return landing.run(readers)


def _may(by: Actor, department: str, to: Text) -> None:
    if by != SYSTEM and Role.ADMINISTRATOR not in by.roles:
        require(by, Role.DATA_OFFICER, Role.SHARING_HEAD, department=department, to=to)
