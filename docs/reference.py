"""`make docs`: writes docs/reference from the code. `make check` refuses a reference older than the code it describes."""

import argparse
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from datong.catalogue.refusals import REFUSALS as OF_ENTRIES
from datong.cli.main import ENDINGS, common, parser
from datong.environment import SETTINGS
from datong.gateway.refusals import REFUSALS as OF_QUERIES
from datong.sharing.refusals import REFUSALS as OF_REQUESTS
from datong.terms.text import Text

HERE = Path(__file__).resolve().parent / "reference"
EVENTS_OF = ("terms.account", "intake", "catalogue", "grading", "sharing", "gateway")
FROM_CODE = "<!-- Written by `make docs` from the code. Change the code. -->\n"


def pages() -> dict[Path, str]:
    return {
        HERE / "commands.md": commands(),
        HERE / "events.md": events(),
        HERE / "refusals.md": refusals(),
        HERE / "settings.md": settings(),
    }


def commands() -> str:
    """Set by us and not by argparse, whose layout changes from one Python to the next."""
    blocks = [f"{FROM_CODE}# Commands\n", "Every command takes these as well:\n", _options(common()._actions)]
    shared = {action.dest for action in common()._actions}
    for name, command, says in _subcommands(parser()):
        verbs = list(_subcommands(command))
        for full, each, what in [(f"{name} {verb}", each, what) for verb, each, what in verbs] or [
            (name, command, says)
        ]:
            own = [a for a in each._actions if a.dest not in shared and a.dest != "help"]
            blocks += [f"## datong {full}\n", f"{what[:1].upper()}{what[1:]}.\n"]
            blocks += [_options(own)] if own else []
    return "\n".join([*blocks, f"## How a command ends\n\n```\n{ENDINGS}```\n"])


def _options(actions: list[argparse.Action]) -> str:
    return _table(("argument", "what it is"), ((f"`{_spelled(a)}`", a.help or "") for a in actions))


def _spelled(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    takes = "" if action.nargs == 0 else "|".join(map(str, action.choices)) if action.choices else metavar
    if not action.option_strings:
        return f"[{takes}]" if action.nargs == "?" else takes
    return f"{action.option_strings[0]} {takes}".rstrip()


def event_kinds() -> dict[str, Text]:
    """Every kind of event that any capability lists."""
    kinds: dict[str, Text] = {}
    for capability in EVENTS_OF:
        name = capability if "." in capability else f"{capability}.events"
        kinds |= importlib.import_module(f"datong.{name}").KINDS
    return kinds


def events() -> str:
    head = f"{FROM_CODE}# Events\n\nEverything that can happen, as the ledger names it, with the facts an entry holds.\n\n"
    return head + _table(
        ("kind", "what happened", "记载的事"), ((f"`{k}`", t.en, t.zh) for k, t in event_kinds().items())
    )


def refusals() -> str:
    head = f"{FROM_CODE}# Refusals\n\nWhy the gateway may say no, and what a request or a catalogue entry may lack. A refusal "
    head += "never depends on a value that the person may not see.\n"
    parts = {"Queries": OF_QUERIES, "Requests and agreements": OF_REQUESTS, "Catalogue entries": OF_ENTRIES}
    return head + "".join(f"\n## {title}\n\n{_refused(listed)}" for title, listed in parts.items())


def _refused(listed: Mapping[str, tuple[Text, Text]]) -> str:
    rows = (
        (f"`{code}`", f"{why.en} *{then.en}*", f"{why.zh}*{then.zh}*") for code, (why, then) in listed.items()
    )
    return _table(("code", "reason and *next step*", "理由与*下一步*"), rows)


def settings() -> str:
    head = f"{FROM_CODE}# Settings\n\nEnvironment variables. A node runs without any of them.\n\n"
    rows = ((f"`{s.name}`", f"`{s.default}`" if s.default else "", s.says.en, s.says.zh) for s in SETTINGS)
    return head + _table(("name", "default", "what it does", "作用"), rows)


def _subcommands(command: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            says = {choice.dest: choice.help or "" for choice in action._choices_actions}
            yield from ((name, each, says[name]) for name, each in action.choices.items())


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(HERE.parents[1]))
