"""Fixtures for tests on real tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from datong.records import binding
from tests.real.bureau import Bureau


@pytest.fixture
def bureau(tmp_path: Path, capsys: pytest.CaptureFixture[str], django_db_blocker: Any) -> Iterator[Bureau]:
    with django_db_blocker.unblock(), binding.returning():
        yield Bureau(tmp_path / "home", capsys, tmp_path)
