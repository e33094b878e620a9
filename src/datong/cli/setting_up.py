"""`datong init | demo | serve`: a node comes to be, and opens its doors."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from importlib import import_module
from pathlib import Path

from datong.cli.desk import Desk
from datong.cli.outcome import DONE, print_json

HOST = "127.0.0.1"


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
    command.add_argument("--seed", type=int, default=1, help="another seed, another county (default 1)")
    command.add_argument("--no-serve", action="store_true", help="stop when the county stands")
    command.add_argument("--port", type=int, default=8000)
    command.set_defaults(run=demo)

    command = commands.add_parser("serve", parents=[common], help="serve the site of an existing node")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--host", default=HOST, help="the address to listen on (default: this machine only)")
    command.set_defaults(run=serve)


def init(args: Namespace, desk: Desk) -> int:
    import_module("datong.wiring").Node.init(desk.home)
    print(f"The node stands in {desk.home}. Next: datong department add CODE NAME")
    return DONE


def demo(args: Namespace, desk: Desk) -> int:
    story = import_module("datong.demo.story")
    told = story.tell(home=desk.home, people=args.people, seed=args.seed, say=_say)
    if desk.json:
        print_json(told)
    else:
        print(told.sign_in_sheet())
    if args.no_serve:
        return DONE
    os.environ["DATONG_DEMO"] = "1"  # the sign-in page lists the invented accounts
    return _serve(desk.home, HOST, args.port)


def serve(args: Namespace, desk: Desk) -> int:
    import_module("datong.wiring").Node.open(desk.home)  # complains in words when there is no node here
    return _serve(desk.home, args.host, args.port)


def _serve(home: Path, host: str, port: int) -> int:
    """Granian in a process of its own; ends with it, and ends it when we are told to end."""
    os.environ["DATONG_HOME"] = str(home)
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        + [
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--no-ws",
            "--log-level",
            "warning",
            "datong.web.wsgi:application",
        ]
    )
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    print(f"Serving on http://{host}:{port}  (Ctrl-C to stop)", flush=True)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return DONE


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
