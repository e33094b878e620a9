"""Granian serving the site: this process becomes the server, so that what it held until now is let go."""

import os
import sys
from pathlib import Path

HOST, PORT = "127.0.0.1", 8000


def serve(home: Path, *, host: str = HOST, port: int = PORT) -> None:
    """Doesn't return. One worker: a node's limits on queries hold for a process.

    `--workers-kill-timeout`: when a whole terminal is closed, server and worker are told to end at once and the server
    would wait for a worker that is already going.
    """
    os.environ["DATONG_HOME"] = str(home)
    print(f"Serving on http://{host}:{port}  (Ctrl-C to stop)", flush=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    command += ["--workers-kill-timeout", "5", "datong.web.wsgi:application"]
    sys.stderr.flush()
    os.execv(command[0], command)
