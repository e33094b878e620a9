"""Every action is called the same way and leaves a listed trace, whoever wrote it."""

import ast
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import datong
from docs.reference import event_kinds

SRC = Path(datong.__file__).parent
CAPABILITIES = ("catalogue", "grading", "intake", "sharing")
ACTIONS: list[tuple[str, Callable[..., Any]]] = [
    (f"{capability}.{name}", action)
    for capability in CAPABILITIES
    for module in [importlib.import_module(f"datong.{capability}.actions")]
    for name, action in inspect.getmembers(module, inspect.isfunction)
    if action.__module__ == module.__name__ and not name.startswith("_")
]


def _saves(action: Callable[..., Any]) -> bool:
    module: ModuleType = importlib.import_module(action.__module__)
    return ".save(" in inspect.getsource(module) and "store" in inspect.signature(action).parameters


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_an_action_takes_keywords_only(name: str, action: Callable[..., Any]) -> None:
    kinds = {p.kind for p in inspect.signature(action).parameters.values()}
    assert kinds <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_an_action_that_saves_says_who_and_when(name: str, action: Callable[..., Any]) -> None:
    if _saves(action):
        assert {"by", "at"} <= set(inspect.signature(action).parameters)


def test_there_are_actions_to_sweep() -> None:
    assert len(ACTIONS) > 15


def _event_kinds_written() -> set[tuple[str, str]]:
    """(file, kind) of every string in the source that looks like an event's kind and is handed to Event(…)."""
    found = set()
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Event":
                values = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "kind")]
                found |= {
                    (str(path.relative_to(SRC)), value.value)
                    for value in values
                    if isinstance(value, ast.Constant) and isinstance(value.value, str)
                }
    return found


def test_every_event_written_is_listed_with_both_languages() -> None:
    kinds = event_kinds()
    assert {kind for _, kind in _event_kinds_written()} <= set(kinds)
    assert all(text.zh and text.en for text in kinds.values())


def test_every_event_listed_is_written_somewhere() -> None:
    """A kind that nothing writes promises a trace that never comes."""
    sources = {path: path.read_text("utf-8") for path in SRC.rglob("*.py") if path.name != "events.py"}
    unwritten = [
        kind
        for kind in event_kinds()
        if not any(f'"{kind}"' in text for text in sources.values())
        and not _named_by_a_constant(kind, sources)
    ]
    assert unwritten == []


def _named_by_a_constant(kind: str, sources: dict[Path, str]) -> bool:
    """events.py may give a kind a name (LANDED = "intake.delivery_landed") that the action uses."""
    capability = kind.partition(".")[0]
    module = SRC / capability / "events.py"
    if not module.exists():
        return False
    for node in ast.parse(module.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value == kind:
            name = node.targets[0]
            return isinstance(name, ast.Name) and any(name.id in text for text in sources.values())
    return False
