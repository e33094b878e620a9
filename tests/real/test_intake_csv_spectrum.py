"""The corner cases of CSV, against their JSON truth."""

import json
from pathlib import Path

import pytest

from datong.intake.delivery import DeliveryState
from tests.real.shared_data import real
from tests.unit.intake.conftest import Intake

pytestmark = pytest.mark.real

CASES = (
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates", "newlines", "newlines_crlf",
    "quotes_and_newlines", "simple", "simple_crlf", "utf8",
)  # fmt: skip
# The truth of this one has another, made-up telephone number than its CSV.
SCRUBBED = {"location_coordinates": {"Contact Phone Number"}}


@pytest.mark.parametrize("case", CASES)
def test_every_cell_is_read(case: str, tmp_path: Path) -> None:
    folder = real("tables/csv_spectrum")
    truth = json.loads((folder / "json" / f"{case}.json").read_text("utf-8"))
    truth = truth if isinstance(truth, list) else [truth]
    intake = Intake(tmp_path)
    delivery = intake.land(f"{case}.csv", source=intake.source(str(folder / "csvs")))
    assert delivery.state is DeliveryState.LANDED
    assert delivery.quarantined == 0
    rows = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in intake.table(delivery).to_pylist()
    ]
    for name in SCRUBBED.get(case, ()):
        for row in (*rows, *truth):
            row.pop(name)
    assert rows == truth
