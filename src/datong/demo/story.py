"""Rongxi's story, told by the same actions that officials use: from eight departments' tables to proof of every use."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from datong.demo import arriving, dealing, settling, using
from datong.demo.accounts import Account
from datong.demo.generate import PEOPLE, SEED, generate
from datong.gateway.answer import Answer
from datong.terms.fault import Fault
from datong.terms.text import Text
from datong.wiring import Node

Say = Callable[[str], None]
_MARK = "demo.json"  # beside the node: who can sign in, once the story is told; empty while it is being told


class ANodeOfSomebody(Fault):
    def __init__(self, home: Path) -> None:
        self.home = home
        super().__init__(
            Text(
                zh=f"{home} 中已有一个节点，且不是演示县。演示不会改动它：请用 --home 另指一个目录。",
                en=f"There is a node in {home} already, and it isn't the demo's. The demo leaves it alone: name another "
                "folder with --home.",
            )
        )


@dataclass(frozen=True)
class Told:
    """How the county stands. `people`: (login, name, duty) of everyone who can sign in."""

    home: Path
    resources: int
    rows: int
    quarantined: int
    agreements: tuple[str, ...]
    entries: int
    people: tuple[tuple[str, Text, Text], ...]

    def sheet(self) -> str:
        """What a newcomer needs: what there is, and who can sign in."""
        widest = max(_width(f"{name.zh} {name.en}") for _, name, _ in self.people)
        lines = [
            "",
            f"Rongxi County (榕溪县) stands in {self.home}: {self.resources} resources, {self.rows:,} rows landed, "
            f"{self.quarantined:,} set aside with reasons, {len(self.agreements)} agreements, {self.entries:,} entries "
            "in the ledger.",
            f"Everyone signs in with the password {settling.PASSWORD}",
            "",
        ]
        for login, name, duty in self.people:
            called = f"{name.zh} {name.en}" if name.zh != name.en else name.zh
            lines.append(f"  {login:<16} {called}{' ' * (widest - _width(called))}  {duty.zh} / {duty.en}")
        return "\n".join([*lines, ""])


def tell(
    *, home: Path, people: int = PEOPLE, seed: int = SEED, at: datetime, say: Say = lambda line: None
) -> Told:
    """Makes the county in `home`, or finds it there. Raises ANodeOfSomebody, CountyTooSmall.

    One that was cut off half-way is the demo's own and is made anew.
    """
    mark = home / _MARK
    if mark.exists() and mark.read_text("utf-8"):
        say("The county is there already.")
        return _from_mark(home, json.loads(mark.read_text("utf-8")))
    if mark.exists():
        shutil.rmtree(home)
    elif (home / "keys").exists():
        raise ANodeOfSomebody(home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.write_text("")
    told = _tell(home, people, seed, at, say)
    mark.write_text(json.dumps(_to_mark(told), ensure_ascii=False, indent=1), "utf-8")
    return told


def _tell(home: Path, people: int, seed: int, at: datetime, say: Say) -> Told:
    say(f"Inventing {people:,} people of Rongxi and what eight departments keep of them …")
    county = generate(people=people, seed=seed, into=home / "county")
    node = Node.init(home, at=at)
    settling.settle(node, county.accounts, at=at)
    deliveries = arriving.arrive(node, county, at=at, say=say)
    say("Describing, grading and publishing …")
    resources = arriving.publish(node, at=at)
    say("Asking, answering and using …")
    agreements = _deal(node, at=at)
    _use(node, county.accounts, at=at)
    told = Told(
        home=home,
        resources=len(resources),
        rows=sum(d.landed for d in deliveries),
        quarantined=sum(d.quarantined for d in deliveries),
        agreements=tuple(agreements),
        entries=node.log.size(),
        people=tuple((a.login, a.name, a.duty) for a in county.accounts),
    )
    node.close()
    return told


def _deal(node: Node, *, at: datetime) -> list[str]:
    agreed = []
    for wish in dealing.WISHES:
        request = dealing.send(node, wish, at=at)
        if wish.refused_because:
            dealing.refuse(node, request, wish, at=at)
        elif not wish.waiting:  # one is left for the visitor to answer
            agreed.append(dealing.approve(node, request, wish, at=at).id)
    return agreed


def _use(node: Node, accounts: tuple[Account, ...], *, at: datetime) -> None:
    for question in using.QUESTIONS:
        answer = using.ask(node, question, at=at)
        if isinstance(answer, Answer) is not question.answered:
            raise LookupError(question.sql)
    for citizen in (a for a in accounts if a.identity):
        using.check_name(node, number=citizen.identity, name=citizen.name.zh, at=at)


def _to_mark(told: Told) -> dict[str, object]:
    people = [[login, name.zh, name.en, duty.zh, duty.en] for login, name, duty in told.people]
    figures = {"resources": told.resources, "rows": told.rows, "quarantined": told.quarantined}
    # The sign-in page of the demo reads who can sign in, and how, from here.
    shown = {"password": settling.PASSWORD, "people": people}
    return {**figures, "agreements": told.agreements, "entries": told.entries, **shown}


def _from_mark(home: Path, kept: dict[str, Any]) -> Told:
    people = tuple((login, Text(zh, en), Text(dzh, den)) for login, zh, en, dzh, den in kept.pop("people"))
    agreements = tuple(kept.pop("agreements"))
    kept.pop("password", None)
    return Told(home=home, agreements=agreements, people=people, **kept)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
