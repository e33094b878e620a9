"""What the operating system keeps a query process from: the outer wall. Each measure stands alone, and what a system
doesn't have is left out: `restrict` says which measures hold, and the benchmark and the documentation show it.

    rlimits         memory, processor time, no file written, few files open, no core dump
    no_new_privs    nothing it starts could gain rights; not dumpable, so that a neighbour can't read its memory
    landlock        of all files, only the snapshot's can be opened, and only for reading; no TCP
    narrowed        once the extracts are made, of the snapshot's only those in which nothing is hidden
    alarm           the kernel ends it after its time, whatever it is doing
"""

import contextlib
import ctypes
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterable

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
# The numbers are the same on every architecture that Linux gained after 2019's unification, x86-64 and ARM64 among them.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READ_FILE = 1 << 2
# How many file rights each version of Landlock knows (ABI 1 … 5), and whether it knows TCP (from 4 on).
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP = 0b11

# What DuckDB asks of the machine when it starts; without them it ends. Nothing in them is anybody's data.
_MACHINE = (
    "/proc/self/cgroup",
    "/proc/stat",
    "/proc/meminfo",
    "/sys/devices/system/cpu/online",
    "/sys/fs/cgroup",
)

_LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None, use_errno=True)


def restrict(files: Iterable[str], *, memory_mb: int, seconds: int) -> tuple[str, ...]:
    """For the calling process and for good. The names of the measures that hold."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds + 2)
    files = tuple(files)
    _rlimits(len(files), memory_mb=memory_mb, seconds=seconds)
    held = ["alarm", "rlimits"]
    if not _LINUX:
        return tuple(held)
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        held.append("no_new_privs")
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if _landlock(files):
        held.append("landlock")
    return tuple(held)


def narrow(files: Iterable[str]) -> bool:
    """From here on only `files` can be opened, of those `restrict` allowed. As with everything Landlock does, for the
    calling thread and the threads it starts later: whoever calls sees to it that there is no other."""
    return _LINUX and _landlock(files)


def leave_network() -> bool:
    """An empty network namespace, where the system permits it; inherited by every process started after."""
    return _LINUX and any(
        _libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET)
    )


def _rlimits(files: int, *, memory_mb: int, seconds: int) -> None:
    # Address space isn't memory: allocators reserve more than they use. This stops a runaway, DuckDB's limit a query.
    space = _mapped() + (3 * memory_mb + 2048) * 2**20
    for what, limit in (
        (resource.RLIMIT_AS, space),
        (resource.RLIMIT_CPU, 64 * (seconds + 2)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64 + files),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))


def _mapped() -> int:
    """Bytes of address space this process has now; 0 where the system doesn't tell."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _landlock(files: Iterable[str]) -> bool:
    version = _libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    attributes = struct.pack("QQ", rights, _TCP) if version >= 4 else struct.pack("Q", rights)
    ruleset = _libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for file in (*files, *_MACHINE):
            _allow(ruleset, file)
        return bool(_libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, file: str) -> None:
    """A file that isn't there is for the session to report."""
    with contextlib.suppress(OSError):
        opened = os.open(file, os.O_PATH | os.O_CLOEXEC)
        try:
            rule = struct.pack("=Qi", _READ_FILE, opened)
            _libc.syscall(_LANDLOCK_ADD, ruleset, 1, rule, 0)
        finally:
            os.close(opened)
