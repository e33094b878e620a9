"""An agreement (共享协议): what was approved, signed, and from then on enforced by the gateway as it stands."""

from dataclasses import dataclass
from datetime import datetime

from datong.grading.scheme import Grade
from datong.sharing.scope import RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.period import Period


@dataclass(frozen=True)
class GrantedField:
    """`graded` is the column's confirmed grade on the day of signing. If it has risen since, the field is absent
    until the agreement is renewed: raising a grade never shows more."""

    name: str
    treatment: Treatment
    graded: Grade


@dataclass(frozen=True)
class Grant:
    resource: ResourceName
    fields: tuple[GrantedField, ...]
    scope: RowScope = RowScope()


@dataclass(frozen=True)
class Agreement:
    """`version` rises with every change, each signed anew; `signature` is Ed25519 over `canonical(agreement)`, base64.

    A revocation is a change like any other: the next version, with the text as it was.
    """

    id: str
    version: int
    request: str
    provider: str
    consumer: str
    purpose: str
    basis: str
    modality: Modality
    grants: tuple[Grant, ...]
    period: Period
    conditions: str
    approved_by: str
    approved_at: datetime
    signature: str = ""
    revoked_at: datetime | None = None
    revoked_by: str = ""
    revoked_because: str = ""
    revision: int = 0
