"""Sealing what must not be readable in a copy of the database: identity numbers of citizens' accounts, source passwords.

AES-GCM under a key in the node's keys folder. `about` is bound into the seal, so that one row's seal is worth nothing in
another row.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from datong.records.key_file import read_or_make
from datong.terms.fault import Fault
from datong.terms.text import Text

_NONCE = 12


class SealDoesNotOpen(Fault):
    """`about` names the row, as in an event."""

    def __init__(self, about: str) -> None:
        self.about = about
        super().__init__(
            Text(
                zh=f"{about} 的密文无法用本节点的密钥打开：密钥文件已更换，或数据库记录被改动。请用同一时间备份的密钥与数据库恢复。",
                en=f"What is sealed in {about} doesn't open with this node's key: the key file was replaced, or the row was "
                "changed. Restore key and database from the same backup.",
            )
        )


@dataclass(frozen=True, repr=False)
class Sealer:
    key: bytes

    @classmethod
    def of(cls, path: Path) -> "Sealer":
        return cls(read_or_make(path, lambda: AESGCM.generate_key(bit_length=256)))

    def seal(self, text: str, *, about: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self.key).encrypt(nonce, text.encode(), about.encode())

    def open(self, sealed: bytes, *, about: str) -> str:
        try:
            return (
                AESGCM(self.key)
                .decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), about.encode())
                .decode()
            )
        except InvalidTag:
            raise SealDoesNotOpen(about) from None
