"""`datong`: one parser, a module a noun, and the exit code that tells how it ended."""

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter

from datong import __version__
from datong.cli import account, catalogue, department, grade, land, ledger, query, setting_up, share
from datong.cli.desk import Desk
from datong.cli.outcome import FAULT, USAGE, complain
from datong.terms.fault import Fault

ENDINGS = """exit codes:
  0  done
  1  refused: by an agreement, a rule or a check, with the reason and what to ask for
  2  the command was written wrongly
  3  something must be mended first: a file, a database, a delivery that stopped
"""

# In the order of the story: set up, bring in, describe, share, use, prove.
NOUNS = (setting_up, department, account, land, catalogue, grade, share, query, ledger)


def common() -> ArgumentParser:
    """What every command takes."""
    options = ArgumentParser(add_help=False)
    options.add_argument(
        "--home",
        metavar="DIR",
        default=os.environ.get("DATONG_HOME", "home"),
        help="the node's folder (default: $DATONG_HOME, or ./home)",
    )
    options.add_argument(
        "--as", dest="as_", metavar="PERSON", help="the login of the person acting (default: $DATONG_AS)"
    )
    options.add_argument("--json", action="store_true", help="print JSON, for scripts")
    return options


def parser() -> ArgumentParser:
    top = ArgumentParser(
        prog="datong",
        description="Datong (大通), the data node of one local government: an approved agreement is the enforcement.",
        epilog=ENDINGS,
        formatter_class=RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"datong {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for noun in NOUNS:
        noun.declare(commands, common())
    return top


def main(argv: list[str] | None = None) -> int:
    """Runs one command and returns its exit code. A Fault is told in its own words; anything else is ours to mend."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args, Desk(args)))
    except Fault as fault:
        complain(fault.text.in_("zh" if _speaks_chinese() else "en"))
        return getattr(fault, "exit_code", FAULT)
    except BrokenPipeError:  # `datong … | head` is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        complain("\nStopped. What was landed stands; the same command again goes on.")
        return USAGE


def _speaks_chinese() -> bool:
    return os.environ.get("LC_ALL", os.environ.get("LC_MESSAGES", os.environ.get("LANG", ""))).startswith(
        "zh"
    )


if __name__ == "__main__":
    sys.exit(main())
