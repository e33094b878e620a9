"""The README's own commands, typed as they stand there, and how commands end when they can't do what was typed."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from datong.cli.main import main
from datong.cli.outcome import DONE, FAULT, REFUSED
from datong.records import binding

ROOT = Path(__file__).resolve().parents[2]
VISITS = "就诊号,身份证号,姓名,科室\nV001,990123199001010015,王秀英,内科\nV002,99012319850505002X,李四,外科\nV003,坏,行\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Path]:
    """A folder with a CSV in it, and nothing else."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    (tmp_path / "visits.csv").write_text(VISITS, "utf-8")
    with django_db_blocker.unblock(), binding.returning():
        yield tmp_path


def _block(readme: str, holding: str) -> list[str]:
    blocks = re.findall(r"^```\n(.*?)^```", (ROOT / readme).read_text("utf-8"), re.M | re.S)
    return next(block for block in blocks if holding in block).splitlines()


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_brings_a_table_in_as_it_says(
    readme: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in _block(readme, "datong land"):
        program, *words = shlex.split(line)
        assert program == "datong"
        assert main(words) == DONE, line
    out = capsys.readouterr().out
    assert "Read 3 = landed 2 + quarantined 1" in out
    assert "visits.csv line 4" in out
    assert "person.identity_number" in out


TYPED: list[tuple[str, int, str]] = [
    ("department list --home nowhere", FAULT, "datong init"),
    ("land unknown --home county", FAULT, "datong source list"),
    ("catalogue show police.resident --home county", FAULT, "police.resident"),
    ("catalogue show DROP --home county", FAULT, "lower-case"),
    ("share request missing.toml --home county --as admin", FAULT, "missing.toml"),
    ("catalogue submit a.b --home county", FAULT, "--as"),
    ("catalogue submit a.b --as nobody --home county", FAULT, "nobody"),
    ('query --purpose statistics --as admin --home county "SELECT 1 FROM a.b"', REFUSED, "Refused"),
    ("ledger proof 99999 --home county", FAULT, ""),
]


@pytest.mark.parametrize(
    ("typed", "code", "says"), TYPED, ids=[typed.split(" --")[0] for typed, _, _ in TYPED]
)
def test_a_command_that_cant_says_so_in_words_and_by_its_exit_code(
    typed: str, code: int, says: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "--home", "county"])
    capsys.readouterr()
    assert main(shlex.split(typed)) == code
    err = capsys.readouterr().err
    assert says in err
    assert "Traceback" not in err


def _listing(*words: str) -> Callable[[pytest.CaptureFixture[str]], Any]:
    def run(capsys: pytest.CaptureFixture[str]) -> Any:
        capsys.readouterr()
        assert main([*words, "--home", "county", "--json"]) == DONE
        return json.loads(capsys.readouterr().out)

    return run


def test_every_listing_is_json_for_scripts(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--home", "county"])
    for words in (
        ("department", "list"),
        ("account", "list"),
        ("source", "list"),
        ("catalogue", "list"),
        ("share", "list"),
        ("ledger", "show"),
        ("ledger", "verify"),
    ):
        assert _listing(*words)(capsys) is not None


def test_a_verification_fails_when_the_log_was_changed(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "--home", "county"])
    log = here / "county" / "ledger" / "log.sqlite"
    import sqlite3

    with sqlite3.connect(log) as connection:
        connection.execute("DROP TRIGGER entry_as_is")
        connection.execute("UPDATE entry SET bytes = replace(bytes, 'system', 'nobody') WHERE idx = 0")
    connection.close()
    assert main(["ledger", "verify", "--home", "county"]) == REFUSED
