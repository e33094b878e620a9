"""Runs intake_delivered.toml: what a department delivers, and what lands of it."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from datong.intake.delivery import DeliveryState
from tests.unit.intake.conftest import Intake

CASES = tomllib.loads((Path(__file__).parent / "intake_delivered.toml").read_text("utf-8"))["case"]
FORMS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark and CRLF": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "gb18030": lambda text: text.encode("gb18030"),
    "utf-16": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_delivered_lands_as_written(case: dict[str, Any], form: str, tmp_path: Path) -> None:
    intake = Intake(tmp_path)
    delivery = intake.land_text(FORMS[form](case["file"].removeprefix("\n")))
    assert delivery.state is DeliveryState.LANDED, delivery.stopped_because
    assert intake.types(delivery) == case["columns"]
    landed = [[_written(value) for value in row] for row in intake.rows(delivery)]
    expected = (
        [[cell.replace("\n", "\r\n") for cell in row] for row in case["rows"]]
        if "CRLF" in form
        else case["rows"]
    )
    assert landed == expected
    assert [f"{line} {reason}" for line, reason in intake.quarantined(delivery)] == case.get("quarantine", [])
    assert {kind for kind, _ in intake.repairs(delivery)} >= set(case.get("repairs", []))
    assert delivery.read == delivery.landed + delivery.quarantined


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
