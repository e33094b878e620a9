"""A request for data (共享申请), with the five statutory fields of Art. 20."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from datong.sharing.scope import RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.period import Period


class RequestState(StrEnum):
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True)
class RequestedField:
    """`treatment` is what the requester says is enough; None asks for what the field's grade gives by default."""

    name: str
    treatment: Treatment | None = None


@dataclass(frozen=True)
class Item:
    """The part of a request about one resource. All items of a request have the same provider, who answers it."""

    resource: ResourceName
    fields: tuple[RequestedField, ...]
    scope: RowScope = RowScope()


@dataclass(frozen=True)
class ShareRequest:
    """`basis` 依据, `scenario` 场景, `items` 范围, `modality` 方式, `period` 时限; `consented_by` is the head of the
    requesting office, whose consent comes first."""

    id: str
    consumer: str
    provider: str
    purpose: str
    basis: str
    scenario: str
    items: tuple[Item, ...]
    modality: Modality
    period: Period
    consented_by: str
    submitted_by: str
    submitted_at: datetime
    state: RequestState = RequestState.SUBMITTED
    answered_by: str = ""
    answered_at: datetime | None = None
    refused_because: str = ""
    agreement: str = ""
    answer_due: date | None = None
    revision: int = 0
