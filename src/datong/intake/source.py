"""Where a department's tables come from (数据源): a database URL, a spreadsheet, a CSV, or a folder of them."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Source:
    """`url` is a path, `sqlite:///path` or `postgresql://…`; a password in it is kept, never shown (see `shown`)."""

    name: str
    url: str = field(repr=False)
    department: str
    added_at: datetime
    revision: int = 0


def shown(url: str) -> str:
    """`url` without its password, for a page, an error or the ledger."""
    if "://" not in url:
        return url
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:  # no URL after all; whatever it is, it may hold a password
        return url.partition("://")[0] + "://…"
    user = f"{parts.username}@" if parts.username else ""
    return f"{parts.scheme}://{user}{host}{parts.path}"
