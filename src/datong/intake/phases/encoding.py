"""decode, step 1: which encoding a file is in, and the fingerprint of its content, found by reading the whole of it once.

A whole reading, because a file that is ASCII for a million lines and Chinese after that is common, and a guess from its
beginning would send all the rest to quarantine.
"""

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

EVIDENCE = 256_000  # bytes of lines with other than ASCII characters, kept to judge by
# Share of such lines that must be valid UTF-8; the others are then damaged lines of a UTF-8 file.
_MOSTLY = 0.9
_MARGIN = 0.1  # by which Big5 must be the likelier: a mainland office rarely gets any

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True)
class Encoding:
    """`name` is Python's; `mark` the length of the byte order mark; `why` is for the delivery's report."""

    name: str
    mark: int
    why: str

    @property
    def unit(self) -> int:
        """Bytes of the smallest character."""
        return 2 if self.name.startswith("utf-16") else 1


@dataclass(frozen=True)
class Scan:
    encoding: Encoding
    fingerprint: str
    size: int
    head: bytes  # the first blocks, enough to find the headings in


def scan(blocks: Iterable[bytes], *, head: int, heard: Callable[[int], None] = lambda size: None) -> Scan:
    """Reads all of `blocks`, keeping `head` bytes from the beginning and some lines to judge the encoding by."""
    digest, size, beginning, evidence, tail = sha256(), 0, bytearray(), bytearray(), b""
    for block in blocks:
        digest.update(block)
        size += len(block)
        if len(beginning) < head:
            beginning += block[: head - len(beginning)]
        if len(evidence) < EVIDENCE:
            whole, tail = _lines_beyond_ascii(tail + block)
            evidence += whole[:EVIDENCE]
        heard(size)
    evidence += _lines_beyond_ascii(tail + b"\n")[0]
    return Scan(encoding_of(bytes(beginning), bytes(evidence)), digest.hexdigest(), size, bytes(beginning))


def _lines_beyond_ascii(data: bytes) -> tuple[bytes, bytes]:
    """The whole lines that hold a byte above 127, and the unfinished line at the end (not more than a block of it)."""
    if not np.any(np.frombuffer(data, np.uint8) >= 0x80):
        return b"", data[data.rfind(b"\n") + 1 :][-65_536:]
    whole, _, rest = data.rpartition(b"\n")
    return b"".join(line + b"\n" for line in whole.split(b"\n") if not line.isascii()), rest[-65_536:]


def encoding_of(head: bytes, evidence: bytes) -> Encoding:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, len(mark), "byte order mark")
    if wide := _utf16_without_mark(head):
        return Encoding(wide, 0, "every other byte is zero")
    if not evidence:
        return Encoding("utf-8", 0, "ASCII throughout")
    lines = evidence.split(b"\n")
    valid = sum(_decodes(line, "utf-8") and not line.isascii() for line in lines)
    if valid >= _MOSTLY * sum(not line.isascii() for line in lines):
        return Encoding("utf-8", 0, "valid UTF-8")
    chinese, taiwanese = (
        _plausible(lines, "gb18030", _common_gb),
        _plausible(lines, "big5hkscs", _common_big5),
    )
    if taiwanese > chinese + _MARGIN:
        return Encoding(
            "big5hkscs", 0, f"{taiwanese:.0%} common Big5 characters against {chinese:.0%} of GB 18030"
        )
    return Encoding("gb18030", 0, f"{chinese:.0%} common GB 18030 characters against {taiwanese:.0%} of Big5")


def _utf16_without_mark(head: bytes) -> str:
    """Digits, separators and line ends are ASCII in any table: in UTF-16 one of their two bytes is zero, always the same
    one. Chinese has the other zero now and then (一 is 4E 00), so the two are weighed against each other."""
    pairs = np.frombuffer(head[: len(head) // 2 * 2], np.uint8).reshape(-1, 2)
    if len(pairs) < 4:
        return ""
    first, second = (pairs == 0).mean(axis=0)
    if max(first, second) < 0.02:
        return ""
    wide = "utf-16-le" if second > 4 * first else "utf-16-be" if first > 4 * second else ""
    # A stray NUL or two in a short file of bytes make no line end of two bytes.
    return (
        wide if wide and any((pairs == tuple(end.encode(wide))).all(axis=1).any() for end in "\n\r") else ""
    )


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _plausible(lines: list[bytes], encoding: str, common: Callable[[str], bool]) -> float:
    """Share of the characters beyond ASCII that are everyday ones, if the file were in `encoding`.

    Both encodings decode nearly any pair of bytes; only in the right one do the pairs make common words.
    """
    seen = good = 0
    for line in lines:
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            seen += sum(byte >= 0x80 for byte in line)
            continue
        beyond = [c for c in text if not c.isascii()]
        seen += len(beyond)
        good += sum(map(common, beyond))
    return good / seen if seen else 0.0


def _common_gb(character: str) -> bool:
    """Level 1 of GB 2312 (the 3,755 everyday characters), its punctuation, full-width forms and accented letters."""
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return lead in (0xA1, 0xA3, 0xA8) or 0xB0 <= lead <= 0xD7


def _common_big5(character: str) -> bool:
    """Level 1 of Big5 (5,401 characters) and its punctuation."""
    try:
        lead = character.encode("big5")[0]
    except UnicodeEncodeError:
        return False
    return 0xA1 <= lead <= 0xC6
