"""What a landing needs from a source: which tables it has, and one of them read from beginning to end.

Files are read here (`files.py`); databases by engines/databases.py.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

import pyarrow as pa

from datong.intake.rows import Rows
from datong.intake.source import shown
from datong.intake.tally import Tally
from datong.terms.fault import Fault
from datong.terms.text import Text

Heard = Callable[[int, int], None]  # bytes read, bytes in all


class NoReaderFor(Fault):
    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        super().__init__(
            Text(
                zh=f"不认识 {scheme}:// 开头的数据源。可用：文件或文件夹的路径、sqlite:///路径、postgresql://…。",
                en=f"There is no reader for sources that begin with {scheme}://. "
                "Use the path of a file or folder, sqlite:///path, or postgresql://….",
            )
        )


class NoSuchTable(Fault):
    def __init__(self, table: str, url: str) -> None:
        self.table, self.url = table, shown(url)
        super().__init__(
            Text(
                zh=f"数据源 {self.url} 中没有“{table}”。请核对名称，或不指定表名以查看全部。",
                en=f"The source {self.url} has no table {table}. Check the name, or leave it out to land all of them.",
            )
        )


class SourceOutOfReach(Fault):
    """The source can't be opened: the path is wrong, the database is down or won't let us in."""

    def __init__(self, url: str) -> None:
        self.url = shown(url)
        super().__init__(
            Text(
                zh=f"无法打开数据源 {self.url}。请确认路径或地址正确、数据库在运行，并且本节点的账号有读取权限。",
                en=f"The source {self.url} can't be opened. Check that the path or address is right, that the database is running, "
                "and that the node's account may read it.",
            )
        )


class SourceWentAway(Fault):
    """The source was lost while it was read; `rows` had come."""

    def __init__(self, url: str, rows: int) -> None:
        self.url, self.rows = shown(url), rows
        super().__init__(
            Text(
                zh=f"读取 {self.url} 时连接中断，已读到 {rows} 行。没有写入任何数据，上一次的快照仍在使用。恢复后请重新执行。",
                en=f"The source {self.url} went away after {rows} rows. Nothing of them was kept; the last good snapshot stands. "
                "Run the same command again when it is back.",
            )
        )


class Delivered(Protocol):
    """One table of a source, opened to be read once.

    headings: as delivered; names: unique and writable, one for each. schema: the columns under `names`, text columns as
    string. settled: the source's own types hold, so that text stays text. declared_text: columns that the source calls
    text, which are never read as numbers. fingerprint: of the content; "" until read, where only reading can tell.
    how: how it was read, for the report. file: what quarantined rows are said to come from.
    """

    headings: tuple[str, ...]
    names: tuple[str, ...]
    schema: pa.Schema
    settled: bool
    declared_text: frozenset[str]
    how: tuple[tuple[str, str], ...]
    file: str

    @property
    def fingerprint(self) -> str: ...
    def rows(self, tally: Tally, heard: Heard) -> Iterator[Rows]:
        """Batches of some ten thousand rows. Counts each row it meets in `tally.read`, also those it quarantines."""
        ...


class Reader(Protocol):
    def tables(self, url: str) -> tuple[str, ...]: ...
    def open(self, url: str, table: str) -> AbstractContextManager[Delivered]: ...


Readers = Mapping[str, Reader]  # by the URL's scheme; "" for a path


def reader_of(url: str, readers: Readers) -> Reader:
    """Raises NoReaderFor."""
    scheme, separator, _ = url.partition("://")
    scheme = scheme if separator else ""
    if scheme not in readers:
        raise NoReaderFor(scheme)
    return readers[scheme]
