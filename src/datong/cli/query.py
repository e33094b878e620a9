"""`datong query | explain`: through the gateway, as the site does, and by no other way."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from datong.cli.answer_forms import FORMS, write
from datong.cli.desk import Desk
from datong.cli.outcome import DONE, REFUSED, complain, print_json, print_table
from datong.gateway.answer import Answer, RefusedAnswer
from datong.gateway.explain import explain as explained
from datong.gateway.request import QueryRequest
from datong.gateway.run import run
from datong.terms.refusal import Refusal


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    for name, says, action in (
        ("query", "ask a question under an agreement", query),
        ("explain", "say what a query would see, and why, without running it", explain),
    ):
        command = commands.add_parser(name, parents=[common], help=says)
        command.add_argument("--purpose", required=True, metavar="P", help="a purpose of the rules pack")
        command.add_argument("--agreement", metavar="ID", help="use this agreement only")
        if action is query:
            command.add_argument("--format", choices=FORMS, default="table", help="default: table")
            command.add_argument(
                "--output", type=Path, metavar="FILE", help="instead of the terminal; needed for parquet"
            )
        command.add_argument("sql", metavar="SQL", help='"SELECT … FROM department.table"')
        command.set_defaults(run=action)


def query(args: Namespace, desk: Desk) -> int:
    node = desk.node
    answer = run(
        _request(args, desk),
        shelf=node.shelf,
        engine=node.engine,
        recorder=node.recorder,
        keys=node.keys,
        limits=node.limits,
        kept=node.kept,
    )
    if isinstance(answer, RefusedAnswer):
        return _refused(desk, answer.refusals, answer.entry)
    write(answer.table, form="json" if desk.json else args.format, to=args.output)
    _footnotes(answer)
    return DONE


def explain(args: Namespace, desk: Desk) -> int:
    node = desk.node
    explanation = explained(
        _request(args, desk),
        shelf=node.shelf,
        engine=node.engine,
        recorder=node.recorder,
        keys=node.keys,
        limits=node.limits,
        kept=node.kept,
    )
    if not explanation.allowed:
        return _refused(desk, explanation.refusals, explanation.entry)
    if desk.json:
        print_json(explanation)
        return DONE
    for table in explanation.tables:
        rows = " and ".join(
            f"{c.field} {c.comparison} {', '.join(map(str, c.values))}" for c in table.scope.conditions
        )
        print(f"{table.resource} under {table.agreement or 'own data'}, {rows or 'every row'}")
        print_table(("field", "treatment", "why"), [(f.name, f.treatment, f.why.en) for f in table.fields])
        print()
    print(explanation.sql)
    complain(f"Nothing was read. The explanation is entry {explanation.entry} of the ledger.")
    return DONE


def _request(args: Namespace, desk: Desk) -> QueryRequest:
    return QueryRequest(
        actor=desk.actor(), purpose=args.purpose, sql=args.sql, at=desk.at, agreement=args.agreement
    )


def _refused(desk: Desk, refusals: tuple[Refusal, ...], entry: int) -> int:
    if desk.json:
        print_json({"refused": refusals, "entry": entry})
    for refusal in refusals:
        complain(f"Refused ({refusal.code}). {refusal.reason.en} {refusal.next_step.en}")
    complain(f"The refusal is entry {entry} of the ledger.")
    return REFUSED


def _footnotes(answer: Answer) -> None:
    """What was hidden, where it came from, where it is recorded: on the error stream, so that a pipe gets data only."""
    for table in answer.decision.tables:
        hidden = ", ".join(f"{f.name} {f.treatment}" for f in table.fields if f.treatment != "clear")
        if hidden:
            complain(f"{table.resource} under {table.agreement or 'own data'}: {hidden}")
    for resource, delivery in answer.lineage:
        complain(f"{resource} came in with delivery {delivery}")
    complain(f"Recorded as entry {answer.entry} of the ledger.")
