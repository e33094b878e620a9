"""The node's side of the query processes: hands a job to the warm process, takes the answer, gives up in time.

Only so many run at once; the others wait for a place, no longer than they might have run."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from datong.engines.duckdb import wire
from datong.engines.duckdb.job import Job
from datong.gateway.engine import EngineFault

AT_ONCE = 2
GRACE = 5  # seconds that a query process has, beyond the query's own, to start and to send
_HEAD_BYTES = 64 * 2**10
# All that the warm process is told, and nothing of the node's. The last three keep its libraries from starting threads,
# which a fork would leave behind half-way.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


@dataclass
class QueryProcesses:
    """One warm process and, for each query, one that it forks. Safe between threads; after a fork of the node, the copy
    starts a warm process of its own and has all its places free."""

    at_once: int = AT_ONCE
    held: tuple[str, ...] = ()  # the measures in limits.py that the last query's process said it was under

    _warm: "subprocess.Popen[bytes] | None" = None
    _control: socket.socket | None = None
    _owner: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _places: threading.BoundedSemaphore = field(init=False, repr=False)
    _places_of: int = 0

    def __post_init__(self) -> None:
        self._free_places()

    def run(self, job: Job) -> pa.Table | EngineFault:
        with self._place(job.seconds) as has:
            return self._run(job) if has else EngineFault("busy")

    @contextlib.contextmanager
    def _place(self, seconds: float) -> Iterator[bool]:
        """Whether one came free in that time; if so, it is held meanwhile."""
        if self._places_of != os.getpid():
            self._free_places()
        places = self._places
        has = places.acquire(timeout=seconds)
        try:
            yield has
        finally:
            if has:
                places.release()

    def _free_places(self) -> None:
        self._places, self._places_of = threading.BoundedSemaphore(self.at_once), os.getpid()

    def _run(self, job: Job) -> pa.Table | EngineFault:
        began = time.monotonic()
        connection = self._connected()
        if connection is None:
            return EngineFault("died")
        with contextlib.closing(connection):
            connection.settimeout(job.seconds + GRACE)
            try:
                wire.send(connection, job.to_json())
                return self._received(
                    connection,
                    most=job.result_mb * 2**20,
                    out_of_time=lambda: time.monotonic() - began >= job.seconds,
                )
            except wire.TooLong:
                return EngineFault("size")
            except TimeoutError:
                return EngineFault("time")
            except OSError:
                return EngineFault("died")

    def _received(
        self, connection: socket.socket, *, most: int, out_of_time: Callable[[], bool]
    ) -> pa.Table | EngineFault:
        """`most` bytes of an answer. Raises wire.TooLong."""
        head = wire.receive(connection, most=_HEAD_BYTES)
        if head is None:
            # Ended by the kernel: by the alarm, or for want of memory.
            return EngineFault("time" if out_of_time() else "died")
        told = json.loads(bytes(head))
        self.held = tuple(told["held"])
        if told["fault"]:
            return EngineFault(told["fault"])
        body = wire.receive(connection, most=most)
        if body is None:
            return EngineFault("time" if out_of_time() else "died")
        return pa.ipc.open_stream(pa.py_buffer(body)).read_all()

    def close(self) -> None:
        """Ends the warm process; queries that are running finish or end with their connections."""
        with self._lock:
            self._stop()

    def _connected(self) -> socket.socket | None:
        """A connection to a fresh query process. A warm process that has died is started anew, once."""
        for _ in range(2):
            ours, theirs = socket.socketpair()
            try:
                with self._lock:
                    socket.send_fds(self._started(), [b"q"], [theirs.fileno()])
                return ours
            except OSError:
                ours.close()
                with self._lock:
                    self._stop()
            finally:
                theirs.close()
        return None

    def _started(self) -> socket.socket:
        alive = self._warm is not None and self._owner == os.getpid() and self._warm.poll() is None
        if alive and self._control is not None:
            return self._control
        self._stop()
        ours, theirs = socket.socketpair()
        try:
            self._warm = subprocess.Popen(
                [sys.executable, "-I", "-m", "datong.engines.duckdb.warm", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # an engine's last words quote values
                cwd="/",
                env=_ENVIRONMENT,
            )
        finally:
            theirs.close()
        self._control, self._owner = ours, os.getpid()
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()  # the warm process reads the end of it, and ends
        if self._warm is not None and self._owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._warm.wait(timeout=GRACE)
        self._warm = self._control = None

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self._stop()
