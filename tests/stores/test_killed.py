"""kill -9 at each moment of an append and of a drain: what was promised is there, what wasn't is entered by the next try, all verifies."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from datong.ledger.verify_file import verify_file
from datong.records.ledger_keys import public_key
from datong.records.log import open_log
from tests.stores.killed_append import LI, NAME, event

MOMENTS = [
    "before anything",
    "persons kept, nothing entered",
    "entered, not signed",
    "signed, not committed",
    "committed, nobody told",
]


def start(home: Path, moment: str, *numbers: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.stores.killed_append", str(home), moment, *map(str, numbers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_in_an_append_leaves_all_of_it_or_nothing_and_a_second_try_finishes(
    tmp_path: Path, moment: str
) -> None:
    log = open_log(tmp_path, name=NAME)
    log.append([event(0), event(1)])
    process = start(tmp_path, moment, 2, 3, 4)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL

    after = 5 if moment == "committed, nobody told" else 2
    assert log.size() == after
    assert verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path)).entries == after

    receipts = log.append([event(2), event(3), event(4)])
    assert [receipt.index for receipt in receipts] == [2, 3, 4]
    assert log.concerning(LI) == [0, 1, 2, 3, 4]
    opening = log.opening(3, LI)
    assert opening is not None
    assert opening.concerns(LI, log.signer.key)
    assert verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path)).sound


def test_whatever_was_acknowledged_before_a_kill_at_any_moment_is_there(tmp_path: Path) -> None:
    first, second = (
        start(tmp_path, "any moment", *range(start_at, start_at + 3000)) for start_at in (0, 3000)
    )
    assert first.stdout is not None
    assert second.stdout is not None
    second.stdout.readline()  # both are at it
    acknowledged = [int(first.stdout.readline()) for _ in range(25)][-1]
    first.kill()
    second.kill()
    first.communicate(timeout=60)
    second.communicate(timeout=60)

    log = open_log(tmp_path, name=NAME)
    report = verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path))
    assert report.sound
    assert report.entries == log.size() >= acknowledged
    numbers = [entry.facts["number"] for _, entry in log.entries()]
    mine = [number for number in numbers if number < 3000]
    assert mine == list(range(len(mine)))
    assert len(mine) >= 25
    assert log.concerning(LI) == list(range(log.size()))


def drain(home: Path, moment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.stores.killed_drain", str(home), moment]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("moment", "entered"),
    [("before the log's commit", 0), ("entered, nothing marked", 6), ("half marked", 6)],
)
def test_a_kill_in_a_drain_loses_and_doubles_nothing(tmp_path: Path, moment: str, entered: int) -> None:
    assert drain(tmp_path, moment).returncode == -signal.SIGKILL
    assert verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path)).entries == entered

    finished = drain(tmp_path, "never")
    assert finished.stdout.strip() == "6 0 [0, 1, 2, 3, 4, 5] False", finished.stderr
    log = open_log(tmp_path, name=NAME)
    assert [entry.facts["number"] for _, entry in log.entries()] == [0, 1, 2, 3, 4, 5]
    assert log.concerning(LI) == [0, 1, 2, 3, 4, 5]
    assert verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path)).sound
