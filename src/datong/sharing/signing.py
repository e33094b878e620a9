"""What exactly is signed: an agreement as bytes that come out the same on every machine and in every year."""

import binascii
import json
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from datong.sharing.agreement import Agreement
from datong.sharing.store import Signer
from datong.terms.names import ResourceName

# The first line keeps a signature made here from passing as one over anything else the node signs.
HEADER = b"datong agreement v1\n"
_UNSIGNED = frozenset({"signature", "revision"})
# Left out while they say nothing, so that an agreement reads the same whether or not it may come to be revoked.
_REVOCATION = {"revoked_at": None, "revoked_by": "", "revoked_because": ""}


def canonical(agreement: Agreement) -> bytes:
    """The header, then JSON with sorted keys, no spaces, UTF-8, times in UTC. A new field of Agreement is signed by
    itself unless it is named above: forgetting must err on the side of signing."""
    names = (f.name for f in fields(agreement) if f.name not in _UNSIGNED)
    said = {name: getattr(agreement, name) for name in names}
    revoked = any(said[name] != nothing for name, nothing in _REVOCATION.items())
    signed = {name: _plain(value) for name, value in said.items() if revoked or name not in _REVOCATION}
    return HEADER + json.dumps(
        signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, ResourceName):
        return str(value)
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def digest(agreement: Agreement) -> str:
    """SHA-256 of what is signed, hex: what the ledger says of an agreement's text."""
    return sha256(canonical(agreement)).hexdigest()


def sign(agreement: Agreement, signer: Signer) -> str:
    return b64encode(signer.sign(canonical(agreement))).decode("ascii")


def verify_signature(agreement: Agreement, signer: Signer) -> bool:
    """Whether the signature is this node's over exactly this text. Unsigned or unreadable is simply no."""
    try:
        signature = b64decode(agreement.signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    return bool(signature) and signer.verify(canonical(agreement), signature)
