"""A refusal is a value: people are refused every day, and each refusal says what was missing and what to ask for."""

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
