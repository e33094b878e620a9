"""Accounts: who may sign in, for which department, in which roles."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up for sign-in. New ones come from stores.accounts alone, which writes the event with them."""


class Account(AbstractBaseUser):
    """`roles` are terms.actor.Role values; Django's own permissions and groups aren't used.

    `identity_number` is sealed (see sealing.py) under a key outside the database; empty for everyone but citizens.
    """

    # A sign-in isn't a write: the column that AbstractBaseUser would touch each time is left out.
    last_login = None

    login = models.TextField(primary_key=True)
    name = models.TextField()
    department = models.TextField(blank=True)
    roles = models.JSONField(default=list)
    identity_number = models.BinaryField(default=b"")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        db_table = "account"
