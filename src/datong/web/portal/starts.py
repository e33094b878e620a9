"""What a person in a role can begin of their own accord."""

from dataclasses import dataclass

from datong.terms.actor import Actor, Role
from datong.terms.text import Text


@dataclass(frozen=True)
class Start:
    path: str
    title: Text
    roles: frozenset[Role]


STARTS = (
    Start(
        "/mine/",
        Text(zh="查询谁用过我的信息", en="See who used my data"),
        frozenset({Role.CITIZEN}),
    ),
    Start(
        "/query/",
        Text(zh="依共享协议查询数据", en="Query data under an agreement"),
        frozenset({Role.OFFICER, Role.DATA_OFFICER, Role.SHARING_HEAD}),
    ),
    Start(
        "/catalogue/",
        Text(zh="查目录，申请共享其他部门的数据", en="Find data in the catalogue and request it"),
        frozenset({Role.OFFICER, Role.DATA_OFFICER, Role.SHARING_HEAD}),
    ),
    Start(
        "/sources/",
        Text(zh="查看本部门数据源与交付报告", en="Look at our sources and what was delivered"),
        frozenset({Role.DATA_OFFICER, Role.SHARING_HEAD}),
    ),
    Start(
        "/sharing/",
        Text(zh="查看共享申请与协议", en="Look at requests and agreements"),
        frozenset({Role.SHARING_HEAD, Role.OFFICER, Role.AUTHORITY_REVIEWER, Role.AUDITOR}),
    ),
    Start(
        "/ledger/",
        Text(zh="查阅并核验台账", en="Read and verify the ledger"),
        frozenset({Role.AUDITOR, Role.AUTHORITY_REVIEWER}),
    ),
    Start(
        "/sources/",
        Text(zh="查看各部门数据源", en="Look at the departments' sources"),
        frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    ),
)


def starts(person: Actor) -> list[Start]:
    return [start for start in STARTS if person.roles & start.roles]
