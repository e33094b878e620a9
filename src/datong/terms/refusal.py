"""A refusal is a value: people are refused every day, and each refusal says what was missing and what to ask for."""

from collections.abc import Mapping
from dataclasses import dataclass

from datong.terms.text import Text


@dataclass(frozen=True)
class Refusal:
    """`code` is stable and documented (gateway.column_not_granted); `reason` and `next_step` are for the person refused.

    Neither text holds a value from a table, and neither depends on one: a refusal must not tell by existing.
    """

    code: str
    reason: Text
    next_step: Text


@dataclass(frozen=True)
class Incomplete:
    """What stands in the way of an action, told once and completely (Art. 21): everything missing, not the first thing."""

    missing: tuple[Refusal, ...]


def fill(listed: Mapping[str, tuple[Text, Text]], code: str, /, **facts: Text | object) -> Refusal:
    """A refusal of a capability's list (code → reason, next step) with its facts filled in, each in its language."""
    reason, next_step = listed[code]
    return Refusal(code, _filled(reason, facts), _filled(next_step, facts))


def _filled(text: Text, facts: Mapping[str, Text | object]) -> Text:
    zh = {name: fact.zh if isinstance(fact, Text) else fact for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
    return Text(zh=text.zh.format_map(zh), en=text.en.format_map(en))
