"""A secret in a file that only the node's own account reads, made once and never written again."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from datong.terms.fault import Fault
from datong.terms.text import Text


class KeyFileOpenToOthers(Fault):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            Text(
                zh=f"本机其他账号可以读取密钥 {path.name}，密钥可能已经泄露，因此停止。"
                f"请收回权限（chmod 600 {path}），并查明谁可能读取过。",
                en=f"Other accounts of this machine can read the key {path.name}, so it may be known already and we stop. "
                f"Close it (chmod 600 {path}) and find out who could have read it.",
            )
        )


def read_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    """The key in `path`; where there is none, `make()` is kept there first. Two processes at once get the same key."""
    if not path.exists():
        _keep(path, make())
    if path.stat().st_mode & 0o077:
        raise KeyFileOpenToOthers(path)
    return path.read_bytes()


def django_key(home: Path) -> str:
    """What Django signs sessions and forms with."""
    return read_or_make(home / "keys" / "django.key", lambda: secrets.token_urlsafe(64).encode()).decode()


def _keep(path: Path, key: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link, unlike a rename, doesn't replace a key that another process made meanwhile.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
