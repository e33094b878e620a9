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

ED25519 = 0x01
TIMESTAMPED_ED25519 = 0x04
LONGEST_NOTE = 1_000_000
_DASH = "\u2014 "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


class NoteNotReadable(ValueError):
    """A text isn't a signed note or a key line. `what` says which form is broken, without quoting it."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"This isn't readable as it stands: {what}. It may have been cut or re-wrapped on its way; "
            "fetch it again from the node, byte for byte."
        )


class SignatureDoesNotHold(ValueError):
    """`key` signed nothing here, or signed something else."""

    def __init__(self, key: str, why: str) -> None:
        self.key, self.why = key, why
        super().__init__(
            f"The note is not vouched for by {key}: {why}. Don't rely on what it says; "
            "compare the key with the one the node publishes, and keep this note as evidence."
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
        material = _decode(encoded, "the key's base64")
        if len(material) != 33 or material[0] not in (ED25519, TIMESTAMPED_ED25519):
            raise NoteNotReadable("the key isn't an Ed25519 key in the form name+hash+base64")
        key = cls(_usable_name(name), material[1:], material[0])
        if key.id.hex() != id_hex:
            raise NoteNotReadable("the key's hash doesn't belong to its name and bytes")
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
            raise NoteNotReadable("it is longer than any checkpoint")
        if _CONTROL.search(text):
            raise NoteNotReadable("it holds control characters")
        body, blank, signatures = text.rpartition("\n\n")
        if not (body and blank and signatures.endswith("\n")):
            raise NoteNotReadable("a text, an empty line and signature lines were expected")
        return cls(body + "\n", tuple(_signature_line(line) for line in signatures[:-1].split("\n")))

    def signed_also_by(self, signer: NoteSigner) -> "Note":
        return Note(self.text, (*self.lines, signer.line(self.text)))

    def require(self, key: VerifierKey) -> None:
        """Raises SignatureDoesNotHold unless the key signed this text. One false line in its name spoils the note."""
        mine = [line for line in self.lines if (line.name, line.key_id) == (key.name, key.id)]
        if not mine:
            raise SignatureDoesNotHold(key.name, "it carries no signature by that key")
        if not all(key.holds(self.text, line.signature) for line in mine):
            raise SignatureDoesNotHold(key.name, "the signature was made over other words, or by another key")


def _signature_line(line: str) -> SignatureLine:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not (line.startswith(_DASH) and space):
        raise NoteNotReadable("a signature line doesn't have the form dash, name, base64")
    decoded = _decode(encoded, "a signature's base64")
    if len(decoded) < 5:
        raise NoteNotReadable("a signature is too short")
    return SignatureLine(_usable_name(name), decoded[:4], decoded[4:])


def _usable_name(name: str) -> str:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise NoteNotReadable("a key's name is empty or holds a space or a plus sign")
    return name


def _decode(encoded: str, what: str) -> bytes:
    try:
        decoded = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise NoteNotReadable(f"{what} is damaged") from None
    # One value, one spelling: otherwise a changed byte of a note could go unseen.
    if b64encode(decoded).decode() != encoded:
        raise NoteNotReadable(f"{what} is damaged")
    return decoded
