"""Who can sign in to the demonstration: told on the sign-in page of an invented county, and nowhere else."""

import json
from dataclasses import dataclass
from pathlib import Path

from datong import environment
from datong.terms.text import Text


@dataclass(frozen=True)
class Invented:
    """One person of the county and what they do there."""

    login: str
    name: Text
    duty: Text


@dataclass(frozen=True)
class Demonstration:
    password: str
    people: tuple[Invented, ...]


def demonstration(home: Path) -> Demonstration | None:
    """What the demo left beside its node. None on a node that nobody called a demonstration, whatever lies there."""
    if not environment.text("DATONG_DEMO"):
        return None
    try:
        kept = json.loads((home / "demo.json").read_text("utf-8"))
        people = tuple(
            Invented(login, Text(zh=name_zh, en=name_en), Text(zh=duty_zh, en=duty_en))
            for login, name_zh, name_en, duty_zh, duty_en in kept["people"]
        )
        return Demonstration(str(kept.get("password", "")), people)
    except (OSError, ValueError, KeyError, TypeError):
        return None
