"""Keeps accounts (terms.account.AccountStore). Passwords are hashed by Django, identity numbers sealed by the node."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from datong.records.models.accounts import Account
from datong.records.sealing import Sealer
from datong.records.writing import Drain, writing
from datong.terms.account import ADDED, CLOSED, PASSWORD_SET, SIGNED_IN
from datong.terms.actor import SYSTEM, Actor, Role
from datong.terms.event import Event
from datong.terms.fault import Fault
from datong.terms.identity_number import canonical
from datong.terms.may import require
from datong.terms.text import Text

# A login stands in every entry of the ledger. Nothing that could be an identity number or a mobile may stand there.
_LOGIN = re.compile(r"(?!.*\d{6})[a-z][a-z0-9._-]{1,63}\Z")
_IDENTITY_NUMBER = re.compile(r"\d{17}[\dX]\Z|\d{15}\Z")

_GUESSED = Text(zh="容易被猜中", en="it is easily guessed")
_WEAK = {
    "password_too_short": Text(zh="不足十个字符", en="it has fewer than ten characters"),
    "password_too_common": Text(zh="属于常用密码", en="it is one that many people use"),
    "password_entirely_numeric": Text(zh="全部为数字", en="it is all digits"),
}


class LoginNotUsable(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该登录名不可用：登录名会写入台账。请用小写字母开头的字母、数字、点、下划线或连字符，至多 64 个字符，"
                "不得含六位以上连续数字（以免写入证件号或手机号）。",
                en="That login can't be used: it stands in the ledger. Use lower-case letters, digits, dot, underscore and "
                "hyphen, beginning with a letter, 64 at most, with no six digits in a row: they could be a person's number.",
            )
        )


class LoginTaken(Fault):
    def __init__(self, login: str) -> None:
        self.login = login
        super().__init__(
            Text(
                zh=f"登录名 {login} 已被占用（停用账号的登录名也不再分配）。请换一个登录名。",
                en=f"The login {login} is taken; that of a closed account isn't given again. Choose another.",
            )
        )


class NoSuchAccount(Fault):
    def __init__(self, login: str) -> None:
        self.login = login
        super().__init__(
            Text(
                zh=f"没有登录名为 {login} 的在用账号。请在账号列表中核对。",
                en=f"There is no open account {login}. Look it up in the list of accounts.",
            )
        )


class PasswordTooWeak(Fault):
    def __init__(self, because: Text) -> None:
        super().__init__(
            Text(
                zh=f"密码强度不足，未予保存：{because.zh}。请另设密码。",
                en=f"The password is too easy to guess, so it wasn't saved: {because.en}. Choose another.",
            )
        )


class IdentityNumberNotReadable(Fault):
    """The number isn't repeated."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="公民身份号码应为 18 位（末位可为 X）或旧式 15 位，因此账号未建立。请核对后重新填写。",
                en="An identity number has 18 characters, the last of which may be X, or 15 in the old form; the account "
                "wasn't made. Check it and type it again.",
            )
        )


@dataclass(frozen=True)
class Accounts:
    drain: Drain
    sealer: Sealer

    def actor(self, login: str) -> Actor | None:
        account = Account.objects.filter(login=login, is_active=True).first()
        return _actor(account) if account else None

    def actors(self) -> tuple[Actor, ...]:
        """Everyone whose account is open, by login."""
        return tuple(map(_actor, Account.objects.filter(is_active=True).order_by("login")))

    def identity_number(self, login: str) -> str | None:
        sealed = (
            Account.objects.filter(login=login, is_active=True)
            .values_list("identity_number", flat=True)
            .first()
        )
        return self.sealer.open(sealed, about=f"account/{login}") if sealed else None

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
        _may(by, Text("新增账号", "add an account"))
        if not _LOGIN.match(login):
            raise LoginNotUsable
        held = sorted(role.value for role in roles)
        account = Account(login=login, name=name, department=department, roles=held)
        number = _readable(identity_number)
        if number:
            account.identity_number = self.sealer.seal(number, about=f"account/{login}")
        _give(account, password)
        facts = {"department": department, "roles": held}
        with writing(self._event(ADDED, login, by, at, facts, number), drain=self.drain):
            if Account.objects.filter(login=login).exists():
                raise LoginTaken(login)
            account.save(force_insert=True)
        return _actor(account)

    def set_password(self, *, login: str, password: str, by: Actor, at: datetime) -> None:
        """By the person themself or an administrator; everyone signed in under the old password is signed out."""
        if by.login != login:
            _may(by, Text("重设他人密码", "set another person's password"))
        account = _open_account(login)
        _give(account, password)
        with writing(self._event(PASSWORD_SET, login, by, at), drain=self.drain):
            account.save(update_fields=("password",))

    def close(self, *, login: str, by: Actor, at: datetime) -> None:
        _may(by, Text("停用账号", "close an account"))
        account = _open_account(login)
        account.is_active = False
        with writing(self._event(CLOSED, login, by, at), drain=self.drain):
            account.save(update_fields=("is_active",))

    def signed_in(self, *, login: str, at: datetime) -> None:
        """The site let them in: an event and nothing else, since no row changes."""
        with writing(Event(SIGNED_IN, at, login, f"account/{login}"), drain=self.drain):
            pass

    def _event(
        self,
        kind: str,
        login: str,
        by: Actor,
        at: datetime,
        facts: Mapping[str, object] | None = None,
        number: str | None = None,
    ) -> Event:
        return Event(
            kind=kind,
            at=at,
            by=by.login,
            subject=f"account/{login}",
            facts=facts or {},
            persons=(number,) if number else (),
        )


def _actor(account: Account) -> Actor:
    return Actor(
        login=account.login,
        name=account.name,
        department=account.department,
        roles=frozenset(map(Role, account.roles)),
    )


def _may(by: Actor, to: Text) -> None:
    # The node itself makes the first account; after that somebody answers for each.
    if by != SYSTEM:
        require(by, Role.ADMINISTRATOR, to=to)


def _open_account(login: str) -> Account:
    account: Account | None = Account.objects.filter(login=login, is_active=True).first()
    if account is None:
        raise NoSuchAccount(login)
    return account


def _readable(number: str | None) -> str | None:
    if number is None:
        return None
    number = canonical(number)
    if not _IDENTITY_NUMBER.match(number):
        raise IdentityNumberNotReadable
    return number


def _give(account: Account, password: str | None) -> None:
    if password is not None and (faults := _weaknesses(password)):
        raise PasswordTooWeak(faults)
    account.set_password(password)


def _weaknesses(password: str) -> Text | None:
    """By the codes of Django's checks: its sentences aren't all translated."""
    try:
        validate_password(password)
    except ValidationError as fault:
        reasons = [_WEAK.get(each.code, _GUESSED) for each in fault.error_list]
        return Text(zh="；".join(r.zh for r in reasons), en="; ".join(r.en for r in reasons))
    return None
