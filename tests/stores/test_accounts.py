"""Accounts: a login becomes an actor, a citizen's number stays sealed, and what is closed stays closed."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from datong.ledger.log import Log
from datong.records.sealing import SealDoesNotOpen
from datong.records.stores.accounts import (
    Accounts,
    IdentityNumberNotReadable,
    LoginNotUsable,
    LoginTaken,
    NoSuchAccount,
    PasswordTooWeak,
)
from datong.terms.account import ADDED, CLOSED, PASSWORD_SET
from datong.terms.actor import SYSTEM, Actor, Role
from datong.terms.may import MayNot
from tests.fakes import ADMIN, POLICE_DATA
from tests.stores.nouns import AT

PASSWORD = "banyan by the ferry"
NUMBER = "99010119800101001X"  # no area has the prefix 99


def officer(accounts: Accounts, login: str = "health.lin", **changed: Any) -> Actor:
    known = {
        "name": "林小榕",
        "department": "health",
        "roles": (Role.OFFICER,),
        "password": PASSWORD,
        "by": ADMIN,
    }
    return accounts.add(login=login, at=AT, **{**known, **changed})


def citizen(accounts: Accounts, **changed: Any) -> Actor:
    known = {"department": "", "roles": (Role.CITIZEN,), "identity_number": NUMBER}
    return officer(accounts, "citizen.one", **{**known, **changed})


def test_a_new_account_is_the_actor_it_was_made_as(accounts: Accounts) -> None:
    made = officer(accounts, roles=(Role.OFFICER, Role.DATA_OFFICER))
    assert made == accounts.actor("health.lin")
    assert made == Actor("health.lin", "林小榕", "health", frozenset({Role.OFFICER, Role.DATA_OFFICER}))
    assert accounts.actor("nobody") is None


def test_only_the_right_password_signs_in(accounts: Accounts) -> None:
    officer(accounts)
    assert authenticate(username="health.lin", password=PASSWORD) is not None
    assert authenticate(username="health.lin", password="banyan by the river") is None


def test_an_account_without_a_password_cant_sign_in_until_it_has_one(accounts: Accounts) -> None:
    officer(accounts, password=None, by=SYSTEM)
    assert authenticate(username="health.lin", password="") is None
    accounts.set_password(login="health.lin", password=PASSWORD, by=ADMIN, at=AT)
    assert authenticate(username="health.lin", password=PASSWORD) is not None


def test_a_closed_account_is_nobody_and_its_login_stays_taken(accounts: Accounts) -> None:
    citizen(accounts)
    accounts.close(login="citizen.one", by=ADMIN, at=AT)
    assert accounts.actor("citizen.one") is None
    assert accounts.actors() == ()
    assert accounts.identity_number("citizen.one") is None
    assert authenticate(username="citizen.one", password=PASSWORD) is None
    with pytest.raises(LoginTaken):
        citizen(accounts)
    with pytest.raises(NoSuchAccount):
        accounts.close(login="citizen.one", by=ADMIN, at=AT)


def test_a_citizens_number_comes_back_for_their_own_page(accounts: Accounts) -> None:
    citizen(accounts, identity_number=NUMBER.lower())
    assert accounts.identity_number("citizen.one") == NUMBER
    officer(accounts)
    assert accounts.identity_number("health.lin") is None


def test_a_copy_of_the_database_tells_no_number_and_no_password(accounts: Accounts) -> None:
    citizen(accounts)
    with connection.cursor() as cursor:
        for table in ("account", "outbox"):
            cursor.execute(f"SELECT * FROM {table}")
            told = repr([bytes(v) if isinstance(v, memoryview) else v for row in cursor for v in row])
            assert NUMBER not in told
            assert NUMBER[6:14] not in told
            assert PASSWORD not in told


def test_one_citizens_sealed_number_is_worth_nothing_on_anothers_account(accounts: Accounts) -> None:
    citizen(accounts)
    officer(accounts)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE account SET identity_number = (SELECT identity_number FROM account WHERE login = 'citizen.one')"
            " WHERE login = 'health.lin'"
        )
    with pytest.raises(SealDoesNotOpen):
        accounts.identity_number("health.lin")


def test_only_an_administrator_makes_accounts_and_only_they_set_anothers_password(accounts: Accounts) -> None:
    made = officer(accounts)
    with pytest.raises(MayNot):
        officer(accounts, "health.chen", by=POLICE_DATA)
    with pytest.raises(MayNot):
        accounts.set_password(login="health.lin", password=PASSWORD, by=POLICE_DATA, at=AT)
    with pytest.raises(MayNot):
        accounts.close(login="health.lin", by=made, at=AT)
    accounts.set_password(login="health.lin", password="another long one", by=made, at=AT)


@pytest.mark.parametrize(
    "login", ["", "Lin", "林", "9lin", "a b", "lin@health", "x99010119800101001x", "m13800000000", "a" * 65]
)
def test_a_login_that_could_be_a_persons_number_or_breaks_a_line_is_refused(
    accounts: Accounts, login: str
) -> None:
    with pytest.raises(LoginNotUsable):
        officer(accounts, login)


@pytest.mark.parametrize("password", ["banyan", "password123", "12345678901234"])
def test_a_password_that_is_easily_guessed_is_refused_in_both_languages(
    accounts: Accounts, password: str
) -> None:
    with pytest.raises(PasswordTooWeak) as refused:
        officer(accounts, password=password)
    assert "密码" in refused.value.text.zh
    assert "password" in refused.value.text.en
    assert password not in refused.value.text.zh + refused.value.text.en
    assert accounts.actor("health.lin") is None


def test_a_number_that_isnt_one_is_refused_and_not_repeated(accounts: Accounts) -> None:
    with pytest.raises(IdentityNumberNotReadable) as refused:
        citizen(accounts, identity_number="99010119800101")
    assert "9901" not in str(refused.value)


def test_what_happens_to_an_account_is_in_the_ledger_and_the_citizen_finds_it(
    accounts: Accounts, log: Log
) -> None:
    citizen(accounts)
    accounts.set_password(login="citizen.one", password="another long one", by=ADMIN, at=AT)
    accounts.close(login="citizen.one", by=ADMIN, at=AT)
    entries = [entry for _, entry in log.entries()]
    assert [entry.kind for entry in entries] == [ADDED, PASSWORD_SET, CLOSED]
    assert {entry.subject for entry in entries} == {"account/citizen.one"}
    assert {entry.by for entry in entries} == {"admin"}
    assert log.concerning(NUMBER) == [0]
    assert NUMBER not in repr(entries)
