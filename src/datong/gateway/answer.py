"""What comes back from the door: an answer with its lineage, or a refusal. Either way it names its ledger entry."""

from dataclasses import dataclass

import pyarrow as pa

from datong.gateway.decision import Allowed
from datong.terms.refusal import Refusal


@dataclass(frozen=True)
class Answer:
    """`entry` is the index of the ledger entry that was durable before the first row left; `lineage` pairs each resource
    with the delivery behind it."""

    table: pa.Table
    decision: Allowed
    entry: int
    lineage: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RefusedAnswer:
    refusals: tuple[Refusal, ...]
    entry: int
