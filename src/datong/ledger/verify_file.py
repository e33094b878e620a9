"""The stand-alone checker: a log file, the node's public key, a plain answer. Reads one file and writes nothing."""

import argparse
import json
import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datong.ledger.checkpoint import Checkpoint
from datong.ledger.note import Note, VerifierKey
from datong.ledger.verify import LogUnreadable, Report, verify
from datong.terms.fault import Fault
from datong.terms.text import Language, Text

SOUND, FAULTY, UNUSABLE = 0, 1, 2


class LogFileNotUsable(Fault):
    """There is no log at `path`. Distinct from a discrepancy: nothing was checked. `why` is SQLite's own text."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(
            Text(
                zh=f"无法核验 {path}（{why}）。请指定台账目录中的 log.sqlite，或交给您的台账副本，并确认您有权读取其所在目录。",
                en=f"{path} can't be checked ({why}). Name the file log.sqlite of the node's ledger folder, or the copy "
                "that was made for you, in a folder you may read.",
            )
        )


class LogFile:
    """The rows of a log file as of one moment, one after the other; memory doesn't grow with the log.

    Values are cast: a file from elsewhere may hold anything anywhere, and a wrong type has to show as a wrong hash.
    """

    def __init__(self, path: Path) -> None:
        self._connection = _open(path)

    def entries(self) -> Iterator[tuple[int, bytes]]:
        return self._rows("SELECT idx, ifnull(CAST(bytes AS BLOB), x'') FROM entry ORDER BY idx")

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        sql = "SELECT CAST(idx AS INTEGER), CAST(hash AS BLOB) FROM node WHERE level = ? ORDER BY idx"
        return self._rows(sql, level)

    def checkpoints(self) -> Iterator[tuple[int, str]]:
        return self._rows("SELECT size, ifnull(CAST(note AS TEXT), '') FROM checkpoint ORDER BY size")

    def close(self) -> None:
        self._connection.close()

    def _rows(self, sql: str, *values: int) -> Iterator[Any]:
        try:
            yield from self._connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise LogUnreadable(str(error)) from error


def verify_file(
    path: Path, key: VerifierKey, *, witnesses: Sequence[VerifierKey] = (), notes: Sequence[str] = ()
) -> Report:
    """Checks a whole log file; `notes` are signed checkpoints that somebody kept outside. Raises LogFileNotUsable."""
    log = LogFile(path)
    try:
        remembered = [(Checkpoint.parse(Note.parse(note).text).size, note) for note in notes]
        return verify(log, key, witnesses=witnesses, remembered=remembered)
    finally:
        log.close()


def described(report: Report, language: Language) -> str:
    if report.discrepancy:
        return report.discrepancy.text.in_(language)
    sound = Text(
        zh=f"台账完整：{report.entries} 条账目、{report.checkpoints} 个已签名检查点全部相符。根：{report.root}",
        en=f"The log is sound: {report.entries} entries under {report.checkpoints} signed checkpoints. Root {report.root}",
    )
    return sound.in_(language)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: sound. 1: something differs, and is named. 2: there was nothing that could be checked."""
    options = _options().parse_args(arguments)
    try:
        report = verify_file(
            options.log,
            _key(options.key),
            witnesses=[_key(path) for path in options.witness],
            notes=[path.read_text("utf-8") for path in options.remember],
        )
    except Fault as fault:
        print(fault.text.in_(options.language), file=sys.stderr)
        return UNUSABLE
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    print(_as_json(report) if options.json else described(report, options.language))
    return SOUND if report.sound else FAULTY


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m datong.ledger.verify",
        description="Recompute a ledger from its entries and compare it with what was signed. 核验台账。",
    )
    parser.add_argument("log", type=Path, metavar="LOG.sqlite")
    parser.add_argument("key", type=Path, metavar="KEYFILE", help="the node's public key / 本节点公钥文件")
    parser.add_argument(
        "--witness",
        type=Path,
        action="append",
        default=[],
        metavar="KEYFILE",
        help="a witness that must have co-signed the newest checkpoint / 必须已副署的见证方公钥",
    )
    parser.add_argument(
        "--remember",
        type=Path,
        action="append",
        default=[],
        metavar="NOTE",
        help="a checkpoint you kept: the log must still contain it / 您留存的检查点，台账必须与之相符",
    )
    parser.add_argument("--json", action="store_true")
    here = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    parser.add_argument("--language", choices=("zh", "en"), default="zh" if here.startswith("zh") else "en")
    return parser


def _as_json(report: Report) -> str:
    fields: dict[str, object] = {
        "sound": report.sound,
        "entries": report.entries,
        "checkpoints": report.checkpoints,
        "root": report.root,
        "discrepancy": None,
    }
    if found := report.discrepancy:
        fields["discrepancy"] = {
            "code": found.code,
            "first": found.first,
            "last": found.last,
            "text": found.text.en,
        }
    return json.dumps(fields)


def _key(path: Path) -> VerifierKey:
    return VerifierKey.parse(path.read_text("utf-8"))


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise LogFileNotUsable(path, "there is no such file")
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    # SQLite can't read a log that is being written from a folder it may not write to; a finished copy it can.
    whole = "" if path.with_name(path.name + "-wal").exists() else "&immutable=1"
    for suffix in ("", whole):
        try:
            connection = sqlite3.connect(address + suffix, uri=True, isolation_level=None)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("BEGIN")  # one moment for every row that follows
            found = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()
        except sqlite3.DatabaseError as error:
            why = str(error)
            continue
        if found[0]:
            return connection
        why = "it holds no tables"
    raise LogFileNotUsable(path, why)
