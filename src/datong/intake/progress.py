"""How far a landing has come: counts for a terminal, never a value."""

from collections.abc import Callable
from dataclasses import dataclass

from datong.terms.text import Text

# The phases of a landing, in their order; `decode` to `land` name the folders and files that do them.
PHASES: dict[str, Text] = {
    "decode": Text("解码", "decode"),
    "normalise": Text("规整", "normalise"),
    "type": Text("定型", "type"),
    "check": Text("核查", "check"),
    "profile": Text("画像", "profile"),
    "land": Text("入湖", "land"),
}


@dataclass(frozen=True)
class Progress:
    """`bytes` were read of `size` bytes; both are 0 where a source can't tell."""

    phase: str
    rows: int = 0
    bytes: int = 0
    size: int = 0


Listener = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """For whoever doesn't want to hear."""
