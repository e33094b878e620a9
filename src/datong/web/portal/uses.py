"""A use as its own citizen reads it: the entry's facts told in their words, without the officer's name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from datong.gateway.persons import IN_SCOPE, IN_THE_ANSWER
from datong.ledger.citizen_view import Use, uses_of
from datong.ledger.log import Log
from datong.terms.text import Text
from datong.web.words import event_text

REACHES = {
    IN_THE_ANSWER: Text(zh="您的记录符合查询条件", en="Your record is among those the query asked for"),
    IN_SCOPE: Text(zh="您的记录在所用范围之内", en="Your record is within the scope that was used"),
}
HAPPENED = {
    "gateway.query_allowed": Text(zh="查询数据", en="Data was queried"),
    "gateway.verification_allowed": Text(zh="核验信息", en="A fact was verified"),
    "account.added": Text(zh="为您开通本站账号", en="Your account here was made"),
}
CONCERNED = Text(zh="与您有关", en="It concerns you")


@dataclass(frozen=True)
class ToldUse:
    """`agreements` and `resources` as the entry names them; both empty where the use was of another kind."""

    use: Use
    happened: Text
    reach: Text
    agreements: tuple[str, ...]
    resources: tuple[str, ...]


def told(person: str, log: Log, *, limit: int, before: int | None) -> Iterator[ToldUse]:
    for use in uses_of(person, log, limit=limit, before=before):
        yield _told(use, log.entry(use.index).facts)


def _told(use: Use, facts: Mapping[str, Any]) -> ToldUse:
    tables = facts.get("tables") or ([facts] if "resource" in facts else [])
    return ToldUse(
        use=use,
        happened=HAPPENED.get(use.kind) or event_text(use.kind),
        reach=REACHES.get(str(facts.get("reach", "")), CONCERNED),
        agreements=_names(tables, "agreement"),
        resources=_names(tables, "resource"),
    )


def _names(tables: list[Mapping[str, Any]], fact: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(table[fact]) for table in tables if table.get(fact)))
