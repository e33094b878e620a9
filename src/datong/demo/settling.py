"""The county sets its node up: departments with their heads, elements with their source departments, and accounts."""

from datetime import datetime
from typing import TYPE_CHECKING

from datong.catalogue import actions as catalogue
from datong.demo.accounts import Account
from datong.demo.departments import AUTHORITATIVE, DEPARTMENTS
from datong.terms.actor import Actor

if TYPE_CHECKING:
    from datong.wiring import Node

# One for all, since nobody here exists and the site answers this machine only. Printed by `datong demo`.
PASSWORD = "rongxi-demo"


def settle(node: "Node", accounts: tuple[Account, ...], *, at: datetime) -> None:
    admin = acting(node, "admin")
    for department in DEPARTMENTS:
        catalogue.add_department(
            store=node.catalogue,
            code=department.code,
            title=department.title,
            credit_code=department.credit_code,
            parent=department.parent,
            sharing_head=department.sharing_head,
            authority=department.authority,
            by=admin,
            at=at,
        )
    for account in accounts:
        node.accounts.add(
            login=account.login,
            name=account.name.zh,
            department=account.department,
            roles=account.roles,
            password=PASSWORD,
            identity_number=account.identity or None,
            by=admin,
            at=at,
        )
    reviewer = acting(node, "reviewer")
    for element, department_code in AUTHORITATIVE.items():
        catalogue.name_authority(
            store=node.catalogue, element=element, department=department_code, by=reviewer, at=at
        )


def acting(node: "Node", login: str) -> Actor:
    """The person behind a login of this county, which the story knows to exist."""
    actor = node.accounts.actor(login)
    if actor is None:
        raise LookupError(login)
    return actor
