"""decode, before a spreadsheet is opened: is it one, and does it stay small when it is unpacked?

An xlsx is a zip. A file of 249 kB can unpack to gigabytes, and two cells in far corners of a sheet make a reader lay out
everything between them. Both are counted here in pieces of a megabyte, before anything else touches the file.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from datong.terms.fault import Fault
from datong.terms.text import Text

RATIO = 100  # a sheet full of the same number packs about 40 to 1
LARGE = 16 << 20  # bytes unpacked below which the ratio doesn't matter
LARGEST = 4 << 30  # bytes unpacked, of all parts together
CELLS = 60_000_000  # cells of the rectangle a sheet spans: about what a full sheet of 57 columns has

_PIECE = 1 << 20
_CELL = re.compile(rb'\sr="([A-Za-z]{1,7})(\d{1,10})"')


class UnpacksTooFar(Fault):
    """`packed` and `unpacked` are bytes; unpacking was stopped there."""

    def __init__(self, file: str, packed: int, unpacked: int) -> None:
        self.file, self.packed, self.unpacked = file, packed, unpacked
        super().__init__(
            Text(
                zh=f"{file} 解压后至少是原来的 {unpacked // max(1, packed)} 倍，像是“压缩炸弹”，未予打开。"
                "请向提供部门核实来源；如确为数据，请另存为 CSV 后再交付。",
                en=f"{file} unpacks to at least {unpacked // max(1, packed)} times its size, as a zip bomb does, so it wasn't opened. "
                "Ask the department where it comes from; if it is a table, have it saved as CSV and delivered again.",
            )
        )


class SheetTooWide(Fault):
    def __init__(self, file: str, rows: int, columns: int) -> None:
        self.file, self.rows, self.columns = file, rows, columns
        super().__init__(
            Text(
                zh=f"{file} 中有一张工作表横跨 {rows} 行、{columns} 列，远处可能有误填的单元格，打开会耗尽内存，未予打开。"
                "请删除多余的行列，或另存为 CSV 后再交付。",
                en=f"A sheet of {file} spans {rows} rows and {columns} columns, probably because of a stray cell far out; opening it "
                "would exhaust the memory. Have the empty rows and columns deleted, or the sheet saved as CSV.",
            )
        )


def check(path: Path) -> None:
    """Raises UnpacksTooFar or SheetTooWide; zipfile.BadZipFile where the file is damaged."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    declared, packed = sum(p.file_size for p in parts), path.stat().st_size
    if declared > LARGEST or (declared > LARGE and declared > RATIO * packed):
        raise UnpacksTooFar(path.name, packed, declared)
    total = 0
    for part in parts:
        total = _unpack(path, part, total)


def _unpack(path: Path, part: zipfile.ZipInfo, total: int) -> int:
    """What the part really unpacks to, whatever its header says; the cells of a sheet are placed on the way."""
    sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    size, rows, columns, tail = 0, 0, set[bytes](), b""
    for piece in _pieces(path, part):
        size += len(piece)
        if total + size > LARGEST or (size > LARGE and size > RATIO * max(1, part.compress_size)):
            raise UnpacksTooFar(path.name, part.compress_size, size)
        if sheet:
            found = _CELL.findall(tail + piece)
            columns.update(column for column, _ in found)
            rows = max(rows, max((int(row) for _, row in found), default=0))
            tail = piece[-40:]
    across = max(map(_number, columns), default=0)
    if rows * across > CELLS:
        raise SheetTooWide(path.name, rows, across)
    return total + size


def _pieces(path: Path, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with open(path, "rb") as file:
        file.seek(part.header_offset)
        header = file.read(30)
        if len(header) < 30:
            raise zipfile.BadZipFile("cut off")
        # The local header repeats the name and may have an extra field of another length than the directory's.
        file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        left = part.compress_size
        unpack = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
        while left > 0 and (packed := file.read(min(left, _PIECE))):
            left -= len(packed)
            if unpack is None:
                yield packed
                continue
            while packed and not unpack.eof:
                yield unpack.decompress(packed, _PIECE)
                packed = unpack.unconsumed_tail


def _number(column: bytes) -> int:
    """ "A" is 1, "AA" is 27."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number
