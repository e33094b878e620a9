"""Which node's database this process works on. A process serves one node at a time; tests and the demo turn from one to
another."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.db import connections

from datong import environment
from datong.records.database import database


def bind(home: Path) -> None:
    """Points Django at the control database of `home`. The first call sets Django up; the same home again costs nothing."""
    os.environ["DATONG_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "datong.settings")
    if not settings.configured:
        django.setup()
    elif bound() != home:
        turn(home, database(environment.text("DATONG_DATABASE_URL"), home=home))


def bound() -> Path | None:
    """The home this process works on; None before any."""
    return settings.DATONG_HOME if settings.configured else None


def turn(home: Path, description: dict[str, object]) -> None:
    """Every thread's connection shares one description, so that changing it in place turns them all at their next use."""
    connections.close_all()
    connections.settings["default"].update(description)
    settings.DATONG_HOME = home


def description() -> dict[str, object]:
    return dict(connections.settings["default"])
