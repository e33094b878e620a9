"""A node is made once, opened often, and says plainly what is wrong when it can't be."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from datong.records import binding, outbox
from datong.rules_pack import NoRulesHere
from datong.terms.actor import Role
from datong.wiring import AnotherNodeServed, Node, NodeBehind, NoNodeHere
from tests.stores.nouns import department, happened

ROOT = Path(__file__).parents[2]
ON_SQLITE = pytest.mark.skipif(
    bool(os.environ.get("DATONG_DATABASE_URL")), reason="these nodes bring a database each: SQLite files"
)


@pytest.fixture
def unblocked(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), binding.returning():
        yield


def test_a_new_node_has_keys_rules_an_administrator_and_a_ledger_that_says_so(
    tmp_path: Path, unblocked: None
) -> None:
    made = Node.init(tmp_path / "home")
    assert made.accounts.actor("admin").roles == {Role.ADMINISTRATOR}
    assert made.catalogue.element("person.identity_number") is not None
    assert {entry.kind for _, entry in made.log.entries()} == {"account.added", "catalogue.elements_adopted"}
    assert made.pack.purposes
    keys = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (made.home / "keys").iterdir()}
    assert set(keys) == {
        "agreement.key", "agreement.pub", "django.key", "ledger.key", "ledger.salt", "pseudonyms.sqlite", "records.key",
    }  # fmt: skip
    assert {name for name, mode in keys.items() if mode & 0o077} == {"agreement.pub"}
    assert stat.S_IMODE(made.home.stat().st_mode) == 0o700
    made.close()


def test_what_is_written_before_a_restart_is_there_after_it(node: Node) -> None:
    node.catalogue.save(department(), happened("department/police"))
    signature = node.signer.sign(b"text")
    pseudonym = node.keys.key("A-1")
    again = Node.open(node.home)
    assert again.catalogue.department("police") is not None
    assert again.signer.verify(b"text", signature)
    assert again.keys.key("A-1") == pseudonym
    assert again.log.entry(again.log.size() - 1).subject == "department/police"


@ON_SQLITE
def test_making_a_node_again_changes_nothing_in_it(node: Node) -> None:
    node.catalogue.save(department(), happened("department/police"))
    size = node.log.size()
    again = Node.init(node.home)
    assert again.log.size() == size
    assert again.catalogue.department("police") is not None


@ON_SQLITE
def test_an_event_left_waiting_by_a_kill_is_entered_by_the_next_write(node: Node) -> None:
    outbox.put(happened("department/left"))
    node.catalogue.save(department(), happened("department/police"))
    entries = [entry.subject for _, entry in node.log.entries()]
    assert entries[-2:] == ["department/left", "department/police"]


def test_reading_the_code_makes_no_folder_and_a_script_needs_no_settings(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from datong.wiring import Node, NoNodeHere\n"
        "try: Node.open(Path('elsewhere'))\n"
        "except NoNodeHere: print('none')"
    )
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("DATONG_", "DJANGO_"))}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=bare, capture_output=True, text=True, check=False
    )
    assert (ran.stdout.strip(), ran.stderr) == ("none", "")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_node_is_named_and_left_as_it_was(tmp_path: Path, unblocked: None) -> None:
    with pytest.raises(NoNodeHere) as refused:
        Node.open(tmp_path / "nothing")
    assert "datong init" in refused.value.text.en
    assert not (tmp_path / "nothing").exists()


@ON_SQLITE
def test_a_node_of_an_earlier_version_isnt_opened_until_it_is_brought_up_to_date(node: Node) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        cursor.execute("DROP TABLE django_session")
    with pytest.raises(NodeBehind):
        Node.open(node.home)
    Node.init(node.home)
    Node.open(node.home)


@ON_SQLITE
def test_a_process_that_turned_to_another_node_doesnt_write_into_it_by_the_first_ones_hand(
    node: Node, tmp_path: Path
) -> None:
    shutil.copytree(node.home, tmp_path / "other")
    other = Node.open(tmp_path / "other")
    with pytest.raises(AnotherNodeServed):
        _ = node.catalogue
    other.catalogue.save(department(), happened("department/police"))
    again = Node.open(node.home)
    assert again.catalogue.department("police") is None
    assert node.catalogue.department("police") is None
    assert node.home == settings.DATONG_HOME
    other.close()


def test_rules_that_arent_there_stop_a_node_before_anything_is_made(
    tmp_path: Path, unblocked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATONG_RULES", str(tmp_path / "rules"))
    with pytest.raises(NoRulesHere) as refused:
        Node.init(tmp_path / "home")
    assert refused.value.folder == tmp_path / "rules"
    assert not (tmp_path / "home").exists()


_SAVE_FOR_EVER = """
import sys
from pathlib import Path
from datong.wiring import Node
from tests.stores.nouns import department, happened
node = Node.open(Path(sys.argv[1]))
number = 0
while True:
    node.catalogue.save(department(f"d{number}"), happened(f"department/d{number}"))
    print(number, flush=True)
    number += 1
"""


@ON_SQLITE
@pytest.mark.slow
@pytest.mark.parametrize("saves", [1, 7])
def test_store_and_ledger_agree_after_a_kill(node: Node, saves: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _SAVE_FOR_EVER, str(node.home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(saves)][-1]
        writer.kill()
    node.catalogue.save(department("last"), happened("department/last"))
    kept = {f"department/{one.code}" for one in node.catalogue.departments()}
    entered = [entry.subject for _, entry in node.log.entries() if entry.subject.startswith("department/")]
    assert kept == set(entered)
    assert len(kept) == len(entered)
    assert f"department/d{acknowledged}" in kept
