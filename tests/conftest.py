"""Every test process has a node's folder of its own, set before Django reads its settings.

The settings aren't named in pyproject: pytest-django would load them before this file, and make keys in ./home.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
from django.db import connections

HOME = Path(tempfile.mkdtemp(prefix="datong-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["DATONG_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "datong.settings"
django.setup()

# A file and not SQLite's memory: what is tested is what other processes see, and how long they wait.
if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
    connections.settings["default"]["TEST"]["NAME"] = str(HOME / "test.sqlite")
