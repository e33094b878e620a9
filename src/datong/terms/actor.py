"""Who acts: a person signed in, the department they act for, and the roles they hold there (共享条例 Art. 8, 11)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    OFFICER = "officer"  # 经办人: works with data under an agreement
    DATA_OFFICER = "data_officer"  # 数据专员: keeps a department's catalogue and grades
    SHARING_HEAD = "sharing_head"  # 共享工作机构负责人: signs for the department
    AUTHORITY_REVIEWER = "authority_reviewer"  # 共享主管部门审核员: the data bureau's reviewer
    AUDITOR = "auditor"  # 审计员: reads the ledger, nothing else
    CITIZEN = "citizen"  # 公民: sees who used their own data
    ADMINISTRATOR = "administrator"  # 管理员: adds departments, sources and accounts; reads no data


@dataclass(frozen=True)
class Actor:
    """A person acting. `login` is the account's name, never an identity number; `department` is empty for a citizen."""

    login: str
    name: str
    department: str
    roles: frozenset[Role]

    def may_act_as(self, role: Role, *, department: str | None = None) -> bool:
        """Whether this person holds `role`, and, where a department is named, holds it there."""
        return role in self.roles and (department is None or self.department == department)


SYSTEM = Actor(login="system", name="Datong", department="", roles=frozenset())
