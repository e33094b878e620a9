"""A PostgreSQL that a test starts for itself: in a folder of its own, on a Unix socket, gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 60.0


def binaries() -> Path | None:
    """The folder with postgres and initdb: that of the newest version installed, or None."""
    on_path = shutil.which("initdb")
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda initdb: float(initdb.parts[-3])
    )
    for initdb in (*reversed(installed), *([Path(on_path)] if on_path else [])):
        if (initdb.resolve().parent / "postgres").exists():
            return initdb.resolve().parent
    return None


@contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database on a server of our own."""
    found = binaries()
    assert found is not None, "ask binaries() first"
    folder = Path(tempfile.mkdtemp(prefix="datong-pg-"))
    who = _anyone_but_root()
    try:
        if who:
            os.chown(folder, who["user"], who["group"])
        _run(
            [
                found / "initdb",
                "-D",
                folder / "data",
                "-U",
                "datong",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            who,
        )
        server = subprocess.Popen(
            [
                found / "postgres",
                "-D",
                folder / "data",
                "-k",
                folder,
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **who,
        )
        try:
            _wait_for(folder, server)
            yield f"postgresql://datong@/postgres?host={folder}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _anyone_but_root() -> dict[str, int]:
    """PostgreSQL refuses to run as root, as which containers run their tests."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid}
    raise RuntimeError(
        "Run as root, the PostgreSQL test needs an account `postgres` or `nobody` to start it as."
    )


def _run(command: list[object], who: dict[str, int]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **who)  # type: ignore[call-overload]
    assert ran.returncode == 0, ran.stderr


def _wait_for(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    import psycopg

    until = time.monotonic() + _PATIENCE
    while True:
        assert server.poll() is None, f"PostgreSQL ended by itself with {server.returncode}"
        try:
            psycopg.connect(host=str(folder), user="datong", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < until, "PostgreSQL didn't answer"
            time.sleep(0.1)
