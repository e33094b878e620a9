"""The node's key for agreements (sharing.store.Signer). The private half stays in this object and its file."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from datong.records.key_file import read_or_make
from datong.terms.fault import Fault
from datong.terms.text import Text


class AgreementKeyDamaged(Fault):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            Text(
                zh=f"签署协议的密钥 {path} 已损坏。请从备份恢复该文件；切勿删除：换了密钥，已生效的协议将全部无法核验。",
                en=f"The key that signs agreements, {path}, is damaged. Restore it from a backup; don't delete it: under "
                "another key no agreement in force could be verified.",
            )
        )


@dataclass(frozen=True, repr=False)
class AgreementSigner:
    private: Ed25519PrivateKey

    @classmethod
    def of(cls, path: Path) -> "AgreementSigner":
        """The key in `path` (PKCS#8 PEM), made on first use; its public half lies beside it for anyone to check with."""
        try:
            private = load_pem_private_key(read_or_make(path, _new_key), password=None)
        except ValueError:
            raise AgreementKeyDamaged(path) from None
        if not isinstance(private, Ed25519PrivateKey):
            raise AgreementKeyDamaged(path)
        signer = cls(private)
        public = path.with_suffix(".pub")
        if not public.exists():
            public.write_bytes(signer.public_pem)
            os.chmod(public, 0o644)
        return signer

    @property
    def public_pem(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)

    def verify(self, message: bytes, signature: bytes) -> bool:
        try:
            self.private.public_key().verify(signature, message)
        except InvalidSignature:
            return False
        return True


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
