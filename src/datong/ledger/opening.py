"""What a citizen is given about one entry: enough for anyone to check that it concerns them, and nothing about others."""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from datong.ledger.checkpoint import opened
from datong.ledger.commitments import Place
from datong.ledger.entry import EntryNotReadable, read
from datong.ledger.note import NoteNotReadable, SignatureDoesNotHold, VerifierKey
from datong.ledger.persons import SALT_BYTES, commitment
from datong.ledger.proof import includes
from datong.ledger.tree import leaf_hash
from datong.terms.fault import Fault
from datong.terms.text import Text


class OpeningNotReadable(Fault):
    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该文件不是账目的核验文件，或传输中不完整。请在“谁用了我的数据”页面重新下载。",
                en="This file is not the opening of a ledger entry, or was cut on its way. Download it again from the "
                "page “Who used my data”.",
            )
        )


@dataclass(frozen=True)
class Opening:
    """`place` leads from the person's commitment to the entry's persons_root, `path` from the entry to the root in `note`.

    The identity number isn't part of it: whoever checks types it in, so that a lost file tells nothing.
    """

    index: int
    entry: bytes
    salt: bytes
    place: Place
    path: tuple[bytes, ...]
    note: str

    def concerns(self, person: str, key: VerifierKey) -> bool:
        """Whether the log that signs with `key` holds this entry and the entry was made about `person`."""
        try:
            checkpoint = opened(self.note, key)
            entry = read(self.entry)
        except (NoteNotReadable, SignatureDoesNotHold, EntryNotReadable):
            return False
        if len(self.salt) != SALT_BYTES:  # or bytes could move between the salt and the number
            return False
        return includes(
            leaf=leaf_hash(self.entry),
            index=self.index,
            size=checkpoint.size,
            path=self.path,
            root=checkpoint.root,
        ) and includes(
            leaf=commitment(self.salt, person),
            index=self.place.index,
            size=entry.persons_count,
            path=self.place.path,
            root=bytes.fromhex(entry.persons_root),
        )

    def to_json(self) -> str:
        fields = {
            "form": "datong-opening/1",
            "index": self.index,
            "entry": self.entry.decode(),
            "salt": _text(self.salt),
            "place": self.place.index,
            "persons_path": [_text(step) for step in self.place.path],
            "path": [_text(step) for step in self.path],
            "checkpoint": self.note,
        }
        return json.dumps(fields, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Opening":
        try:
            fields = json.loads(text)
            return cls(
                index=int(fields["index"]),
                entry=fields["entry"].encode(),
                salt=_bytes(fields["salt"]),
                place=Place(int(fields["place"]), _hashes(fields["persons_path"])),
                path=_hashes(fields["path"]),
                note=str(fields["checkpoint"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            raise OpeningNotReadable from None


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)


def _hashes(texts: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(_bytes(text) for text in texts)


if __name__ == "__main__":
    from datong.ledger.opening_file import main

    raise SystemExit(main())
