"""What a person sees of their own data's use: which department, for what purpose, when, and what was touched.

The officer isn't shown: the department answers for the use, and the entry itself names the account to an auditor.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from datong.ledger.entry import Entry
from datong.ledger.log import Log


@dataclass(frozen=True)
class Use:
    """One entry that concerned the person. `others` is how many more it concerned, by number alone.

    `department` and `purpose` are the entry's facts of these names, codes as written there, "" where it has none.
    """

    index: int
    kind: str
    at: datetime
    department: str
    purpose: str
    subject: str
    others: int


def uses_of(person: str, log: Log, *, limit: int = 50, before: int | None = None) -> Iterator[Use]:
    """The newest first; `before` is the last index of the page before this one."""
    indices = [index for index in log.concerning(person) if before is None or index < before]
    for index in islice(reversed(indices), limit):
        yield _use(index, log.entry(index))


def _use(index: int, entry: Entry) -> Use:
    return Use(
        index=index,
        kind=entry.kind,
        at=entry.at,
        department=str(entry.facts.get("department", "")),
        purpose=str(entry.facts.get("purpose", "")),
        subject=entry.subject,
        others=entry.persons_count - 1,
    )
