"""Which encoding a file is in, judged by the whole of it."""

import pytest

from datong.intake.phases.encoding import encoding_of, scan

CHINESE = "姓名,住址\n钱一,长江街道办事处第二居民委员会\n孙二,人民路三号\n" * 20
TAIWANESE = "姓名,住址\n錢一,長江街道辦事處第二居民委員會\n孫二,人民路三號\n" * 20


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (TAIWANESE.encode("big5"), "big5hkscs"),
        (TAIWANESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-16"), "utf-16-le"),
        (CHINESE.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.encode("utf-16-le"), "utf-16-le"),
        (b"a,b\n1,2\n", "utf-8"),
    ],
)
def test_an_encoding_is_told_by_its_marks_or_by_everyday_characters(data: bytes, encoding: str) -> None:
    assert scan([data], head=1000).encoding.name == encoding


def test_chinese_after_a_million_bytes_of_ascii_still_counts() -> None:
    ascii_part = b"1,plain text\n" * 100_000
    found = scan([ascii_part, "2,中文地址\n".encode("gb18030")], head=1000)
    assert found.encoding.name == "gb18030"


def test_one_damaged_line_doesnt_turn_a_utf8_file_into_another() -> None:
    lines = ["钱一,长江街".encode()] * 200 + [b"\xff\xfe\xfa,x"]
    assert scan([b"\n".join(lines)], head=1000).encoding.name == "utf-8"


def test_how_the_blocks_are_cut_changes_nothing() -> None:
    data = CHINESE.encode("gb18030")
    whole = scan([data], head=500)
    pieces = scan([data[i : i + 7] for i in range(0, len(data), 7)], head=500)
    assert (pieces.encoding.name, pieces.fingerprint, pieces.head) == (
        "gb18030",
        whole.fingerprint,
        whole.head,
    )


def test_a_stray_nul_in_a_short_file_doesnt_make_it_utf_16() -> None:
    assert encoding_of(b"a,b\n1,2\n\x003,4\n5,6\n", b"").name == "utf-8"
