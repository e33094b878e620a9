"""The folder a landing works in: a lock per table, a spill file while it runs, a quarantine file that stays.

All three may hold personal data, so nobody but the node's own account may open them.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text


class LandingUnderWay(Fault):
    def __init__(self, resource: ResourceName) -> None:
        self.resource = resource
        super().__init__(
            Text(
                zh=f"{resource} 正在入湖，同一张表一次只能进行一项。请等待其结束后再试。",
                en=f"{resource} is being landed at this moment, and one table lands once at a time. Try again when it has ended.",
            )
        )


class Workroom:
    """`home` is the node's folder."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def quarantine_file(self, delivery: str) -> Path:
        return self._room("quarantine") / f"{delivery}.jsonl"

    def spill_file(self, delivery: str) -> Path:
        return self._room("landing") / f"{delivery}.arrow"

    @contextmanager
    def alone(self, resource: ResourceName) -> Iterator[None]:
        """Holds the table for one landing. The lock falls with the process, however it ends. Raises LandingUnderWay."""
        # Hashed, so that no name of a table becomes the name of a file.
        path = self._room("landing") / f"{sha256(str(resource).encode()).hexdigest()[:16]}.lock"
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LandingUnderWay(resource) from None
            yield

    def clear(self, delivery: str) -> None:
        """Takes away what a landing leaves when it ends or is found dead; the quarantine file stays."""
        with suppress(FileNotFoundError):
            self.spill_file(delivery).unlink()

    def _room(self, name: str) -> Path:
        room = self._home / name
        room.mkdir(mode=0o700, parents=True, exist_ok=True)
        return room


def private(path: str, flags: int) -> int:
    """Opens a file that only its owner may read; for `open(…, opener=…)`."""
    return os.open(path, flags, 0o600)
