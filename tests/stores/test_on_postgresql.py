"""The whole suite of this folder once more, on a PostgreSQL that the test starts itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stores import postgresql

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATONG_DATABASE_URL")), reason="this is the run on PostgreSQL")
@pytest.mark.skipif(
    postgresql.binaries() is None,
    reason="PostgreSQL isn't on this machine (no initdb on PATH or under /usr/lib/postgresql): SQLite alone was tested",
)
def test_every_store_keeps_its_promises_on_postgresql_too() -> None:
    with postgresql.running() as url:
        # A process of its own: which database Django works on is settled when a process starts.
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "tests/stores", "-n", "0", "-rs", "--color=no"],
            cwd=ROOT,
            env={**os.environ, "DATONG_DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2_000:]
