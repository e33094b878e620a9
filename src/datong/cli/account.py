"""`datong account add | list | close`: who may sign in, and as what."""

import getpass
import os
from argparse import ArgumentParser, Namespace, _SubParsersAction

from datong.cli.desk import ADMINISTRATOR, Desk
from datong.cli.outcome import DONE, print_json, print_table
from datong.terms.actor import Role


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    account = commands.add_parser("account", help="who may act, and in which roles")
    verbs = account.add_subparsers(metavar="VERB", required=True)

    command = verbs.add_parser(
        "add", parents=[common], help="add an account; asks for the password, or reads $DATONG_PASSWORD"
    )
    command.add_argument("login", metavar="LOGIN")
    command.add_argument("name", metavar="NAME", help="how the person is called on pages")
    command.add_argument("--department", default="", metavar="CODE")
    command.add_argument(
        "--role",
        action="append",
        required=True,
        choices=[r.value for r in Role],
        help="may be given several times",
    )
    command.add_argument(
        "--no-password", action="store_true", help="for the command line only: can't sign in"
    )
    command.set_defaults(run=add)

    command = verbs.add_parser("list", parents=[common], help="list the open accounts")
    command.set_defaults(run=list_)

    command = verbs.add_parser(
        "close", parents=[common], help="close an account; its name stays in the ledger"
    )
    command.add_argument("login", metavar="LOGIN")
    command.set_defaults(run=close)


def add(args: Namespace, desk: Desk) -> int:
    # Never an argument: those end in shell histories and process lists.
    password = None
    if not args.no_password:
        password = os.environ.get("DATONG_PASSWORD") or getpass.getpass(f"Password for {args.login}: ")
    actor = desk.node.accounts.add(
        login=args.login,
        name=args.name,
        department=args.department,
        roles=frozenset(map(Role, args.role)),
        password=password,
        by=desk.actor(ADMINISTRATOR),
        at=desk.at,
    )
    if desk.json:
        print_json(actor)
    else:
        print(f"Added {actor.login}.")
    return DONE


def list_(args: Namespace, desk: Desk) -> int:
    actors = desk.node.accounts.actors()
    if desk.json:
        print_json(actors)
    else:
        print_table(
            ("login", "name", "department", "roles"),
            [(a.login, a.name, a.department, ", ".join(sorted(a.roles))) for a in actors],
        )
    return DONE


def close(args: Namespace, desk: Desk) -> int:
    desk.node.accounts.close(login=args.login, by=desk.actor(ADMINISTRATOR), at=desk.at)
    print(f"Closed {args.login}.")
    return DONE
