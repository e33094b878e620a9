"""`datong source add | list` and `datong land`: where tables come from, and bringing them in."""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction

from datong.cli.desk import ADMINISTRATOR, Desk
from datong.cli.outcome import DONE, FAULT, complain, print_json, print_table
from datong.intake import actions
from datong.intake.delivery import Delivery, DeliveryState
from datong.intake.progress import Progress
from datong.intake.source import Source, shown
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text


class NoSuchSource(Fault):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            Text(
                zh=f"没有名为 {name} 的数据源。datong source list 可查看已登记的数据源。",
                en=f"There is no source {name}. `datong source list` shows those there are.",
            )
        )


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    source = commands.add_parser("source", help="where a department's tables come from")
    verbs = source.add_subparsers(metavar="VERB", required=True)

    command = verbs.add_parser("add", parents=[common], help="add a file, a folder or a database")
    command.add_argument("name", metavar="NAME")
    command.add_argument("url", metavar="URL", help="a path, sqlite:///path or postgresql://…")
    command.add_argument("--department", required=True, metavar="CODE")
    command.set_defaults(run=add)

    command = verbs.add_parser("list", parents=[common], help="list the sources and their tables")
    command.set_defaults(run=list_)

    command = commands.add_parser("land", parents=[common], help="bring a source's tables in")
    command.add_argument("source", metavar="SOURCE")
    command.add_argument("--table", metavar="T", help="one table or sheet (default: every one)")
    command.add_argument("--name", metavar="RESOURCE", help="call it so: department.table (with --table)")
    command.add_argument(
        "--accept-changes", action="store_true", help="take columns that came, went or changed their type"
    )
    command.set_defaults(run=land)


def add(args: Namespace, desk: Desk) -> int:
    source = actions.add_source(
        store=desk.node.intake,
        catalogue=desk.node.catalogue,
        name=args.name,
        url=args.url,
        department=args.department,
        by=desk.actor(ADMINISTRATOR),
        at=desk.at,
    )
    if desk.json:
        print_json({"name": source.name, "url": shown(source.url), "department": source.department})
    else:
        print(f"Added {source.name}. Next: datong land {source.name}")
    return DONE


def list_(args: Namespace, desk: Desk) -> int:
    sources = desk.node.intake.sources()
    if desk.json:
        print_json([{"name": s.name, "url": shown(s.url), "department": s.department} for s in sources])
    else:
        print_table(
            ("source", "department", "where"), [(s.name, s.department, shown(s.url)) for s in sources]
        )
    return DONE


def land(args: Namespace, desk: Desk) -> int:
    node = desk.node
    source = node.intake.source(args.source)
    if source is None:
        raise NoSuchSource(args.source)
    tables = (args.table,) if args.table else actions.tables_of(source=source, readers=node.readers)
    name = ResourceName.parse(args.name) if args.name else None
    deliveries = [_land(source, table, name, args.accept_changes, desk) for table in tables]
    if desk.json:
        print_json(deliveries)
    else:
        for delivery in deliveries:
            _report(delivery)
    return FAULT if any(d.state is DeliveryState.STOPPED for d in deliveries) else DONE


def _land(source: Source, table: str, name: ResourceName | None, accept: bool, desk: Desk) -> Delivery:
    return actions.land(
        source=source,
        table=table,
        name=name,
        store=desk.node.intake,
        catalogue=desk.node.catalogue,
        lake=desk.node.lake,
        readers=desk.node.readers,
        room=desk.node.room,
        after_landing=desk.node.after_landing,
        accept_changes=accept,
        progress=_show if sys.stderr.isatty() else lambda progress: None,
        by=desk.actor(ADMINISTRATOR),
        at=desk.at,
    )


def _show(progress: Progress) -> None:
    print(f"\r\x1b[K{progress.phase}: {progress.rows:,} rows", end="", file=sys.stderr, flush=True)


def _report(delivery: Delivery) -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    print(
        f"{delivery.resource}: {delivery.state}. Read {delivery.read:,} = landed {delivery.landed:,} "
        f"+ quarantined {delivery.quarantined:,}."
    )
    for repair in delivery.repairs:
        print(f"  repaired {repair.kind} in {repair.column}: {repair.count:,}")
    for row in delivery.quarantine[:10]:
        print(f"  {row.file} line {row.line}: {row.reason}")
    if delivery.quarantined > 10:
        print(f"  … {delivery.quarantined:,} in all, in the quarantine file of {delivery.id}")
    if delivery.stopped_because:
        complain(f"  {delivery.stopped_because.en}")
