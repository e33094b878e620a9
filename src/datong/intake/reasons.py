"""Why a row was quarantined or a cell repaired: stable codes, each with its sentence in both languages.

A reason is a code, then, after a space, what it is about: a column's name or numbers ("cells.too_few 6 of 7"). It never
holds a value.
"""

from collections.abc import Mapping

from datong.terms.text import Text

QUARANTINED: Mapping[str, Text] = {
    "line.undecodable": Text("该行不符合文件的编码，无法辨认", "the line isn't in the file's encoding"),
    "line.too_long": Text("该行超过长度上限", "the line is longer than the limit"),
    "line.nul_bytes": Text("该行含空字节", "the line holds NUL bytes"),
    "line.carriage_return": Text("该行中间有回车符", "a carriage return stands inside the line"),
    "quotes.unbalanced": Text("引号不成对", "its quotation marks don't pair up"),
    "cells.too_few": Text("单元格少于表头", "fewer cells than headings"),
    "cells.too_many": Text("单元格多于表头", "more cells than headings"),
    "cell.not_utf8": Text("单元格的文字不是 UTF-8", "a cell's text isn't UTF-8"),
    "row.total": Text("小计或合计行，不是数据", "a subtotal or total, not a row"),
    "row.note": Text("表尾说明，不是数据", "a note under the table, not a row"),
    "row.heading_again": Text("重复出现的表头", "the headings again"),
    "identity.lost_precision": Text(
        "号码被电子表格改成了数值，后几位已丢失",
        "a spreadsheet turned the number into a quantity and lost its last digits",
    ),
    "type.not_a_date": Text("不是能确定的日期", "not a date that can be told for certain"),
    "type.not_a_timestamp": Text("不是能确定的时间", "not a time that can be told for certain"),
    "type.not_an_integer": Text("不是整数", "not a whole number"),
    "type.not_a_decimal": Text("不是数值", "not a number"),
    "type.not_a_boolean": Text("不是真假值", "neither true nor false"),
}

REPAIRED: Mapping[str, Text] = {
    "decode.character_reference": Text("还原了 &#…; 形式的字符", "characters written as &#…; were restored"),
    "decode.blank_line": Text("略过空行", "blank lines passed over"),
    "decode.trailing_delimiter": Text("略过行末多余的分隔符", "delimiters left over at the end of a line"),
    "decode.unnamed_column": Text("略过既无标题也无内容的列", "a column with neither heading nor content"),
    "normalise.full_width": Text("全角改为半角", "full-width characters written in half width"),
    "normalise.invisible": Text("去掉不可见字符", "invisible characters taken out"),
    "normalise.space": Text("去掉首尾空白", "space before or after taken off"),
    "normalise.apostrophe": Text("去掉号码前的撇号", "the apostrophe before a number taken off"),
    "normalise.identity_x": Text("证件号码末位 x 改为 X", "a final x of an identity number written X"),
    "type.no_value": Text("“不详”等字样按空值处理", "a word for “unknown” taken as no value"),
    "date.rewritten": Text("日期统一为 年-月-日", "a date rewritten as year-month-day"),
    "date.excel_serial": Text("电子表格的日期序号还原为日期", "a spreadsheet's day number turned back into a date"),
    "date.two_digit_year": Text("年份只有两位，按原样保留", "a year of two digits, left as it came"),
    "date.unclear": Text("不能确定的日期，按原样保留", "a date that can't be told for certain, left as it came"),
    "date.placeholder": Text("1900-01-01 一类的占位日期，按原样保留", "a date such as 1900-01-01 that stands for none, left as it came"),
    "number.marks": Text("去掉数值中的货币符号和千位分隔", "currency signs and thousands separators taken out of numbers"),
    "number.ten_thousands": Text("以“万”“亿”为单位的数值已换算", "numbers written in 万 or 亿 worked out"),
    "number.unclear": Text("单位不能确定，整列按文字保留", "the unit can't be told: the column stays text"),
    "check.broken_text": Text("含乱码痕迹，按原样保留", "traces of an earlier wrong decoding, left as they came"),
}  # fmt: skip

SAYS: Mapping[str, Text] = {**QUARANTINED, **REPAIRED}


def says(reason: str) -> Text:
    """The sentence for `reason`, with what it is about: "cells.too_few 6 of 7" → "fewer cells than headings (6 of 7)"."""
    code, _, about = reason.partition(" ")
    text = SAYS.get(code, Text(code, code))
    return Text(f"{text.zh}（{about}）", f"{text.en} ({about})") if about else text
