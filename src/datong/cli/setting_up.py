"""`datong init | demo | serve`: a node comes to be, and opens its doors."""

import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from importlib import import_module

from datong import serving
from datong.cli.desk import Desk
from datong.cli.outcome import DONE, print_json


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    command = commands.add_parser(
        "init", parents=[common], help="make a node in a folder: keys, databases, rules"
    )
    command.set_defaults(run=init)

    command = commands.add_parser(
        "demo", parents=[common], help="make Rongxi County, tell its story, serve it"
    )
    command.add_argument(
        "--people", type=int, default=20_000, metavar="N", help="inhabitants (default 20,000)"
    )
    command.add_argument("--seed", type=int, default=990123, help="another seed, another county")
    command.add_argument("--no-serve", action="store_true", help="stop when the county stands")
    command.add_argument("--port", type=int, default=serving.PORT)
    command.set_defaults(run=demo)

    command = commands.add_parser("serve", parents=[common], help="serve the site of an existing node")
    command.add_argument("--port", type=int, default=serving.PORT)
    command.add_argument(
        "--host", default=serving.HOST, help="the address to listen on (default: this machine only)"
    )
    command.set_defaults(run=serve)


def init(args: Namespace, desk: Desk) -> int:
    node = import_module("datong.wiring").Node.init(desk.home, at=desk.at)
    _caught_up(node.catch_up(at=desk.at))
    node.close()
    print(f"The node stands in {desk.home}. Next: datong department add CODE NAME")
    return DONE


def demo(args: Namespace, desk: Desk) -> int:
    # The only place where a face knows the demo; by name, so that nothing else of the command line can come to need it.
    told = import_module("datong.demo.story").tell(
        home=desk.home, people=args.people, seed=args.seed, at=desk.at, say=_say
    )
    if desk.json:
        print_json(told)
    else:
        print(told.sheet())
    if args.no_serve:
        return DONE
    os.environ["DATONG_DEMO"] = "1"  # the sign-in page lists the invented accounts
    serving.serve(desk.home, port=args.port)
    return DONE


def serve(args: Namespace, desk: Desk) -> int:
    import_module("datong.wiring").Node.open(
        desk.home
    ).close()  # complains in words when there is no node here
    serving.serve(desk.home, host=args.host, port=args.port)
    return DONE


def _caught_up(tables: tuple[object, ...]) -> None:
    if tables:
        print(f"The rules have changed: {len(tables)} tables were examined again. Look at their grades.")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
