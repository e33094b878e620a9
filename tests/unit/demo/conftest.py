"""One small county, generated once for all tests of the demonstration."""

from pathlib import Path

import pytest

from datong.demo.county import County, found
from datong.demo.generate import CountyReport, generate

PEOPLE, SEED = 1500, 7


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> CountyReport:
    return generate(people=PEOPLE, seed=SEED, into=tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="session")
def truth(report: CountyReport) -> Path:
    return report.into / "truth"


@pytest.fixture(scope="session")
def county() -> County:
    return found(PEOPLE, seed=SEED)


@pytest.fixture(scope="session")
def larger() -> County:
    """Where a share of a share must still be somebody."""
    return found(8000, seed=SEED)
