"""What sharing needs from whoever keeps it, and from whoever signs."""

from typing import Protocol

from datong.sharing.agreement import Agreement
from datong.sharing.request import RequestState, ShareRequest
from datong.terms.event import Event


class SharingStore(Protocol):
    def request(self, id: str) -> ShareRequest | None: ...
    def requests(
        self, *, state: RequestState | None = None, provider: str | None = None, consumer: str | None = None
    ) -> tuple[ShareRequest, ...]: ...
    def agreement(self, id: str) -> Agreement | None:
        """The newest version."""
        ...

    def agreements(
        self, *, provider: str | None = None, consumer: str | None = None
    ) -> tuple[Agreement, ...]:
        """The newest version of each, revoked ones included."""
        ...

    def agreements_stamp(self) -> str:
        """Changes whenever any agreement changes, in any process: what a compiled decision table is valid for."""
        ...

    def next_number(self, series: str) -> int:
        """1, 2, 3 … per series ("R-2026", "A-2026"), each given once."""
        ...

    def save(self, nouns: tuple[ShareRequest | Agreement, ...], event: Event) -> None: ...


class Signer(Protocol):
    """The node's signing key. It never leaves the adapter (records/keys.py)."""

    def sign(self, message: bytes) -> bytes: ...
    def verify(self, message: bytes, signature: bytes) -> bool: ...
