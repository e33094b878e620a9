"""Granting less never shows more: a raised grade, a dropped field, a stricter treatment, a narrower scope."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datong.engines.memory.engine import MemoryEngine
from datong.gateway.answer import Answer
from datong.gateway.run import run
from datong.grading.scheme import Grade
from datong.sharing.scope import RowScope
from datong.sharing.treatment import ORDER, Treatment
from tests.generative.gateway_worlds import FIELDS, ONE, World, conditions, worlds
from tests.unit.gateway.small_county import Book, Keys, asking, served

MODEST = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Less:
    """A world that grants less of ONE than the other, and the grades its columns have risen to."""

    world: World
    grades: Mapping[str, Grade | None]


@st.composite
def lessened(draw: st.DrawFn, world: World) -> Less:
    terms = dict(world.terms[ONE])
    for name in draw(st.lists(st.sampled_from(sorted(terms)), max_size=2)):
        stricter = [t for t in ORDER if ORDER.index(t) >= ORDER.index(Treatment(terms[name]))]
        terms[name] = str(draw(st.sampled_from(stricter)))
    scope = RowScope((*world.scopes[ONE].conditions, *draw(st.lists(conditions(ONE), max_size=1))))
    names = draw(st.lists(st.sampled_from(sorted(terms)), max_size=2))
    grades = {n: draw(st.sampled_from([None, Grade.G4, Grade.IMPORTANT, Grade.CORE])) for n in names}
    return Less(
        replace(world, terms={**world.terms, ONE: terms}, scopes={**world.scopes, ONE: scope}), grades
    )


def everything(world: World, grades: Mapping[str, Grade | None]) -> list[dict[str, Any]] | None:
    """All that is shown of ONE; None when nothing is."""
    with tempfile.TemporaryDirectory() as folder:
        county = world.county(Path(folder))
        snapshot = county.resources[ONE].snapshot
        county.put(served(ONE, FIELDS[ONE], snapshot, grades))
        answer = run(
            asking("SELECT * FROM police.one"),
            shelf=county,
            engine=MemoryEngine(),
            recorder=Book(),
            keys=Keys(),
        )
    return answer.table.to_pylist() if isinstance(answer, Answer) else None


@MODEST
@given(worlds(), st.data())
def test_granting_less_never_shows_more(world: World, data: st.DataObject) -> None:
    less = data.draw(lessened(world))
    before, after = everything(world, {}), everything(less.world, less.grades)
    if after is None:
        return
    assert before is not None
    columns = set(after[0]) if after else set()
    assert columns <= set(before[0] if before else columns)
    same = [
        name
        for name in columns
        if world.terms[ONE][name] == less.world.terms[ONE][name]  # under another treatment, another value
    ]
    shown = Counter(tuple(row[c] for c in same) for row in after)
    assert shown <= Counter(tuple(row[c] for c in same) for row in before)
    for column, grade in less.grades.items():
        assert column not in columns, (column, grade)


@MODEST
@given(worlds(), st.data())
def test_a_decision_under_a_lesser_grant_is_nowhere_laxer(world: World, data: st.DataObject) -> None:
    """What is shown of a field is at most what was: clear, masked, pseudonym, absent, in this order."""
    less = data.draw(lessened(world))
    now, then = _treatments(world, {}), _treatments(less.world, less.grades)
    assert all(ORDER.index(then[name]) >= ORDER.index(now[name]) for name in now)


def _treatments(world: World, grades: Mapping[str, Grade | None]) -> dict[str, Treatment]:
    from datong.gateway.policy import Policy

    with tempfile.TemporaryDirectory() as folder:
        county = world.county(Path(folder))
        county.put(served(ONE, FIELDS[ONE], county.resources[ONE].snapshot, grades))
        policy = Policy("health", county.agreements(consumer="health"), county.served)
        table = policy.ground("A-1", ONE).table
    assert table is not None
    return {f.name: f.treatment for f in table.fields}
