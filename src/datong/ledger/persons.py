"""What the ledger says of persons: salted commitments, which name nobody and can be opened one by one.

A commitment is SHA-256(0x02 || salt || identity number). Identity numbers are few enough to guess, so the salt carries
the secrecy: it differs for each person and event, and comes from a secret of the node that never enters the log.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

COMMITMENT = b"\x02"
SALT_BYTES = 32
TAG_BYTES = 16


def commitment(salt: bytes, person: str) -> bytes:
    return sha256(COMMITMENT + salt + person.encode()).digest()


@dataclass(frozen=True)
class PersonSecret:
    """The node's secret behind salts and tags. Who holds it can test guesses: it is kept like a private key."""

    secret: bytes

    def __repr__(self) -> str:
        return "PersonSecret(…)"

    def salt(self, event: UUID, person: str) -> bytes:
        return self._salts(event)(person.encode())

    def commitments(self, event: UUID, persons: Iterable[str]) -> list[bytes]:
        """One commitment a person, in the order of their bytes, which tells nothing about the persons."""
        salt = self._salts(event)
        numbers = [person.encode() for person in set(persons)]
        return sorted([sha256(COMMITMENT + salt(number) + number).digest() for number in numbers])

    def tags(self, persons: Iterable[str]) -> list[bytes]:
        """One tag a person, the same in every event: what the node's private index is looked up by."""
        tag = hmac_sha256(hmac_sha256(self.secret)(b"person"))
        return [tag(person.encode())[:TAG_BYTES] for person in set(persons)]

    def tag(self, person: str) -> bytes:
        return self.tags([person])[0]

    def _salts(self, event: UUID) -> Callable[[bytes], bytes]:
        # A key for each event: one event can be opened whole for a court without opening any other.
        return hmac_sha256(hmac_sha256(self.secret)(b"salt" + event.bytes))


def hmac_sha256(key: bytes) -> Callable[[bytes], bytes]:
    """HMAC-SHA-256 (RFC 2104) under one key.

    The standard library's one-shot call hashes the key anew each time: a million persons take 3 s that way, and 1.1 s
    from the two half-finished states kept here.
    """
    padded = (key if len(key) <= 64 else sha256(key).digest()).ljust(64, b"\0")
    inner, outer = sha256(bytes(b ^ 0x36 for b in padded)), sha256(bytes(b ^ 0x5C for b in padded))

    def mac(message: bytes) -> bytes:
        first, second = inner.copy(), outer.copy()
        first.update(message)
        second.update(first.digest())
        return second.digest()

    return mac
