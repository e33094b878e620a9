"""Checking one's own opening at home: the file from “Who used my data”, the node's public key, and one's number.

The number is asked for and not taken from the command line, where other users of the machine could read it.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path

from datong.ledger.entry import read
from datong.ledger.note import VerifierKey
from datong.ledger.opening import Opening
from datong.terms.fault import Fault
from datong.terms.text import Text

HOLDS, DOES_NOT_HOLD, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: the entry is in the log and concerns the number given. 1: it isn't, or doesn't. 2: not readable."""
    parser = argparse.ArgumentParser(
        prog="python -m datong.ledger.opening",
        description="Check that an entry of the ledger concerns you. 核验一条账目是否与您有关。",
    )
    parser.add_argument("opening", type=Path, metavar="OPENING.json")
    parser.add_argument("key", type=Path, metavar="KEYFILE")
    here = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    parser.add_argument("--language", choices=("zh", "en"), default="zh" if here.startswith("zh") else "en")
    options = parser.parse_args(arguments)
    try:
        opening = Opening.from_json(options.opening.read_text("utf-8"))
        key = VerifierKey.parse(options.key.read_text("utf-8"))
    except Fault as fault:
        print(fault.text.in_(options.language), file=sys.stderr)
        return UNUSABLE
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    holds = opening.concerns(_number(), key)
    print(_answer(opening, holds).in_(options.language))
    return HOLDS if holds else DOES_NOT_HOLD


def _number() -> str:
    asked = getpass("公民身份号码 / Identity number: ") if sys.stdin.isatty() else sys.stdin.readline()
    return asked.strip()


def _answer(opening: Opening, holds: bool) -> Text:
    if not holds:
        return Text(
            zh="不符：该文件不能证明台账中有与此号码有关的账目。请核对号码与公钥后重试。",
            en="This doesn't hold: the file shows no entry about this number. Check the number and the key.",
        )
    entry = read(opening.entry)
    return Text(
        zh=f"属实：第 {opening.index} 号账目（{entry.kind}，{entry.at:%Y-%m-%d %H:%M} UTC）与此号码有关。",
        en=f"This holds: entry {opening.index} ({entry.kind}, {entry.at:%Y-%m-%d %H:%M} UTC) concerns this number.",
    )
