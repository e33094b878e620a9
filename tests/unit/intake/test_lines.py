"""A file as decoded lines: nothing guessed, nothing held that is too long."""

import tracemalloc

import pytest

from datong.intake.phases.encoding import Encoding
from datong.intake.phases.lines import LONGEST, blocks, line_end

UTF8 = Encoding("utf-8", 0, "")


def read(pieces, encoding: Encoding = UTF8, end: str = "\n"):
    bad: list[tuple[int, str]] = []
    lines = [
        (int(number), line)
        for block in blocks(
            pieces,
            encoding,
            end,
            unreadable=lambda n, why, raw: bad.append((n, why)),
            repaired=lambda n: None,
        )
        for number, line in zip(block.numbers, block.lines, strict=True)
    ]
    return lines, bad


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_however_a_file_is_cut_its_lines_are_the_same(encoding: str, size: int) -> None:
    data = "一,二\n三\n\n四ਊ,Ċ".encode(encoding)  # U+0A0A and U+010A have the byte of a line end inside
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    lines, bad = read(pieces, Encoding(encoding, 0, ""))
    assert lines == [(1, "一,二"), (2, "三"), (3, ""), (4, "四ਊ,Ċ")]
    assert bad == []


def test_a_line_that_isnt_in_the_encoding_is_told_of_with_its_number() -> None:
    lines, bad = read(["好\n".encode() + b"\xff\xff\n" + "再\n".encode()])
    assert lines == [(1, "好"), (3, "再")]
    assert bad == [(2, "line.undecodable")]


def test_nul_bytes_cost_their_line_and_no_other() -> None:
    lines, bad = read([b"a\nb\0b\nc\n"])
    assert lines == [(1, "a"), (3, "c")]
    assert bad == [(2, "line.nul_bytes")]


def test_a_line_of_a_gigabyte_is_passed_over_in_pieces() -> None:
    """The pieces are made as they are asked for, so that what memory there is, is the reader's."""

    def pieces():
        yield b"a\n"
        for _ in range(1024):
            yield b"x" * (1 << 20)
        yield b"\nb\n"

    tracemalloc.start()
    lines, bad = read(pieces())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines == [(1, "a"), (3, "b")]
    assert bad == [(2, f"line.too_long {1 << 30}")]
    assert most < 16 << 20


def test_a_line_at_the_limit_is_read_and_one_beyond_it_isnt() -> None:
    lines, bad = read([b"x" * LONGEST + b"\n" + b"y" * (LONGEST + 1) + b"\nz\n"])
    assert [(n, len(line)) for n, line in lines] == [(1, LONGEST), (3, 1)]
    assert bad == [(2, f"line.too_long {LONGEST + 1}")]


def test_old_macs_end_lines_with_a_carriage_return() -> None:
    assert line_end(b"a\rb\r", UTF8) == "\r"
    assert line_end(b"a\r\nb", UTF8) == "\n"
    assert read([b"a\rb\r"], end="\r")[0] == [(1, "a"), (2, "b")]


def test_characters_written_as_references_are_restored_in_a_narrow_encoding_only() -> None:
    data = "&#21035;&#44;\n"
    assert read([data.encode("big5")], Encoding("big5hkscs", 0, ""))[0] == [(1, "别&#44;")]
    assert read([data.encode()])[0] == [(1, "&#21035;&#44;")]
