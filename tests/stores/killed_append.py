"""A process that is killed (SIGKILL, its own hand) at one exact moment of entering events. Run by test_killed.py.

Arguments: home, moment, then the number of each event to enter in one batch.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from datong.ledger.log import Log
from datong.records import log as log_module
from datong.records.log import open_log
from datong.records.person_uses import SqliteUses
from datong.terms.event import Event

NAME = "datong.example/rongxi"
LI = "990101198001011234"


def event(number: int) -> Event:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Event(
        "test.happened", at, "zhang.wei", f"thing/{number}", {"number": number}, (LI,), UUID(int=number + 1)
    )


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def set_trap(moment: str, log: Log) -> None:
    rows = log_module._Rows
    match moment:
        case "before anything":
            SqliteUses.keep = die  # type: ignore[method-assign, assignment]
        case "persons kept, nothing entered":
            rows.add = die  # type: ignore[method-assign, assignment]
        case "entered, not signed":
            rows.keep_checkpoint = die  # type: ignore[method-assign, assignment]
        case "signed, not committed":
            keep = rows.keep_checkpoint

            def keep_and_die(self: log_module._Rows, size: int, note: str) -> None:
                keep(self, size, note)
                die()

            rows.keep_checkpoint = keep_and_die  # type: ignore[method-assign]
        case "committed, nobody told":
            append = Log.append

            def append_and_die(self: Log, events: list[Event]) -> None:
                append(self, events)
                die()

            Log.append = append_and_die  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    home, moment, *numbers = sys.argv[1:]
    opened = open_log(Path(home), name=NAME)
    set_trap(moment, opened)
    for each in numbers if moment == "any moment" else [" ".join(numbers)]:
        opened.append([event(int(number)) for number in each.split()])
        print(opened.size(), flush=True)
