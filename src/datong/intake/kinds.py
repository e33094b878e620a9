"""What a file is, by what it holds and not by how it is called: an xlsx renamed .csv is still an xlsx."""

import zipfile
from enum import StrEnum
from pathlib import Path

from datong.terms.fault import Fault
from datong.terms.text import Text


class Kind(StrEnum):
    TEXT = "text"
    GZIP = "gzip"
    WORKBOOK = "workbook"  # xlsx, xlsm
    OLD_WORKBOOK = "old workbook"  # xls


class NotATable(Fault):
    """`what` says in both languages what the file turned out to be."""

    def __init__(self, file: str, what: Text) -> None:
        self.file, self.what = file, what
        super().__init__(
            Text(
                zh=f"{file} {what.zh}，不能作为表格读取。请让提供部门导出为 CSV 或 xlsx 后再交付。",
                en=f"{file} {what.en}, so it can't be read as a table. Ask the department to export CSV or xlsx and deliver it again.",
            )
        )


_OTHERS: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("是 PDF 文档", "is a PDF document")),
    (b"\x89PNG", Text("是图片", "is a picture")),
    (b"\xff\xd8\xff", Text("是图片", "is a picture")),
    (b"Rar!", Text("是 RAR 压缩包", "is a RAR archive")),
    (b"7z\xbc\xaf", Text("是 7z 压缩包", "is a 7z archive")),
    (b"PAR1", Text("是 Parquet 文件", "is a Parquet file")),
    (b"SQLite format 3\0", Text("是 SQLite 数据库（请改用 sqlite:///路径 登记）", "is an SQLite database (add it as sqlite:///path)")),
)  # fmt: skip
_EMPTY = Text("是空文件", "is empty")
_HTML = Text("其实是网页（许多系统把网页存成 .xls）", "is really a web page (many systems save one as .xls)")
_ARCHIVE = Text("是压缩包，请先解压", "is an archive, which has to be unpacked first")
_DAMAGED = Text("是损坏的压缩包或电子表格", "is a damaged archive or spreadsheet")


def kind_of(path: Path) -> Kind:
    """Raises NotATable for what is known to be something else, and for an empty file."""
    with open(path, "rb") as file:
        head = file.read(4096)
    if not head:
        raise NotATable(path.name, _EMPTY)
    for beginning, what in _OTHERS:
        if head.startswith(beginning):
            raise NotATable(path.name, what)
    if head.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind.OLD_WORKBOOK
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise NotATable(path.name, _HTML)
    return Kind.TEXT


def _zipped(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise NotATable(path.name, _DAMAGED) from None
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    raise NotATable(path.name, _ARCHIVE)
