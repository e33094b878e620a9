"""The control database: which one a URL means, and how it is opened."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from datong.terms.fault import Fault
from datong.terms.text import Text

# FULL, because the ledger's entry is on the disk too: after a power cut the two must still agree. IMMEDIATE, because a
# transaction that reads first and writes later can't be made to wait for another writer; it fails at once instead.
# secure_delete, because what is taken out of the outbox once the ledger has it are people's numbers.
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON",
}


class DatabaseUrlNotReadable(Fault):
    """The URL itself isn't repeated: it may hold a password."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(
            Text(
                zh=f"DATONG_DATABASE_URL 未能指明数据库：{why.zh}。请写成 sqlite:///文件路径，或 "
                "postgresql://用户:密码@主机:端口/库名（密码中的特殊字符用 % 编码）。",
                en=f"DATONG_DATABASE_URL doesn't name a database: {why.en}. Write sqlite:///path/to/file, or "
                "postgresql://user:password@host:port/name, with % codes for special characters in the password.",
            )
        )


def database(url: str, *, home: Path) -> dict[str, Any]:
    """Django's description of the database that `url` names; "" is control.sqlite in the node's folder."""
    if not url:
        return _sqlite(home / "control.sqlite")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if parts.netloc or len(parts.path) < 2:
            raise DatabaseUrlNotReadable(
                Text(
                    zh="sqlite: 之后应为三条斜线和文件路径",
                    en="after sqlite: come three strokes and the path of a file",
                )
            )
        return _sqlite(home / unquote(parts.path[1:]))
    if parts.scheme in ("postgresql", "postgres"):
        return _postgresql(url)
    raise DatabaseUrlNotReadable(
        Text(zh="开头既不是 sqlite: 也不是 postgresql:", en="it begins with neither sqlite: nor postgresql:")
    )


def iceberg_catalog(url: str) -> str | None:
    """The same database as SQLAlchemy writes it, where the lake's catalogue goes; None for the lake's own SQLite file.

    With SQLite the two are apart: a landing's commit needn't wait for a clerk's form, nor the form for it.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        return None
    return urlunsplit(parts._replace(scheme="postgresql+psycopg"))


def _sqlite(path: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(_SQLITE)}


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise DatabaseUrlNotReadable(Text(zh="端口不是数字", en="its port isn't a number")) from None
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    name = unquote(parts.path[1:])
    if not name:
        raise DatabaseUrlNotReadable(
            Text(zh="末尾缺少库名", en="the database's own name is missing at its end")
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A folder for a Unix socket can't stand before the first stroke, so it may come as ?host=/run/postgresql.
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
