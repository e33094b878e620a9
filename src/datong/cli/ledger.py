"""`datong ledger show | verify | proof | mine`: what happened, and the proof that nothing was taken back."""

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from base64 import b64encode
from pathlib import Path

from datong.cli.desk import Desk
from datong.cli.outcome import DONE, REFUSED, print_json, print_table
from datong.ledger.checkpoint import Checkpoint
from datong.ledger.citizen_view import uses_of
from datong.ledger.note import Note, VerifierKey
from datong.ledger.tree import OutsideTree
from datong.ledger.verify_file import described, verify_file
from datong.terms.fault import Fault
from datong.terms.text import Text


class NoIdentityNumberKept(Fault):
    def __init__(self, login: str) -> None:
        self.login = login
        super().__init__(
            Text(
                zh=f"账号 {login} 未登记身份号码，无法查询其信息的使用情况。",
                en=f"The account {login} has no identity number on file, so there is nothing to look up. "
                "Name the account of a citizen.",
            )
        )


class NotConcerned(Fault):
    def __init__(self, index: int, login: str) -> None:
        self.index, self.login = index, login
        super().__init__(
            Text(
                zh=f"第 {index} 条记录与 {login} 无关，没有可出具的证明。",
                en=f"Entry {index} doesn't concern {login}, so there is nothing to open. `datong ledger mine` lists those that do.",
            )
        )


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    ledger = commands.add_parser("ledger", help="the record of everything that happened")
    verbs = ledger.add_subparsers(metavar="VERB", required=True)

    command = verbs.add_parser("show", parents=[common], help="the newest entries, or one")
    command.add_argument("index", nargs="?", type=int, metavar="INDEX", help="one entry, whole")
    command.add_argument("--last", type=int, default=20, metavar="N", help="how many (default 20)")
    command.set_defaults(run=show)

    command = verbs.add_parser(
        "verify", parents=[common], help="recompute the whole log against its signatures"
    )
    command.add_argument("--note", type=Path, action="append", default=[], help="a checkpoint kept outside")
    command.set_defaults(run=verify)

    command = verbs.add_parser("proof", parents=[common], help="the inclusion proof of an entry")
    command.add_argument("index", type=int, metavar="INDEX")
    command.add_argument(
        "--from", dest="old", type=int, metavar="SIZE", help="a consistency proof from this size on as well"
    )
    command.set_defaults(run=proof)

    command = verbs.add_parser("mine", parents=[common], help="who used a person's data")
    command.add_argument("person", metavar="PERSON", help="the citizen's login")
    command.add_argument(
        "--open", dest="index", type=int, metavar="INDEX", help="the proof that an entry concerns them"
    )
    command.set_defaults(run=mine)


def show(args: Namespace, desk: Desk) -> int:
    log = desk.node.log
    if args.index is not None:
        print_json(log.entry(args.index))
        return DONE
    entries = list(log.entries(max(0, log.size() - args.last)))
    if desk.json:
        print_json([{"index": index, "entry": entry} for index, entry in entries])
    else:
        print_table(
            ("entry", "at", "by", "what", "subject", "persons"),
            [
                (i, f"{e.at:%Y-%m-%d %H:%M:%S}", e.by, e.kind, e.subject, e.persons_count or "")
                for i, e in entries
            ],
        )
    return DONE


def verify(args: Namespace, desk: Desk) -> int:
    """Opens no node: the log file and the public key are enough, as they are for an outsider."""
    folder = desk.home / "ledger"
    key = VerifierKey.parse((folder / "ledger.pub").read_text("utf-8").strip())
    report = verify_file(folder / "log.sqlite", key, notes=[note.read_text("utf-8") for note in args.note])
    if desk.json:
        print_json({**vars(report), "sound": report.sound})
    else:
        print(described(report, "en"))
    return DONE if report.sound else REFUSED


def proof(args: Namespace, desk: Desk) -> int:
    log = desk.node.log
    note = log.checkpoint()
    if note is None:
        raise OutsideTree(args.index, 0)
    size = Checkpoint.parse(Note.parse(note).text).size  # not log.size(): an append may come in between
    told = {
        "index": args.index,
        "size": size,
        "entry": log.entry(args.index),
        "inclusion": [b64encode(step).decode() for step in log.inclusion(args.index, size)],
        "checkpoint": note,
    }
    if args.old is not None:
        told["consistency"] = [b64encode(step).decode() for step in log.consistency(args.old, size)]
    print_json(told)
    return DONE


def mine(args: Namespace, desk: Desk) -> int:
    number = desk.node.accounts.identity_number(args.person)
    if number is None:
        raise NoIdentityNumberKept(args.person)
    if args.index is not None:
        opening = desk.node.log.opening(args.index, number)
        if opening is None:
            raise NotConcerned(args.index, args.person)
        print(json.dumps(json.loads(opening.to_json()), ensure_ascii=False, indent=2))
        return DONE
    uses = list(uses_of(number, desk.node.log))
    if desk.json:
        print_json(uses)
    else:
        print_table(
            ("entry", "at", "department", "purpose", "what", "others"),
            [(u.index, f"{u.at:%Y-%m-%d %H:%M}", u.department, u.purpose, u.kind, u.others) for u in uses],
        )
    return DONE
