"""What a glance over the whole source can tell."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import datong
from datong.environment import SETTINGS
from datong.gateway.refusals import REFUSALS

SRC = Path(datong.__file__).parent
FILES = sorted(SRC.rglob("*.py"))
LONGEST = 500
FORBIDDEN_NAMES = {"utils", "common", "helpers", "services", "managers", "exceptions", "misc"}


def test_no_file_is_longer_than_it_explains() -> None:
    long = [
        str(path.relative_to(SRC)) for path in FILES if len(path.read_text("utf-8").splitlines()) > LONGEST
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(SRC))
        for path in FILES
        if "migrations" not in path.parts and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_room_is_a_lumber_room() -> None:
    assert [
        path for path in FILES if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES
    ] == []


def test_every_setting_that_is_read_is_documented() -> None:
    read = {name for path in FILES for name in re.findall(r"\bDATONG_[A-Z_]+\b", path.read_text("utf-8"))}
    # The home as settings hold it, and the password that `datong account add` reads once and never keeps.
    assert read - {s.name for s in SETTINGS} <= {"DATONG_PASSWORD"}


def test_every_setting_and_refusal_speaks_both_languages() -> None:
    assert all(s.says.zh and s.says.en for s in SETTINGS)
    assert all(text.zh and text.en for pair in REFUSALS.values() for text in pair)


def _texts() -> Iterator[tuple[str, int, str, str]]:
    """Every Text(…) in the source whose sides are plain strings: file, line, zh, en."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                sides = {k.arg: k.value for k in node.keywords}
                sides |= dict(zip(("zh", "en"), node.args, strict=False))
                if all(isinstance(s, ast.Constant) for s in sides.values()) and sides.keys() == {"zh", "en"}:
                    yield str(path.relative_to(SRC)), node.lineno, sides["zh"].value, sides["en"].value


HAN = re.compile(r"[\u4e00-\u9fff]")


def test_a_sentence_stands_on_its_own_side() -> None:
    """Chinese under `en`, or a side left out: swapped arguments read fine in code and wrong on a page."""
    swapped = [
        (file, line)
        for file, line, zh, en in _texts()
        if (HAN.search(en) and not HAN.search(zh)) or bool(zh) != bool(en)
    ]
    assert swapped == []
