"""decode, step 2: a file as blocks of whole lines, each decoded strictly. A line that can't be read is told of, not guessed.

No line is held in memory beyond LONGEST characters, so a file of one endless line costs no more than any other.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from datong.intake.phases.encoding import Encoding

LONGEST = 1 << 20  # bytes of a line, or of a record of several lines
BLOCK = 4 << 20  # bytes read at a time

_REFERENCE = re.compile(r"&#(\d{3,7});")

# (line, reason, raw text)
Unreadable = Callable[[int, str, str], None]


@dataclass(frozen=True)
class Block:
    """`lines` without their ends ("\\n"; a "\\r" before it stays), `numbers` their 1-based places in the file."""

    lines: list[str]
    numbers: npt.NDArray[np.int64]


def line_end(head: bytes, encoding: Encoding) -> str:
    """What ends a line: "\n", or "\r" in a file that has no other (as old Macs wrote)."""
    text = head[: len(head) // encoding.unit * encoding.unit].decode(encoding.name, "replace")
    return "\n" if "\n" in text or "\r" not in text else "\r"


def blocks(
    data: Iterable[bytes],
    encoding: Encoding,
    end: str,
    *,
    unreadable: Unreadable,
    repaired: Callable[[int], None],
) -> Iterator[Block]:
    """The file as blocks of decoded lines. `repaired` hears of characters restored from &#…; references."""
    first = 1
    for whole in _whole_lines(data, encoding, end.encode(encoding.name)):
        if isinstance(whole, _Overlong):
            unreadable(first, f"line.too_long {whole.size}", whole.beginning.decode(encoding.name, "replace"))
            first += 1
            continue
        raw = _split(whole, end.encode(encoding.name), encoding.unit)
        numbers = np.arange(first, first + len(raw), dtype=np.int64)
        first += len(raw)
        yield _decoded(raw, numbers, whole, encoding, end, unreadable, repaired)


@dataclass(frozen=True)
class _Overlong:
    size: int
    beginning: bytes


def _whole_lines(data: Iterable[bytes], encoding: Encoding, end: bytes) -> Iterator[bytes | _Overlong]:
    """Bytes that end with a line's end (but at the end of the file); an overlong line is passed over as it comes."""
    pending, skipped, beginning, marked = b"", 0, b"", encoding.mark
    for block in data:
        pending += block
        if marked:
            pending, marked = pending[marked:], 0
        if skipped:  # inside an overlong line: look for its end, keep nothing
            cut = _find(pending, end, encoding.unit)
            if cut < 0:
                keep = len(pending) % encoding.unit
                skipped += len(pending) - keep
                pending = pending[len(pending) - keep :] if keep else b""
                continue
            yield _Overlong(skipped + cut, beginning)
            pending, skipped = pending[cut + len(end) :], 0
        cut = _rfind(pending, end, encoding.unit)
        if cut >= 0:
            yield pending[: cut + len(end)]
            pending = pending[cut + len(end) :]
        if len(pending) > LONGEST:
            skipped, beginning = len(pending) // encoding.unit * encoding.unit, pending[:65_536]
            pending = pending[skipped:]
    if skipped:
        yield _Overlong(skipped + len(pending), beginning)
    elif pending:
        yield pending


def _find(data: bytes, end: bytes, unit: int) -> int:
    at = data.find(end)
    while unit == 2 and at % 2 and at >= 0:
        at = data.find(end, at + 1)
    return at


def _rfind(data: bytes, end: bytes, unit: int) -> int:
    at = data.rfind(end)
    while unit == 2 and at >= 0 and at % 2:
        at = data.rfind(end, 0, at + 1)
    return at


def _split(whole: bytes, end: bytes, unit: int) -> list[bytes]:
    if unit == 1:
        lines = whole.split(end)
    else:
        cells = np.frombuffer(whole[: len(whole) // 2 * 2], np.uint16)
        cuts = np.flatnonzero(cells == np.frombuffer(end, np.uint16)[0]) * 2
        starts = [0, *(cuts + 2).tolist()]
        lines = [whole[a:b] for a, b in zip(starts, [*cuts.tolist(), len(whole)], strict=True)]
    return lines[:-1] if lines and not lines[-1] else lines


def _decoded(
    raw: list[bytes],
    numbers: npt.NDArray[np.int64],
    whole: bytes,
    encoding: Encoding,
    end: str,
    unreadable: Unreadable,
    repaired: Callable[[int], None],
) -> Block:
    sound = b"\0" not in whole if encoding.unit == 1 else True
    if sound and max(map(len, raw), default=0) <= LONGEST:
        try:
            text = whole.decode(encoding.name)
        except UnicodeDecodeError:
            pass
        else:
            if "\0" not in text:
                lines = _restored(text, encoding, repaired).split(end)
                return Block(lines[:-1] if not lines[-1] else lines, numbers)
    return _one_by_one(raw, numbers, encoding, unreadable, repaired)


def _one_by_one(
    raw: list[bytes],
    numbers: npt.NDArray[np.int64],
    encoding: Encoding,
    unreadable: Unreadable,
    repaired: Callable[[int], None],
) -> Block:
    """A block with something wrong in it: line by line, so that only the lines concerned are lost."""
    lines: list[str] = []
    kept: list[int] = []
    for number, line in zip(numbers.tolist(), raw, strict=True):
        if len(line) > LONGEST:
            unreadable(number, f"line.too_long {len(line)}", line[:65_536].decode(encoding.name, "replace"))
            continue
        try:
            text = line.decode(encoding.name)
        except UnicodeDecodeError:
            unreadable(number, "line.undecodable", line.decode(encoding.name, "backslashreplace"))
            continue
        if "\0" in text:
            unreadable(number, "line.nul_bytes", text)
            continue
        lines.append(_restored(text, encoding, repaired))
        kept.append(number)
    return Block(lines, np.array(kept, dtype=np.int64))


def _restored(text: str, encoding: Encoding, repaired: Callable[[int], None]) -> str:
    """Characters that an export into a narrow encoding wrote as &#21035; — in a Unicode file that is the cell's own text."""
    if encoding.name.startswith("utf") or "&#" not in text:
        return text
    restored, times = _REFERENCE.subn(lambda found: _character(found), text)
    repaired(times)
    return restored


def _character(found: re.Match[str]) -> str:
    code = int(found[1])
    # A separator or a quote written so was meant to be text; only what the encoding lacks is restored.
    return chr(code) if 0xA0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]
