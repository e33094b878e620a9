"""The stand-alone checker on real files: sound ones, ones that were tampered with, and what is no log at all."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from datong.ledger.checkpoint import cosign
from datong.ledger.log import Log
from datong.ledger.note import NoteSigner
from datong.ledger.verify_file import FAULTY, SOUND, UNUSABLE, main, verify_file
from datong.records.ledger_keys import public_key, public_key_file
from datong.records.log import SqliteLog, open_log
from datong.terms.event import Event

LI = "990101198001011234"
WITNESS = NoteSigner("witness.example/province", Ed25519PrivateKey.from_private_bytes(b"\x03" * 32))


def event(number: int) -> Event:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Event("test.happened", at, "zhang.wei", f"thing/{number}", {"number": number}, (LI,))


@pytest.fixture
def log(tmp_path: Path) -> Log:
    made = open_log(tmp_path, name="datong.example/rongxi")
    made.append([event(number) for number in range(10)])
    made.append([event(number) for number in range(10, 16)])
    return made


@pytest.fixture
def copy(log: Log, tmp_path: Path) -> Path:
    assert isinstance(log.storage, SqliteLog)
    log.storage.copy_to(tmp_path / "copy.sqlite")
    return tmp_path / "copy.sqlite"


def tamper(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for trigger in ("entry_stays", "entry_as_is", "node_stays", "node_as_is"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


TAMPERING = {
    "one letter of an entry": (
        [
            "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'zhang', 'zheng') AS BLOB) WHERE idx = 7"
        ],
        ("entry_changed", 7),
    ),
    "an entry dropped": (["DELETE FROM entry WHERE idx = 3"], ("entry_missing", 3)),
    "the first entry dropped": (["DELETE FROM entry WHERE idx = 0"], ("entry_missing", 0)),
    "two entries exchanged": (
        [
            "UPDATE entry SET idx = -1 WHERE idx = 4",
            "UPDATE entry SET idx = 4 WHERE idx = 5",
            "UPDATE entry SET idx = 5 WHERE idx = -1",
        ],
        ("entry_changed", 4),
    ),
    "an inner hash": (
        ["UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND idx = 2"],
        ("node_changed", 4),
    ),
    "a hash dropped": (["DELETE FROM node WHERE level = 2 AND idx = 0"], ("node_changed", 0)),
    "a checkpoint replaced": (
        ["UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 16) WHERE size = 10"],
        ("root_differs", 0),
    ),
    "a checkpoint's signature": (
        # A letter within the signature, which is another one each time the key is made.
        [
            "UPDATE checkpoint SET note = substr(note, 1, length(note) - 20) || "
            "CASE substr(note, length(note) - 19, 1) WHEN 'A' THEN 'B' ELSE 'A' END || "
            "substr(note, length(note) - 18) WHERE size = 10"
        ],
        ("checkpoint_not_ours", 0),
    ),
    "the last checkpoint dropped": (["DELETE FROM checkpoint WHERE size = 16"], ("not_signed", 10)),
    "everything after the first checkpoint dropped but the second": (
        ["DELETE FROM entry WHERE idx >= 10", "DELETE FROM node WHERE ((idx + 1) << level) > 10"],
        ("cut_off", 10),
    ),
    "an entry put in at the end": (
        ["INSERT INTO entry VALUES (16, x'00', x'7b7d')"],
        ("entry_changed", 16),
    ),
    "a note that isn't text": (
        [
            "DROP TABLE checkpoint",
            "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note)",
            "INSERT INTO checkpoint VALUES (16, x'ff00')",
        ],
        ("file_damaged", 0),
    ),
    "an entry that is nothing": (
        [
            "CREATE TABLE other AS SELECT * FROM entry",
            "UPDATE other SET bytes = NULL WHERE idx = 2",
            "DROP TABLE entry",
            "ALTER TABLE other RENAME TO entry",
        ],
        ("entry_changed", 2),
    ),
    "no table of entries": (["DROP TABLE entry"], ("file_damaged", 0)),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_and_named(copy: Path, tmp_path: Path, what: str) -> None:
    statements, expected = TAMPERING[what]
    tamper(copy, *statements)
    named = verify_file(copy, public_key(tmp_path)).discrepancy
    assert named is not None
    assert (named.code, named.first) == expected


def test_a_flipped_bit_anywhere_in_an_entrys_bytes_is_found(copy: Path, tmp_path: Path) -> None:
    """On the file as it lies, not through SQL: a failing disk, or an editor of bytes."""
    original = copy.read_bytes()
    connection = sqlite3.connect(copy)
    entries = [row[0] for row in connection.execute("SELECT bytes FROM entry ORDER BY idx")]
    connection.close()
    chance = random.Random(4)
    for index, data in enumerate(entries):
        start = original.index(data)
        place = start + chance.randrange(len(data))
        flipped = bytearray(original)
        flipped[place] ^= 1 << chance.randrange(8)
        copy.write_bytes(flipped)
        named = verify_file(copy, public_key(tmp_path)).discrepancy
        assert named is not None
        assert (named.code, named.first) == ("entry_changed", index)


def test_a_byte_changed_anywhere_in_the_file_is_found_or_changes_nothing_that_counts(
    copy: Path, tmp_path: Path
) -> None:
    """Slack space, indexes and SQLite's own header may change unseen; entries, hashes and notes may not."""
    original = copy.read_bytes()
    chance = random.Random(5)

    def content() -> list[object]:
        connection = sqlite3.connect(copy)
        try:
            tables = ("idx, bytes FROM entry", "level, idx, hash FROM node", "size, note FROM checkpoint")
            return [connection.execute(f"SELECT {each} ORDER BY 1, 2").fetchall() for each in tables]
        finally:
            connection.close()

    true_content = content()
    for _ in range(150):
        changed = bytearray(original)
        changed[chance.randrange(len(changed))] ^= chance.randrange(1, 256)
        copy.write_bytes(changed)
        assert verdict(copy, tmp_path) or content() == true_content


def verdict(path: Path, home: Path) -> int:
    return main([str(path), str(public_key_file(home))])


def test_a_file_cut_short_is_not_sound(copy: Path, tmp_path: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-9000])
    assert verdict(copy, tmp_path) in (FAULTY, UNUSABLE)


NOT_LOGS: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "a letter": lambda path: path.write_bytes(b"Dear auditor, the log is lost. " * 100),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("what", NOT_LOGS)
def test_what_is_no_log_is_neither_sound_nor_faulty(
    copy: Path, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    NOT_LOGS[what](copy)
    assert verdict(copy, tmp_path) == UNUSABLE
    assert str(copy) in capsys.readouterr().err


def test_a_key_file_that_is_none_is_said_to_be_none(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.pub").write_text("not a key")
    assert main([str(copy), str(tmp_path / "x.pub")]) == UNUSABLE
    assert main([str(copy), str(tmp_path / "none.pub")]) == UNUSABLE
    assert main([str(copy), str(tmp_path / "x.pub"), "--language", "zh"]) == UNUSABLE
    assert "公钥" in capsys.readouterr().err


def test_a_remembered_checkpoint_finds_a_log_that_was_cut_back(
    log: Log, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.record(event(16))
    kept = tmp_path / "kept.txt"
    kept.write_text(log.checkpoint() or "", "utf-8")
    key = str(public_key_file(tmp_path))
    assert main([str(copy), key]) == SOUND
    assert main([str(copy), key, "--remember", str(kept), "--json"]) == FAULTY
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["sound"], told["discrepancy"]["code"], told["discrepancy"]["first"]) == (
        False,
        "cut_off",
        16,
    )


def test_a_required_witness_is_asked_for(log: Log, tmp_path: Path) -> None:
    path, key = tmp_path / "ledger" / "log.sqlite", str(public_key_file(tmp_path))
    witness = tmp_path / "witness.pub"
    witness.write_text(f"{WITNESS.key}\n", "utf-8")
    assert main([str(path), key, "--witness", str(witness)]) == FAULTY
    log.keep_cosigned(cosign(log.checkpoint() or "", WITNESS))
    assert main([str(path), key, "--witness", str(witness)]) == SOUND


@pytest.mark.parametrize(("language", "word"), [("zh", "台账完整"), ("en", "The log is sound: 16 entries")])
def test_the_answer_is_a_sentence_in_the_readers_language(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    assert main([str(copy), str(public_key_file(tmp_path)), "--language", language]) == SOUND
    assert word in capsys.readouterr().out


def test_a_log_that_is_being_written_is_checked_as_of_one_moment(log: Log, tmp_path: Path) -> None:
    report = verify_file(tmp_path / "ledger" / "log.sqlite", public_key(tmp_path))
    assert (report.entries, report.checkpoints) == (16, 2)


def test_the_checker_runs_with_python_and_cryptography_alone(copy: Path, tmp_path: Path) -> None:
    """In a folder with the two rings it needs, where no other package can be imported."""
    package = Path(verify_file.__code__.co_filename).parents[1]
    alone = tmp_path / "alone" / "datong"
    alone.mkdir(parents=True)
    (alone / "__init__.py").touch()
    for ring in ("ledger", "terms"):
        shutil.copytree(package / ring, alone / ring)
    script = (
        "import runpy, sys\n"
        "allowed = set(sys.stdlib_module_names) | {'datong', 'cryptography', '_cffi_backend', 'cffi'}\n"
        "class Only:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] not in allowed:\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Only())\n"
        f"sys.path.insert(0, {str(tmp_path / 'alone')!r})\n"
        "runpy.run_module('datong.ledger.verify', run_name='__main__', alter_sys=True)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(copy), str(public_key_file(tmp_path)), "--language", "en"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (SOUND, "")
    assert "sound: 16 entries" in ran.stdout


def test_a_citizen_checks_their_own_opening_at_home(log: Log, tmp_path: Path) -> None:
    opening = log.opening(3, LI)
    assert opening is not None
    (tmp_path / "opening.json").write_text(opening.to_json(), "utf-8")

    def asked(number: str) -> "subprocess.CompletedProcess[str]":
        command = [
            sys.executable,
            "-m",
            "datong.ledger.opening",
            tmp_path / "opening.json",
            public_key_file(tmp_path),
        ]
        return subprocess.run(
            command, input=number + "\n", capture_output=True, text=True, check=False, timeout=60
        )

    mine, other = asked(LI), asked("990101198502022345")
    assert (mine.returncode, other.returncode) == (0, 1)
    assert LI not in mine.stdout + mine.stderr
    (tmp_path / "opening.json").write_text("{}")
    assert asked(LI).returncode == 2
