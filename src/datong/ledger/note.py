"""The C2SP signed note: a text with one signature line for each key, and the one-line form of a public key.

Ed25519 only: plain signatures, and the timestamped ones that public witnesses give (c2sp.org/tlog-cosignature).
Lines by keys that the reader doesn't know are carried along and trusted for nothing.
"""

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from datong.terms.fault import Fault
from datong.terms.text import Text

ED25519 = 0x01
TIMESTAMPED_ED25519 = 0x04
LONGEST_NOTE = 1_000_000
_DASH = "\u2014 "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")

_NOT_A_KEY = Text(
    zh="公钥应为“名称+散列+base64”一行的 Ed25519 公钥，且散列与名称、内容相符",
    en="a public key is one line name+hash+base64 with an Ed25519 key that the hash belongs to",
)
_NOT_A_NAME = Text(
    zh="密钥名称为空，或含有空格、加号", en="the name of a key is empty or holds a space or a plus sign"
)
_NOT_A_NOTE = Text(
    zh="签名文本应为正文、一个空行和若干签名行",
    en="a signed note is a text, an empty line, and signature lines of a dash, a name and base64",
)
_NOT_BASE64 = Text(zh="其中的 base64 已损坏", en="its base64 is damaged")
_UNSIGNED = Text(zh="没有该密钥的签名", en="it carries no signature by that key")
_SIGNED_OTHERWISE = Text(
    zh="签名对应的是别的内容或别的密钥", en="the signature is over other words, or by another key"
)


class NoteNotReadable(Fault):
    """A text isn't a signed note, a checkpoint or a key. `why` says which form is broken, without quoting it."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(
            Text(
                zh=f"无法读取：{why.zh}。传输中可能被截断或换行，请从节点重新获取原文件。",
                en=f"This can't be read: {why.en}. It may have been cut or re-wrapped on its way; "
                "fetch it again from the node, byte for byte.",
            )
        )


class SignatureDoesNotHold(Fault):
    """`key` signed nothing here, or signed something else."""

    def __init__(self, key: str, why: Text) -> None:
        self.key, self.why = key, why
        super().__init__(
            Text(
                zh=f"{key} 并未为此内容作保：{why.zh}。请勿采信；请与节点公布的公钥核对，并保存此件作为证据。",
                en=f"{key} doesn't vouch for this: {why.en}. Don't rely on what it says; compare the key with the one "
                "the node publishes, and keep this as evidence.",
            )
        )


@dataclass(frozen=True)
class VerifierKey:
    """A public key and the name it signs under. `public` is 32 bytes, `kind` a signature type of the note format."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        name, _, rest = text.strip().partition("+")
        id_hex, _, encoded = rest.partition("+")
        material = _decode(encoded)
        if len(material) != 33 or material[0] not in (ED25519, TIMESTAMPED_ED25519):
            raise NoteNotReadable(_NOT_A_KEY)
        key = cls(_usable_name(name), material[1:], material[0])
        if key.id.hex() != id_hex:
            raise NoteNotReadable(_NOT_A_KEY)
        return key

    def holds(self, text: str, signature: bytes) -> bool:
        """Whether `signature` is this key's over exactly `text`."""
        message = text.encode()
        if self.kind == TIMESTAMPED_ED25519:
            seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = b"cosignature/v1\ntime %d\n" % seconds + message
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class NoteSigner:
    """A private key with the name it signs under. `repr` shows the name alone."""

    name: str
    private: Ed25519PrivateKey

    def __post_init__(self) -> None:
        _usable_name(self.name)

    def __repr__(self) -> str:
        return f"NoteSigner({self.name!r})"

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())

    def line(self, text: str) -> "SignatureLine":
        return SignatureLine(self.name, self.key.id, self.private.sign(text.encode()))


@dataclass(frozen=True)
class SignatureLine:
    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True)
class Note:
    """`text` ends in a newline; `str(note)` is the form that travels."""

    text: str
    lines: tuple[SignatureLine, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.lines))

    @classmethod
    def signed(cls, text: str, signer: NoteSigner) -> "Note":
        return cls(text, (signer.line(text),))

    @classmethod
    def parse(cls, text: str) -> "Note":
        if len(text) > LONGEST_NOTE:
            raise NoteNotReadable(_NOT_A_NOTE)
        if _CONTROL.search(text):
            raise NoteNotReadable(_NOT_A_NOTE)
        body, blank, signatures = text.rpartition("\n\n")
        if not (body and blank and signatures.endswith("\n")):
            raise NoteNotReadable(_NOT_A_NOTE)
        return cls(body + "\n", tuple(_signature_line(line) for line in signatures[:-1].split("\n")))

    def signed_also_by(self, signer: NoteSigner) -> "Note":
        return Note(self.text, (*self.lines, signer.line(self.text)))

    def require(self, key: VerifierKey) -> None:
        """Raises SignatureDoesNotHold unless the key signed this text. One false line in its name spoils the note."""
        mine = [line for line in self.lines if (line.name, line.key_id) == (key.name, key.id)]
        if not mine:
            raise SignatureDoesNotHold(key.name, _UNSIGNED)
        if not all(key.holds(self.text, line.signature) for line in mine):
            raise SignatureDoesNotHold(key.name, _SIGNED_OTHERWISE)


def _signature_line(line: str) -> SignatureLine:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not (line.startswith(_DASH) and space):
        raise NoteNotReadable(_NOT_A_NOTE)
    decoded = _decode(encoded)
    if len(decoded) < 5:
        raise NoteNotReadable(_NOT_A_NOTE)
    return SignatureLine(_usable_name(name), decoded[:4], decoded[4:])


def _usable_name(name: str) -> str:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise NoteNotReadable(_NOT_A_NAME)
    return name


def _decode(encoded: str) -> bytes:
    try:
        decoded = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise NoteNotReadable(_NOT_BASE64) from None
    # One value, one spelling: otherwise a changed byte of a note could go unseen.
    if b64encode(decoded).decode() != encoded:
        raise NoteNotReadable(_NOT_BASE64)
    return decoded
