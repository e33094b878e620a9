"""The stores, each on the database that this run is for, with a ledger behind them; and the fakes that other tests use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from datong.ledger.log import Log
from datong.records import outbox
from datong.records.log import open_log
from datong.records.sealing import Sealer
from datong.records.stores.accounts import Accounts
from datong.records.stores.catalogue import Catalogue
from datong.records.stores.grading import Grading
from datong.records.stores.intake import Intake
from datong.records.stores.sharing import Sharing
from tests.fakes import FakeCatalogueStore, FakeGradingStore, FakeIntakeStore, FakeSharingStore


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return open_log(tmp_path, name="test.invalid/log")


@pytest.fixture
def drain(log: Log, transactional_db: None) -> Callable[[], object]:
    return lambda: outbox.drain(log)


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return Sealer.of(tmp_path / "keys" / "records.key")


@pytest.fixture
def accounts(drain: Callable[[], object], sealer: Sealer) -> Accounts:
    return Accounts(drain, sealer)


# The fakes are held to the suite that the real stores are held to, so that a test on a fake is worth something.
@pytest.fixture(params=["database", "dictionaries"])
def kept_in(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def catalogue(kept_in: str, request: pytest.FixtureRequest) -> Any:
    if kept_in == "dictionaries":
        fake = FakeCatalogueStore()
        fake._departments.clear()
        return fake
    return Catalogue(request.getfixturevalue("drain"))


@pytest.fixture
def grading(kept_in: str, request: pytest.FixtureRequest) -> Any:
    return FakeGradingStore() if kept_in == "dictionaries" else Grading(request.getfixturevalue("drain"))


@pytest.fixture
def intake(kept_in: str, request: pytest.FixtureRequest) -> Any:
    if kept_in == "dictionaries":
        return FakeIntakeStore()
    return Intake(request.getfixturevalue("drain"), request.getfixturevalue("sealer"))


@pytest.fixture
def sharing(kept_in: str, request: pytest.FixtureRequest) -> Any:
    return FakeSharingStore() if kept_in == "dictionaries" else Sharing(request.getfixturevalue("drain"))
