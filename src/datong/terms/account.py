"""Accounts: how a login becomes an actor. Who keeps them is records; who shows them is the site and the command line."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from datong.terms.actor import Actor, Role
from datong.terms.text import Text

ADDED = "account.added"
PASSWORD_SET = "account.password_set"
CLOSED = "account.closed"
SIGNED_IN = "account.signed_in"

KINDS: dict[str, Text] = {
    ADDED: Text("新增账号；facts：部门、角色", "An account was added; facts: department, roles"),
    PASSWORD_SET: Text("设置账号密码", "An account's password was set"),
    CLOSED: Text("停用账号", "An account was closed"),
    SIGNED_IN: Text("登录网站", "Somebody signed in to the site"),
}


class AccountStore(Protocol):
    """An account that is closed is nobody: its login gives None, and stays taken."""

    def actor(self, login: str) -> Actor | None: ...

    def actors(self) -> tuple[Actor, ...]: ...

    def identity_number(self, login: str) -> str | None:
        """The number of the citizen behind an account: for that citizen's own page, and for nothing else."""
        ...

    def add(
        self,
        *,
        login: str,
        name: str,
        department: str,
        roles: Iterable[Role],
        password: str | None,
        identity_number: str | None = None,
        by: Actor,
        at: datetime,
    ) -> Actor:
        """`password` None: the account exists and can't sign in until it is given one."""
        ...

    def set_password(self, *, login: str, password: str, by: Actor, at: datetime) -> None: ...

    def close(self, *, login: str, by: Actor, at: datetime) -> None: ...

    def signed_in(self, *, login: str, at: datetime) -> None: ...
