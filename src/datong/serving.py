"""Granian serving the site in a process of its own, which ends when we end, and ends us when it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

HOST, PORT = "127.0.0.1", 8000


def serve(home: Path, *, host: str = HOST, port: int = PORT) -> int:
    """Blocks until the server ends; returns its exit code. One worker: the node's own limits are per process."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    server = subprocess.Popen(
        [*command, "datong.web.wsgi:application"], env={**os.environ, "DATONG_HOME": str(home)}
    )

    def end(number: int, frame: FrameType | None) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, end)
    print(f"Serving on http://{host}:{port}  (Ctrl-C to stop)", flush=True)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0
