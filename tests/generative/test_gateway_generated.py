"""Claims about the gateway for all small worlds and all queries of the grammar, not for examples."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from datong.engines.duckdb.engine import DuckDBInThisProcess
from datong.engines.memory.engine import MemoryEngine
from datong.gateway.engine import Engine
from tests.generative.gateway_worlds import World, elsewhere, outcome, queries, worlds

MODEST = settings(
    max_examples=int(os.environ.get("DATONG_FUZZ", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def asked(sql: str, world: World, engine: Engine) -> tuple[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        return outcome(sql, world.county(Path(folder)), engine)


@MODEST
@given(worlds(), queries(), st.data())
@pytest.mark.parametrize("engine", [DuckDBInThisProcess(), MemoryEngine()], ids=lambda e: e.name)
def test_what_the_caller_may_not_see_changes_nothing_the_caller_gets(
    engine: Engine, world: World, sql: str, data: st.DataObject
) -> None:
    here = asked(sql, world, engine)
    event(here[0])
    assert asked(sql, data.draw(elsewhere(world)), engine) == here


@MODEST
@given(worlds(), queries())
def test_duckdb_answers_as_the_memory_engine_does(world: World, sql: str) -> None:
    ours = asked(sql, world, MemoryEngine())
    # The memory engine evaluates everything; where that fails, another engine may have had no need to.
    assume(ours[0] == "answered" or not ours[1][0][0].startswith("gateway.stopped"))
    event(ours[0])
    assert asked(sql, world, DuckDBInThisProcess()) == ours
