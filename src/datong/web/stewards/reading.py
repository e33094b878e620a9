"""How a delivery was read, told to the officer who answers for it: intake's short words in both languages."""

import json
from collections.abc import Iterable, Iterator

from datong.terms.text import Text
from datong.web.words import text_of

READ_AS = {
    "encoding": Text(zh="字符编码", en="Encoding"),
    "encoding_because": Text(zh="编码判定依据", en="Why this encoding"),
    "separator": Text(zh="分隔符", en="Separator"),
    "preamble_lines": Text(zh="表前说明行数", en="Lines before the table"),
    "heading_rows": Text(zh="表头行数", en="Heading rows"),
    "format": Text(zh="文件格式", en="Format"),
    "sheet": Text(zh="工作表", en="Sheet"),
    "merged_cells": Text(zh="合并单元格", en="Merged cells"),
    "database": Text(zh="数据库", en="Database"),
    "types": Text(zh="列类型", en="Types"),
    "mixed_columns": Text(zh="类型混杂的列", en="Columns of mixed types"),
    "headings": Text(zh="原表头", en="Headings as delivered"),
}

# Values that are words. Whatever else stands there, a count or an encoding's name, is the same in both languages.
VALUES = {
    "comma": Text(zh="逗号", en="comma"),
    "semicolon": Text(zh="分号", en="semicolon"),
    "tab": Text(zh="制表符", en="tab"),
    "bar": Text(zh="竖线", en="vertical bar"),
    "none": Text(zh="无", en="none"),
    "spreadsheet": Text(zh="电子表格", en="spreadsheet"),
    "as declared": Text(zh="按数据库声明", en="as declared"),
    "byte order mark": Text(zh="有字节顺序标记", en="byte order mark"),
    "every other byte is zero": Text(zh="隔字节为零", en="every other byte is zero"),
    "ASCII throughout": Text(zh="全部为 ASCII 字符", en="ASCII throughout"),
    "valid UTF-8": Text(zh="全部符合 UTF-8", en="valid UTF-8"),
}


def read_as(how: Iterable[tuple[str, str]]) -> Iterator[tuple[Text, Text]]:
    """(what, how) for each line that says something."""
    for name, value in how:
        told = _headings(value) if name == "headings" else VALUES.get(value, text_of(value))
        if value and (told.zh or told.en):
            yield READ_AS.get(name, text_of(name)), told


def _headings(written: str) -> Text:
    """Intake keeps, as JSON, the headings that couldn't stand in SQL as they were."""
    try:
        pairs = dict(json.loads(written)).items()
    except (ValueError, TypeError):
        return text_of(written)
    return Text(
        zh="；".join(f"{name} ← {heading}" for name, heading in pairs),
        en="; ".join(f"{name} ← {heading}" for name, heading in pairs),
    )
