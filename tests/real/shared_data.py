"""Where the real tables lie, and how a test says that they don't."""

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def real(path: str) -> Path:
    """The path of a real file or folder; skips the test, saying so, where there is none."""
    found = DATA / path
    if not found.exists():
        pytest.skip(f"no {path} in ../shared/data, so this ran on nothing real")
    return found
