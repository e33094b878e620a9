"""Which node this process works on. Django knows one database and one key at a time; a process that serves people never
turns to another node, a test or a script that opens several does.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.functional import SimpleLazyObject

from datong import environment
from datong.records.database import database
from datong.records.key_file import django_key


def set_up() -> None:
    """Before anything imports a model. Reads settings, makes nothing, opens nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "datong.settings")
    if not apps.ready:
        django.setup()


def bind(home: Path) -> None:
    """Turns this process to the node in `home`."""
    if bound() != home:
        key = SimpleLazyObject(lambda: django_key(home))
        _turn(home, database(environment.text("DATONG_DATABASE_URL"), home=home), key)


def bound() -> Path:
    """The node's folder this process works on."""
    return Path(settings.DATONG_HOME)


@contextmanager
def returning() -> Iterator[None]:
    """Whatever node the block turns to, the process comes back to the one it was on."""
    home, description, key = bound(), dict(connections.settings["default"]), settings.SECRET_KEY
    try:
        yield
    finally:
        _turn(home, description, key)


def migrate() -> None:
    call_command("migrate", verbosity=0)


def behind() -> bool:
    """Whether the database lacks tables or columns that this version of Datong writes."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _turn(home: Path, description: dict[str, Any], key: object) -> None:
    # Every thread's connection holds this one description, so changing it in place turns them all at their next use.
    connections.close_all()
    connections.settings["default"].update(description)
    settings.DATONG_HOME, settings.SECRET_KEY = home, key
    os.environ["DATONG_HOME"] = str(home)
