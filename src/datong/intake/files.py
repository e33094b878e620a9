"""Reads files and folders of files: CSV and its relatives (also .gz), xlsx and xls."""

import gzip
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

import pyarrow as pa
from python_calamine import CalamineWorkbook

from datong.intake.kinds import Kind, NotATable, kind_of
from datong.intake.naming import ENDINGS, field_names
from datong.intake.phases import archive, footers
from datong.intake.phases.dialect import NONE, dialect_of, records
from datong.intake.phases.encoding import Encoding, Scan, scan
from datong.intake.phases.heading import heading_of
from datong.intake.phases.lines import BLOCK, LONGEST, blocks, line_end
from datong.intake.phases.records import Records
from datong.intake.phases.sheet import Sheet, open_workbook, sheets
from datong.intake.reader import Delivered, Heard, NoSuchTable, SourceOutOfReach
from datong.intake.rows import Rows
from datong.intake.tally import Tally
from datong.terms.fault import Fault
from datong.terms.text import Text

_HEAD = 2 * LONGEST
_SAMPLE = 400  # lines to find separator and headings in
_GZIP_RATIO = 300
_SHOWN = {"\t": "tab", NONE: "none", ",": "comma", ";": "semicolon", "|": "bar"}


class FileCutOff(Fault):
    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(
            Text(
                zh=f"{file} 在中途断掉了（压缩数据不完整），后面的行已无从读取，因此整份未入湖。请让提供部门重新传送。",
                en=f"{file} breaks off in the middle (its compressed data is incomplete), so the rows after that are lost and nothing of it "
                "was landed. Ask the department to send it again.",
            )
        )


class FileChanged(Fault):
    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(
            Text(
                zh=f"{file} 在读取期间被改动，前后两部分可能对不上，因此未入湖。请等它写完后再执行一次。",
                en=f"{file} was changed while it was being read, and its two halves might not belong together, so it wasn't landed. "
                "Run the same command again when it is complete.",
            )
        )


class LineNeverEnds(Fault):
    def __init__(self, file: str, limit: int) -> None:
        self.file, self.limit = file, limit
        super().__init__(
            Text(
                zh=f"{file} 的开头在 {limit} 字节内没有换行，不像表格，未继续读取。请核对文件。",
                en=f"The beginning of {file} has no end of line within {limit} bytes, so it is no table, and reading stopped there. Check the file.",
            )
        )


class Files:
    """Reader for paths. In a folder, every file with a known ending; a single file may be called anything."""

    def tables(self, url: str) -> tuple[str, ...]:
        path = Path(url)
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.is_file() and _is_offered(p.name))
            return tuple(table for file in found for table in self._of_file(file, quietly=True))
        if not path.is_file():
            raise SourceOutOfReach(url)
        return self._of_file(path)

    def _of_file(self, path: Path, *, quietly: bool = False) -> tuple[str, ...]:
        """A workbook with several sheets is as many tables. What can't be opened is listed too: landing it says why."""
        try:
            kind = kind_of(path)
            if kind in (Kind.WORKBOOK, Kind.OLD_WORKBOOK):
                with _workbook(path, kind) as workbook:
                    names = sheets(workbook)
                return tuple(f"{path.name}#{name}" for name in names) if len(names) > 1 else (path.name,)
        except Fault:
            if not quietly:
                raise
        return (path.name,)

    @contextmanager
    def open(self, url: str, table: str) -> Iterator[Delivered]:
        root = Path(url)
        name, _, sheet = table.partition("#")
        path = root / name if root.is_dir() else root
        if not path.is_file():
            raise NoSuchTable(table, url) if root.exists() else SourceOutOfReach(url)
        kind = kind_of(path)
        if kind in (Kind.TEXT, Kind.GZIP):
            yield TextTable(path, gzipped=kind is Kind.GZIP)
            return
        with _workbook(path, kind) as workbook:
            names = sheets(workbook)
            if not names or (sheet and sheet not in names):
                raise NoSuchTable(table, url)
            yield SheetTable(path, Sheet(workbook, sheet or names[0], table=table), sheet or names[0])


def _is_offered(name: str) -> bool:
    plain = name.lower().removesuffix(".gz")
    return plain.endswith(ENDINGS) and not name.startswith((".", "~$"))


@contextmanager
def _workbook(path: Path, kind: Kind) -> Iterator[CalamineWorkbook]:
    if kind is Kind.WORKBOOK:
        try:
            archive.check(path)
        except (zipfile.BadZipFile, zlib.error):
            raise NotATable(path.name, Text("是损坏的电子表格", "is a damaged spreadsheet")) from None
    with open_workbook(path) as workbook:
        yield workbook


class TextTable:
    settled = False
    declared_text: frozenset[str] = frozenset()

    def __init__(self, path: Path, *, gzipped: bool) -> None:
        self._path, self._gzipped, self.file = path, gzipped, path.name
        self._stamp = _stamp(path)
        self._scan: Scan = scan(self._blocks(), head=_HEAD)
        encoding = self._scan.encoding
        self._end = line_end(self._scan.head, encoding)
        sample = self._sample(encoding)
        dialect = dialect_of(sample)
        found = records(sample, dialect.separator)
        heading = heading_of([record.cells for record in found], dialect.width, table=path.name)
        self._separator = dialect.separator
        self._after = found[heading.after - 1].line
        self.headings = heading.names
        self.names = tuple(field_names(heading.names))
        self.schema = pa.schema([(name, pa.string()) for name in self.names])
        self.how: tuple[tuple[str, str], ...] = (
            ("encoding", encoding.name + (" with byte order mark" if encoding.mark else "")),
            ("encoding_because", encoding.why),
            ("separator", _SHOWN[dialect.separator]),
            ("preamble_lines", str(found[heading.first - 1].line if heading.first else 0)),
            ("heading_rows", str(heading.rows)),
        )

    @property
    def fingerprint(self) -> str:
        return self._scan.fingerprint

    def rows(self, tally: Tally, heard: Heard) -> Iterator[Rows]:
        def unreadable(line: int, reason: str, raw: str) -> None:
            if line > self._after:
                tally.read += 1
                tally.set_aside(line, reason, raw)

        cut = Records(separator=self._separator, names=list(self.names), after=self._after, tally=tally)
        lines = blocks(
            self._blocks(lambda size: heard(size, self._scan.size)),
            self._scan.encoding,
            self._end,
            unreadable=unreadable,
            repaired=lambda times: tally.repaired("decode.character_reference", "", times),
        )
        for rows in cut.rows(lines):
            yield footers.set_aside(rows, self.headings, tally)
        if _stamp(self._path) != self._stamp:
            raise FileChanged(self.file)

    def _sample(self, encoding: Encoding) -> list[str]:
        """The file's first lines, whole ones only."""
        head = self._scan.head
        overlong: list[str] = []
        found = blocks(
            [head],
            encoding,
            self._end,
            unreadable=lambda line, why, raw: overlong.append(why),
            repaired=lambda times: None,
        )
        lines = [line for block in found for line in block.lines]
        # Where the head stops inside an overlong line, that line isn't among them, and the one before it is whole.
        cut_off = len(head) < self._scan.size and not any(why.startswith("line.too_long") for why in overlong)
        lines = (lines[:-1] if cut_off else lines)[:_SAMPLE]
        if not lines:
            raise LineNeverEnds(self.file, LONGEST)
        return lines

    def _blocks(self, heard: Callable[[int], None] = lambda size: None) -> Iterator[bytes]:
        try:
            with open(self._path, "rb") as packed:
                file = cast("IO[bytes]", gzip.GzipFile(fileobj=packed)) if self._gzipped else packed
                size = 0
                # Not beyond what was there at first: a file that somebody goes on writing to would never end.
                most = sys.maxsize if self._gzipped else self._stamp[1]
                while block := file.read(min(BLOCK, most - size)):
                    size += len(block)
                    if self._gzipped and size > archive.LARGE and size > _GZIP_RATIO * packed.tell():
                        raise archive.UnpacksTooFar(self.file, packed.tell(), size)
                    yield block
                    heard(size)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise FileCutOff(self.file) from None


class SheetTable:
    settled = False
    declared_text: frozenset[str] = frozenset()

    def __init__(self, path: Path, sheet: Sheet, name: str) -> None:
        self._path, self._sheet, self.file = path, sheet, path.name
        with open(path, "rb") as file:
            digest = sha256(name.encode())
            while block := file.read(BLOCK):
                digest.update(block)
        self.fingerprint = digest.hexdigest()
        self.headings = sheet.heading.names
        self.names = tuple(field_names(self.headings))
        self.schema = pa.schema([(column, pa.string()) for column in self.names])
        self.how: tuple[tuple[str, str], ...] = (
            ("format", "spreadsheet"),
            ("sheet", name),
            ("preamble_lines", str(sheet.heading.first)),
            ("heading_rows", str(sheet.heading.rows)),
            ("merged_cells", str(len(sheet.merged))),
        )

    def rows(self, tally: Tally, heard: Heard) -> Iterator[Rows]:
        for rows in self._sheet.rows(list(self.names), tally, lambda row: heard(row, self._sheet.height)):
            yield footers.set_aside(rows, self.headings, tally)


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
