"""The warm process: it has read its libraries, has left the network, and forks one process a query.

A query's process restricts itself to its own files, answers once and ends: nothing of one query is left for the next, and
what a process can't be trusted with any more goes with it. Forking is safe here because this process has one thread: DuckDB's
end with the session it opens once, on nothing, to have the engine's tables built before the first fork.

    python -I -m datong.engines.duckdb.warm FD      FD: the node's end of a socket, on which it hands over connections
"""

import gc
import json
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable

import duckdb
import pyarrow as pa
import pyarrow.dataset

from datong.engines.duckdb import wire
from datong.engines.duckdb.job import Job
from datong.engines.duckdb.limits import leave_network, narrow, restrict
from datong.engines.duckdb.session import Faulted, answer

# What a node may ask in: its statements, the names of the snapshot's files.
_JOB_BYTES = 64 * 2**20
_NEEDED_BEFORE_FORKING = (duckdb, pyarrow.dataset)  # imported here, because afterwards no file can be opened


_NOTHING = Job(
    make=(),
    ask="SELECT sha256('x'), count(*) FROM range(3)",
    files=(),
    kept_files=(),
    secrets={},
    memory_mb=64,
    threads=1,
    seconds=10,
    rows=1,
    result_mb=1,
)


def serve(control: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the ended
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the node, which closes the socket
    held = ["no_network"] if leave_network() else []
    answer(_NOTHING)
    gc.freeze()  # or each fork would copy these pages, to count references that never end
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        for descriptor in descriptors:
            if os.fork() == 0:
                control.close()
                _answer_once(socket.socket(fileno=descriptor), held)
            os.close(descriptor)


def _answer_once(connection: socket.socket, held: list[str]) -> None:
    """In the forked process. Never returns."""
    try:
        message = wire.receive(connection, most=_JOB_BYTES)
        if message is not None:
            job = Job.from_json(bytes(message))
            threads = _Threads(connection)
            held += restrict(job.files, memory_mb=job.memory_mb, seconds=job.seconds)
            threads.watch()

            def narrowed() -> None:
                threads.end()
                if narrow(job.kept_files) and threads.alone():
                    held.append("narrowed")
                threads.watch()

            _reply(connection, job, held, narrowed)
    finally:
        os._exit(0)


def _reply(connection: socket.socket, job: Job, held: list[str], narrowed: Callable[[], None]) -> None:
    try:
        table = answer(job, narrow=narrowed)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        body = memoryview(sink.getvalue())
    except Faulted as fault:
        wire.send(connection, json.dumps({"fault": fault.kind, "held": held}).encode())
        return
    wire.send(connection, json.dumps({"fault": "", "held": held}).encode())
    wire.send(connection, body)


class _Threads:
    """The one thread beside the engine's. It watches the connection, on which the node says nothing more: when the node
    goes away, or gives up waiting, so does this process."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._told, self._tell = os.pipe()
        # Opened before the files are closed to us; None where the system has no such folder.
        self._listed = os.open("/proc/self/task", os.O_RDONLY) if os.path.isdir("/proc/self/task") else None
        self._watching = threading.Thread()

    def watch(self) -> None:
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def end(self) -> None:
        os.write(self._tell, b"e")
        self._watching.join()
        os.read(self._told, 1)

    def alone(self) -> bool:
        """Whether the caller is the only thread. One that was ended may take the kernel a moment to bury."""
        for _ in range(100):
            if self._listed is None or len(os.listdir(self._listed)) == 1:
                return self._listed is not None
            time.sleep(0.001)
        return False

    def _watch(self) -> None:
        both = select.poll()
        both.register(self._connection, select.POLLIN)
        both.register(self._told, select.POLLIN)
        if any(descriptor == self._connection.fileno() for descriptor, _ in both.poll()):
            os._exit(0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
