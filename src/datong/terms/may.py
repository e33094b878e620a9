"""May this person do that? A role, held in the right department, or a plain "no" that says who could."""

from datong.terms.actor import Actor, Role
from datong.terms.fault import Fault
from datong.terms.text import Text

TITLES = {
    Role.OFFICER: Text("经办人", "officer"),
    Role.DATA_OFFICER: Text("数据专员", "data officer"),
    Role.SHARING_HEAD: Text("共享工作机构负责人", "head of the sharing office"),
    Role.AUTHORITY_REVIEWER: Text("共享主管部门审核员", "reviewer of the sharing authority"),
    Role.AUDITOR: Text("审计员", "auditor"),
    Role.CITIZEN: Text("公民", "citizen"),
    Role.ADMINISTRATOR: Text("管理员", "administrator"),
}


class MayNot(Fault):
    """`login` may not do `action`; `needs` are the roles that may, in `department` where one is named ("" for any)."""

    def __init__(self, login: str, action: Text, needs: tuple[Role, ...], department: str = "") -> None:
        self.login, self.action, self.needs, self.department = login, action, needs, department
        zh = "、".join(TITLES[role].zh for role in needs)
        en = " or ".join(TITLES[role].en for role in needs)
        of_zh, of_en = (f"{department} 部门的", f" of {department}") if department else ("", "")
        super().__init__(
            Text(
                zh=f"{login} 不能{action.zh}：须由{of_zh}{zh}办理。请联系其办理，或请管理员核对您的角色。",
                en=f"{login} may not {action.en}: that takes a {en}{of_en}. "
                "Ask one of them, or ask an administrator to check your roles.",
            )
        )


def require(by: Actor, *roles: Role, to: Text, department: str | None = None) -> None:
    """Raises MayNot unless `by` holds one of `roles`, in `department` where one is named.

    `to` completes "may not …": Text("发布目录", "publish a resource").
    """
    if not any(by.may_act_as(role, department=department) for role in roles):
        raise MayNot(by.login, to, roles, department or "")
