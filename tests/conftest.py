"""Every test process has a node's folder of its own, set before Django reads its settings.

The settings aren't named in pyproject: pytest-django would load them before this file, and make keys in ./home.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.db import connections

if TYPE_CHECKING:
    from datong.wiring import Node

HOME = Path(tempfile.mkdtemp(prefix="datong-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["DATONG_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "datong.settings"
django.setup()

# A file and not SQLite's memory: what is tested is what other processes see, and how long they wait.
if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
    connections.settings["default"]["TEST"]["NAME"] = str(HOME / "test.sqlite")


@pytest.fixture(scope="session")
def _fresh_node(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    from datong.records import binding
    from datong.wiring import Node

    home = tmp_path_factory.mktemp("node") / "home"
    with django_db_blocker.unblock(), binding.returning():
        Node.init(home).close()
    return home


@pytest.fixture
def node(_fresh_node: Path, tmp_path: Path, django_db_blocker: Any) -> "Iterator[Node]":
    """A node of its own, as `datong init` leaves one: on SQLite, in a folder that goes with the test.

    settings.DATONG_HOME is its home while the test runs, so the site serves it too. Not to be mixed with django_db.
    """
    from datong.records import binding
    from datong.wiring import Node

    home = tmp_path / "home"
    shutil.copytree(_fresh_node, home)
    with django_db_blocker.unblock(), binding.returning():
        opened = Node.open(home)
        try:
            yield opened
        finally:
            opened.close()
