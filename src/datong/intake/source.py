"""Where a department's tables come from (数据源): a database URL, a spreadsheet, a CSV, or a folder of them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Source:
    """`url` is a path, `sqlite:///path` or `postgresql://…`; a password in it is kept, never shown (see `shown`)."""

    name: str
    url: str
    department: str
    added_at: datetime
    revision: int = 0
