"""The eight departments' tables come in, each as its department keeps it, and are described, graded and published."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from datong.catalogue import actions as catalogue
from datong.catalogue.resource import Assessment, Resource
from datong.demo.departments import PROVIDERS, TABLES
from datong.demo.generate import CountyReport
from datong.demo.settling import acting
from datong.demo.tables import Table
from datong.grading import actions as grading
from datong.intake import actions as intake
from datong.intake.delivery import Delivery
from datong.terms.names import ResourceName
from datong.terms.refusal import Incomplete
from datong.terms.text import Text

if TYPE_CHECKING:
    from datong.wiring import Node

Say = Callable[[str], None]


def arrive(node: "Node", county: CountyReport, *, at: datetime, say: Say) -> list[Delivery]:
    """Each department's data officer adds the source and lands what is in it."""
    deliveries = []
    for department in PROVIDERS:
        officer = acting(node, f"{department.code}_data")
        source = intake.add_source(
            store=node.intake,
            catalogue=node.catalogue,
            name=department.code,
            url=county.source_url(department.code),
            department=department.code,
            by=officer,
            at=at,
        )
        for table in intake.tables_of(source=source, readers=node.readers):
            delivery = intake.land(
                source=source,
                table=table,
                store=node.intake,
                catalogue=node.catalogue,
                lake=node.lake,
                readers=node.readers,
                room=node.room,
                after_landing=node.after_landing,
                by=officer,
                at=at,
            )
            say(
                f"{delivery.resource}: read {delivery.read:,} = landed {delivery.landed:,} "
                f"+ quarantined {delivery.quarantined:,}"
            )
            deliveries.append(delivery)
    return deliveries


def publish(node: "Node", *, at: datetime) -> list[Resource]:
    """Every table is described by its data officer, graded, submitted with the head's approval, reviewed and announced."""
    return [_publish(node, table, at=at) for table in TABLES]


def _publish(node: "Node", table: Table, *, at: datetime) -> Resource:
    name = ResourceName(table.department, table.name)
    officer = acting(node, f"{table.department}_data")
    entry = table.entry
    catalogue.describe(
        store=node.catalogue,
        name=name,
        titles={column.name: column.title for column in table.columns},
        by=officer,
        at=at,
        title=table.title,
        abstract=entry.abstract,
        classification=entry.classification,
        update_cycle=entry.cycle,
        sharing=entry.sharing,
        sharing_basis=entry.basis,
        conditions=entry.conditions.zh,
        method=entry.method,
        open_to_public=entry.open_to_public,
        assessment=Assessment(at.date(), _ASSESSED.zh, f"{table.department}_head"),
    )
    standard = {column.name: column.standard for column in table.columns if column.standard}
    catalogue.recognise(store=node.catalogue, name=name, elements=standard, by=officer, at=at)
    _confirm(node, name, at=at)
    answer = catalogue.submit(store=node.catalogue, name=name, by=officer, at=at)
    if isinstance(answer, Incomplete):
        raise LookupError("; ".join(m.reason.en for m in answer.missing))
    return catalogue.publish(store=node.catalogue, name=name, by=acting(node, "reviewer"), at=at)


def _confirm(node: "Node", name: ResourceName, *, at: datetime) -> None:
    """The data officer confirms what was recognised as proposed, and looks at each of the others."""
    officer = acting(node, f"{name.department}_data")
    for waiting in grading.confirm_proposed(store=node.grading, resource=name, by=officer, at=at):
        grade = waiting.proposal.grade
        grading.confirm(
            store=node.grading, resource=name, column=waiting.column, grade=grade, by=officer, at=at
        )


_ASSESSED = Text(
    "经保密风险与个人信息保护影响评估，不含国家秘密和工作秘密；个人信息按级别脱敏后依协议提供。",
    "Assessed for secrecy and for its impact on personal information: no secrets; personal values leave treated, under agreements.",
)
