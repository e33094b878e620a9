"""May this person? By role and department alone; whether it is possible now is said in rules.py."""

from datong.catalogue.store import CatalogueStore
from datong.sharing.agreement import Agreement
from datong.sharing.request import ShareRequest
from datong.terms.actor import Actor, Role
from datong.terms.fault import Fault
from datong.terms.may import MayNot, require
from datong.terms.text import Text


class NotByWhoAsked(Fault):
    """Whoever sent a request, or consented to it, doesn't answer it, whatever other roles they hold."""

    def __init__(self, request: str, login: str) -> None:
        self.request, self.login = request, login
        super().__init__(
            Text(
                zh=f"{login} 参与提出了申请 {request}，不能由本人答复。请由提供方的其他负责人答复。",
                en=f"{login} took part in making request {request} and so can't answer it. "
                "Another head at the provider's sharing office has to.",
            )
        )


def to_request(by: Actor) -> None:
    """Anyone who works for a department asks in its name; the consent of its head is a condition, not a role."""
    require(
        by,
        Role.OFFICER,
        Role.DATA_OFFICER,
        Role.SHARING_HEAD,
        to=Text("提出共享申请", "ask for a department's data"),
    )
    if not by.department:
        raise MayNot(by.login, Text("提出共享申请", "ask for a department's data"), (Role.OFFICER,))


def to_answer(by: Actor, request: ShareRequest) -> None:
    """The head of the provider's sharing office signs (Art. 8, 21)."""
    require(
        by,
        Role.SHARING_HEAD,
        department=request.provider,
        to=Text(f"答复申请 {request.id}", f"answer request {request.id}"),
    )
    if by.login in (request.submitted_by, request.consented_by):
        raise NotByWhoAsked(request.id, by.login)


def to_revoke(by: Actor, agreement: Agreement, catalogue: CatalogueStore) -> None:
    """The provider's head (with cause, Art. 27), the consumer's head (the purpose is done), or the authority."""
    if any(by.may_act_as(Role.SHARING_HEAD, department=d) for d in (agreement.provider, agreement.consumer)):
        return
    own = catalogue.department(by.department)
    if own is None or not own.authority or Role.AUTHORITY_REVIEWER not in by.roles:
        raise MayNot(
            by.login,
            Text(f"终止协议 {agreement.id}", f"revoke agreement {agreement.id}"),
            (Role.SHARING_HEAD, Role.AUTHORITY_REVIEWER),
        )
