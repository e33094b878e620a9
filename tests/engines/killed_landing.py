"""Lands t.csv in a process of its own and kills itself (SIGKILL) at the point it was told, so that nothing can tidy up.

python killed_landing.py HOME POINT — the stores are kept in a file between processes, written as a database would: whole.
"""

import os
import pickle
import signal
import sys
from pathlib import Path
from typing import Any

from datong.engines.lake import IcebergLake
from datong.intake import actions
from datong.intake.files import Files
from datong.intake.progress import Progress
from datong.intake.workroom import Workroom
from tests.fakes import ADMIN, NOON, FakeCatalogueStore, FakeIntakeStore


def die_at(point: str, here: str) -> None:
    if point == here:
        os.kill(os.getpid(), signal.SIGKILL)


class Kept:
    """A store that is written to disk after every save, and dies just before or after one where it is told to."""

    def __init__(self, store: Any, path: Path, point: str) -> None:
        self._store, self._path, self._point = store, path, point

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def save(self, noun: Any, event: Any) -> None:
        die_at(self._point, f"before {event.kind}")
        self._store.save(noun, event)
        fresh = self._path.with_suffix(".new")
        fresh.write_bytes(pickle.dumps(self._store))
        fresh.replace(self._path)
        die_at(self._point, f"after {event.kind}")


def kept(store: Any, path: Path, point: str) -> Kept:
    return Kept(pickle.loads(path.read_bytes()) if path.exists() else store, path, point)  # noqa: S301, our own file


def main(home: Path, point: str) -> str:
    store = kept(FakeIntakeStore(), home / "intake.pickle", point)
    catalogue = kept(FakeCatalogueStore(), home / "catalogue.pickle", point)
    lake = IcebergLake(home / "lake")
    commit = lake._commit

    def watched(*arguments: Any) -> None:
        die_at(point, "before the commit")
        commit(*arguments)
        die_at(point, "after the commit")

    lake._commit = watched  # type: ignore[method-assign]
    told = {"decode": 0, "land": 0}

    def listen(progress: Progress) -> None:
        if progress.phase in told:
            told[progress.phase] += 1
            die_at(point, f"{progress.phase} {told[progress.phase]}")

    source = store.source("inbox") or actions.add_source(
        store=store,
        catalogue=catalogue,
        name="inbox",
        url=str(home / "inbox"),
        department="police",
        by=ADMIN,
        at=NOON,
    )
    delivery = actions.land(
        source=source,
        table="t.csv",
        store=store,
        catalogue=catalogue,
        lake=lake,
        readers={"": Files()},
        room=Workroom(home),
        after_landing=lambda snapshot, delivery: die_at(point, "after landing") or (),
        progress=listen,
        by=ADMIN,
        at=NOON,
    )
    return delivery.state.value


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), sys.argv[2]))
