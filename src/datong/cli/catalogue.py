"""`datong catalogue list | show | describe | submit | publish | return | withdraw`."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from dataclasses import fields as parts_of
from pathlib import Path
from typing import Any

from datong.catalogue import actions, find
from datong.catalogue.resource import Assessment, Resource, SharingAttribute, SharingMethod, UpdateCycle
from datong.cli.desk import Desk
from datong.cli.outcome import DONE, REFUSED, complain, print_json, print_table
from datong.cli.reading import read_toml
from datong.terms.names import ResourceName
from datong.terms.refusal import Incomplete
from datong.terms.text import Text


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    catalogue = commands.add_parser("catalogue", help="what data there is, and on what terms")
    verbs = catalogue.add_subparsers(metavar="VERB", required=True)

    command = verbs.add_parser("list", parents=[common], help="list or search the entries")
    command.add_argument("--search", metavar="WORDS", help="only entries in which every word occurs")
    command.set_defaults(run=list_)

    command = verbs.add_parser(
        "show", parents=[common], help="show one entry, its fields and what is missing"
    )
    command.add_argument("resource", metavar="RESOURCE", help="department.table")
    command.set_defaults(run=show)

    command = verbs.add_parser("describe", parents=[common], help="fill in an entry from a TOML file")
    command.add_argument("resource", metavar="RESOURCE")
    command.add_argument("file", metavar="FILE", type=Path, help="see docs/how-to/bring-your-own-tables.md")
    command.set_defaults(run=describe)

    command = verbs.add_parser("submit", parents=[common], help="send an entry to the authority for review")
    command.add_argument("resource", metavar="RESOURCE")
    command.set_defaults(run=submit)

    command = verbs.add_parser("publish", parents=[common], help="announce a reviewed entry to all")
    command.add_argument("resource", metavar="RESOURCE")
    command.set_defaults(run=publish)

    for verb, says in (
        ("return", "return an entry with reasons"),
        ("withdraw", "take an entry out of service"),
    ):
        command = verbs.add_parser(verb, parents=[common], help=says)
        command.add_argument("resource", metavar="RESOURCE")
        command.add_argument("--because", required=True, metavar="REASON")
        command.set_defaults(run=return_ if verb == "return" else withdraw)


def list_(args: Namespace, desk: Desk) -> int:
    store = desk.node.catalogue
    resources = store.search(args.search) if args.search else store.resources()
    if desk.json:
        print_json(resources)
    else:
        print_table(
            ("resource", "标题", "title", "sharing", "state"),
            [(r.name, r.title.zh, r.title.en, r.sharing or "", r.state) for r in resources],
        )
    return DONE


def show(args: Namespace, desk: Desk) -> int:
    resource = find.resource(desk.node.catalogue, ResourceName.parse(args.resource))
    if desk.json:
        print_json(resource)
        return DONE
    print(f"{resource.name}  {resource.title.zh}  {resource.title.en}")
    print_table(
        ("item", "value"),
        [
            (part.name, _shown(resource, part.name))
            for part in parts_of(Resource)
            if part.name not in ("name", "title", "fields")
        ],
    )
    print()
    print_table(
        ("field", "type", "element", "标题", "title"),
        [(f.name, f.type, f.element, f.title.zh, f.title.en) for f in resource.fields],
    )
    return DONE


def describe(args: Namespace, desk: Desk) -> int:
    """The file's keys are the entry's items: see docs/how-to/bring-your-own-tables.md."""
    titles, parts = parts_from(read_toml(args.file))
    resource = actions.describe(
        store=desk.node.catalogue,
        name=ResourceName.parse(args.resource),
        titles=titles,
        by=desk.actor(),
        at=desk.at,
        **parts,
    )
    return _told(desk, resource, f"Next: datong catalogue submit {resource.name} --as {desk.login}")


def submit(args: Namespace, desk: Desk) -> int:
    answer = actions.submit(
        store=desk.node.catalogue, name=ResourceName.parse(args.resource), by=desk.actor(), at=desk.at
    )
    if isinstance(answer, Incomplete):
        if desk.json:
            print_json(answer)
        complain(f"{args.resource} can't be submitted yet:")
        for refusal in answer.missing:
            complain(f"  {refusal.reason.en} {refusal.next_step.en}")
        return REFUSED
    return _told(desk, answer, "The sharing authority reviews it next.")


def publish(args: Namespace, desk: Desk) -> int:
    name = ResourceName.parse(args.resource)
    return _told(desk, actions.publish(store=desk.node.catalogue, name=name, by=desk.actor(), at=desk.at))


def return_(args: Namespace, desk: Desk) -> int:
    name = ResourceName.parse(args.resource)
    resource = actions.return_with_reasons(
        store=desk.node.catalogue, name=name, because=args.because, by=desk.actor(), at=desk.at
    )
    return _told(desk, resource)


def withdraw(args: Namespace, desk: Desk) -> int:
    name = ResourceName.parse(args.resource)
    resource = actions.withdraw(
        store=desk.node.catalogue, name=name, because=args.because, by=desk.actor(), at=desk.at
    )
    return _told(desk, resource)


def parts_from(written: dict[str, Any]) -> tuple[dict[str, Text], dict[str, Any]]:
    """A description as TOML to (column → title, the entry's parts). Texts are tables with `zh` and `en`."""
    parts = dict(written)
    titles = {column: _text(title) for column, title in parts.pop("fields", {}).items()}
    readers: dict[str, Callable[[Any], Any]] = {
        "title": _text,
        "abstract": _text,
        "update_cycle": UpdateCycle,
        "sharing": SharingAttribute,
        "method": SharingMethod,
        "assessment": lambda a: Assessment(a["done_on"], a["summary"], a["approved_by"]),
    }
    return titles, {key: readers.get(key, lambda value: value)(value) for key, value in parts.items()}


def _text(written: str | dict[str, str]) -> Text:
    return (
        Text(written, written)
        if isinstance(written, str)
        else Text(written.get("zh", ""), written.get("en", ""))
    )


def _shown(resource: Resource, part: str) -> str:
    value = getattr(resource, part)
    if isinstance(value, Text):
        return f"{value.zh} / {value.en}"
    if isinstance(value, Assessment):
        return f"{value.done_on}, approved by {value.approved_by}: {value.summary}"
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _told(desk: Desk, resource: Resource, next_step: str = "") -> int:
    if desk.json:
        print_json(resource)
    else:
        print(f"{resource.name} is {resource.state}. {next_step}".rstrip())
    return DONE
