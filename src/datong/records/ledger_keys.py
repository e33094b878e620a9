"""The ledger's keys: the one that signs checkpoints, its public half for everybody, and the secret behind the salts."""

import secrets
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from datong.ledger.note import NoteNotReadable, NoteSigner, VerifierKey
from datong.ledger.persons import PersonSecret
from datong.records.key_file import read_or_make
from datong.terms.fault import Fault
from datong.terms.text import Text


class NodeRenamed(Fault):
    def __init__(self, kept: str, wanted: str) -> None:
        self.kept, self.wanted = kept, wanted
        super().__init__(
            Text(
                zh=f"台账以“{kept}”之名签署，现在的节点名称却是“{wanted}”。改名会使以往的检查点无法核对，因此停止。"
                f"请将 DATONG_NODE_NAME 设为 {kept}。",
                en=f"The ledger is signed as {kept} and the node is now called {wanted}. Under another name earlier "
                f"checkpoints couldn't be checked, so we stop. Set DATONG_NODE_NAME to {kept}.",
            )
        )


class LedgerKeyDamaged(Fault):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            Text(
                zh=f"台账密钥 {path} 已损坏。请从备份恢复该文件；切勿删除：新密钥签署的检查点无法与以往的衔接。",
                en=f"The ledger's key {path} is damaged. Restore it from a backup; don't delete it: checkpoints signed by "
                "a new key don't join the old ones.",
            )
        )


class LedgerKeyReplaced(Fault):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            Text(
                zh=f"签名密钥与已公布的公钥 {path} 不是一对：ledger.key 丢失后被重新生成，或被替换。以新密钥继续签署会使台账"
                "无法核验，因此停止。请从备份恢复 keys/ledger.key。",
                en=f"The signing key isn't the one behind the published {path}: ledger.key was lost and made anew, or "
                "replaced. Signed on with it, the ledger couldn't be checked, so we stop. Restore keys/ledger.key from a "
                "backup.",
            )
        )


def signer(home: Path, *, name: str) -> NoteSigner:
    """The node's signing key, made on first use under this name, which can't change afterwards."""
    path = home / "keys" / "ledger.key"
    text = read_or_make(path, lambda: _new_key(name)).decode("utf-8", "replace").strip()
    kept, _, seed = text.partition(" ")
    try:
        found = NoteSigner(kept, Ed25519PrivateKey.from_private_bytes(b64decode(seed, validate=True)))
    except (ValueError, NoteNotReadable):
        raise LedgerKeyDamaged(path) from None
    if found.name != name:
        raise NodeRenamed(found.name, name)
    return found


def person_secret(home: Path) -> PersonSecret:
    return PersonSecret(read_or_make(home / "keys" / "ledger.salt", lambda: secrets.token_bytes(32)))


def public_key(home: Path) -> VerifierKey:
    return VerifierKey.parse(public_key_file(home).read_text("utf-8"))


def public_key_file(home: Path) -> Path:
    return home / "ledger" / "ledger.pub"


def publish(home: Path, key: VerifierKey) -> None:
    """Keeps the public key where auditors look for it. Raises LedgerKeyReplaced when another one is there."""
    path = public_key_file(home)
    if path.exists():
        if public_key(home) != key:
            raise LedgerKeyReplaced(path)
    else:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(f"{key}\n", "utf-8")


def _new_key(name: str) -> bytes:
    private = NoteSigner(name, Ed25519PrivateKey.generate()).private
    return f"{name} {b64encode(private.private_bytes_raw()).decode()}\n".encode()
