"""A checkpoint (C2SP tlog-checkpoint): the log's name, size and root, signed, so that the log can't be told two ways."""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from datong.ledger.note import Note, NoteNotReadable, NoteSigner, SignatureDoesNotHold, VerifierKey
from datong.terms.text import Text

_SIZE = re.compile(r"(0|[1-9][0-9]{0,18})\Z")
_NOT_A_CHECKPOINT = Text(
    zh="检查点正文应为三行：台账名称、十进制账目数、32 字节根的 base64",
    en="a checkpoint is three lines: the log's name, its size in decimal, and the base64 of a root of 32 bytes",
)
_ANOTHER_LOG = Text(zh="这是另一台账的检查点", en="it is the checkpoint of another log")


@dataclass(frozen=True)
class Checkpoint:
    """`origin` names the log; `root` is the RFC 6962 root over its first `size` entries."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, body: str) -> "Checkpoint":
        """Reads the three lines; extension lines after them are allowed by the form and say nothing here."""
        lines = body.removesuffix("\n").split("\n")
        if len(lines) < 3 or not all(lines):
            raise NoteNotReadable(_NOT_A_CHECKPOINT)
        origin, size, root = lines[:3]
        if not _SIZE.match(size):
            raise NoteNotReadable(_NOT_A_CHECKPOINT)
        return cls(origin, int(size), _root(root))


def sign(checkpoint: Checkpoint, signer: NoteSigner) -> str:
    return str(Note.signed(checkpoint.body(), signer))


def cosign(note: str, signer: NoteSigner) -> str:
    """The note with a witness's line added. A witness first checks that the tree extends the last one it signed."""
    return str(Note.parse(note).signed_also_by(signer))


def opened(note: str, key: VerifierKey, *, witnesses: Sequence[VerifierKey] = ()) -> Checkpoint:
    """The checkpoint inside a note that `key`, and every one of `witnesses`, signed.

    Raises NoteNotReadable for what isn't a checkpoint and SignatureDoesNotHold for what they don't vouch for.
    """
    parsed = Note.parse(note)
    for required in (key, *witnesses):
        parsed.require(required)
    checkpoint = Checkpoint.parse(parsed.text)
    # A key signs for one log. Without this a node's second log could stand in for its first.
    if checkpoint.origin != key.name:
        raise SignatureDoesNotHold(key.name, _ANOTHER_LOG)
    return checkpoint


def _root(encoded: str) -> bytes:
    try:
        root = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != 32 or b64encode(root).decode() != encoded:
        raise NoteNotReadable(_NOT_A_CHECKPOINT)
    return root
