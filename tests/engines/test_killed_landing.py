"""A kill at any moment leaves the last good snapshot, and the next run finishes the work."""

import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from datong.engines.lake import IcebergLake
from datong.intake.delivery import DeliveryState
from datong.terms.names import ResourceName

RESOURCE = ResourceName("police", "t")
ROWS = 50_000
POINTS = [
    "after intake.delivery_started",
    "decode 1",
    "land 1",
    "land 2",
    "before intake.delivery_read",
    "after intake.delivery_read",
    "before the commit",
    "after the commit",
    "after landing",
    "before intake.delivery_landed",
]


def land(home: Path, point: str = "") -> "subprocess.CompletedProcess[str]":
    script = Path(__file__).with_name("killed_landing.py")
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, str(script), str(home), point],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(root), "PATH": ""},
    )


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node with one good snapshot."""
    home = tmp_path_factory.mktemp("standing")
    (home / "inbox").mkdir()
    (home / "inbox" / "t.csv").write_text("n,text\n" + "1,x\n" * ROWS)
    done = land(home)
    assert done.stdout.strip() == "landed", done.stderr
    return home


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_any_moment_leaves_the_last_good_snapshot_and_the_next_run_finishes(
    point: str, standing: Path
) -> None:
    lake = IcebergLake(standing / "lake")
    before = lake.current(RESOURCE)
    assert before is not None
    rows = "".join(f"{i},{point:_<120}\n" for i in range(ROWS))
    (standing / "inbox" / "t.csv").write_text("n,text\n" + rows)
    killed = land(standing, point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    after_kill = lake.current(RESOURCE)
    assert after_kill is not None
    assert after_kill.rows == ROWS
    assert all(Path(file).is_file() for file in after_kill.files)

    again = land(standing)
    assert again.stdout.strip() in ("landed", "unchanged"), again.stderr
    now = lake.current(RESOURCE)
    assert now is not None
    assert (now.rows, now.id != before.id) == (ROWS, True)
    history = [snapshot.delivery for snapshot in lake.history(RESOURCE)]
    assert len(history) == len(set(history))  # a delivery is never there twice
    rooms = {room.name for room in (standing / "lake" / "police" / "t" / "data").iterdir()}
    assert rooms == set(history)  # and nothing is left of what was killed
    assert not list((standing / "landing").glob("*.arrow"))

    store = pickle.loads((standing / "intake.pickle").read_bytes())  # noqa: S301, our own file
    delivery = store.delivery(now.delivery)
    assert delivery.state is DeliveryState.LANDED
    assert delivery.read == delivery.landed + delivery.quarantined == ROWS
    assert not [d for d in store.deliveries() if d.state is DeliveryState.STARTED]
